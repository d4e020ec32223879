/** Wildcards of one glob: more are a mistake, or made to take long. */
const MOST_WILDCARDS = 10;
const LONGEST = 300;

/** Whether a text fits a glob as a whole: `**` is anything, `*` and `?` stay within a path segment, `{a,b}` is either. */
export function globMatcher(glob: string): (text: string) => boolean {
  const wildcards = glob.match(/\*+|\?|\{/g)?.length ?? 0;
  if (glob.length > LONGEST || wildcards > MOST_WILDCARDS) return () => false;
  if (wildcards === 0) return (text) => text === glob || text.startsWith(`${glob.replace(/\/$/, '')}/`);
  const source = glob.replaceAll(/\*\*\/|\*\*|\*|\?|\{[^{}]*\}|[.+^$()|[\]\\{}]/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part.length > 1 && part.startsWith('{')) return `(?:${part.slice(1, -1).split(',').map(escaped).join('|')})`;
    return `\\${part}`;
  });
  const pattern = new RegExp(`^${source}$`, 's');
  return (text) => pattern.test(text);
}

/** Of a name, where nothing separates segments: `*` is anything. */
export const nameMatcher = (glob: string): ((text: string) => boolean) => {
  if (glob.length > LONGEST || (glob.match(/\*/g)?.length ?? 0) > MOST_WILDCARDS) return () => false;
  const pattern = new RegExp(`^${glob.split(/\*+/).map(escaped).join('.*')}$`, 's');
  return (text) => pattern.test(text);
};

const escaped = (text: string): string => text.replaceAll(/[.+^$()|[\]\\{}?*/-]/g, String.raw`\$&`);
