import { documentId, sectionId, type NodeId } from '../../../graph/model/id.ts';
import type { Span } from '../../../graph/model/provenance.ts';
import { collectFacts } from '../../facts.ts';
import type { Source, SourceFacts, SourceFormat } from '../../file-worker.ts';
import { wholeSpan } from '../../parse/lines.ts';
import { baseName } from '../../parse/paths.ts';
import { outlineOf } from './outline.ts';

/** Characters. Longer files of settings are data. */
const LONGEST = 100_000;
/** Characters of a line; longer ones are of programs, not people. */
const LONGEST_LINE = 2000;

const SETTINGS = /\.(?:ya?ml|json[c5]?|toml|ini|cfg|conf|properties|service|timer)$/i;
/** SQL that changes no table is left: data of migrations, queries. */
const SCRIPTS = /\.(?:sh|bash|zsh|ksh|bats|fish|ps1|psm1|bat|cmd|mk|mak|gradle|sql)$/i;
const NAMED =
  /(?:^|\/)(?:(?:GNU)?[Mm]akefile(?:\.[\w-]+)?|[Jj]ustfile|Jenkinsfile(?:\.[\w-]+)?|Procfile|Vagrantfile|Caddyfile|Tiltfile|Pipfile|requirements[\w-]*\.txt|pom\.xml|\.editorconfig|\.envrc|\.dockerignore|\.tool-versions|\.(?:husky|githooks)\/[\w-]+|\.(?!npmrc|yarnrc|netrc|pypirc|pgrc)[\w-]+rc)$/;
/** Scripts without an ending, `bin/setup`: their first line says what they are. */
const BARE = /(?:^|\/)[\w-]+$/;

/** Written by tools: what they stand for is read elsewhere, or not at all. */
const LOCK = /(?:^|[/._-])(?:lock|shrinkwrap|lockfile)(?:[._-][^/]*)?$|(?:^|\/)(?:tsconfig|jsconfig)[^/]*\.json$/i;
const DATA =
  /(?:^|\/)(?:__\w+__|fixtures?|snapshots?|test-?data|mocks?|seeds?|datasets?|locales?|i18n|l10n|translations?|lang|langs|languages|messages|dist|build|out|vendor|third[-_]party|node_modules|generated|coverage|public|assets|static)\/.*\.(?:json[c5]?|ya?ml|properties)$|(?:^|[/._-])(?:snapshot|min|bundle|manifest|generated|gen|_journal)\.(?:json|ya?ml)$/i;
const SECRET =
  /(?:^|[/._-])(?:secrets?|credentials?|passwords?|service[-_]?account[^/]*|kubeconfig|keystore|vault)(?:[._-][^/]*)?\.(?:ya?ml|json|toml|ini|conf|cfg|properties)$/i;
const GENERATED = /@generated|\bauto-?generated\b|\bgenerated (?:by|from|using|with)\b|\bDO NOT EDIT\b/i;
const HIDDEN = /-----BEGIN [A-Z ]*PRIVATE KEY|\bENC\[AES256|^\$ANSIBLE_VAULT/m;

/**
 * Text that people wrote for tools and that nothing else reads: settings, scripts, pipelines. Only what can be found and pointed at is
 * stated: the file, and its parts by their names. What cannot be told apart is still the file.
 */
export const textFormat: SourceFormat = {
  name: 'text',
  version: 1,
  leftover: true,
  claims: (path) =>
    (SETTINGS.test(path) || SCRIPTS.test(path) || NAMED.test(path) || BARE.test(path)) &&
    !LOCK.test(path) &&
    !DATA.test(path) &&
    !SECRET.test(path),
  recognises: (text, path) =>
    text.length <= LONGEST &&
    text.trim() !== '' &&
    (SETTINGS.test(path) || SCRIPTS.test(path) || NAMED.test(path) || text.startsWith('#!')) &&
    // A list of the top level is a table of data.
    !(/\.json[c5]?$/i.test(path) && /^\s*\[/.test(text.slice(0, 1000))) &&
    !GENERATED.test(text.slice(0, 1000)) &&
    !HIDDEN.test(text) &&
    !text.includes('\0') &&
    hasShortLines(text),
  read,
};

function hasShortLines(text: string): boolean {
  for (let at = 0, end; at < text.length; at = end + 1) {
    end = text.indexOf('\n', at);
    if (end < 0) end = text.length;
    if (end - at > LONGEST_LINE) return false;
  }
  return true;
}

async function read({ repo, path, text }: Pick<Source, 'repo' | 'path' | 'text'>): Promise<SourceFacts> {
  const facts = collectFacts(path);
  const name = baseName(path);
  const document = facts.node({ id: documentId(repo, path), kind: 'Document', name, repo, file: path, span: wholeSpan(text), props: {} });
  const open: { readonly id: NodeId; readonly span: Span }[] = [];
  const stated = new Set<NodeId>();
  for (const { names, span } of await outlineOf(path, text)) {
    const id = sectionId(repo, path, names.join('.'));
    if (stated.has(id)) continue;
    stated.add(id);
    while (open.length > 0 && open.at(-1)!.span.endLine < span.endLine) open.pop();
    facts.node({ id, kind: 'Section', name: names.at(-1) ?? '', repo, file: path, span, props: { headings: [...names] } });
    facts.edge(open.at(-1)?.id ?? document, 'CONTAINS', id, span, 'part-of-text');
    open.push({ id, span });
  }
  facts.key({ key: 'document', id: document });
  return facts.done();
}
