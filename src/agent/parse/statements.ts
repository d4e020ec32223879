import { clauseOf } from './clause.ts';
import { sectionMeaning } from './sections.ts';
import { demandOf } from './demand.ts';
import { asksPlainly, DECIDED, EXCLUDED, isOpen, tellsOfToday, type Context, type Reading } from './signs.ts';
import { storiesOf } from './story.ts';

/** What somebody means by a sentence. */
export type Meaning = 'requirement' | 'decision' | 'open' | 'excluded' | 'task' | 'context' | 'chatter';

export type Modality = 'must' | 'should' | 'could' | 'must-not';

/** A sentence with what is known of its place. */
export interface Said {
  readonly text: string;
  /** Heading or label above it, in lower case. */
  readonly section?: string;
  readonly form: 'heading' | 'item' | 'prose' | 'row';
  readonly title?: boolean;
  readonly speaker?: string;
  /** It is part of a ticket. */
  readonly ticket?: boolean;
  /** It is about what somebody does who is known by name. */
  readonly ofPerson?: boolean;
  /** It is the first line of a longer text, and no sentence. */
  readonly first?: boolean;
  /** A point that is ticked off. */
  readonly done?: boolean;
  /** Somebody else's words, repeated. */
  readonly quoted?: boolean;
  /** Two or more people speak. */
  readonly dialogue?: boolean;
  /** It names a limit: a number with a unit, or a choice of formats. */
  readonly limited?: boolean;
  /** Nothing else was handed in than a sentence or two, or a short list: what they name is what is asked for. */
  readonly whole?: boolean;
}

/** Words that point to something said before, and words of agreement. */
const EMPTY = new Set(
  "let's let us we i you he she it they this that these those is are be was will 'll do go with keep take make use say stick to for of on at in the a an and so ok okay then fine good great simple agreed decided agree yes no both all one now as just me my our approved signed off final answer works sounds enough first second option proposal idea plan approach".split(
    ' ',
  ),
);
const GREETING =
  /^(?:(?:hi|hello|hey|yo|morning|good (?:morning|afternoon|evening)|dear|thanks?|thank you|thx|ty|cheers|best|regards|kind regards|best regards|bye|see you|ok(?:ay)?|yes|yep|yeah|yup|no|nope|sure|right|great|cool|nice|perfect|awesome|agreed|sounds (?:good|great|fine)|makes sense|lol|haha|hm+|well|so|oh|ah|wow|done|\+1|-1|lgtm|fair(?: enough| point)?|got it|noted|will do|on it|me too|same(?: here)?|exactly|true|correct|absolutely|of course|no problem|np|sorry|welcome|please|sent from my .*)[\s,!.:;)(–-]*(?:all|team|everyone|everybody|folks|guys|there|again|both|@?\p{L}+)?[\s,!.…:;)(–-]*)$/iu;
const REFUSAL =
  /^(?:no|nope|nah|rather not|please (?:no|not))(?:,? (?:please(?: not)?|thanks|thank you|not now|not really|not worth it|rather not|too \p{L}+|overkill|way))*[\s.!]*$/iu;
