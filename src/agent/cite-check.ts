import { readTrees } from '../../ingest/parse/tree.ts';
import { readSpec } from '../specs/read-spec.ts';
import type { Question } from '../specs/spec.ts';
import { contentOf, plain, unfounded } from './citations/content-words.ts';
import { demandedIn, type Demanded } from './citations/demanded.ts';
import { judgeCitation } from './citations/judge-citation.ts';
import type { CiteCheck, CiteProblem } from './citations/problem.ts';
import { claimsOf, type Claim } from './citations/read-provenance.ts';
import type { Sources } from './citations/source-texts.ts';

const BASES: ReadonlySet<string> = new Set(['quoted', 'extracted', 'templated', 'rule', 'llm', 'human']);

/**
 * Whether every sentence of a spec that demands something says where it comes from, and whether that is true: the source exists,
 * stands there, says so word for word, and is enough for the sentence. A program, no judgement; the text may be anybody's.
 */
export async function citeCheck(text: string, path: string, sources: Sources): Promise<CiteCheck> {
  const file = readSpec(text, path);
  const [tree] = readTrees(text, path).trees;
  const { spec } = file;
  if (!spec || !tree)
    return { sentences: 0, bases: {}, problems: [{ code: 'unsound-spec', pointer: '/', message: 'Is no spec that could be read.' }] };
  const claims = claimsOf(tree);
  const demanded = demandedIn(spec);
  if (demanded.length === 0)
    return { sentences: 0, bases: {}, problems: [{ code: 'unsound-spec', pointer: '/', message: 'Demands nothing that could be cited.' }] };
  const problems: CiteProblem[] = [];
  const bases: Record<string, number> = {};
  for (const sentence of demanded) {
    const own = claims.filter(({ claim }) => sentence.pointers.includes(claim));
    const tell = (code: CiteProblem['code'], message: string, span = file.spanOf(sentence.at)): void =>
      void problems.push({ code, pointer: sentence.pointer, message, span });
    const [first] = own;
    if (!first) {
      tell(
        'uncited',
        `Nothing says where "${sentence.text.trim().slice(0, 80)}" comes from. Add it to \`provenance\`, or make it a question.`,
      );
      continue;
    }
    bases[first.basis] = (bases[first.basis] ?? 0) + 1;
    for (const claim of own)
      for (const { code, message } of await judgeClaim(sentence, claim, sources, spec.questions))
        tell(code, message, file.spanOf(claim.at));
  }
  const known = new Set(demanded.flatMap(({ pointers }) => pointers));
  for (const { at, claim } of claims)
    if (!known.has(claim) && !file.pointers.has(claim))
      problems.push({ code: 'dangling-claim', pointer: claim, message: 'Is about nothing that the spec demands.', span: file.spanOf(at) });
  return { sentences: demanded.length, bases, problems };
}

type Fault = Pick<CiteProblem, 'code' | 'message'>;

async function judgeClaim(
  sentence: Demanded,
  { basis, sources: cited }: Claim,
  sources: Sources,
  questions: readonly Question[],
): Promise<readonly Fault[]> {
  if (!BASES.has(basis)) return [{ code: 'unknown-basis', message: `"${basis}" is no basis. Use one of ${[...BASES].join(', ')}.` }];
  if (cited.length === 0) return [{ code: 'uncited', message: 'Has no source. Say where it comes from, or make it a question.' }];
  const judged = [];
  for (const citation of cited) judged.push(await judgeCitation(citation, sources));
  const faults = judged.flatMap((one) => ('code' in one ? [one] : []));
  if (faults.length > 0) return faults;
  const quotes = judged.flatMap((one) => ('quote' in one ? [one.quote] : []));
  const names = judged.flatMap((one) => ('name' in one && one.name !== '' ? [one.name] : []));
  // An answer says what its question asks: `note:thread#Q-1` answers Q-1 of the spec.
  const asked = questions.filter(
    ({ id }) => basis === 'human' && cited.some(({ node = '' }) => node.startsWith('note:') && node.endsWith(`#${id}`)),
  );
  const message = unfit(sentence, basis, quotes, [...names, ...asked.map(({ text }) => text)]);
  return message === undefined ? [] : [{ code: 'unfounded', message }];
}

/** Share of the words of a sentence made by a rule or a template that has to be in what it rests on. */
const LEAST = 0.5;

/** Why a sentence does not follow from its quotes as its basis says; undefined where it does. */
function unfit({ text, names }: Demanded, basis: string, quotes: readonly string[], sources: readonly string[]): string | undefined {
  if (basis === 'quoted')
    return quotes.some((quote) => isWithin(text, quote))
      ? undefined
      : 'Is not in its quotes word for word. Quote it as it is, or call it extracted.';
  const strict = basis === 'extracted' || basis === 'llm';
  const missing = unfounded(text, quotes, strict ? areNames(names) : [...areNames(names), ...sources]);
  if (missing.length === 0) return undefined;
  const told = `Says ${missing.slice(0, 5).join(', ')}, which its quotes do not.`;
  if (strict) return told;
  // Words may be those of the rule; figures, and most of what is said, may not.
  const isFigure = missing.some((one) => /\d/.test(one));
  return isFigure || missing.length > LEAST * (contentSize(text) || 1) ? told : undefined;
}

/** Word for word, from the start of a word to the end of one, and nothing around it denies it. */
function isWithin(text: string, quote: string): boolean {
  const [said, all] = [` ${plain(text)} `, ` ${plain(quote)} `.replace(/[.!;,:?](?= )/g, ' ')];
  const bare = said.replace(/[.!;,:?](?= )/g, ' ');
  return bare.trim() !== '' && all.includes(bare) && contentOf(text).negates === contentOf(quote).negates;
}

/** A name is a word or a few: what is longer would say something. */
const areNames = (names: readonly string[]): readonly string[] =>
  names.filter((name) => name.length <= 100 && name.split(/\s+/).length <= 4);

const contentSize = (text: string): number => unfounded(text, []).length;
