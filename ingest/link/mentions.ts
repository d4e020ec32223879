import type { LinkKeys, MentionKey, Published } from '../keys.ts';
import type { Linker, Links } from './linker.ts';
import { createLinks } from './links.ts';
import { mentionResolver } from './resolve-mention.ts';

/**
 * What documents, decisions, policies, specs and tickets name. Never on a bare word, and never where more than three
 * declarations are left: a wrong link costs more than a missing one.
 */
export const mentionsLinker: Linker = { name: 'mentions', link };

function link(repo: string, keys: LinkKeys): Links {
  const links = createLinks();
  const resolve = mentionResolver(keys);
  for (const mention of keys.of('mention')) {
    if (mention.repo !== repo) continue;
    const { referents, rule, missing } = resolve(mention);
    const { from, line, col } = mention.value;
    const sites = [{ line, col, file: mention.file }];
    for (const { id, confidence } of referents)
      if (id !== from) links.edge({ from, type: 'MENTIONS', to: id, tier: 'text', confidence, rule, sites });
    if (missing !== undefined) links.diagnostic(unresolved(mention, missing));
  }
  for (const { repo: at, file, value } of keys.of('document')) {
    if (at !== repo || !value.readme) continue;
    const folder = file.slice(0, Math.max(0, file.lastIndexOf('/')));
    const about = [...keys.of('package'), ...keys.of('service')].filter((key) => key.repo === repo && key.value.folder === folder);
    for (const { value: thing } of about)
      links.edge({
        from: value.id,
        type: 'DOCUMENTS',
        to: thing.id,
        tier: 'heuristic',
        confidence: 0.9,
        rule: 'readme-of-folder',
        sites: [{ line: 1, col: 1, file }],
      });
  }
  return links.done();
}

const unresolved = ({ file, value: { line, col, text } }: Published<MentionKey>, cause: string) =>
  ({
    code: 'mention-unresolved',
    severity: 'info',
    message: `${cause}. Correct what is written here, or remove it.`,
    file,
    span: { line, col, endLine: line, endCol: col + text.length },
  }) as const;
