import { expect, it } from 'vitest';
import { CHECKS, checksOf } from '../../../../../graph/query/findings/find.ts';
import { findingsIn, type Arrow } from './found-in.ts';

it('gives every check a code of its own, by which it can be asked for', () => {
  const codes = CHECKS.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(checksOf(['unread-column', 'policy-violation']).map(({ code }) => code)).toEqual(['unread-column', 'policy-violation']);
  expect(checksOf(undefined)).toEqual(CHECKS);
  expect(() => checksOf(['unread-colum'])).toThrow(/No check is called unread-colum\. There are .*unread-column/);
});

it('orders findings by file and place, and knows them again when lines move', async () => {
  const scene: readonly Arrow[] = [
    ['svc:web', 'DECLARES', 'env:TOKEN'],
    ['code:b.ts#f', 'READS_CONFIG', 'env:MAIL_URL'],
    ['code:a.ts#g', 'READS_CONFIG', 'env:USER_URL'],
    ['code:a.ts#f', 'READS_CONFIG', 'env:DISK_URL'],
  ];
  const found = await findingsIn(scene);
  expect(found.map(({ id, span }) => `${id} ${span?.line}`)).toEqual([
    'shop//env:USER_URL 9',
    'shop//env:DISK_URL 10',
    'shop//env:MAIL_URL 8',
  ]);
  const moved = await findingsIn([['code:a.ts#new', 'CALLS', 'code:a.ts#g'], ...scene]);
  expect(moved.map(({ span }) => span?.line)).toEqual([10, 11, 9]);
  expect(moved.map(({ fingerprint }) => fingerprint)).toEqual(found.map(({ fingerprint }) => fingerprint));
  expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(3);
});
