import { stemmer } from 'stemmer';

const IDLE = new Set(
  'a an the to of in on at by for and or so that this it its is are be been was were i we you they he she our my your their me us them as with from into do does just also really please must should shall can could would will want need needs like able have has had not'.split(
    ' ',
  ),
);
/** Share of equal words from which two sentences say the same. */
const SAME = 0.75;
/** Earlier sentences that are compared with a new one for each of its words: the last that have it. */
const CANDIDATES = 40;

/** Finds for sentences the one that already said the same: equal words of meaning, or nearly, with equal numbers and negation. */
export class Sayings {
  readonly #exact = new Map<string, number>();
  readonly #byStem = new Map<string, number[]>();
  readonly #stems: ReadonlySet<string>[] = [];

  /** The index given with the same saying before; undefined when it is new, and then it is known as `index`. */
  find(text: string, index: number): number | undefined {
    const stems = stemsOf(text);
    const key = [...stems].sort().join(' ');
    const known = this.#exact.get(key) ?? this.#near(stems);
    if (known !== undefined) return known;
    this.#exact.set(key, index);
    this.#stems[index] = stems;
    for (const stem of stems) {
      const list = this.#byStem.get(stem);
      if (list === undefined) this.#byStem.set(stem, [index]);
      else if (list.push(index) > CANDIDATES) list.shift();
    }
    return undefined;
  }

  #near(stems: ReadonlySet<string>): number | undefined {
    if (stems.size < 3) return undefined;
    const candidates = new Set([...stems].flatMap((stem) => this.#byStem.get(stem) ?? []));
    return [...candidates].find((index) => this.#alike(stems, this.#stems[index]!));
  }

  #alike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
    if (b.size < 3 || Math.min(a.size, b.size) < SAME * Math.max(a.size, b.size)) return false;
    let both = 0;
    for (const stem of a) {
      if (b.has(stem)) both++;
      else if (isParticular(stem)) return false;
    }
    return both / (a.size + b.size - both) >= SAME && [...b].every((stem) => a.has(stem) || !isParticular(stem));
  }
}

/** A number or a negation: with another one it is another thing that is said. */
const isParticular = (stem: string): boolean => /\d|^!/.test(stem);

function stemsOf(text: string): ReadonlySet<string> {
  const words =
    text
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[\p{L}\p{N}](?:[\p{L}\p{N}.,'-]*[\p{L}\p{N}])?%?/gu) ?? [];
  const stems = new Set<string>();
  for (const word of words.slice(0, 200)) {
    if (/^(?:not|never|no|nobody|cannot|without)$|n't$/.test(word)) stems.add('!not');
    else if (!IDLE.has(word)) stems.add(/\d/.test(word) ? word : stemmer(word.replace(/'s$/, '')));
  }
  return stems;
}
