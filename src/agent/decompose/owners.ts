/** What owns files and comes after others; keys are unique. */
export interface Owner {
  readonly key: string;
  readonly files: readonly { readonly path: string }[];
  readonly after: readonly string[];
}

/**
 * The same work in an order in which it can be done, such that no two that may be done at once want the same file: all that want one
 * come one after the other. What comes first is kept (Kahn 1962, the earliest given first); where that goes in circles, what
 * was given first goes first. Never a circle: every `after` of the result names something that stands before it.
 */
export function settleOwners<T extends Owner>(work: readonly T[]): readonly T[] {
  const settled: T[] = [];
  /** By key: everything that is done before it. */
  const before = new Map<string, ReadonlySet<string>>();
  const lastOwner = new Map<string, string>();
  const known = new Set(work.map(({ key }) => key));
  const waiting = [...work];
  while (waiting.length > 0) {
    const free = waiting.findIndex(({ after, key }) => after.every((each) => each === key || !known.has(each) || before.has(each)));
    const [next] = waiting.splice(Math.max(0, free), 1);
    const { key, after, files } = next!;
    const first = [...new Set(after)].filter((each) => before.has(each));
    const owners = [...new Set(files.flatMap(({ path }) => lastOwner.get(path) ?? []))];
    const direct = withoutImplied([...new Set([...first, ...owners])], before);
    before.set(key, new Set(direct.flatMap((each) => [each, ...(before.get(each) ?? [])])));
    for (const { path } of files) lastOwner.set(path, key);
    settled.push({ ...next!, after: direct });
  }
  return settled;
}

/** Without those that others of them come after anyway. */
const withoutImplied = (keys: readonly string[], before: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] =>
  keys.filter((key) => !keys.some((other) => other !== key && before.get(other)?.has(key)));
