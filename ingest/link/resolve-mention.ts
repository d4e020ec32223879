import { configKeyId, makeId, parseId, SCHEMES, type NodeId } from '../../graph/model/id.ts';
import type { LinkKeys, MentionKey, Published } from '../keys.ts';
import { documentRole, MARKDOWN } from '../parse/markdown.ts';
import { folderOf, pathFrom } from '../parse/paths.ts';
import { declaredNamesOf } from './declared-names.ts';
import { globMatcher } from './glob.ts';
import { referentsOf, rounded, type Referent } from './referents.ts';

export interface ResolvedMention {
  readonly referents: readonly Referent[];
  readonly rule: string;
  /** Why something that looks like a name of the repository means nothing in it. */
  readonly missing?: string;
}

const NOTHING: ResolvedMention = { referents: [], rule: '' };
/** Modules that a glob in a text may stand for. */
const MOST_MODULES = 50;
const GRAMMAR = new RegExp(String.raw`^(?:[^/\s:]+//)?(?:${SCHEMES.join('|')}):\S`);
const ADR = /^ADR[-_ #]{0,2}(\d{1,5})$/i;
const CRITERION = /^[\w-]+\/(?:AC|NFR|REQ)-\d+$/;
const REQUEST = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) (\/\S*)$/;
const SCREAMING = /^\$?\{?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)\}?$/;
const PLACE = /(?:#L\d+(?:-L?\d+)?|:\d+(?::\d+)?(?:-\d+)?)$/;
/** Files all of which the graph knows: of the others one cannot say that they are missing. */
const KNOWN_SOURCE = /\.(?:[cm]?tsx?)$/;
/** In a folder that every project has: perhaps an example. */
const ANYWHERE = /^(?:\.\.?\/)*(?:src|lib|app|apps|test|tests|packages|scripts)\/[^/]*$/;
const FILE = /^[\w@.~/[\]()-]+\.[A-Za-z]\w{0,9}$/;

/** What one mention means. Asked of each mention once; a text that could mean several things is taken for the surest. */
export function mentionResolver(keys: LinkKeys): (mention: Published<MentionKey>) => ResolvedMention {
  const known = referentsOf(keys);
  const declared = declaredNamesOf(keys);

  function resolve({ repo, file, value }: Published<MentionKey>): ResolvedMention {
    const { text, form, from } = value;
    if (form === 'link') return link(repo, file, text);
    if (GRAMMAR.test(text)) return as('mention-grammar', known.named(repo, text, from, file));
    const adr = ADR.exec(text)?.[1];
    if (adr !== undefined) return as('mention-adr', one(known.adr(repo, adr, from), 0.95));
    if (CRITERION.test(text)) return as('mention-criterion', known.named(repo, text));
    const request = REQUEST.exec(text);
    if (request) return as('mention-operation', known.requested(repo, request[1], request[2]!));
    if (form === 'prose') return NOTHING;
    return thing(repo, text) ?? path(repo, file, text) ?? constant(repo, file, text) ?? identifier(repo, file, text, form);
  }

  /** Channels, tables, columns, packages and services whose names cannot be words. */
  function thing(repo: string, text: string): ResolvedMention | undefined {
    if (!/[^\p{L}]/u.test(text) && !/\p{Ll}\p{Lu}/u.test(text)) return undefined;
    const channel = known.channel(repo, text);
    if (channel !== undefined) return as('mention-channel', one(channel, 0.9));
    const [table = '', ...rest] = text.split('.');
    const holding = known.table(repo, text) ?? (rest.length === 1 ? known.table(repo, table) : undefined);
    if (holding !== undefined) {
      const column: NodeId = `${holding}.${rest[0]}`;
      if (rest.length === 0 || known.table(repo, text) !== undefined) return as('mention-table', one(holding, 0.85));
      if (known.has(column)) return as('mention-column', one(column, 0.9));
    }
    if (/^@[\w.-]+\/[\w.-]+$/.test(text)) {
      const own = known.package(repo, text);
      return as('mention-package', [
        own === undefined ? { id: makeId({ scheme: 'npm', path: text }), confidence: 0.9 } : { id: own, confidence: 0.95 },
      ]);
    }
    if (!/^[a-z][\w]*(?:-[\w]+)+$/.test(text)) return undefined;
    const service = known.service(repo, text) ?? known.package(repo, text);
    return service === undefined ? undefined : as('mention-service', one(service, 0.85));
  }

  function path(repo: string, file: string, written: string): ResolvedMention | undefined {
    const text = written.replace(PLACE, '');
    if (/^\/[\w{}:[\]./-]*$/.test(text) && !FILE.test(text)) {
      const found = known.requested(repo, undefined, text);
      return found.length === 0 ? undefined : as('mention-operation', found);
    }
    if (/^[\w@./{},*[\]-]+$/.test(text) && /\*|\{[\w.,-]+,/.test(text) && text.includes('/')) {
      const fits = globMatcher(text.replace(/^\.?\//, ''));
      const modules = known.modules(repo).filter(fits);
      if (modules.length > MOST_MODULES) return NOTHING;
      return as(
        'mention-glob',
        modules.map((module) => ({ id: known.file(repo, module)!, confidence: 0.7 })),
      );
    }
    if (!FILE.test(text)) return undefined;
    const direct = [pathFrom(folderOf(file), text), text.replace(/^\.?\//, '')].flatMap((at) =>
      at === undefined ? [] : (known.file(repo, at) ?? []),
    );
    if (direct[0] !== undefined) return as('mention-path', one(direct[0], 0.95));
    const ending = known.filesEnding(repo, text.replace(/^(?:\.\.?\/)+/, ''));
    if (ending.length === 1) return as('mention-path', one(ending[0], text.includes('/') ? 0.85 : 0.7));
    if (ending.length > 1) return NOTHING;
    if (!KNOWN_SOURCE.test(text)) return undefined;
    return text.includes('/') && !ANYWHERE.test(text) && isUnderKnown(repo, text)
      ? { ...NOTHING, missing: `There is no file ${text}` }
      : NOTHING;
  }

  /** The folder exists, so the path is meant to be one of this repository and not of a reader's own project. */
  const isUnderKnown = (repo: string, text: string): boolean => {
    const folder = folderOf(text.replace(/^(?:\.\.?\/)+/, ''));
    return folder !== '' && known.modules(repo).some((module) => module.startsWith(`${folder}/`));
  };

  function constant(repo: string, file: string, text: string): ResolvedMention | undefined {
    const name = SCREAMING.exec(text)?.[1];
    if (name === undefined) return undefined;
    const id = configKeyId(repo, name);
    if (known.has(id)) return as('mention-config', one(id, name.includes('_') ? 0.95 : 0.7));
    return name.includes('_') ? as('mention-constant', declared.find(repo, file, name)) : NOTHING;
  }

  function identifier(repo: string, file: string, text: string, form: MentionKey['form']): ResolvedMention {
    const isWord = form === 'fence' && /^\p{Ll}+(?:\(\))?$/u.test(text);
    if (isWord) return NOTHING;
    const found = declared.find(repo, file, text);
    const sureness = form === 'fence' ? 0.8 : 1;
    if (found.length > 0)
      return as(
        'mention-identifier',
        found.map(({ id, confidence }) => ({ id, confidence: rounded(confidence * sureness) })),
      );
    return form === 'code' && declared.isGone(repo, text) ? { ...NOTHING, missing: `${text} is declared nowhere` } : NOTHING;
  }

  function link(repo: string, file: string, written: string): ResolvedMention {
    const hash = written.indexOf('#');
    const target = decoded((hash < 0 ? written : written.slice(0, hash)).replace(/\?.*$/, ''));
    const fragment = hash < 0 ? '' : decoded(written.slice(hash + 1));
    const at = target.startsWith('/') ? target.slice(1) : pathFrom(folderOf(file), target);
    if (at === undefined || at === '') return NOTHING;
    const [found, path] = [at, `${at}.md`, `${at}.mdx`, `${at}/README.md`, `${at}/index.md`].flatMap((candidate) => {
      const id = known.file(repo, candidate);
      return id === undefined ? [] : [[id, candidate] as const];
    })[0] ?? [undefined, at];
    if (found === undefined) {
      const isMissing = MARKDOWN.test(at) ? ['doc', 'adr'].includes(documentRole(at, '')) : KNOWN_SOURCE.test(at) && isUnderKnown(repo, at);
      return isMissing && !written.startsWith('/') ? { ...NOTHING, missing: `There is no file ${at}` } : NOTHING;
    }
    if (fragment === '' || /^L\d+/.test(fragment)) return as('mention-link', one(found, 1));
    const section = known.section(repo, path, fragment);
    if (section !== undefined) return as('mention-link', one(section, 1));
    const missing = parseId(found)?.scheme === 'doc' ? { missing: `${path} has no heading #${fragment}` } : {};
    return { ...as('mention-link', one(found, 0.9)), ...missing };
  }

  return resolve;
}

const as = (rule: string, referents: readonly Referent[]): ResolvedMention => ({ rule, referents });
const one = (id: NodeId | undefined, confidence: number): readonly Referent[] => (id === undefined ? [] : [{ id, confidence }]);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