const QUESTION = /\?["'”’)\]*_`\s\p{S}]*$/u;
const PERSONAL =
  /^(?:and |so |ok(?:ay)?,? |then )?(?:i'?ll|i will|i can|i could|i'?m going to|i am going to|i'?ve|i have|i had|let me|i would|we'?ll (?:meet|talk|discuss|see|sync|check|follow|come back|circle|revisit|take|look|have to see|let)|we should (?:meet|talk|sync)|you (?:can|could|should) (?:find|see|check|look|ask|read|review|send|join)|can you (?:send|check|look|share|ask|join|review|confirm|tell|take|let (?:me|us) know|please (?:send|check|look|share|review|confirm|let))|could you (?:send|check|look|share|ask|join|review|confirm|tell|let (?:me|us) know|please (?:send|check|look|share|review|confirm))|please (?:send|check|review|share|collect|let me|let us|find|see|read|join|confirm|ask|note|reply|respond|fill|bring|book|invite|feel)|let'?s (?:meet|sync|talk|wrap|start|begin|move on|continue|get started|take a|break|see|chat|schedule|call)|feel free)\b/iu;
/** Somebody has to do something about the work, not about the product. */
const ERRAND =
  /\b(?:to|will|'ll|needs? to|should|must|can|has to|please|going to) (?:please )?(?:also )?(?:check with|check|ask|talk to|talk|speak|call|email|mail|ping|follow up|schedule|book|send (?:out|over|the (?:link|draft|doc|minutes|mock\w*|invite|notes))|prepare|draft|write (?:up|the|a) ?(?:ticket|doc|spec|proposal|adr|minutes|story)?|create (?:a |the )?(?:ticket|story|epic|jira|issue|pr|doc|spike|mock-?ups?)|share (?:the|his|her|a) (?:doc|draft|link|mock\w*|numbers)|review|investigate|look into|find out|research|estimate|confirm|clarify|update (?:the )?(?:ticket|doc|jira|board|roadmap|wiki)|present|demo|circulate|sync|meet|set up a (?:call|meeting)|organi[sz]e|invite|coordinate|get (?:back|numbers|a quote|feedback)|take (?:a look|notes|this)|deploy|merge|open a (?:pr|ticket)|file a)\b/iu;
const FORBIDS =
  /\b(?:must not|mustn'?t|shall not|shan'?t|may not|can ?not|can'?t|should not|shouldn'?t|will not|won'?t|never|no (?:one|user|\w+) (?:may|can|should|must|shall)|nobody (?:may|can|should|must)|not be (?:allowed|able|possible|visible|stored|logged|shown|sent)|is(?:n'?t| not) allowed|are(?:n'?t| not) allowed|forbidden|prohibited|disallow)\b|^(?:please )?(?:do not|don'?t)\b/iu;
const DEMANDS =
  /\b(?:must|shall|required|require[sd]?|mandatory|(?:needs?|has|have) to(?! (?:say|admit|go|run|leave))|(?:is|are|be) to be|cannot|can only|may only|only (?:\w+ ){1,3}(?:may|can|should|must)|is expected to|are expected to|make sure|ensures?|guarantees?)\b/iu;
const RECOMMENDS =
  /\b(?:should|ought to|(?:we|i|they|users?|customers?|people|admins?|team|support|sales|legal|marketing|finance|security|clients?|editors?|operators?|you|everyone|compliance|ops|design|the \w+|\p{Lu}\p{Ll}+)(?:'d| would| really| also| do| just| still| all)* (?:want|wants|need|needs|like to|love to|wish|expect|expects|prefer|prefers|insist|insists)(?: to| a| an| the| some| it| that| all| more| for|\b)|(?:i|we)'d (?:rather|like|love|want|prefer)|should be (?:able|possible)|(?:is|are|be) able to|allow(?:s|ed|ing)? (?:\w+ ){0,3}to|lets? (?:users?|customers?|people|admins?|them|me|us|you)|enable \w+ to|ability to|support for|request(?:ing|ed)?(?: is)?(?: to| for| that)|please|asks? (?:for|that)|asked (?:for|us to|that)|is needed|are needed)\b/iu;
const SUGGESTS =
  /\b(?:would (?:\w+ )?be (?:nice|great|good|cool|helpful|useful|awesome|ideal|lovely|better|handy)|nice to have|nice-to-have|it'?d be (?:nice|great|good|cool|helpful|useful)|ideally|optional(?:ly)?|if possible|bonus|might want|it would help|would help|would love)\b/iu;
/** Somebody only reacts: "would love this", "let's do that". */
const REACTS =
  /^(?:\+1|me too|yes|yeah|ok(?:ay)?|sure|same)?[\s,.!]*(?:(?:we|i)(?:'d| would)? )?(?:would |really |also )*(?:love|like|need|want|second|let's (?:do|take|go with|keep)|let us do|do|sounds|works|that'?s|this is|it'?s|is|keep)\b(?: (?:this|that|it|too|so|simple|as is|so much|badly|for me|fine|good|great|ok|all|with|a|lot|idea|nice|well))*[\s.!]*$/iu;
/** A day by which somebody is asked for it. */
const DUE =
  /\b(?:by|until|before|till|on) (?:next |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|\b(?:by|until|before) (?:tomorrow|eod|noon|tonight|end of (?:day|week)|the \d+(?:st|nd|rd|th)|next week)\b/iu;

/** Whether a decision says what the product is like: "let's say 15 MB", not "let's do that". */
export function tellsWhat(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{N}'’.%-]+/gu) ?? [];
  return words.filter((word) => !EMPTY.has(word.replaceAll('’', "'").replace(/[.']+$/, ''))).length >= 2 || /\d/.test(text);
}

/** Whether a sentence only says hello, thanks or good-bye. */
export const greets = (text: string): boolean => GREETING.test(text);

/**
 * What a sentence means, from its words and its place; `demand` is how clearly it demands something there, in logits. Words that tell
 * an agent what to do are words like others.
 */
export function meaningOf(said: Said, understood: Understood = understand(said), demand?: number): Meaning {
  if (typeof understood === 'string') return understood;
  const reading = understood;
  const { text, context } = reading;
  if ((demand ?? demandOf(reading)) > 0) {
    const settled =
      reading.section === 'decided' ||
      DECIDED.test(text) ||
      (context.answers === 'product' && !QUESTION.test(text)) ||
      context.agrees === true ||
      (context.reply === 'yes' && QUESTION.test(text) && !/^\W*(?:can|could)\b/iu.test(text));
    return settled ? 'decision' : 'requirement';
  }
  if (QUESTION.test(text)) return context.reply === 'no' ? 'excluded' : context.reply === 'yes' ? 'context' : 'open';
  if (reading.section === 'tasks' || isErrand(text, said.speaker)) return 'task';
  if (isOpen(reading)) return 'open';
  if (context.reply === 'no' || EXCLUDED.test(text)) return 'excluded';
  if (reading.section === 'decided' || DECIDED.test(text)) return 'decision';
  return told(text);
}

/** A sentence as read: what it means where its place or its form tells, or else all that can tell. */
export type Understood = Meaning | Reading;

export function understand(said: Said, context: Context = {}): Understood {
  const fixed = fixedMeaning(said);
  if (fixed !== undefined) return fixed;
  const reading = readingOf(said, context);
  if (tellsLimit(reading)) return 'decision';
  return names(reading) || isListed(said, reading) || wishesFor(reading) ? 'requirement' : reading;
}

/** Most words of an answer that is nothing but a limit. */
const LONGEST_LIMIT = 8;

/** "30 minutes tops", to who asks how long something of the product lasts. */
const tellsLimit = (reading: Reading): boolean =>
  reading.context.answers === 'product' &&
  reading.limited &&
  /\d/.test(reading.text) &&
  reading.words <= LONGEST_LIMIT &&
  reading.clause.verb === 'none' &&
  !isDoubtful(reading);

/** "I want an image upload feature", "we need the list as CSV": of a thing, not to do something. */
const WISH =
  /^(?:\p{Lu}\p{L}+:\s+)?(?:(?:and|so|also|but)\s)?(?:i|we) (?:also |really |just )?(?:want|need) (?:an?|the|some|more) (?!(?:decision|answer|date|meeting|plan|word|call|look|chat|minute|moment|second|volunteer|owner|person|estimate)s?\b)/iu;
/** "It'd be great if they could …", "users keep asking for …": says what is wanted, and that it is. */
const WISHED =
  /^(?:(?:and|so|also|but|ideally|plus|btw),? )?(?:(?:it|that) (?:would|'d) (?:also |really )?be (?:(?:so|very|really|super) )?(?:nice|great|good|cool|helpful|useful|awesome|lovely|better|handy|wonderful|fantastic|perfect) (?:if|to (?:have|be able to))|(?:would|'d) (?:also |really )?be (?:(?:so|very|really|super) )?(?:nice|great|good|cool|helpful|useful|awesome|lovely|better|handy|wonderful|fantastic|perfect) if|(?:(?:our|the|all|many|some|more) )?(?:\p{L}+ )?(?!they\b)\p{L}+ (?:(?:keeps?|kept|are|is) (?:on )?asking (?:us )?for|asks? (?:us )?every \p{L}+ (?:for|if|whether|how|which|what|when|who)|(?:would|'d) (?:really )?love (?:to|an?|the|some|more|it if)))\b/iu;
const wishesFor = (reading: Reading): boolean =>
  (WISH.test(reading.text) || WISHED.test(reading.text)) &&
  reading.context.reply !== 'no' &&
  !QUESTION.test(reading.text) &&
  !EXCLUDED.test(reading.text) &&
  !isOpen(reading);

/** Headings under which every point is one: "Acceptance criteria", "Non-functional requirements". */
const LISTS = /\b(?:acceptance criteria|requirements?|must[ -]haves?|nfrs?|definition of done)\b/iu;

/** Most words of a point that stands in a line of its own. */
const LONGEST_POINT = 15;

/** Whether a sentence is a point of a list that says what it is a list of, whether or not it has a mark of one. */
const isListed = (said: Said, reading: Reading): boolean =>
  (said.form === 'item' ||
    (said.form === 'prose' && reading.clause.verb === 'none' && reading.words > 1 && reading.words <= LONGEST_POINT)) &&
  LISTS.test(said.section ?? '') &&
  reading.section === 'wanted' &&
  !reading.done &&
  !isDoubtful(reading);

/** Asked, told of somebody, not wanted, open, or so today. */
const isDoubtful = (reading: Reading): boolean =>
  QUESTION.test(reading.text) ||
  PERSONAL.test(reading.text) ||
  EXCLUDED.test(reading.text) ||
  isOpen(reading) ||
  tellsOfToday(reading.text);

/** Titles of work on something, and of what is told below: "Timer sheet: design QA", "What happened"; a word alone is one, too. */
const TOPIC =
  /:\s|^(?:what|how|why|when|where|who|which)\b|^(?:\p{L}+ )?(?:planning|meeting|minutes|notes|retro|sync|weekly|stand-?up|workshop|call|agenda)\b(?: (?:with|of|on|for)\b)?.{0,20}$|\b\d{1,2}\.? (?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\W*$/iu;

/**
 * Whether a sentence names what shall be by its place alone: the title of a ticket ("Add a filter", "Dark mode"), and a request of a
 * sentence or two ("Admins only", "A cart holds 50 books").
 */
function names(reading: Reading): boolean {
  const { whole, title, ticket, words, text, clause } = reading;
  if (!whole && !(title && ticket && words > 1 && !TOPIC.test(text))) return false;
  if (!/\p{L}{3}/u.test(text)) return false; // "#G03#"
  if (whole && asksPlainly(reading)) return true;
  if (isDoubtful(reading)) return false;
  if (clause.verb === 'bare' || clause.verb === 'none' || clause.plain) return true;
  if (!whole || (clause.verb !== 'present' && clause.verb !== 'modal')) return false;
  return (clause.subject === 'thing' || clause.subject === 'none') && !clause.copula && !clause.progressive;
}

/** What it means, where its place or its form tells. */
function fixedMeaning(said: Said): Meaning | undefined {
  const text = plain(said.text);
  const section = sectionMeaning(said.section);
  if (!/\p{L}{2}|\d/u.test(text) || GREETING.test(text) || REFUSAL.test(text)) return 'chatter';
  if (said.quoted === true || (said.title === true && /^(?:re|aw|fwd?|wg)\s?:/iu.test(text))) return 'context';
  if (storiesOf(said.text).length > 0) return section === 'excluded' ? 'excluded' : 'requirement';
  if (/^(?:to-?do|action(?: item)?|ai)\b\s*:?\s+(?=\p{Lu}\p{Ll}+\b(?::| to\b| will\b))/iu.test(text)) return 'task';
  if (section === 'ignored' || /^(?:\/\w+|@[\w-]+[\s,]*$|https?:\S+$)/.test(text)) return 'chatter';
  if (said.form === 'heading' && said.title !== true) return 'context';
  if (section === 'open' && said.form !== 'heading') return 'open';
  if (section === 'excluded' && said.form !== 'heading') return 'excluded';
  if (REACTS.test(text) && !/\d/.test(text)) return /let'?s|let us/i.test(text) ? 'decision' : 'chatter';
  return text.endsWith(':') ? 'context' : undefined;
}

/** Without marks around it, and without the thumb of who agrees: ":+1: and …". */
const plain = (text: string): string =>
  text
    .replaceAll('’', "'")
    .replace(/^[*_`"'“”>\s]+/, '')
    .replace(/^(?::[\w+-]{1,30}:\s*)+(?=\S)/, '');

function readingOf(said: Said, context: Context): Reading {
  const text = plain(said.text);
  return {
    text,
    clause: clauseOf(text),
    words: wordsIn(text),
    form: said.form,
    title: said.title === true,
    section: sectionMeaning(said.section),
    ticket: said.ticket === true,
    spoken: said.dialogue === true,
    limited: said.limited === true,
    ofPerson: said.ofPerson === true,
    first: said.first === true,
    done: said.done === true,
    whole: said.whole === true,
    context,
  };
}

const wordsIn = (text: string): number => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
const told = (text: string): Meaning => (wordsIn(text) < 4 ? 'chatter' : 'context');

function isErrand(text: string, speaker: string | undefined): boolean {
  if (
    DUE.test(text) &&
    /\b(?:please|can you|could you|will|to)\b/i.test(text.slice(0, 40)) &&
    !/\b(?:system|users?|customers?|app)\b/i.test(text)
  )
    return true;
  if (PERSONAL.test(text)) return !/\b(?:i'?d|i would) (?:like|want|love|prefer|need)\b/i.test(text);
  const subject = /^(?:(?:and|so|then|ok(?:ay)?),? )?(@?\p{Lu}[\p{L}.]+|someone|somebody|we|you|i)(?: and \p{Lu}\p{L}+)? /u.exec(text)?.[1];
  if (subject === undefined) return false;
  const errand = ERRAND.exec(text);
  return (
    errand !== null &&
    errand.index <= subject.length + 30 &&
    (subject !== speaker || errand.index < 40) &&
    !/^(?:The|A|An|All|Each|Every|Only|When|If|It|They|Users?|Admins?|Customers?)$/.test(subject)
  );
}

/** How much it is wanted. */
export function modalityOf(text: string, section: string | undefined): Modality {
  if (FORBIDS.test(text) && !/\bcan'?t (?:wait|we)\b/i.test(text)) return 'must-not';
  if (SUGGESTS.test(text) || /\b(?:could|nice)[ -](?:to[ -])?haves?\b/.test(section ?? '')) return 'could';
  if (DEMANDS.test(text) || /\bmust/.test(section ?? '')) return 'must';
  if (RECOMMENDS.test(text) || /\bshould/.test(section ?? '')) return 'should';
  return 'must';
}
