import { stemmer } from 'stemmer';

const IDLE = new Set('a an the to of in on at by for and or so that this it its is are be been was were i we you they he she our my your their me us them as with from into do does just also really please must should shall can could would will want need needs like able have has had not'.split(' '));
/** Share of equal words from which two sentences say the same. */
const SAME = 0.75;
/** Sentences that are compared with a new one, at most. */
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
      else list.push(index);
    }
    return undefined;
  }

  #near(stems: ReadonlySet<string>): number | undefined {
    if (stems.size < 3) return undefined;
    const lists = [...stems].flatMap((stem) => this.#byStem.get(stem) ?? []);
    const candidates = [...new Set(lists)].slice(-CANDIDATES);
    return candidates.find((index) => this.#alike(stems, this.#stems[index]!));
  }

  #alike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
    const particular = (stems: ReadonlySet<string>): string => [...stems].filter((stem) => /\d|^!/.test(stem)).sort().join(' ');
    if (b.size < 3 || particular(a) !== particular(b)) return false;
    let both = 0;
    for (const stem of a) if (b.has(stem)) both++;
    return both / (a.size + b.size - both) >= SAME;
  }
}

function stemsOf(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().replaceAll('’', "'").match(/[\p{L}\p{N}](?:[\p{L}\p{N}.,'-]*[\p{L}\p{N}])?%?/gu) ?? [];
  const stems = new Set<string>();
  for (const word of words.slice(0, 200)) {
    if (/^(?:not|never|no|nobody|cannot|without)$|n't$/.test(word)) stems.add('!not');
    else if (!IDLE.has(word)) stems.add(/\d/.test(word) ? word : stemmer(word.replace(/'s$/, '')));
  }
  return stems;
}
