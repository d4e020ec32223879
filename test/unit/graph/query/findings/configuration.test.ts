import { describe, expect, it } from 'vitest';
import { findingsIn, foundIn, type Arrow } from './found-in.ts';

const DECLARED: Arrow = ['svc:web', 'DECLARES', 'env:TOKEN'];
const read = (name: string): Arrow => ['code:a.ts#url', 'READS_CONFIG', `env:${name}`];

describe('undeclared-variable', () => {
  it('names variables that nothing declares, where they are read', async () => {
    expect(await findingsIn([read('USER_URL'), DECLARED])).toMatchObject([
      { code: 'undeclared-variable', id: 'shop//env:USER_URL', file: 'a.ts', span: { line: 7 }, related: ['shop//code:a.ts#url'] },
    ]);
  });

  it('is quiet where code can do without, and where something declares or sets it', async () => {
    expect(await foundIn([read('LIMIT'), DECLARED], { 'env:LIMIT': { optional: true } })).toEqual([]);
    expect(await foundIn([read('USER_URL'), DECLARED, ['svc:web', 'DECLARES', 'env:USER_URL']])).toEqual([]);
    expect(await foundIn([read('PHASE'), DECLARED, ['code:build.ts#run', 'DECLARES', 'env:PHASE']])).toEqual([]);
  });

  it('is quiet where variables are declared nowhere but in code', async () => {
    expect(await foundIn([read('USER_URL')])).toEqual([]);
    expect(await foundIn([read('USER_URL'), ['code:build.ts#run', 'DECLARES', 'env:PHASE']])).toEqual([]);
  });

  it.each(['NODE_ENV', 'PORT', 'JAVA_HOME', 'GITHUB_SHA', 'npm_config_cache'])('leaves %s to those who give it', async (name) => {
    expect(await foundIn([read(name), DECLARED])).toEqual([]);
  });

  it('is quiet about what only files of configuration read', async () => {
    expect(await foundIn([['svc:web', 'READS_CONFIG', 'env:USER_URL'], DECLARED])).toEqual([]);
  });
});
