import type { Clause } from './clause.ts';
import type { SectionMeaning } from './sections.ts';
import { tokensOf } from './words.ts';

/** A sentence with all that tells whether it demands something of the product. */
export interface Reading {
  /** Without the signs around it; typographic apostrophes are plain. */
  readonly text: string;
  readonly clause: Clause;
  readonly words: number;
  readonly form: 'heading' | 'item' | 'prose' | 'row';
  readonly title: boolean;
  readonly section: SectionMeaning | undefined;
  readonly ticket: boolean;
  readonly spoken: boolean;
  /** It names a limit: a number with a comparison, a size or a time. */
  readonly limited: boolean;
  /** It is about what somebody does who is known by name. */
  readonly ofPerson: boolean;
  /** It is the first line of a longer text, and no sentence. */
  readonly first: boolean;
  /** A point that is ticked off. */
  readonly done: boolean;
  /** Nothing else was handed in than a sentence or two. */
  readonly whole: boolean;
  readonly context: Context;
}

/** What stands around a sentence. */
export interface Context {
  /** It answers a question about the product, or one about how things are or who does what. */
  readonly answers?: 'product' | 'other';
  /** Which of the sentences it answers, by its place among them. */
  readonly question?: number;
  /** Somebody else agrees with it, or turns it down. */
  readonly reply?: 'yes' | 'no';
  /** It says yes to what was said just before. */
  readonly agrees?: boolean;
  /** It says yes to a number that was said. */
  readonly settles?: boolean;
}

export const OBLIGES =
  /\b(?:must(?! have (?:been|\w+(?:ed|en)\b))|shall|(?:needs?|has|have) to|(?:is|are) to be|required|require[sd]?|mandatory|compulsory|ensures?|make sure|guarantees?)\b/iu;
