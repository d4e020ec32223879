import { contentOf, unfounded } from '../citations/content-words.ts';
import { parseSentence } from '../../specs/meaning/sentence.ts';
import { meansPeople } from '../parse/people.ts';
import { benefitOf, storiesOf, type Story } from '../parse/story.ts';
import { clauseOf } from '../parse/clause.ts';
import { isBareVerb } from '../parse/word-classes.ts';
import { wordsOf } from '../parse/words.ts';
import { aboutThem, lowered, raised, stated, withArticle } from './inflect.ts';

export interface EarsCondition {
  readonly kind: 'when' | 'while' | 'where' | 'if' | 'unless' | 'after' | 'during';
  readonly text: string;
}

/** A demand in the parts of EARS, before it is said of a system. */
export interface Response {
  readonly conditions: readonly EarsCondition[];
  /** What stands behind `shall`. */
  readonly shall: string;
  /** How it was turned: name of the rule. */
  readonly rule: string;
}

/** What a fragment such as `max 5 MB` is about: what somebody does, as a condition. */
export interface Scene {
  /** `a user uploads a profile picture` */
  readonly trigger?: string;
}

const CONDITION =
  /^(?:and\s+|but\s+)?(when(?:ever)?|once(?!\s+(?:an?|per|every|in|more|again)\b)|as soon as|after|upon|if|in case|while|during|where|unless)\b\s+/i;
const KINDS: Readonly<Record<string, EarsCondition['kind']>> = {
  if: 'if',
  'in case': 'if',
  while: 'while',
  during: 'during',
  after: 'after',
  where: 'where',
  unless: 'unless',
};
const LEAD =
  /^(?:(?:no idea|not sure|dunno|hm+)\s*[,.:]\s*|(?:and|also|so|ok|okay|then|please|but|well|plus|additionally|furthermore|moreover|in addition|finally|just|maybe|ideally|optionally)\b[\s,:]*|(?:yes|yep|yeah|right|sure|agreed|exactly|fine|good)\s*[,.:]\s*)+/i;
