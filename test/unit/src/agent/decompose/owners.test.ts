import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settleOwners, type Owner } from '../../../../../src/agent/decompose/owners.ts';

const owner = (key: string, files: readonly string[], after: readonly string[] = []): Owner => ({
  ...{ key, files: files.map((path) => ({ path })), after },
});
const inWords = (work: readonly Owner[]): readonly string[] =>
  work.map(({ key, after }) => `${key} after ${after.join(', ') || 'nothing'}`);

/** By key: all that comes before. */
function reach(work: readonly Owner[]): ReadonlyMap<string, ReadonlySet<string>> {
  const before = new Map<string, Set<string>>();
  for (const { key, after } of work) before.set(key, new Set(after.flatMap((each) => [each, ...(before.get(each) ?? [])])));
  return before;
}

/** Any work: wishes for few files, so that many want the same, coming after any others, themselves and unknown ones too. */
const anyWork = fc
  .array(
    fc.record({
      files: fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 5 }),
      after: fc.array(fc.integer({ min: 0, max: 14 }), { maxLength: 4 }),
    }),
    {
      maxLength: 14,
    },
  )
  .map((all) =>
    all.map(({ files, after }, at) =>
      owner(
        `w${at}`,
        files.map((file) => `f${file}.ts`),
        after.map((each) => `w${each}`),
      ),
    ),
  );
/** The same without circles: each comes after earlier ones only, in any order of the list. */
const anyAcyclic = fc.tuple(anyWork, fc.infiniteStream(fc.nat())).map(([work, order]) => {
  const numbers = new Map(work.map(({ key }, at) => [key, at]));
  const acyclic = work.map((each, at) => ({ ...each, after: each.after.filter((other) => (numbers.get(other) ?? Infinity) < at) }));
  const ranks = new Map(acyclic.map((each) => [each, order.next().value as number]));
  return acyclic.sort((a, b) => ranks.get(a)! - ranks.get(b)!);
});

describe('settleOwners', () => {
  it('lets those that want one file go one after the other, in the order given', () => {
    const work = [owner('routes', ['app.ts', 'routes.ts']), owner('limits', ['limits.ts']), owner('sign-in', ['app.ts', 'limits.ts'])];
    expect(inWords(settleOwners(work))).toEqual(['routes after nothing', 'limits after nothing', 'sign-in after routes, limits']);
  });

  it('puts first what others come after, and leaves out what follows from that', () => {
    const work = [
      owner('docs', ['readme.md'], ['code', 'contract']),
      owner('code', ['a.ts'], ['contract']),
      owner('contract', ['api.yaml']),
    ];
    expect(inWords(settleOwners(work))).toEqual(['contract after nothing', 'code after contract', 'docs after code']);
  });

  it('breaks a circle at what was given first', () => {
    const work = [owner('a', ['a.ts'], ['b']), owner('b', ['b.ts'], ['a'])];
    expect(inWords(settleOwners(work))).toEqual(['a after nothing', 'b after a']);
  });

  it('keeps all work and all files, whatever comes after what', () => {
    fc.assert(
      fc.property(anyWork, (work) => {
        const settled = settleOwners(work);
        expect(settled.map(({ key }) => key).sort()).toEqual(work.map(({ key }) => key).sort());
        for (const { key, files } of settled) expect(files).toEqual(work.find((each) => each.key === key)!.files);
      }),
      { numRuns: 400 },
    );
  });

  it('has no circle and no file that two want at once', () => {
    fc.assert(
      fc.property(anyWork, (work) => {
        const settled = settleOwners(work);
        const seen = new Set<string>();
        for (const { key, after } of settled) {
          for (const each of after) expect(seen).toContain(each);
          seen.add(key);
        }
        const before = reach(settled);
        for (const [at, one] of settled.entries())
          for (const other of settled.slice(at + 1)) {
            const shared = one.files.some(({ path }) => other.files.some((file) => file.path === path));
            if (shared) expect(before.get(other.key)).toContain(one.key);
          }
      }),
      { numRuns: 400 },
    );
  });

  it('keeps every order that was asked for, where that does not go in circles', () => {
    fc.assert(
      fc.property(anyAcyclic, (work) => {
        const before = reach(settleOwners(work));
        for (const { key, after } of work) for (const each of after) expect(before.get(key)).toContain(each);
      }),
      { numRuns: 300 },
    );
  });
});
