import { compare } from '../model/edge.ts';
import { declarationId, parseId } from '../model/id.ts';
import { isDeclaration, type Node } from '../model/node.ts';
import { CHANGE_KINDS, type DetectedChange } from './change.ts';
import { normalise } from './code-text.ts';
import { compareDeclaration, type Declaration } from './compare-declaration.ts';
import type { Finding } from './compare-signatures.ts';

/**
 * What was done to the declarations of some files, from their versions before and after. `renamedFiles` gives the new
 * path of files that moved.
 *
 * A declaration that vanishes takes its members along, so they are not listed. One that reappears under another name in
 * the same place was renamed, one that reappears under its name in another file was moved; if more than one could be
 * meant, it was removed. New names concern nobody, except as members of a type: they are reported on that type. The
 * answer is ordered by file, then declaration, then kind of change; it is empty for equal lists.
 */
export function compareDeclarations(
  before: readonly Node[],
  after: readonly Node[],
  renamedFiles: ReadonlyMap<string, string> = new Map(),
): readonly DetectedChange[] {
  const old = outline(before, renamedFiles);
  const now = outline(after, new Map());
  const found: DetectedChange[] = [];
  const report = ({ node, name }: Outlined, ...findings: readonly Finding[]): void => {
    for (const finding of findings) found.push({ id: node.id, file: node.file ?? '', declaration: name, ...finding });
  };

  for (const [key, was] of old) {
    const is = now.get(key);
    if (!is) continue;
    if (was.container === undefined && was.node.file !== is.node.file) report(was, { change: 'move', detail: `moved to ${is.node.file}` });
    report(was, ...compareDeclaration(was.node, is.node));
    if (was.node.kind === 'Enum')
      for (const member of shiftedMembers(was, is))
        report(member, { change: 'behaviour', detail: 'value follows from the members before it, which changed' });
  }

  const gone = new Set(unmatched(old, now));
  const added = new Set(unmatched(now, old));
  const pair = (
    eligible: (declared: Outlined) => boolean,
    placeOf: (declared: Outlined) => string,
    accept: (was: Outlined, is: Outlined) => void,
  ): void => {
    const candidates = groupBy([...added].filter(eligible), placeOf);
    for (const [place, group] of groupBy([...gone].filter(eligible), placeOf)) {
      const [was, is] = [group[0]!, candidates.get(place)?.[0]];
      if (!is || group.length > 1 || candidates.get(place)!.length > 1) continue;
      accept(was, is);
      gone.delete(was);
      added.delete(is);
    }
  };
  pair(
    () => true,
    (declared) => `${declared.path}#${declared.container?.name ?? ''}#${fingerprint(declared)}`,
    (was, is) => report(was, { change: 'rename', detail: `is now called ${is.name}` }, ...compareDeclaration(was.node, is.node)),
  );
  pair(
    ({ container }) => !container,
    (declared) => `${declared.name}#${fingerprint(declared)}`,
    (was, is) => report(was, { change: 'move', detail: `moved to ${is.node.file}` }, ...compareDeclaration(was.node, is.node)),
  );

  for (const was of gone) report(was, { change: 'remove', detail: 'removed' });
  for (const is of added) {
    const container = is.container && old.get(is.container.key);
    if (container) report(container, ...additionTo(container.node, is.node));
  }
  return found.sort(compareChanges);
}

/** By file, then declaration, then kind of change. */
export const compareChanges = (a: DetectedChange, b: DetectedChange): number =>
  compare(a.file, b.file) ||
  compare(a.declaration, b.declaration) ||
  CHANGE_KINDS.indexOf(a.change) - CHANGE_KINDS.indexOf(b.change) ||
  compare(a.detail, b.detail);

/** A declaration among those around it and in it. */
interface Outlined {
  readonly node: Declaration;
  /** Dotted path in the file. */
  readonly name: string;
  /** The file it is compared in: where a renamed file is now. */
  readonly path: string;
  readonly key: string;
  readonly container: Outlined | undefined;
  /** In source order. */
  readonly members: Outlined[];
}