const THANKS = /,?\s*\b(?:please|thanks|thank you|pls|though|right)$/i;
const ITEM = /^(?:[-*+•]\s+|\d+[.)]\s+|\[[ x]\]\s+|#{1,6}\s+|>\s+)+/i;
const MODAL =
  /^(.{1,200}?)\s(?:(must|shall|should|will|can|may|could|might|would)(?:\s+(?:also|just|only|always|still))?(\s+not|n['’]t|\s+never)?|(can)(not|['’]t)|(won)['’]t|(needs?|has|have|ought|is|are)\s+to|(?:is|are)\s+(?:only\s+)?(able|allowed|permitted|required|expected|supposed)\s+to)\s+(.+)$/is;
/** What there is besides people and the thing: the product. */
const PRODUCT =
  /^(?:(?:the|this|our|your)\s+)?(?:(?:\w+\s)?(?:system|application|app|platform|software|product|service|server|backend|back-end|frontend|front-end|site|website|api|tool|feature|it|we|i|you|one|there)|(?:whole\s)?thing)$/i;
const WISH =
  /^(?:((?:i|we|they|you|people|everyone|everybody|(?:the |our |my |all )?(?:[\p{L}-]+ )?\p{L}+s|the (?:\p{L}+ )?\p{L}+)(?=\s|['’]d))\s*)?(?:(?:would|['’]d|really|also|do|just|still|all)\s+)*(?:want|wants|need|needs|like|love|wish|prefer|prefers|expect|expects|request|requests|require)\b\s*(?:that\s+)?(.+)$/iu;
/** `It would be great if users could …`, `Let's …`, `Make sure that …`: what matters stands behind. */
const PRAISE_OF =
  /^(?:(?:it\s+would|it['’]d|would)\s+(?:also\s+|really\s+)?be\s+(?:really |very |so )?(?:great|nice|good|cool|useful|helpful|awesome|wonderful|ideal|lovely|better|handy)\s+(?:if|to have|that)|let['’]s|let us|make sure(?: that)?|we (?:have|need) to make sure(?: that)?|the idea is (?:that|to)|what (?:i|we) (?:want|need) is(?: that)?)\s+(.+)$/is;
/** `It would be nice to filter …`: what is praised is to do something. */
const PRAISE_OF_DOING =
  /^(?:it\s+would|it['’]d|would)\s+(?:also\s+|really\s+)?be\s+(?:really |very |so )?(?:great|nice|good|cool|useful|helpful|awesome|wonderful|ideal|lovely|better|handy)\s+to\s+(?!have\b)(?:be able to\s+)?(.+)$/is;
/** `Users keep asking for …`, `sales asks every week how many …`: what somebody asks for is wanted. */
const ASKING =
  /^(.{2,40}?)\s+(?:(?:keeps?|kept)(?:\s+on)?\s+asking|(?:is|are|was|were|have been|has been)\s+asking|ask(?:s|ed)?|request(?:s|ed)?)(?:\s+us)?(?:\s+(?:every|each)\s+\p{L}+|\s+all the time|\s+again and again|\s+a lot)?\s+(?:for\s+(.+)|(how (?:many|much|often|long)\b.+|which\s.+|what\s.+|when\s.+|where\s.+|who\s.+))$/isu;
/** `a way to undo`: that somebody can. */
const MEANS =
  /^(?:an?|some|any)\s+(?:easy\s+|simple\s+|quick\s+)?(?:way|possibility|option|chance|ability|means)\s+to\s+(?:be able to\s+)?(.+)$/is;
/** `A weekly report would be enough`. */
const ENOUGH = /^(.+?)\s+(?:(?:would|will|should|might)\s+be|is|are)\s+(?:enough|sufficient|fine|ok(?:ay)?|all (?:we|i) need)$/is;
const PRAISED =
  /^(.+?)\s+would\s+be\s+(?:really |very |so |a )?(?:great|nice|good|cool|useful|helpful|awesome|ideal|lovely|better|handy)\b[^.]*$/is;
const ASKED =
  /^(?:could|can|would|will)\s+(we|you|i|one|it|this|users?|customers?|admins?|people|the \p{L}+)\s+(?:please\s+|also\s+|maybe\s+|at least\s+|be able to\s+)*([^?]+)\??$/iu;
const RECEIVES = /^(?:see|get|receive|have|be (?:able|allowed|permitted) to|find|hear|know)\b/i;
const BEING = /^be\s+(?!able|allowed|permitted)/i;
const DEFAULTS: Readonly<Record<string, string>> = {
  size: 'accept',
  length: 'accept',
  format: 'accept',
  time: 'keep to',
  rate: 'allow',
  count: 'allow',
  percentage: 'keep to',
  money: 'keep to',
};

/**
 * The demands in a sentence of a request, each turned so that it can be said of a system: in its own words as far as grammar lets.
 * Empty where there is nothing in it that a system could do.
 */
export function responsesOf(written: string, scene: Scene = {}, dimension?: string): readonly Response[] {
  const text = tidy(written);
  const [story] = storiesOf(text);
  if (story) {
    const turned = oneByOne(
      kept(wished(personaOf(text, story), tidy(text.slice(story.wish.start, story.wish.end)), story.marker.kind), text),
    );
    return isFaithful(turned, [text.slice(0, story.wish.end)]) ? turned : [asSaid(text)];
  }
  const said = withoutThreat(tidy(text.slice(0, demandEnd(text))));
  const [opening = '', praised] = PRAISE_OF.exec(said) ?? [];
  const isThing = praised !== undefined && /\bto have\s+$/i.test(opening.slice(0, opening.length - praised.length));
  const demand = tidy(praised === undefined ? said : isThing ? `we need ${praised}` : inPresent(praised));
  const responses = clausesOf(demand).map((clause): Response => {
    const { conditions, main } = conditionsOf(clause);
    const { shall, rule } = mainOf(main, scene, dimension, conditions.length > 0);
    const scenic = rule === 'limit-of-the-story' && scene.trigger !== undefined && conditions.length === 0;
    return { conditions: scenic ? [{ kind: 'when', text: scene.trigger }] : conditions, shall: tidy(shall), rule };
  });
  const turned = responses.map(ofThem).flatMap(oneByOne);
  // Who asks, and how often, is kept by what they ask for.
  const [, , thing, matter] = ASKING.exec(demand) ?? [];
  if (responses.every(isClean) && isFaithful(turned, [thing ?? matter ?? demand, demand, scene.trigger ?? '', 'tell'])) return turned;
  const parts = partsOf(demand);
  return parts.length === 0 ? [asSaid(demand)] : parts.flatMap((part) => responsesOf(part, scene, dimension));
}

/** `if the client had a dark mode`: what would be so is to be so. */
function inPresent(wished: string): string {
  const words = wordsOf(wished);
  const at = words.findIndex(({ pos, lower }, index) => index > 0 && (pos === 'VERB' || pos === 'AUX') && !lower.endsWith('ing'));
  const verb = words[at];
  const isPast =
    verb !== undefined &&
    verb.lemma !== verb.lower &&
    /(?:ed|^had|^was|^were|^got|^went|^came|^gave|^told|^kept|^sent|^saw|^knew|^stood|^ran)$/.test(verb.lower);
  if (!isPast || words[at - 1]?.lower === 'to' || /^(?:DET|ADP|ADJ|AUX)$/.test(words[at - 1]?.pos ?? '')) return wished;
  const subject = wished.slice(0, verb.start).trim();
  return `${subject} ${stated(subject, verb.lemma)}${wished.slice(verb.end)}`;
}

/** `…, otherwise no deal` is no demand: nothing happens in it. */
const withoutThreat = (said: string): string => {
  const at = said.search(/,\s+(?:or|otherwise)\b[^,]{1,40}$/i);
  return at > 0 && /^,\s+otherwise\b/i.test(said.slice(at)) && !hasVerb(said.slice(at)) ? said.slice(0, at) : said;
};

/** Complaints and asides: they say why, not what. */
const ASIDE = /\s*\([^()]*\)|,\s(?:it|they|this|that)\s(?:takes?|is|are|was|gets?|feels?|looks?|always|never|just|really|still)\b[^,]*$/gi;
/** Share of the words of a sentence that is left of one without its asides. */
const LEAST_LEFT = 0.5;

/** A sentence that several things are said in, with dashes between, and things aside; empty where it is not one. */
function partsOf(demand: string): readonly string[] {
  const parts = demand
    .split(/\s[-–—]\s/)
    .map((part) => tidy(part.replace(ASIDE, '')).replace(/\s+(?:pls|plz|please)$/i, ''))
    .filter((part) => part.split(' ').length > 1);
  const [all, left] = [contentOf(demand), contentOf(parts.join('. '))];
  const isLess = parts.length > 0 && parts.join(' - ').length < demand.length;
  const keepsFigures =
    (demand.match(/\d+/g) ?? []).every((figure) => parts.some((part) => part.includes(figure))) &&
    parts.every((part) => unfounded(part, [demand]).every((missing) => missing.startsWith('a negation')));
  return (isLess || parts.length > 1) && keepsFigures && left.words.size >= LEAST_LEFT * all.words.size && left.negates === all.negates
    ? parts
    : [];
}

/** What is wanted of a sentence in which somebody asks for it: `webp` of `users keep asking for webp`. */
export function askedFor(said: string): string | undefined {
  const [, , thing, matter] = ASKING.exec(tidy(said)) ?? [];
  return thing === undefined ? matter : (MEANS.exec(thing)?.[1] ?? thing);
}

/** Where what is demanded ends, and what it is for begins. */
export function demandEnd(said: string): number {
  const [story] = storiesOf(said);
  return story?.wish.end ?? benefitOf(said, 0, said.length)?.before ?? said.length;
}

function personaOf(text: string, { persona }: Story): string {
  const [, article = ''] = /\b(an?|the|any|every|each)\s+$/i.exec(text.slice(0, persona.start)) ?? [];
  const name = lowered(text.slice(persona.start, persona.end));
  return article === '' ? withArticle(name) : `${article.toLowerCase()} ${name}`;
}

/** Who asks speaks of `my picture`; a spec speaks of theirs. */
function ofThem({ conditions, shall, rule }: Response): Response {
  const [, people] = /^let (?:(?:all|the|only) )?(\p{L}+s) /u.exec(shall) ?? [];
  const named = (text: string): string => (people === undefined ? text : text.replace(/^they\b/i, people));
  const told = aboutThem(shall).replace(
    /^((?:not )?let )(they|he|she|we)\b/,
    (_, before: string, who: string) => `${before}${OBJECTS[who] ?? who}`,
  );
  return { conditions: conditions.map(({ kind, text }) => ({ kind, text: named(aboutThem(text)) })), shall: told, rule };
}

const OBJECTS: Readonly<Record<string, string>> = { they: 'them', he: 'him', she: 'her', we: 'us' };

/** Share of the words that were said which a sentence has to have: what is left out should only be talk around it. */
const LEAST_KEPT = 0.6;

/** Nothing is there that was not said, and nothing that matters is lost. English has more forms than the rules here know. */
function isFaithful(responses: readonly Response[], [demand = '', ...more]: readonly string[]): boolean {
  const texts = responses.map(({ conditions, shall }) => [...conditions.map(({ text }) => text), shall].join(', '));
  if (texts.some((text) => unfounded(text, [demand, ...more]).some((missing) => !missing.startsWith('a negation')))) return false;
  const [said, kept] = [contentOf(demand), contentOf(texts.join('. '))];
  const numbers = (content: typeof said): readonly string[] => [...content.figures].map((figure) => figure.split(' ')[0]!);
  const words = [...said.words];
  return (
    words.filter((word) => kept.words.has(word)).length >= LEAST_KEPT * words.length &&
    numbers(said).every((number) => numbers(kept).includes(number))
  );
}

const SECOND_STATEMENT = /,?\s+and\s+(?=(?:the|an?|all|each|every)\s[\p{L}-]+(?:\s[\p{L}-]+){0,2}?\s(?:is|are)\s)/iu;
const SECOND_VERB =
  /^((?:let .{2,40}? )?\p{L}+ .{2,}?),?\s+and\s+(?:then\s+)?(\p{L}{3,20}\s+(?:it|its|them|their|the|an?|all|each|every|any)\s.+|\p{L}{3,20}\s+(?:it|them))$/iu;

/** Two things that can fail by themselves are two demands. What a denial is about is not for a program to take apart. */
function oneByOne(response: Response): readonly Response[] {
  const { shall, rule } = response;
  if (/\b(?:not|never|no|only|without|both|between|unless)\b|"/i.test(shall)) return [response];
  if (shall.startsWith('ensure that ')) {
    const [first = shall, ...others] = shall.split(SECOND_STATEMENT);
    return [first, ...others.map((other) => `ensure that ${other}`)].map((each) => ({ ...response, shall: each }));
  }
  const [, first, second] = SECOND_VERB.exec(shall) ?? [];
  if (first === undefined || second === undefined || !isBareVerb(wordsOf(`they ${second}`), 1)) return [response];
  const [, whom = ''] = /^(let (?:(?:an?|the|all|only)\s)?\S+ )/i.exec(rule === 'people' || rule === 'story-to-do' ? first : '') ?? [];
  // `crop and rotate the picture`: one thing is done to it, in two ways.
  if (!/\S\s+\S/.test(first.slice(whom.length))) return [response];
  return [
    { ...response, shall: first },
    { ...response, shall: `${whom}${second}` },
  ];
}

/** What no rule turns into a sentence without breaking it stays as people said it. */
const asSaid = (text: string): Response => ({ conditions: [], shall: `satisfy "${text.replaceAll('"', "'")}"`, rule: 'as-said' });
const kept = (response: Response, text: string): Response => (isClean(response) ? response : asSaid(text));

/** Talk, several sentences in one, lists of signs: grammar as it is written down does not hold for those. */
const TALK =
  /\p{Extended_Pictographic}|\?|->|→|=>|(?<![\w'])(?:I|I['’]\w+|you|he|she|let['’]s|pls|ppl|btw|lol|ok|okay|yeah|yes|oh|hi|hey)(?![\w'])|,\s(?:it|they|we|he|she|people|nobody|someone|somebody|everybody|otherwise|that one|that|this|please|make|my|our)\s|\bplease\b|^ensure that (?:[^:]{1,60}:|they|we|it(?! is \w+ instead$)|this|that|there|what|who|having|not)\s|^satisfy that|^ensure that \p{L}+ing\b|(?:;|:(?!\s(?:at most|at least|max|min|up to|no more|only|one|an?|\d)))\s|\*|\d\d:\d\d(?::\d\dZ)?\s[-<]|\b(?:complains?|insists?|noticed|thinks?|says?|point is) that\b|^have (?:\p{L}+ed|been)\b/iu;
const LONGEST = 220;

function isClean({ conditions, shall }: Response): boolean {
  const all = [...conditions.map(({ text }) => text), shall];
  // Who `they` are is said by the condition.
  const told = (text: string): string => (conditions.length > 0 ? text.replace(/^ensure that (?:they|it)\b/, 'ensure that the one') : text);
  return all.every(
    (text) => text !== '' && text.length <= LONGEST && !TALK.test(told(text).replace(/`[^`]*`|"[^"]*"/g, 'x')) && isBalanced(text),
  );
}

const isBalanced = (text: string): boolean =>
  (text.match(/\(/g) ?? []).length === (text.match(/\)/g) ?? []).length &&
  (text.match(/"/g) ?? []).length % 2 === 0 &&
  (text.match(/`/g) ?? []).length % 2 === 0;

const tidy = (text: string): string =>
  text
    .replace(/\*\*|__|~~/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(ITEM, '')
    .replace(LEAD, '')
    .replace(/^[,:;.\s]+|[\s.!;,:]+$/g, '')
    .replace(THANKS, '');

function wished(persona: string, wish: string, kind: 'to-do' | 'to-have'): Response {
  const { conditions, main } = conditionsOf(wish);
  const told = conditions.map((one) => {
    const [, deed] = /^(?:I|we)\s+(?!am\b|have\b|was\b|['’])(\p{L}+\b.*)$/su.exec(one.text) ?? [];
    return { ...one, text: deed === undefined ? aboutThem(one.text) : `${persona} ${aboutThem(stated(persona, deed))}` };
  });
  const said = aboutThem(main);
  if (kind === 'to-have') {
    const [, whom, doing] = /^((?:the |an? |all |my )?[\p{L} -]{2,40}?)\s+to\s+(\p{L}+ .+)$/u.exec(said) ?? [];
    if (whom !== undefined && doing !== undefined) return { conditions: told, ...asked(whom, doing) };
    return { conditions: told, shall: `provide ${persona} with ${said}`, rule: 'story-to-have' };
  }
  if (BEING.test(said)) return { conditions: told, shall: `ensure that ${persona} ${stated(persona, said)}`, rule: 'story-to-be' };
  return { conditions: told, shall: `let ${persona} ${said}`, rule: 'story-to-do' };
}

/** `A, and B must …`: what has a subject and an obligation of its own is a demand of its own; a condition of the first holds for it as well. */
function clausesOf(text: string): readonly string[] {
  const parts = text.split(
    /(?:[,;]\s*|\s)(?:and|but)\s+(?=(?:the |an? |all |every |each |no |any )?[\p{L}-]+(?: [\p{L}-]+){0,3}? (?:must|shall|should|needs? to|ha(?:s|ve) to)\b)|,\s*but\s+(?=(?:the |all |only )?[\p{L}-]+(?: [\p{L}-]+)? (?:can|may)\b)/iu,
  );
  const [first = text, ...more] = parts;
  if (more.length === 0 || !/\b(?:must|shall|should|will|can|may|needs? to|ha(?:s|ve) to)\b/i.test(first.replace(CONDITION, '')))
    return [text];
  const { conditions } = conditionsOf(first);
  const shared = conditions.map(({ kind, text: condition }) => `${kind} ${condition}`).join(' and ');
  return [first, ...more.map((clause) => (shared === '' || CONDITION.test(clause) ? clause : `${shared}, ${clause}`))];
}

interface Split {
  readonly conditions: readonly EarsCondition[];
  readonly main: string;
}

function conditionsOf(text: string): Split {
  const keyword = CONDITION.exec(text)?.[1];
  if (keyword !== undefined) {
    const at = endOfCondition(text);
    if (at !== undefined) {
      const [condition, main] = [text.slice(0, at.end).replace(CONDITION, ''), tidy(text.slice(at.next).replace(/^\s*then\s+/i, ''))];
      if (main !== '') {
        const rest = conditionsOf(main);
        return { conditions: [conditionOf(keyword, condition), ...rest.conditions], main: rest.main };
      }
    }
    return { conditions: [], main: text };
  }
  const [, main, behind, condition] =
    /^(.{3,}?\S),?\s+(when(?:ever)?|if|in case|while|unless|(?<!\b(?:more than|at|only|exactly) )once(?=\s+(?:the|all|it|they|every|each|this|that|\w+s)\s)|as soon as)\s+(\S+\s+\S.*)$/is.exec(
      text,
    ) ?? [];
  if (main === undefined || behind === undefined || condition === undefined || !(hasVerb(condition) || ACTS.test(condition)))
    return { conditions: [], main: text };
  return { conditions: [conditionOf(behind, condition)], main };
}

const conditionOf = (keyword: string, text: string): EarsCondition => ({
  kind: KINDS[keyword.toLowerCase()] ?? 'when',
  text: lowered(tidy(text)),
});

/** Where a condition ends: at its comma that a main clause follows, or before the subject or command that follows without one. */
function endOfCondition(text: string): { readonly end: number; readonly next: number } | undefined {
  const commas = [...text.matchAll(/,\s+/g)];
  const comma =
    commas.find(
      ({ index, 0: sign }) => !/^(?:and|or|\p{L}+ (?:and|or)) /iu.test(text.slice(index + sign.length)) && hasVerb(text.slice(index)),
    ) ?? commas.at(-1);
  if (comma) return { end: comma.index, next: comma.index + comma[0].length };
  const then = /\s+then\s+/i.exec(text);
  if (then) return { end: then.index, next: then.index + then[0].length };
  const subject = /\s(?=(?:the|we|it|they|users?|an?)\s(?:[\p{L}-]+\s){0,3}?(?:must|shall|should|will|can|may)\b)/iu.exec(text.slice(10));
  return subject ? { end: subject.index + 10, next: subject.index + 11 } : undefined;
}

/** A verb that says something of a subject; not one within `that …`, nor a participle. */
function hasFinite(text: string): boolean {
  const words = wordsOf(
    text
      .replace(/\s(?:that|which|who|whose|where)\s.*$/is, '')
      // `originals nobody looks at`
      .replace(
        /(?<=\S)\s(?:nobody|no one|somebody|someone|everybody|people|they|we|you|I|he|she)\s\p{L}+(?:\s(?:at|for|to|with|in|on|of|about))?$/iu,
        '',
      ),
  );
  return words.some(
    ({ pos, lower }, index) =>
      (pos === 'AUX' && !/^(?:being|been|be)$/.test(lower)) ||
      (pos === 'VERB' && index > 0 && /[^s]s$/.test(lower) && words[index - 1]?.pos !== 'DET'),
  );
}

/** `a user signs up`: the tagger takes many a verb for a noun. */
const ACTS = /^(?:an?|the|each|every|any|it|he|she|someone|somebody)\s+(?:[\w-]+\s+){0,3}?[\w-]+s\b/i;

const hasVerb = (text: string): boolean => wordsOf(text).some(({ pos }) => pos === 'VERB' || pos === 'AUX');

type Main = Pick<Response, 'shall' | 'rule'>;

function mainOf(text: string, scene: Scene, dimension: string | undefined, isConditional: boolean): Main {
  const [, praised] = PRAISE_OF_DOING.exec(text) ?? [];
  if (praised !== undefined) return { shall: `make it possible to ${aboutThem(tidy(praised))}`, rule: 'possible' };
  const [, asker, thing, matter] = ASKING.exec(text) ?? [];
  if (asker !== undefined && meansPeople(asker)) {
    if (matter !== undefined) return { shall: `tell ${lowered(asker)} ${aboutThem(tidy(matter))}`, rule: 'people' };
    return desired(tidy(thing ?? ''), asker);
  }
  const [, nice] = PRAISED.exec(text) ?? ENOUGH.exec(text) ?? [];
  if (nice !== undefined && !hasFinite(nice)) return { shall: `provide ${lowered(nice)}`, rule: 'thing-wanted' };
  const [, whom, act] = ASKED.exec(text) ?? [];
  if (whom !== undefined && act !== undefined) {
    if (/^(?:it|this)$/i.test(whom) && /^be\b/i.test(act)) return { shall: `ensure that it ${stated('it', tidy(act))}`, rule: 'statement' };
    if (/^(?:you|it|this|the (?:app|system))$/i.test(whom)) return { shall: lowered(tidy(act)), rule: 'command' };
    if (/^(?:we|i|one)$/i.test(whom)) return { shall: `make it possible to ${aboutThem(tidy(act))}`, rule: 'possible' };
    return { shall: `let ${lowered(whom)} ${tidy(act)}`, rule: 'people' };
  }
  const [, wisher, wished] = WISH.exec(text) ?? [];
  if (
    wished !== undefined &&
    ((!/^(?:it|this|that|which|each|every)\b/i.test(text) &&
      !/\b(?:needs?|requires?)\s+to\b/i.test(text.slice(0, text.length - wished.length + 3))) ||
      /^(?:i|we)\b/i.test(text))
  )
    // `would love that for the new phones`: what is pointed at is said elsewhere.
    return /^(?:for|in|on|at|with|from|by|of|about|if|when|so)\b/i.test(wished)
      ? { shall: '', rule: 'as-said' }
      : desired(tidy(wished), wisher);
  const [, bound] =
    /^(?:must|should|shall|has to|needs to)\s+(?:be|stay|remain)\s+((?:under|below|above|over|within|less|more|at|no|max|min|faster|between)\b.+)$/is.exec(
      text,
    ) ?? [];
  if (bound !== undefined) return { shall: `keep to ${lowered(bound)}`, rule: 'limit' };
  const modal = MODAL.exec(text);
  if (modal && !/^(?:which|that|who|what|how)\b/i.test(text) && !hasFinite(modal[1]!)) return obliged(modal);
  const words = wordsOf(text);
  const [first, second] = words;
  if (/^(?:do not|don['’]t|never)\b/i.test(text)) return { shall: lowered(text).replace(/^(?:do not|don['’]t)/, 'not'), rule: 'command' };
  if (first && /^(?:no|only|max|maximum|min|minimum|up|at|within|under|less|more)$/i.test(first.text)) {
    const verb = words.find(({ pos }, index) => index > 0 && (pos === 'AUX' || pos === 'VERB'));
    if (verb && /^(?:is|are|gets?|has|have|does|do)$/i.test(verb.text)) return { shall: `ensure that ${lowered(text)}`, rule: 'statement' };
    return fragment(text, scene, dimension);
  }
  if (first && (isCommand(text) || isDemandOfDeed(text))) return { shall: lowered(text), rule: 'command' };
  const isNoun = second !== undefined && (second.pos === 'ADP' || /^up$/.test(second.lower)) && endsInVerb(words);
  if (isNoun && first && /^\p{Lu}?\p{Ll}+s$/u.test(first.text)) return { shall: `ensure that ${lowered(text)}`, rule: 'statement' };
  // `Displays a preview`: before an article it is a verb, whatever it looks like at the beginning.
  const deed = second?.pos === 'DET' ? wordsOf(`it ${lowered(text)}`)[1] : first;
  if (first && /^\p{Lu}?\p{Ll}+s$/u.test(first.text) && deed?.pos === 'VERB' && second && second.pos !== 'AUX' && second.pos !== 'VERB')
    return { shall: `${lowered(deed.lemma)}${text.slice(first.end)}`, rule: 'statement-without-subject' };
  if (states(text) && clauseOf(text).verb !== 'none') {
    const [, subject, verb, rest] =
      /^((?:the |this |our )?(?:system|app|application|service|platform|api|server|site|it|we))\s+(\p{L}+?s)\s+(.+)$/iu.exec(text) ?? [];
    const base = verb === undefined ? undefined : wordsOf(`${subject} ${verb} ${rest}`).find((word) => word.text === verb)?.lemma;
    if (base !== undefined && rest !== undefined && !/^(?:is|has|does|be)$/.test(verb ?? ''))
      return { shall: `${base} ${rest}`, rule: 'statement-of-the-product' };
    return { shall: `ensure that ${lowered(text)}`, rule: 'statement' };
  }
  if (isConditional && /^(?:the|an?|each|every|all|they)\s(?:[\p{L}-]+\s){0,3}?[\p{L}-]+s\s/iu.test(text))
    return { shall: `ensure that ${lowered(text)}`, rule: 'statement' };
  return isConditional ? { shall: `provide ${aThing(lowered(text))}`, rule: 'thing-wanted' } : fragment(text, scene, dimension);
}

/** `Uploads up to 20 MB succeed`: what looked like the verb was what does something. */
const endsInVerb = (words: ReturnType<typeof wordsOf>): boolean =>
  words.some(({ pos, lemma, lower }, index) => {
    const before = words[index - 1];
    return index > 2 && pos === 'VERB' && lemma === lower && before !== undefined && /^(?:NOUN|PROPN|NUM|SYM|ADV)$/.test(before.pos);
  });

/** `max 5 MB`, `PNG and JPG only`, `password reset by email`: no sentence by itself. */
function fragment(text: string, scene: Scene, dimension: string | undefined): Main {
  const [, none] = /^no\s+(?!(?:more|less|fewer|later|longer|larger)\b)(.+)$/is.exec(text) ?? [];
  if (none !== undefined) return { shall: `allow no ${none}`, rule: 'none-of-it' };
  if (
    dimension === undefined &&
    /^(?:at most|at least|max|min|up to|no (?:more|less|fewer|later|longer|larger)|within|under|less|more)\b/i.test(text)
  )
    return { shall: `keep to ${lowered(text)}`, rule: scene.trigger === undefined ? 'limit' : 'limit-of-the-story' };
  if (OFTEN.test(text) || (dimension === 'time' && TIMING.test(text)))
    return { shall: `do so ${lowered(text)}`, rule: scene.trigger === undefined ? 'limit' : 'limit-of-the-story' };
  if (STATE.test(text)) return { shall: `keep it ${lowered(text)}`, rule: 'limit' };
  if (dimension === undefined || (DEFAULTS[dimension] === 'keep to' && !FIGURE.test(text)))
    return { shall: `provide ${aThing(lowered(text))}`, rule: 'thing-wanted' };
  const verb = DEFAULTS[dimension] ?? 'keep to';
  return { shall: `${verb} ${lowered(text)}`, rule: scene.trigger === undefined ? 'limit' : 'limit-of-the-story' };
}

const OFTEN =
  /^(?:(?:every|each|once an?|twice an?)\s+(?:\d|(?:other |single )?(?:second|minute|hour|day|night|morning|evening|week|month|quarter|year|mon|tues|wednes|thurs|fri|satur|sun))|(?:daily|weekly|monthly|hourly|nightly)\b(?!\s+\p{L}))/iu;
const TIMING = /^(?:within|after|before|until|for|by|at|on|from|in)\b/i;
/** How something is: `valid for 24 hours`. */
const STATE = /^(?:valid|available|visible|active|reachable|reversible|optional|mandatory|readable|printable|searchable)\b(?=\s|,|$)/i;
/** Begins with its figure, or with how that is compared. */
const FIGURE =
  /^(?:(?:at|no|not|up|less|more|under|below|over|above|max|min|only|exactly|about|around|roughly|maximum|minimum)\b|[€$£<>≤≥~]|\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|sixty|ninety)\b)/i;

const COMMANDS =
  /^(?:add|allow|let|enable|support|provide|show|display|hide|make|create|build|implement|introduce|include|limit|restrict|cap|store|save|keep|retain|delete|remove|encrypt|log|audit|track|record|notify|alert|warn|send|e?mail|validate|verify|reject|refuse|block|prevent|accept|require|ensure|return|respond|redirect|sort|filter|search|export|import|upload|download|generate|compress|resize|scale|cache|retry|rate-limit|expire|lock|unlock|mask|anonymi[sz]e|redact|archive|restore|sync|synchroni[sz]e|integrate|expose|publish|use|replace|rename|change|extend|increase|reduce|drop|migrate|convert|preview|render|highlight|disable|offer|give|set|default|handle|schedule|cancel|paginate|translate|group|merge|split|deduplicate|strip|scan|check|confirm|prompt|ask|autosave|list|mark|move|copy|assign|invite|share|print|put|pin|undo|invalidate|revoke|rotate|throttle|queue|emit|trigger|call|fetch|load|process|calculate|compute|count|answer|open|close|sign|hash|tag|label|update|persist|detect|collect|report|refund|charge|bill)\b(?! (?:is|are|was|were|does|do|did|has|have|must|should|can|will|of|by|via|with|from|in|on|under|over|within|below)\b)/i;

function isCommand(text: string): boolean {
  if (/^(?:sort|filter|search|group|order)\s+by\b/i.test(text)) return true;
  if (!COMMANDS.test(text) || /^e?mail\s+(?!(?:the|an?|all|each|every|any|it|them|me|us|\p{L}+s\b)\b)/iu.test(text)) return false;
  const [, second] = wordsOf(text);
  if (second?.pos === 'VERB' && /[^s]s$/.test(second.lower)) return false;
  // `Image upload` is a thing, `upload images` a command; `password reset` does not begin with a verb at all.
  const words = wordsOf(`they ${text}`);
  return words.length > 2 || isBareVerb(words, 1);
}

/** Verbs that are hardly ever commands to a product, and nouns that the tagger takes for verbs. */
const NO_COMMAND =
  /^(?:be|need|want|like|love|wish|see|have|get|know|think|guess|let['’]s|please|thank|note|look|find|regard|agree|go|come|wait|feel)\b/i;

/** `Raise the limit …`: a verb in its plain form, and behind it what it is done to. */
function isDemandOfDeed(text: string): boolean {
  const [first, second] = wordsOf(`to ${lowered(text)}`).slice(1);
  if (!first || !second || NO_COMMAND.test(text) || first.pos !== 'VERB' || first.lemma !== first.lower) return false;
  return second.pos === 'DET' || /^(?:it|them|its|their|our|my|all|each|every|any|both|only|at|up)$/.test(second.lower);
}

function states(text: string): boolean {
  const words = wordsOf(text);
  return words.some(
    ({ pos, lower }, index) =>
      index > 0 &&
      (pos === 'AUX' ||
        (pos === 'VERB' &&
          // `a list of rejected uploads of the last week`
          words[index + 1]?.lower !== 'of' &&
          !lower.endsWith('ing') &&
          (!lower.endsWith('ed') || index === words.length - 1) &&
          words[index - 1]?.lower !== 'to')),
  );
}

function obliged(match: RegExpExecArray): Main {
  const [, before = '', modal, no, can, cannot, wont, to, able, after = ''] = match;
  const negated = no !== undefined || cannot !== undefined || wont !== undefined;
  const never = /never/i.test(no ?? '');
  const subject = tidy(before);
  let predicate = tidy(after);
  const [, extra] = /^(?:be\s+(?:able|allowed|permitted)\s+to)\s+(.+)$/is.exec(predicate) ?? [];
  const isAbility =
    able !== undefined
      ? !/^(?:required|expected|supposed)$/i.test(able)
      : extra !== undefined || /^(?:can|may|could|might)$/i.test(modal ?? can ?? '');
  if (extra !== undefined) predicate = extra;
  const [, place, product] =
    /^((?:for|in|on|at|with|from|by|above|below|until|per)\s.+?),?\s+(we|it|the (?:system|app|service|application|product|site))$/i.exec(
      subject,
    ) ?? [];
  if (place !== undefined && product !== undefined)
    return { shall: `${negated ? (never ? 'never ' : 'not ') : ''}${aboutThem(predicate)} ${lowered(place)}`, rule: 'obligation' };
  const not = negated ? (never ? 'never ' : 'not ') : '';
  if (/^it$/i.test(subject) && /^be possible\b/i.test(predicate)) {
    const [, doing = ''] = /^be possible\s+(?:for .+? )?to\s+(.+)$/is.exec(predicate) ?? [];
    return { shall: `${not}make it possible to ${doing === '' ? predicate : doing}`, rule: 'possible' };
  }
  const onlyBy = /\bonly$/i.test(match[0].slice(before.length, match[0].length - after.length).trim()) ? 'only ' : '';
  if (PRODUCT.test(subject) && !isAbility) return { shall: `${not}${onlyBy}${aboutThem(predicate)}`, rule: 'obligation' };
  if (PRODUCT.test(subject)) {
    if (/^(?:i|we|you|one)$/i.test(subject))
      return { shall: `${not}make it possible to ${onlyBy}${aboutThem(predicate)}`, rule: 'possible' };
    return { shall: `${not}${onlyBy}${predicate}`, rule: 'obligation' };
  }
  const who = lowered(subject);
  if (meansPeople(subject.replace(/\s+(?:of|in|with|from|who|without|whose)\b.*$/i, ''))) {
    if (BEING.test(predicate) && !isAbility)
      return { shall: `ensure that ${who} ${stated(who, `${not}${onlyBy}${predicate}`)}`, rule: 'statement' };
    const isDuty = !isAbility && !negated && /^(?:must|shall|needs?|has|have)$/i.test(modal ?? to ?? '') && !RECEIVES.test(predicate);
    return isDuty
      ? { shall: `require ${who} to ${onlyBy}${predicate}`, rule: 'duty-of-people' }
      : { shall: `${not}let ${who} ${onlyBy}${predicate}`, rule: 'people' };
  }
  if (isAbility && !BEING.test(predicate)) return { shall: `${not}let ${who} ${onlyBy}${predicate}`, rule: 'people' };
  if (isAbility) return { shall: `ensure that ${who} ${negated ? 'cannot' : 'can'} ${onlyBy}${predicate}`, rule: 'statement' };
  return { shall: `ensure that ${who} ${stated(who, `${not}${onlyBy}${predicate}`)}`, rule: 'statement' };
}

/** What somebody wants: to do something, that somebody else does it, or a thing. */
function desired(wish: string, who: string | undefined): Main {
  const [, means] = MEANS.exec(wish) ?? [];
  if (means !== undefined)
    return who !== undefined && !/^(?:i|we|they|you)$/i.test(who) && meansPeople(who)
      ? asked(who, means)
      : { shall: `make it possible to ${aboutThem(means)}`, rule: 'possible' };
  const [, doing] = /^(?:to\s+)(?:be able to\s+|have\s+(?=users?\b))?(.+)$/is.exec(wish) ?? [];
  if (doing !== undefined && who !== undefined && !/^(?:i|we|they|you)$/i.test(who) && meansPeople(who)) return asked(who, doing);
  if (doing !== undefined)
    return isCommand(doing) &&
      /^(?:support|limit|reject|store|keep|log|encrypt|send|notify|prevent|ensure|add|show|allow|let|restrict|block|validate|track|display|provide)\b/i.test(
        doing,
      )
      ? { shall: aboutThem(lowered(doing)), rule: 'wish' }
      : { shall: `make it possible to ${aboutThem(doing)}`, rule: 'possible' };
  const [, whom, act] = /^(.{2,60}?)\s+to\s+(?:be able to\s+)?(\p{L}+\b.*)$/iu.exec(wish) ?? [];
  if (whom !== undefined && act !== undefined && isBareVerb(wordsOf(`they ${act}`), 1)) return asked(whom, act);
  return { shall: `provide ${aThing(aboutThem(lowered(wish)))}`, rule: 'thing-wanted' };
}

/** What has no plural and no article. */
const MASS =
  /^(?:access|support|information|feedback|data|metadata|sso|content|help|software|hardware|security|privacy|encryption|pagination|validation|logging|monitoring|caching|versioning|localization|localisation|dark|two-factor|single|json|csv|pdf|xml|html|webp|avif|heic|png|jpe?g|gif|svg|mp4|markdown|sms|push|oauth|saml|2fa|mfa|sorting|filtering|searching|search)\b/i;

/** `list of orders` is `a list of orders`; what is many, a name or no thing that can be counted stays. */
function aThing(text: string): string {
  const [first] = wordsOf(text);
  const head = text.replace(/\s(?:of|in|on|at|for|from|with|by|to|that|which|who|upon|when|per|as)\b.*$/is, '');
  const isCounted =
    first !== undefined &&
    (first.pos === 'NOUN' || first.pos === 'ADJ' || (first.lower.endsWith('ed') && head.includes(' '))) &&
    /^[\p{Ll} -]+$/u.test(head);
  return isCounted && !MASS.test(text) && !/(?:ing|ness|ity)$/i.test(head) && !/,/.test(head) ? withArticle(text) : text;
}

function asked(whom: string, act: string): Main {
  const who = lowered(aboutThem(whom));
  if (BEING.test(act)) return { shall: `ensure that ${who} ${stated(who, act)}`, rule: 'statement' };
  return meansPeople(whom)
    ? { shall: `let ${who} ${act}`, rule: 'people' }
    : { shall: `ensure that ${who} ${stated(who, act)}`, rule: 'statement' };
}

/** What the persona of a story does, as a condition: `a user uploads a profile picture`; undefined where that is no short deed. */
export function deedOf(said: string): string | undefined {
  const text = tidy(said);
  const [story] = storiesOf(text);
  if (!story || story.marker.kind !== 'to-do') return undefined;
  const wish = aboutThem(tidy(text.slice(story.wish.start, story.wish.end)));
  const [, verb = '', rest = ''] = /^(\p{L}+)(\s[^,;(]{2,80}|)$/u.exec(wish) ?? [];
  if (verb === '' || /^be$/i.test(verb) || /\b(?:and|or|when|if|unless|while)\b/i.test(rest)) return undefined;
  const persona = personaOf(text, story);
  return `${persona} ${stated(persona, `${verb}${rest}`)}`;
}

/** A whole sentence in the form of EARS. */
export function sentenceOf({ conditions, shall }: Pick<Response, 'conditions' | 'shall'>, system: string): string {
  const before = conditions.map(({ kind, text }) => `${kind} ${text}`).join(', ');
  const isUnwanted = conditions.at(-1)?.kind === 'if';
  const the = `the ${system} shall ${shall}.`;
  return raised(before === '' ? the : `${before}, ${isUnwanted ? 'then ' : ''}${the}`);
}

/** Whether a sentence says already, in one of the patterns, that this system has to do one thing. */
export function isEarsOf(text: string, system: string): boolean {
  const sentence = parseSentence(text);
  return (
    sentence.pattern !== undefined &&
    sentence.more === 0 &&
    !sentence.isTurned &&
    sentence.system === system &&
    /^(?:shall|must)$/.test(sentence.modal ?? '')
  );
}
