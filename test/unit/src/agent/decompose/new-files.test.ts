import { describe, expect, it } from 'vitest';
import { asksToKeep, filesLike, hasHome, namingWords, nextMigration, tableFiles } from '../../../../../src/agent/decompose/new-files.ts';
import { repoOf, type Leaf } from './trees.ts';

const made = async (feature: string, example: string | undefined, ...leaves: readonly (Leaf | string)[]): Promise<readonly string[]> =>
  filesLike(feature, example, (await repoOf(leaves)).files).map(({ path }) => path);
const migration = async (last: string, feature = 'auditTrail'): Promise<string | undefined> => {
  const { files } = await repoOf([{ path: last, holds: ['Migration'] }]);
  return nextMigration(feature, undefined, files)[0]?.path;
};

describe('namingWords', () => {
  it.each([
    ['imageUpload', ['image', 'upload']],
    ['add-two-factor', ['two', 'factor']],
    ['add', ['add']],
    ['../../etc/passwd', ['etc', 'passwd']],
    ['', ['feature']],
    ['//', ['feature']],
  ])('%s', (feature, words) => expect(namingWords(feature)).toEqual(words));
});

describe('hasHome', () => {
  it('is where half of the words stand in one file', () => {
    expect(hasHome('orderHistory', ['src/orders.service.ts OrderService find'])).toBe(true);
    expect(hasHome('imageUpload', ['src/orders.ts OrderService', 'src/mail.ts send'])).toBe(false);
    expect(hasHome('imageUpload', [])).toBe(false);
  });

  it('names nothing new after a sentence, unless there is nothing', () => {
    expect(hasHome('round totals of carts to whole cents', ['src/pricing.ts price'])).toBe(true);
    expect(hasHome('round totals of carts to whole cents', [])).toBe(false);
  });
});

describe('filesLike', () => {
  it('makes as many as the example has, in a folder of its own', async () => {
    const users = ['controller', 'service', 'module'].map((role) => `src/users/users.${role}.ts`);
    expect(await made('auditTrail', 'src/users/users.service.ts', ...users, 'src/users/users.service.spec.ts')).toEqual([
      ...['src/audit-trail/audit-trail.controller.ts', 'src/audit-trail/audit-trail.module.ts', 'src/audit-trail/audit-trail.service.ts'],
    ]);
  });

  it('follows layers', async () => {
    const layers = ['src/controllers/user.controller.ts', 'src/services/user.service.ts'];
    expect(await made('auditTrail', layers[1], ...layers)).toEqual([
      'src/controllers/audit-trail.controller.ts',
      'src/services/audit-trail.service.ts',
    ]);
  });

  it.each([
    ['src/middleware/etag/index.ts', 'src/middleware/audit-trail/index.ts'],
    ['src/driver/MysqlDriver.ts', 'src/driver/AuditTrail.ts'],
    ['src/lib/sendMail.ts', 'src/lib/auditTrail.ts'],
    ['src/lib/send_mail.ts', 'src/lib/audit_trail.ts'],
    ['main.ts', 'audit-trail.ts'],
  ])('is written as %s', async (example, expected) => expect(await made('auditTrail', example, example)).toEqual([expected]));

  it('has a place without any code', async () => expect(await made('auditTrail', undefined)).toEqual(['src/audit-trail.ts']));

  it('never overwrites', async () => {
    expect(await made('auditTrail', 'src/mail.ts', 'src/mail.ts', 'src/audit-trail.ts')).not.toContain('src/audit-trail.ts');
  });
});

describe('nextMigration', () => {
  it.each([
    ['migrations/0002_avatars.sql', 'migrations/0003_audit_trail.sql'],
    ['db/migrations/0009-orders.ts', 'db/migrations/0010-audit-trail.ts'],
    ['src/migrations/1625847615203-CreateUser.ts', 'src/migrations/1625847615204-AuditTrail.ts'],
    ['src/migrations/CreateUser1625847615203.ts', 'src/migrations/AuditTrail1625847615204.ts'],
    ['prisma/migrations/20220918134120_init/migration.sql', 'prisma/migrations/20220918134121_audit_trail/migration.sql'],
    ['migrations/V2__orders.sql', 'migrations/V3__audit_trail.sql'],
  ])('after %s', async (last, expected) => expect(await migration(last)).toBe(expected));

  it('is none where names have no order, or there are none', async () => {
    expect(await migration('migrations/orders.sql')).toBeUndefined();
    expect(nextMigration('auditTrail', undefined, (await repoOf(['src/a.ts'])).files)).toEqual([]);
  });

  it('is of the package that is near', async () => {
    const { files } = await repoOf([
      ...['a/package.json', 'b/package.json'],
      { path: 'a/migrations/7_x.sql', holds: ['Migration'] as const },
      { path: 'b/migrations/2_y.sql', holds: ['Migration'] as const },
    ]);
    expect(nextMigration('auditTrail', 'b/src/store.ts', files)[0]?.path).toBe('b/migrations/3_audit_trail.sql');
  });

  it('has as many files as the last one, numbered steps in a program among them', async () => {
    const pair = ['004.do.roles.sql', '005.do.user_roles.sql', '005.undo.user_roles.sql'].map((name) => `migrations/${name}`);
    const { files } = await repoOf(
      [...pair, 'src/a.ts'].map((path) => ({ path, holds: path.endsWith('.sql') ? ['Migration' as const] : [] })),
    );
    expect(nextMigration('auditTrail', undefined, files).map(({ path }) => path)).toEqual([
      'migrations/006.do.audit_trail.sql',
      'migrations/006.undo.audit_trail.sql',
    ]);
    const { files: code } = await repoOf(['src/db/1715028537217-CreateUser.ts', 'src/db/1-env.ts', 'src/a.ts']);
    expect(nextMigration('auditTrail', undefined, code).map(({ path }) => path)).toEqual(['src/db/1715028537218-AuditTrail.ts']);
  });

  it('goes along with what declares the tables', async () => {
    const { files } = await repoOf(['prisma/schema.prisma', { path: 'src/user.entity.ts', holds: ['Table'] as const }, 'src/a.ts']);
    expect(tableFiles('prisma/migrations/1_x/migration.sql', files)).toEqual(['prisma/schema.prisma', 'src/user.entity.ts']);
  });
});

describe('asksToKeep', () => {
  it.each(['Every change is recorded.', 'Uploads are stored for 90 days.', 'Keeps the last ten.'])('%s', (text) =>
    expect(asksToKeep(text)).toBe(true),
  );
  it.each(['Shows a preview.', 'Only admins can read the audit trail.'])('not: %s', (text) => expect(asksToKeep(text)).toBe(false));
});
