import type { LinkKeys } from '../keys.ts';

/** Whether a file is a test. */
export function testModules(keys: LinkKeys): (repo: string, file: string) => boolean {
  const tests = new Set(keys.of('declares').flatMap(({ repo, file, value }) => (value.test ? [`${repo}\0${file}`] : [])));
  return (repo, file) => tests.has(`${repo}\0${file}`);
}
