/** Texts that are remembered: those of one repository are asked for again and again. */
const MOST = 20_000;

/** A pure function of a text that reads each text once, as long as there are not too many. */
export function remembered<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (text) => {
    let found = known.get(text);
    if (found) return found.value;
    found = { value: read(text) };
    if (known.size >= MOST) known.clear();
    known.set(text, found);
    return found.value;
  };
}
