import { declarationId, parseId, simpleName, type NodeId } from '../../graph/model/id.ts';
import type { LinkKeys } from '../keys.ts';
import { rounded, type Referent } from './referents.ts';

/** What identifiers in texts may mean. */
export interface DeclaredNames {
  /**
   * The declarations that an identifier written in the file means: at most three, none for a common word. Exported comes
   * before internal, product before test, what is in the text's own package before what is not.
   */
  find(repo: string, file: string, written: string): readonly Referent[];
  /** Whether the text is `Known.member`, where `Known` is declared in the repository, and nothing like `member` in it. */
  isGone(repo: string, written: string): boolean;
}

interface Declared {
  readonly id: NodeId;
  readonly path: string;
  readonly name: string;
  readonly exported: boolean;
  readonly test: boolean;
}

const MOST = 3;
const SURENESS = [0.9, 0.6, 0.4];
const IDENTIFIER = /^[A-Za-z_$][\w$]*(?:\.#?[A-Za-z_$][\w$]*)*$/;
/** `getUser`, `UserService`, `user_id`: more than one word. */
const SEVERAL_WORDS = /\p{Ll}\d*\p{Lu}|\p{Lu}\p{Lu}\p{Ll}|[A-Za-z\d]_[A-Za-z\d]/u;

const cache = new WeakMap<LinkKeys, DeclaredNames>();

export function declaredNamesOf(keys: LinkKeys): DeclaredNames {
  let known = cache.get(keys);
  if (!known) cache.set(keys, (known = createDeclaredNames(keys)));
  return known;
}

function createDeclaredNames(keys: LinkKeys): DeclaredNames {
  const byName = new Map<string, Declared[]>();
  /** Declarations that have members which are declared, too. */
  const holders = new Set<NodeId>();
  for (const { repo, value } of keys.of('declares')) {
    const path = parseId(value.module)?.path ?? '';
    for (const [names, exported] of [
      [value.exported, true],
      [value.internal, false],
    ] as const)
      for (const name of names) {
        const at = `${repo}//${simpleName(name)}`;
        const declared = { id: declarationId(repo, path, name), path, name, exported, test: value.test === true };
        if (name.includes('.')) holders.add(declarationId(repo, path, name.slice(0, name.lastIndexOf('.'))));
        const known = byName.get(at);
        if (known) known.push(declared);
        else byName.set(at, [declared]);
      }
  }
  const derived = new Set(keys.of('type').flatMap(({ value }) => ((value.bases?.length ?? 0) > 0 ? [value.id] : [])));
  const folders = new Map<string, string[]>();
  for (const { repo, value } of keys.of('package')) folders.set(repo, [...(folders.get(repo) ?? []), value.folder]);
  const packageOf = (repo: string, file: string): string =>
    (folders.get(repo) ?? [])
      .filter((folder) => folder !== '' && file.startsWith(`${folder}/`))
      .reduce((longest, folder) => (folder.length > longest.length ? folder : longest), '');

  const candidates = (repo: string, dotted: string): readonly Declared[] =>
    (byName.get(`${repo}//${simpleName(dotted)}`) ?? []).filter(({ name }) => name === dotted || name.endsWith(`.${dotted}`));

  return {
    find(repo, file, written) {
      const { dotted, called } = identifierIn(written);
      if (dotted === undefined) return [];
      const qualified = dotted.includes('.');
      let found = candidates(repo, dotted);
      if (!qualified && !SEVERAL_WORDS.test(dotted)) {
        // A single word means something only as the one exported thing of that name, and then written as code.
        found = found.filter(({ exported, name, test }) => exported && !test && !name.includes('.'));
        if (found.length !== 1 || !(called || /^\p{Lu}/u.test(dotted))) return [];
      }
      const home = packageOf(repo, file);
      const preferences: ((declared: Declared) => boolean)[] = [
        ({ test }) => !test,
        ({ exported }) => exported,
        ({ name }) => !qualified && !name.includes('.'),
        ({ name }) => name === dotted,
        ({ path }) => home !== '' && path.startsWith(`${home}/`),
      ];
      for (const preferred of preferences) {
        const left = found.filter(preferred);
        if (left.length > 0) found = left;
      }
      if (found.length === 0 || found.length > MOST) return [];
      // Any object may have a member of that name.
      const isMember = !qualified && found.every(({ name }) => name.includes('.'));
      const sureness = SURENESS[found.length - 1]! * (isMember ? 0.75 : 1);
      return found.map(({ id, exported }) => ({ id, confidence: rounded(sureness * (exported ? 1 : 0.85)) }));
    },
    isGone(repo, written) {
      const { dotted } = identifierIn(written);
      const [owner = '', ...members] = dotted?.split('.') ?? [];
      if (dotted === undefined || members.length !== 1 || !/^\p{Lu}\w*\p{Ll}/u.test(owner) || candidates(repo, dotted).length > 0)
        return false;
      const owners = candidates(repo, owner).filter(({ name, exported, test }) => name === owner && exported && !test);
      const hasMembers = (byName.get(`${repo}//${members[0]}`) ?? []).some(({ name }) => name.endsWith(`.${members[0]}`));
      // What has no members that are declared here, like a schema, has those of what made it.
      if (owners.length !== 1 || !holders.has(owners[0]!.id)) return false;
      // Without a single known member of that name anywhere, or with bases elsewhere, the member may be inherited or generated.
      return !derived.has(owners[0]!.id) && !hasMembers;
    },
  };
}

/** `new Cart()`, `Cart#add(item)`, `Cart::add`, `@Injectable()`, `Promise<Cart>` as dotted names. */
function identifierIn(written: string): { readonly dotted?: string; readonly called: boolean } {
  const text = written
    .replace(/^(?:new |await )/, '')
    .replace(/^@/, '')
    .replace(/[;:]$/, '');
  const bare = text.replace(/\([^()]*\)$/, '').replace(/<[^<>]*>$/, '');
  const dotted = bare
    .replaceAll('::', '.')
    .replace('.prototype.', '.')
    .replace(/(?<=\w)#/, '.')
    .replaceAll('?.', '.');
  return { called: bare !== text, ...(IDENTIFIER.test(dotted) ? { dotted } : {}) };
}
