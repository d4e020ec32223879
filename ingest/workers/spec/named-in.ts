import type { MentionKey } from '../../keys.ts';

export type Named = Pick<MentionKey, 'text' | 'form'>;

/** Characters of one text that are looked through. */
const LONGEST = 20_000;
const MOST = 100;
/** Characters of an identifier in prose: shorter ones are units, `kB`. */
const SHORTEST = 4;

const CODE = /`([^`\n]{1,200})`/g;
const LINK = /\]\(([^)\s]{1,500})\)/g;
const ROUTE = /\b(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+(\/[\w\-./{}:*]{0,200})/g;
/** `UploadService`, `uploadService`, `HTTPClient`, `Cart.addItem`; a capital within, so that no word of a sentence is one. */
const IDENTIFIER = /(?<![\w@/.-])(?:[A-Z]+[a-z0-9]+[A-Z]|[a-z][a-z0-9]*[A-Z]|[A-Z]{2,}[a-z])\w{0,80}(?:\.[A-Za-z_]\w{0,80}){0,4}/g;

/** What a text names, each once: code spans, link targets, routes, and words that only code is written in. */
export function namedIn(text: string): readonly Named[] {
  const found = new Map<string, Named>();
  let rest = text.slice(0, LONGEST);
  const take = (pattern: RegExp, form: Named['form'], nameOf: (match: readonly string[]) => string): void => {
    rest = rest.replace(pattern, (...match: readonly string[]) => {
      const name = nameOf(match)
        .replace(/[.,;:]+$/, '')
        .trim();
      if (name !== '' && !found.has(name) && found.size < MOST) found.set(name, { text: name, form });
      return ' ';
    });
  };
  take(CODE, 'code', ([, code = '']) => code);
  take(LINK, 'link', ([, target = '']) => target);
  take(ROUTE, 'prose', ([, method = '', path = '']) => `${method} ${path}`);
  take(IDENTIFIER, 'prose', ([word = '']) => (word.length < SHORTEST ? '' : word));
  return [...found.values()];
}
