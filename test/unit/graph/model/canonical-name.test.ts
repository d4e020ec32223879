import { describe, expect, it } from 'vitest';
import { canonicalName } from '../../../../graph/model/canonical-name.ts';

describe('canonicalName', () => {
  it.each([
    [
      'user',
      ['UserService', 'user-service', 'user_service', 'user-svc', 'user', '@acme/user', 'USER_SERVICE', 'userservice', 'user.service'],
    ],
    ['orderitem', ['OrderItemService', 'order-item', 'order_item_svc', 'orderitemservice']],
    ['httpgateway', ['HTTPGateway', 'http-gateway']],
    ['s3proxy', ['s3-proxy', 'S3Proxy']],
  ])('is %s', (canonical, names) => {
    expect(names.map((name) => [name, canonicalName(name)])).toEqual(names.map((name) => [name, canonical]));
  });

  it('tells apart what is not only spelt differently', () => {
    const names = ['user', 'users', 'user-api', 'user-db', 'user-worker', 'service-user'];
    expect(new Set(names.map(canonicalName)).size).toBe(names.length);
  });

  it('keeps names that say nothing else', () => {
    expect(['service', 'svc', 'Services', 'microservice', '', '---'].map(canonicalName)).toEqual([
      'service',
      'svc',
      'services',
      'microservice',
      '',
      '',
    ]);
  });
});
