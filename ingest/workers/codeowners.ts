import { documentId, sectionId, teamId, type NodeId } from '../../graph/model/id.ts';
import { collectFacts } from '../facts.ts';
import type { Span } from '../../graph/model/provenance.ts';
import type { Source, SourceFacts, SourceFormat } from '../file-worker.ts';
import type { OwnersKey } from '../keys.ts';
import { wholeSpan } from '../parse/lines.ts';

/** Where GitHub, GitLab and Bitbucket look for it, also in a project that stands in a folder of another. */
const CODEOWNERS = /(?:^|\/)CODEOWNERS$/;
const OWNER = /^@[\w.-]+(?:\/[\w./-]+)?$|^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Who owns which files. Rules are published; the linker `owners` applies them. Each line is a section, to be found and cited by itself. */
export const codeownersFormat: SourceFormat = {
  name: 'codeowners',
  version: 2,
  claims: (path) => CODEOWNERS.test(path),
  read,
};

function read({ repo, path, text }: Source): SourceFacts {
  const facts = collectFacts(path);
  const document = facts.node({
    id: documentId(repo, path),
    kind: 'Document',
    name: 'CODEOWNERS',
    repo,
    file: path,
    span: wholeSpan(text),
    props: {},
  });
  const rules: OwnersKey['rules'][number][] = [];
  const lines = new Map<NodeId, { readonly headings: string[]; readonly doc: string; readonly span: Span }>();
  let sectionOwners: readonly NodeId[] = [];
  let around: string[] = [];
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = raw.replace(/(?:^|\s)#.*$/, '').trimEnd();
    if (line.trim() === '') continue;
    const at = { line: index + 1, col: line.length - line.trimStart().length + 1 };
    const span = { ...at, endLine: index + 1, endCol: line.length + 1 };
    // `[Section][2] @default` of GitLab: owners of the rules below that name none.
    const section = /^\^?\[[^\]]+\](?:\[\d+\])?(.*)$/.exec(line.trim());
    // A space in a path is written `\ `.
    const [pattern = '', ...names] = (section?.[1] ?? line)
      .trim()
      .replaceAll('\\ ', '\0')
      .split(/\s+/)
      .map((part) => part.replaceAll('\0', ' '));
    const owners = (section ? [pattern, ...names] : names).filter((name) => name !== '');
    const wrong = owners.filter((name) => !OWNER.test(name));
    if (wrong.length > 0 || (!section && pattern.startsWith('!'))) {
      const message = pattern.startsWith('!')
        ? `"${pattern}" is a negation, which CODEOWNERS does not know. Repeat the pattern below without owners instead.`
        : `"${wrong[0]}" is no owner. Write @user, @organisation/team or an email address.`;
      facts.diagnose({ code: 'invalid-owner', severity: 'warning', message, file: path, span });
      if (pattern.startsWith('!')) continue;
    }
    const teams = owners
      .filter((name) => OWNER.test(name))
      .map((name) =>
        facts.node({
          id: teamId(repo, name),
          kind: 'Team',
          name,
          repo,
          file: path,
          span,
          props: name.startsWith('@') ? {} : { email: name },
        }),
      );
    if (section) {
      sectionOwners = teams;
      around = [/\[([^\]]+)\]/.exec(line)?.[1] ?? ''];
    } else {
      const headings = [...around, pattern];
      // Of rules for one pattern the last counts.
      lines.set(sectionId(repo, path, headings.join(' ')), { headings, doc: line.trim().replaceAll(/\s+/g, ' ').slice(0, 300), span });
      const applied = teams.length > 0 ? teams : sectionOwners;
      rules.push({ ...at, pattern, teams: applied });
      for (const team of applied) facts.edge(document, 'MENTIONS', team, at, 'codeowners-rule');
    }
  }
  for (const [id, { span, ...props }] of lines) {
    facts.node({ id, kind: 'Section', name: props.headings.at(-1) ?? '', repo, file: path, span, props });
    facts.edge(document, 'CONTAINS', id, span, 'codeowners-line');
  }
  facts.key({ key: 'owners', rules });
  return facts.done();
}