function outline(nodes: readonly Node[], renamedFiles: ReadonlyMap<string, string>): ReadonlyMap<string, Outlined> {
  const found = new Map<string, Outlined>();
  for (const node of nodes.filter(isDeclaration)) {
    const name = parseId(node.id)?.descriptor ?? node.name;
    const path = renamedFiles.get(node.file ?? '') ?? node.file ?? '';
    const keyOf = (dotted: string): string => declarationId(node.repo ?? '', path, dotted);
    let container: Outlined | undefined;
    for (let dot = name.lastIndexOf('.'); dot > 0 && !container; dot = name.lastIndexOf('.', dot - 1))
      container = found.get(keyOf(name.slice(0, dot)));
    const declared: Outlined = { node, name, path, key: keyOf(name), container, members: [] };
    container?.members.push(declared);
    found.set(declared.key, declared);
  }
  return found;
}

/** The outermost declarations that only `these` has. */
const unmatched = (these: ReadonlyMap<string, Outlined>, those: ReadonlyMap<string, Outlined>): readonly Outlined[] =>
  [...these.values()].filter(({ key, container }) => !those.has(key) && (!container || those.has(container.key)));

function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** Everything a declaration says except its own name, what its doc comment says and who may see it. */
function fingerprint({ node, members }: Outlined): string {
  const { doc: _doc, exported: _exported, default: _default, visibility: _visibility, ...props } = node.props;
  const content = JSON.stringify(props, (_key, value: unknown) => (typeof value === 'string' ? normalise(value) : value));
  return JSON.stringify([
    node.kind,
    content,
    members.map((member) => [member.node.name, member.node.props.visibility, fingerprint(member)]),
  ]);
}

function additionTo(container: Declaration, added: Declaration): readonly Finding[] {
  const { name, kind, props } = added;
  switch (container.kind) {
    case 'Interface':
    case 'TypeAlias':
      return props.optional ? [] : [{ change: 'add-member', detail: `required member "${name}" added` }];
    case 'Enum':
      return [{ change: 'add-member', detail: `member "${name}" added` }];
    case 'Class':
      if (kind === 'Constructor') return constructorAdded(props.signatures?.flatMap(({ parameters }) => parameters) ?? []);
      if (props.static) return [];
      if (props.abstract) return [{ change: 'add-member', detail: `abstract member "${name}" added` }];
      return [
        { change: 'add-member', detail: `member "${name}" added` },
        ...(container.props.heritage?.some((clause) => clause.startsWith('extends'))
          ? [{ change: 'behaviour' as const, detail: `member "${name}" added, which may override one of the base class` }]
          : []),
      ];
    default:
      return [];
  }
}

function constructorAdded(
  parameters: readonly { readonly optional?: boolean | undefined; readonly rest?: boolean | undefined }[],
): readonly Finding[] {
  const required = parameters.some(({ optional, rest }) => !optional && !rest);
  return [
    ...(required ? [{ change: 'add-required-parameter' as const, detail: 'constructor with required parameters added' }] : []),
    { change: 'behaviour', detail: 'constructor added' },
  ];
}

/** Members of an enum without a written value whose number is another one now. */
function shiftedMembers(before: Outlined, after: Outlined): readonly Outlined[] {
  const places = (members: readonly Outlined[]): ReadonlyMap<string, string> => {
    let counted = '';
    let since = 0;
    return new Map(
      members.map(({ node }) => {
        if (node.props.body !== undefined) [counted, since] = [node.props.body, 0];
        return [node.name, `${counted}+${since++}`];
      }),
    );
  };
  const [was, is] = [places(before.members), places(after.members)];
  return before.members.filter(
    ({ node }) => node.props.body === undefined && is.has(node.name) && was.get(node.name) !== is.get(node.name),
  );
}
