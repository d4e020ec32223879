const LONGEST = 300;

/** What people wrote, on one line and short enough to be stored with its thing; undefined where that is nothing. */
export function shortened(text: string): string | undefined {
  const line = text
    .slice(0, 4 * LONGEST)
    .replace(/\s+/g, ' ')
    .trim();
  return line === '' ? undefined : line.slice(0, LONGEST);
}

/** The same as a property of a node. */
export function docProps(text: string | null | undefined): { readonly doc?: string } {
  const doc = shortened(text ?? '');
  return doc === undefined ? {} : { doc };
}
