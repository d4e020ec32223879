import { describe, expect, it } from 'vitest';
import { isApplied } from '../../../../../src/agent/decompose/file-kind.ts';
import { repoOf, type Leaf } from './trees.ts';

const applied = async (leaf: Leaf | string): Promise<boolean> => {
  const { files } = await repoOf([leaf]);
  return isApplied([...files.byPath.values()][0]!);
};

describe('isApplied', () => {
  it.each(['db/1715028537217-CreateUser.ts', 'db/20240101_users.js', 'db/001_users.sql'])('holds of the step %s', async (path) =>
    expect(await applied(path)).toBe(true),
  );
  it('holds of what is read as a migration, whatever it is called', async () =>
    expect(await applied({ path: 'db/users.sql', holds: ['Migration'] })).toBe(true));
  it.each(['src/plugins/1-env.ts', 'src/cart.ts', 'src/base64.ts', 'db/schema.sql', 'docs/0001-use-sql.md'])(
    'does not hold of %s',
    async (path) => expect(await applied(path)).toBe(false),
  );
});
