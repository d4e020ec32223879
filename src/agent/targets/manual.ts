import type { Demand } from '../hand-off/demands.ts';
import { escapeMarkdown } from '../../specs/render-spec.ts';
import { asToldToUser, thirdPerson } from '../hand-off/second-person.ts';
import { visibleLine } from '../../visible.ts';
import { featureWords, kebab } from '../hand-off/names.ts';
import { wordsOf } from '../parse/words.ts';
import { storiesOf } from '../parse/story.ts';
import type { GenerationTarget } from './target.ts';

/** A page of the user manual. Every sentence names the criterion that it says. */
export const manual: GenerationTarget = {
  name: 'manual',
  title: 'User manual page',
  generate({ spec, design }) {
    const { demands } = design;
    if (demands.length === 0) return { files: [], covers: [], note: 'The spec has no criterion to tell users of.' };
    const refusals = demands.filter(({ sentence }) => sentence.conditions.some(({ kind }) => kind === 'if'));
    const others = demands.filter((demand) => !refusals.includes(demand));
    const limits = others.filter(
      ({ limits: own, formats, refusal, sentence }) =>
        sentence.conditions.length === 0 && (own.length > 0 || formats.types.length > 0 || refusal !== undefined),
    );
    const does = others.filter((demand) => !limits.includes(demand));
    const words = featureWords(spec.feature);
    const text = [
      `# ${words.join(' ').replace(/^./, (first) => first.toUpperCase())}`,
      intro(spec.description),
      ...section('What you can do', does),
      ...section('Limits', limits),
      ...section('What can go wrong', refusals),
    ].join('\n\n');
    return {
      files: [{ path: `docs/${kebab(words)}.md`, text: `${text}\n` }],
      covers: demands.map(({ id }) => id),
      note: 'One sentence for each criterion; an editor makes it read well.',
    };
  },
};

const section = (title: string, demands: readonly Demand[]): readonly string[] =>
  demands.length === 0 ? [] : [`## ${title}`, demands.map((demand) => `- ${told(demand)} (${demand.id})`).join('\n')];

function intro(description: string): string {
  const [story] = storiesOf(description);
  if (story === undefined) return escapeMarkdown(`${visibleLine(description).replace(/[.]*$/, '')}.`);
  const part = (range: { readonly start: number; readonly end: number }): string =>
    description
      .slice(range.start, range.end)
      .trim()
      .replace(/[,.;]+$/, '');
  const wish = story.marker.kind === 'to-do' ? `You can ${part(story.wish)}` : `You get ${part(story.wish)}`;
  return escapeMarkdown(
    `${asToldToUser(story.benefit === undefined ? wish : `${wish}, so ${/^(?:to)\b/i.test(part(story.benefit)) ? 'as ' : 'that '}${part(story.benefit)}`)}.`,
  );
}

/** The criterion as a sentence in the present tense, to whoever uses the system. */
function told({ sentence, text }: Demand): string {
  const { conditions, system, modal, isNegated, response } = sentence;
  if (modal === undefined && conditions.length === 0) {
    const said = visibleLine(text).replace(/[.]*$/, '');
    // `Displays a preview`: what does so is not said.
    const isOfSystem = /^[A-Z][a-z]+s\s/.test(said) && wordsOf(said.toLowerCase())[0]?.pos === 'VERB';
    return escapeMarkdown(`${isOfSystem ? `The system ${said.charAt(0).toLowerCase()}${said.slice(1)}` : said}.`);
  }
  const before = conditions.map(({ kind, text: own }) => `${kind} ${asToldToUser(own)}`).join(', ');
  const subject =
    system === undefined
      ? 'the system'
      : /^(?:the|an?|all|every|each|no)\b/i.test(system) || /^[A-Z]\w*[A-Z]/.test(system)
        ? system
        : `the ${/^[A-Z][a-z]+ [a-z]/.test(system) ? `${system.charAt(0).toLowerCase()}${system.slice(1)}` : system}`;
  const done = thirdPerson(response, subject, isNegated);
  const sentenceOf = before === '' ? `${subject} ${done}` : `${before}, ${subject} ${done}`;
  return escapeMarkdown(
    `${visibleLine(sentenceOf)
      .replace(/^./u, (first) => first.toUpperCase())
      .replace(/[.]*$/, '')}.`,
  );
}