export const ADVISES = /\b(?:should(?:n't)?|ought to|supposed to|is expected to|are expected to)\b/iu;
export const WISHES =
  /\b(?:i|we)(?:'d| would)? (?:(?:do not|don't|\w+) )?(?:like|love|want|prefer|wish|need|rather have|expect|hope)\b(?! (?:it|that|this)[.!]?$)|\b(?:is|are|would be) (?:needed|wanted)\b|^(?:\W*)(?:needs?|wants?|wish)\b/iu;
/** What others want, as somebody tells it. */
const WANTED_BY =
  /(?<!\b(?:i|we)(?:'d| would)? (?:\w+ )?)\b(?:wants?|wish(?:es)?|(?:would|'d) (?:\w+ )?(?:like|love|want|prefer|need)|needs?(?! to)|prefers?|insists?|expects?)\b(?! (?:that|this|it)\W*$)/iu;
const ASKED_FOR =
  /\b(?:(?:asks?|asked|asking) (?:us )?(?:every \w+ |all the time )?(?:for|that|us to|if|whether|how (?:many|much|often))|requests?|requested|looking for|dreams? of|wished)\b/iu;
export const NICE =
  /\b(?:would|'d) (?:\w+ )?(?:be|help) ?(?:(?:a|so|very|really|super|much) )*(?:nice|great|good|cool|helpful|useful|awesome|ideal|lovely|better|handy|wonderful|fantastic|perfect|amazing|a lot)\b|\bwould (?:\w+ )?help\b|\bnice[ -]to[ -]have|\bideally\b|\bif possible\b|\bbonus\b/iu;
/** More than once, so that somebody should do something about it. */
const ASKED_AGAIN =
  /\b(?:keeps?|kept) (?:on )?asking\b|\bask(?:s|ed|ing)? (?:us )?(?:(?:for|about) (?:it|this|that) )?(?:every|all the time|again|a lot|regularly|constantly)\b|\b(?:many|lots of|a lot of|most|all) (?:\w+ )?(?:users|customers|people|clients) (?:have )?ask(?:ed)?\b/iu;
/** What would be nice is said, not only that something would. */
const NICE_IF =
  /\b(?:it would|it'd|would) (?:\w+ )?be (?:(?:so|very|really|super) )?(?:nice|great|good|cool|helpful|useful|awesome|lovely|better|handy|wonderful|fantastic|perfect|amazing) (?:if|to|when)\b|\bwould (?:really )?love (?:to|an?|the|it if|if)\b/iu;
const ENABLES =
  /\b(?:(?:is|are|be|stays?|remains?) (?:not |only |always )?(?:possible|allowed|permitted|optional|mandatory|visible|available|valid|enough for)|able to|possible to|allow(?:s|ed)?|lets? (?:\w+ )?(?:\w+ )?(?:\w+ )?\w+|enables?|ability to|support(?:s)? for|in a position to)\b/iu;
const FORBIDS =
  /\b(?:must not|mustn't|shall not|may not|should not|shouldn't|never|not allowed|forbidden|prohibited|no (?:one|longer|more)|nobody|don't|do not|under no circumstances|without)\b/iu;
const RESTRICTS =
  /\b(?:only|at (?:most|least)|max(?:imum|\.)?|min(?:imum|\.)?|no (?:more|less|longer|later) than|up to|within|always|never|by default|exactly|at once|otherwise|except|instead of|rather than|not (?:just|only)|as long as|as soon as|in addition|per)\b/iu;
const EACH = /^(?:and |but |also )?(?:each|every|all|any|both|no|everyone|everybody|everything|nobody|nothing)\b/iu;
const STATUS =
  /\b(?:currently|at the moment|right now|today|nowadays|these days|so far|until now|used to|in the past|previously|last (?:week|month|year|sprint|quarter|time|night|summer|winter|spring|autumn|\w+day)|yesterday|already|this (?:morning|week|month)|ago|as of now|at present|since (?:the|we|i|our|last|\d)|now (?:they|we|it|he|she|people|users))\b/iu;
const TROUBLE =
  /\b(?:too (?:slow|long|big|large|many|late|often|much)|complain\w*|annoy\w*|confus\w*|broken|crash\w*|fails?|failed|bugs?|issues?|problems?|mess|pain|hates?|unreadable|nightmare|keeps? (?!asking)\w+ing|does(?:n't| not) work)\b/iu;
const CAUSE =
  /^(?:because|since|that's (?:why|because|how|also)|the reason|otherwise|after all|as required|due to|happened|that is (?:why|how))\b/iu;
/** Somebody has to, and it is a burden. */
const BURDENS =
  /\b(?:people|they|customers|users|members|everyone|everybody|somebody|someone)\b[^.,;]{0,60}\b(?:ha(?:ve|s)|had) to\b|\bstill ha(?:ve|s) to\b/iu;
const THINKS =
  /^(?:\W*)(?:i|we)(?:'m| am|'ve| have|'re| are)? (?:think|guess|believe|know|knew|mean|heard|hear|remember|wonder|doubt|suppose|see|saw|understand|understood|agree|tried|had|got|said|told|promised)\b/iu;
const OPEN =
  /\b(?:tbd|tbc|to be (?:decided|determined|defined|confirmed|clarified|discussed)|open (?:question|point|issue)|(?:not|nobody is) (?:yet )?(?:sure|clear|decided|certain|agreed)|unclear|undecided|unresolved|don't know|no idea|let's (?:park|discuss|come back|revisit|decide|see|take (?:this|that|it) offline|think about)|still (?:open|unclear|to decide|(?:to be|being) \p{L}+)|(?:is|are|being) (?:being )?(?:clarified|discussed)|question (?:is|remains)|waiting (?:for|on)|(?:i|we)(?:'m| am|'re| are)? wonder(?:ing)?|depends on|(?:nobody|no one) (?:knows|could say)|for \S+ to decide|good question)\b|\?\?/iu;
/** Somebody has to find out; of a product it would be what it does. */
const UNSETTLED =
  /\b(?:needs? to|ha(?:ve|s) to|should|must|will|'ll|going to) (?:\w+ )?(?:check|find out|figure out|clarify|decide|discuss|confirm|investigate|understand|ask|think about|agree on|look into|look at)\b/iu;
const ofPeople = ({ clause, ofPerson, text }: Pick<Reading, 'clause' | 'ofPerson' | 'text'>): boolean =>
  ofPerson || /^(?:i|we|you|they)$/.test(clause.subject) || /^\W*some(?:one|body)\b/iu.test(text);
/** It says that something is not known yet. */
export const isOpen = (sentence: Pick<Reading, 'clause' | 'ofPerson' | 'text'>): boolean =>
  OPEN.test(sentence.text) || (UNSETTLED.test(sentence.text) && ofPeople(sentence));
export const EXCLUDED =
  /\b(?:out of scope|not in (?:scope|this (?:release|version|iteration|sprint|ticket|round))|not (?:part of|needed|required|necessary) (?:this|that|for|in|now|yet|at)|not (?:for|in) (?:v\d|now|this|the first)|not this (?:year|month|quarter|time|round)|won't (?:do|build|support|be (?:part|in|supported|included))|(?:we |i |you )?(?:do not|don't|doesn't) (?:need|want (?:that|this|it)\b|have to|care|bother|require|plan|really (?:need|want))|no need (?:to|for)|let's (?:not|skip|leave|drop|forget|postpone|defer)|(?:can|could|should) (?:wait|come later|be done later|be skipped)|later (?:release|phase|version|iteration|on)|next (?:release|phase|version|quarter|iteration)|phase (?:2|two|ii)|v2|maybe (?:later|another time|in the future|when)|(?:leave|leaving|left|keep|keeping) (?:\w+ ){1,3}(?:out|away|for now|for later)|for now (?:we|no)|ignore (?:that|this|my)|scratch that|forget (?:it|that|about)|overkill|not worth|not (?:for )?now|(?:drop|skip|skipping|dropping|park|parking) (?:it|that|this|those)|(?:i'd|i would|we'd|would) rather not|no way|vetoed|outvoted|postponed|decided against|ruled out|(?<!\b(?:when|if|why|whether|that|which|once|after|how|where|whenever)\b[^.]{0,60})(?:rejected|turned down|declined)(?! (?!by|for|in|as|last|because|again|and|or|but|at|so|it|them|this|that|the|us|twice)\p{L})|(?:nobody|no one) (?:really )?(?:wants|needs)|different (?:topic|ticket|issue|story)|separate (?:issue|ticket|story)|own can of worms|not asking for|(?:we|i|you) can (?:live|do) without)\b|^not (?:needed|required|wanted|planned)\b|^(?:~~.+~~|-\S.*\S-)(?:\s*\(.*\))?$/iu;
export const DECIDED =
  /\b(?:(?:decided|agreed|settled|concluded|resolved) (?:on|to|that|we|for|upon|:)|(?:we(?:'re| are)? (?:go|going)|let's go|we'll go|will go|we go) (?:with|for|ahead with)|let's (?:say|use|do|make (?:it|that)|keep|stick|take|start with|set|cap|limit|call it|require|allow|support|only|restrict|show|store|add|have)|we(?:'ll| will) (?:use|keep|stick|support|do|take|make|limit|cap|only|not|start|store|require|allow|drop|go)|stick(?:ing)? (?:with|to)|final(?: answer)?:|it is then|signed off|approved:|the decision is|make (?:it|that) (?:\d|a|an|the)\b|(?:\S+ )?(?:(?<!how )(?<!as )it is|is fine|is ok(?:ay)?|is enough|works for (?:me|us)|should be enough|would be enough)\W*$)|^(?:decided|decision|agreed|resolved)\b/iu;
/** Somebody has to do something about the work, not about the product. */
const WORK =
  /\b(?:to|will|'ll|needs? to|should|must|can|has to|have to|please|going to|checks?|asks?|talks?|sends?|writes?|prepares?|estimates?|brings?|calls?|finds?) (?:please )?(?:also )?(?:check with|check|ask|talk to|talk|speak|call|email|mail|ping|follow up|schedule|book|send (?:out|over|me|us|you|the (?:link|draft|doc|minutes|mock\w*|invite|notes|revised|final))|prepare|draft|write (?:up|the|a|it) ?(?:ticket|doc|spec|proposal|adr|minutes|story|up|down)?|create (?:a |the )?(?:ticket|story|epic|jira|issue|pr|doc|spike|mock-?ups?)|share (?:the|his|her|a) (?:doc|draft|link|mock\w*|numbers)|review|investigate|look (?:into|at)|find(?:s)? out|research|estimate|clarify|update (?:the )?(?:ticket|doc|jira|board|roadmap|wiki|chart)|present|demo|circulate|sync|meet|set up a (?:call|meeting)|organi[sz]e|invite|coordinate|get (?:back|numbers|a quote|feedback)|take (?:a look|notes|this)|deploy|merge|open a (?:pr|ticket|separate)|file a|make the ticket|if|with|about|what's|whether|legal|until)\b/iu;
/** A day by which somebody is asked for it. */
const DUE =
  /\b(?:by|until|before|till|on) (?:next |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|\b(?:by|until|before) (?:tomorrow|eod|noon|tonight|(?:the )?end of (?:the )?(?:day|week|month)|the \d+(?:st|nd|rd|th)|next week|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*)\b/iu;
const MINE =
  /^(?:\W*)(?:and |so |ok(?:ay)?,? |then |also )*(?:i'll|i will|i can|i could|i'm|i am|i've|i have|i had|i was|let me|i attach|happy to|feel free|we'll (?:meet|talk|discuss|see|sync|check|follow|come back|circle|revisit|look|let)|we should (?:meet|talk|sync)|(?:can|could|would) you (?:please )?(?:send|check|look|share|ask|join|review|confirm|tell|let (?:me|us) know|take (?:a )?look)|(?:can|could) (?:some|any)(?:one|body)\b|you (?:can|could|should) (?:find|see|check|look|ask|read|review|send|join)|please (?:let (?:me|us)|send|check|review|share|collect|find|see|read|join|confirm|ask|note|reply|respond|fill|bring|book|invite|feel|call|consider|open)|let's (?:meet|sync|talk|wrap|start|begin|move on|continue|get started|take a|break|see|chat|schedule|call|plan)|thanks|thank you|sorry)\b/iu;
const ASKS =
  /^(?:\W*)(?:and |also |ok,? |so,? |then |btw,? |while [^,]{3,40}[,:] |(?:\p{L}+ ){0,4}, )*(?:can|could|would|will|may|might)(?:n't)? (?!(?<=(?:would|will|may|might) )(?:it|this|that)\b(?! be possible)|you\b(?! (?:add|make|build|support|include|provide|implement|put|change|remove|give|offer|allow))|some(?:one|body)\b|any(?:one|body)\b|every(?:one|body)\b)\S|\b(?:would|will|is) it be possible to|\bany chance (?:of|to|we)|\bis there (?:a|any) (?:way|chance|possibility) (?:to|of|that)|\b(?:how|what) about (?:\p{L}+ing)\b/iu;
const PROPOSES =
  /^(?:\W*)(?:and |so |or |then |but |should|shall|limit|only|\d)|\b(?:then|instead|enough|fine for|is that ok|ok for|or so|at least|should|shall we|what if|how about)\b/iu;
const ASSENTS = /^(?:\W*)(?:yes|yep|yeah|yup|ok|okay|k|sure|agreed|exactly|right|of course|definitely|fine|good|both)\b/iu;
const DENIES = /^(?:\W*)(?:no|nope|nah|not)\b(?! (?:one|more|longer|later|less|user|\w+ (?:may|can|must|should))\b)/iu;
const JUDGES =
  /^(?:\W*)(?:and |but |so |well |ok(?:ay)?,? )*(?:(?:that|this|it|they)(?:'s|'re| is| are| would be| sounds?| looks?| seems?)|sounds|looks|makes|fair|good|nice|great|love)\b/iu;
const TELLS_OF =
  /\b(?:says? (?:that|no|yes|they|we|it)|said|thinks?|suggest(?:s|ed)?|mentioned|reported|noticed|told|showed|raised|presented|discussed|came up)\b/iu;
const GREETS = /^\W*(?:hi|hello|hey|dear|thanks|thank you|good (?:morning|afternoon|evening)|welcome)\b/iu;
const CODE = /^(?:\W*)(?:https?:\/\/|see\b|figma\b|version\b|pr\b)|#\d+/iu;

/** It says hello, how things are, or what is wrong with them. */
export const tellsOfToday = (text: string): boolean => GREETS.test(text) || STATUS.test(text) || TROUBLE.test(text);

interface Sign {
  readonly name: string;
  /** How strongly it stands there, 0 to 1. */
  readonly in: (sentence: Reading) => boolean | number;
}

/** "ok lobby", "yes, add it": more than a yes. */
const MORE =
  /^\W*(?:yes|yep|yeah|ok(?:ay)?|sure|agreed|fine|right|good (?:catch|point|idea)|of course|exactly)\b[,.:]?\s+(?:then |and |but )?(?!(?:it|that|this|i|we|you|they|so|but|all|same|good|great|thanks|fine|cool|noted|doable|will|let|for|with)\b)\p{L}/iu;
const NUMBER = /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|fifty|hundred|thousand)\b/iu;
const question = ({ text }: Reading): boolean => /\?["'”’)\]*_`\s\p{S}]*$/u.test(text);
const sign = (name: string, test: Sign['in']): Sign => ({ name, in: test });
const says = (name: string, pattern: RegExp): Sign => sign(name, ({ text }) => pattern.test(text));
/** Of what is no question. */
const stated = (name: string, pattern: RegExp): Sign => sign(name, (s) => pattern.test(s.text) && !question(s));
const other = ({ clause: { subject } }: Reading): boolean => subject === 'thing' || subject === 'they' || subject === 'it';

/** What tells that a sentence demands something of the product, and what tells that it does not. */
const SIGNS: readonly Sign[] = [
  // What is demanded, and how.
  sign(
    'obliges',
    (s) =>
      OBLIGES.test(s.text) &&
      !question(s) &&
      !BURDENS.test(s.text) &&
      (s.clause.subject !== 'i' || /\bneed/iu.test(s.text)) &&
      (s.clause.verb === 'modal' || s.clause.verb === 'none' || s.clause.passive),
  ),
  sign(
    'obliges aside',
    (s) =>
      OBLIGES.test(s.text) &&
      !question(s) &&
      !BURDENS.test(s.text) &&
      !(s.clause.verb === 'modal' || s.clause.verb === 'none' || s.clause.passive),
  ),
  sign('done', ({ done }) => done),
  sign('of somebody', (s) => s.clause.subject === 'none' && s.clause.verb === 'present' && s.form === 'item' && !WISHES.test(s.text)),
  stated('advises', ADVISES),
  stated('wishes', WISHES),
  stated('wanted by others', WANTED_BY),
  stated('asked for', ASKED_FOR),
  stated('asked for again', ASKED_AGAIN),
  stated('nice', NICE),
  stated('nice if', NICE_IF),
  stated('enables', ENABLES),
  stated('forbids', FORBIDS),
  stated('restricts', RESTRICTS),
  stated('each', EACH),
  stated('please', /\b(?:please|pls|plz)\b/iu),
  stated('decided', DECIDED),
  sign('limited', (s) => s.limited && !question(s)),
  sign('demand', (s) => s.clause.verb === 'bare' && !question(s)),
  sign(
    'please do',
    (s) => s.clause.verb === 'bare' && /\b(?:please|pls|plz)\b/iu.test(s.text) && !question(s) && !MINE.test(s.text) && !DUE.test(s.text),
  ),
  sign('never', (s) => /^\W*(?:please )?never\b/iu.test(s.text)),
  sign(
    'somebody wants to',
    (s) =>
      /\b(?:wants?|needs?|would like|expects?|would love) to\b/iu.test(s.text) &&
      s.clause.subject === 'thing' &&
      !s.ofPerson &&
      !question(s) &&
      !STATUS.test(s.text),
  ),
  sign(
    'let them',
    (s) => s.clause.verb === 'bare' && /^(?:let|allow|enable|give|show|make)$/.test(s.clause.opening) && !question(s) && !MINE.test(s.text),
  ),
  stated(
    'quantifies',
    /\b(?:each|every|both|whichever|whoever|all|own|once|twice|themselves|itself|no other|nothing else|nobody else|separate(?:ly)?)\b/iu,
  ),
  sign('rule agreed to', (s) => s.clause.verb === 'present' && s.clause.subject === 'thing' && s.context.reply === 'yes'),
  sign('our rule', (s) => s.clause.verb === 'present' && s.clause.subject === 'we' && s.clause.condition && !question(s)),
  sign(
    'reaction',
    ({ text, clause }) =>
      /^\W*(?:if|when|once|whenever|unless|as soon as)\b/iu.test(text) &&
      clause.verb === 'present' &&
      clause.subject === 'thing' &&
      !TROUBLE.test(text),
  ),
  sign('modal of another', (s) => s.clause.verb === 'modal' && other(s) && !question(s)),
  sign('rule wanted', (s) => s.clause.verb === 'present' && s.clause.subject === 'thing' && s.section === 'wanted'),
  sign('rule restricts', (s) => s.clause.verb === 'present' && s.clause.subject === 'thing' && RESTRICTS.test(s.text) && !question(s)),
  sign('of people', ({ text, clause }) => clause.verb === 'present' && /^\W*(?:some |many |most |a lot of |other )?people\b/iu.test(text)),
  sign(
    'person does',
    (s) =>
      s.ofPerson && s.clause.verb !== 'none' && ![OBLIGES, WISHES, WANTED_BY, ADVISES, ASKED_FOR].some((pattern) => pattern.test(s.text)),
  ),
  sign('work of a person', ({ ofPerson }) => ofPerson),
  sign('first line', ({ first }) => first),
  sign(
    'rule',
    (s) => s.clause.verb === 'present' && s.clause.subject === 'thing' && !s.clause.copula && !s.clause.progressive && !question(s),
  ),
  sign('passive', (s) => s.clause.passive && !question(s)),
  sign('condition', (s) => s.clause.condition && !question(s)),
  sign('arrow', ({ text }) => /(?:->|→|=>| = )/u.test(text)),
  sign('also', (s) => /^(?:\W*)(?:and|also|plus|then|or)\b|\b(?:also|too|as well)\b/iu.test(s.text) && !question(s)),
  // What is so, was so, or is said of something else.
  sign('past', ({ clause, text }) => (clause.verb === 'past' || clause.verb === 'perfect') && !DECIDED.test(text)),
  sign('progressive', ({ clause }) => clause.progressive),
  sign('copula', (s) => s.clause.copula && !question(s)),
  sign('judges', ({ text }) => JUDGES.test(text) && !NICE.test(text) && !WISHES.test(text)),
  says('status', STATUS),
  says('trouble', TROUBLE),
  sign(
    'fact of today',
    (s) =>
      STATUS.test(s.text) &&
      !/\b(?:like|as|than) (?:it is )?(?:today|now|before)\b/iu.test(s.text) &&
      !s.clause.condition &&
      s.section !== 'wanted' &&
      s.clause.verb !== 'modal' &&
      ![OBLIGES, ADVISES, WISHES, NICE].some((pattern) => pattern.test(s.text)),
  ),
  says('greets', GREETS),
  says('cause', CAUSE),
  says('burdens', BURDENS),
  says('thinks', THINKS),
  says('tells of', TELLS_OF),
  sign('of myself', (s) => s.clause.subject === 'i' && !WISHES.test(s.text)),
  sign('of us', ({ clause }) => clause.subject === 'we'),
  sign('of you', ({ clause }) => clause.subject === 'you'),
  sign(
    'of people or it',
    ({ clause, text }) => (clause.subject === 'they' || clause.subject === 'it') && clause.verb !== 'modal' && !NICE.test(text),
  ),
  says('my work', MINE),
  sign('work', (s) => WORK.test(s.text) && (s.clause.subject !== 'thing' || s.ofPerson)),
  says('due', DUE),
  sign('open', isOpen),
  says('excluded', EXCLUDED),
  says('exclaims', /!["')]*$/u),
  sign('reference', (s) => CODE.test(s.text) && !s.title),
  // Questions.
  sign('question', question),
  sign('asks for it', (s) => question(s) && ASKS.test(s.text)),
  sign('proposes', (s) => question(s) && PROPOSES.test(s.text)),
  // Where it stands.
  sign('title', ({ title, ticket }) => title && ticket),
  sign('title of another kind', ({ title, ticket }) => title && !ticket),
  sign('title demands', ({ title, clause }) => title && (clause.verb === 'bare' || clause.verb === 'modal' || clause.plain)),
  sign('item', ({ form, title }) => form === 'item' && !title),
  sign('row', ({ form }) => form === 'row'),
  sign('wanted item', (s) => s.section === 'wanted' && s.form === 'item'),
  sign('wanted prose', (s) => s.section === 'wanted' && s.form !== 'item'),
  sign('decided section', (s) => s.section === 'decided'),
  sign('background section', (s) => s.section === 'background'),
  sign('ticket', ({ ticket }) => ticket),
  sign('spoken', ({ spoken }) => spoken),
  sign('fragment', ({ clause }) => clause.verb === 'none'),
  sign('fragment item', ({ clause, form }) => clause.verb === 'none' && form === 'item'),
  sign('short', ({ words, context }) => words < 4 && context.answers !== 'product' && context.settles !== true),
  sign('very short', ({ words, context }) => words < 3 && context.answers !== 'product' && context.settles !== true),
  // What is said around it.
  sign('answers', ({ context }) => context.answers === 'product'),
  sign('short answer', ({ context, words }) => context.answers === 'product' && words <= 8),
  sign('limited answer', ({ context, limited, text }) => context.answers === 'product' && (limited || NUMBER.test(text))),
  sign('fragment answer', ({ context, clause }) => context.answers === 'product' && clause.verb === 'none'),
  sign('assenting answer', ({ context, text, words }) => context.answers === 'product' && ASSENTS.test(text) && words > 1),
  sign('demanding answer', ({ context, clause }) => context.answers === 'product' && clause.verb === 'bare'),
  sign('restricting answer', ({ context, text }) => context.answers === 'product' && RESTRICTS.test(text)),
  sign('rule answer', ({ context, clause }) => context.answers === 'product' && clause.verb === 'present' && clause.subject === 'thing'),
  sign('denying answer', ({ context, text }) => context.answers === 'product' && DENIES.test(text)),
  sign('answers another', ({ context }) => context.answers === 'other'),
  sign('agreed to', ({ context }) => context.reply === 'yes'),
  sign('turned down', ({ context }) => context.reply === 'no'),
  sign('agreed question', (s) => s.context.reply === 'yes' && question(s)),
  sign('agreed proposal', (s) => s.context.reply === 'yes' && question(s) && PROPOSES.test(s.text)),
  sign('agrees on more', (s) => s.context.agrees === true && s.words <= 10 && MORE.test(s.text) && !question(s)),
  sign(
    'number asked',
    (s) => s.spoken && question(s) && s.words <= 6 && NUMBER.test(s.text) && !/^\W*(?:what|how|who|why|when|where|which)\b/iu.test(s.text),
  ),
  sign('settles', ({ context }) => context.settles === true),
  sign('agrees', ({ context, words }) => context.agrees === true && context.settles !== true && words <= 8),
];

const named = new Map(SIGNS.map((one) => [one.name, one]));
const has = (sentence: Reading, ...names: readonly string[]): boolean =>
  names.some((name) => Number(named.get(name)?.in(sentence) ?? 0) > 0);

/** It says in so many words that something is wanted: "must", "we'd like", "it would be nice", "can we have". */
export const asksPlainly = (sentence: Reading): boolean =>
  has(sentence, ...['obliges', 'advises', 'wishes', 'nice', 'never', 'asks for it', 'please do']) &&
  !has(sentence, 'past', 'status', 'my work', 'work', 'due', 'open', 'excluded', 'turned down', 'work of a person', 'done');

/**
 * All signs of a sentence by name, with their strength, 0 to 1; those that are not there are left out. Besides the ones above: how its
 * clause is built and where it stands, one by one and in pairs, and its words ("word: should").
 */
export function signsOf(sentence: Reading): ReadonlyMap<string, number> {
  const signs = new Map<string, number>();
  for (const { name, in: strength } of SIGNS) signs.set(name, Number(strength(sentence)));
  const { clause, form, title, section = 'none', words, context } = sentence;
  const there = [
    `clause: ${clause.subject} ${clause.verb}`,
    `subject: ${clause.subject}`,
    `verb: ${clause.verb}`,
    `section: ${section}`,
    `section: ${section} ${clause.verb}`,
    `form: ${title ? 'title' : form}`,
    `form: ${form} ${clause.verb}`,
    `answers: ${context.answers ?? 'nothing'}`,
    `reply: ${context.reply ?? 'none'}`,
    ...(['copula', 'passive', 'progressive', 'condition', 'plain'] as const)
      .filter((name) => clause[name])
      .map((name) => `clause: ${name}`),
    ...(asksPlainly(sentence) ? ['asks plainly'] : []),
    ...(words > 20 ? ['long'] : []),
    ...tokensOf(sentence.text).map((word) => `word: ${word}`),
  ];
  for (const name of there) signs.set(name, 1);
  signs.set('length', Math.min(words, 30) / 30);
  for (const [name, strength] of signs) if (strength === 0) signs.delete(name);
  return signs;
}
