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
  /** The sentence before it was a question. */
  readonly afterQuestion?: boolean;
  /** Of a ticket: what is listed there is what shall be. */
  readonly ticket?: boolean;
  /** It names a limit: a number with a unit, or a choice of formats. */
  readonly limited?: boolean;
}

type SectionMeaning = 'wanted' | 'decided' | 'open' | 'excluded' | 'tasks' | 'background' | 'ignored';

/** Headings by what stands under them; the first that fits. Signs and numbers around the words have been taken off. */
const SECTIONS: readonly (readonly [RegExp, SectionMeaning])[] = [
  [/\b(?:related to a problem|problem|additional context|background|alternatives)\b/, 'background'],
  [
    /\b(?:out[ -]of[ -]scope|not in scope|won'?t (?:do|have)|excluded|not (?:now|planned|included)|rejected|parked|later|future (?:work|ideas?)|non-?goals?)\b/,
    'excluded',
  ],
  [
    /\b(?:open|unresolved|remaining|outstanding) (?:\p{L}+ )?(?:questions?|points?|issues?|items?|topics?)\b|^(?:questions?|q|open|unresolved|tbd|to be (?:decided|clarified)|parking lot|unknowns?|still open|to clarify)$/u,
    'open',
  ],
  [
    /^(?:(?:our |the )?action(?: item| point)?s?|ais?|to-?dos?|next steps?|follow-?ups?|tasks?|assignments?|owners?|who does what)\b.{0,15}$/,
    'tasks',
  ],
  [/\b(?:decisions?|decided|agreed|agreements?|resolutions?|resolved|conclusions?|outcomes?)\b/, 'decided'],
  [
    /\b(?:acceptance(?: criteria)?|criteria|requirements?|must[ -]haves?|should[ -]haves?|could[ -]haves?|nice[ -]to[ -]haves?|what we (?:want|need)|needs?|wish(?:es|list)?|expected(?: (?:behaviou?r|result|outcome))?|in scope|constraints?|limits?|rules?|nfrs?|non-?functional|security|performance|accessibility|privacy|compliance|user stor(?:y|ies)|definition of done|feature requests?|must|shall|should|(?:need|ha[sv]e?|want)s? to|able to|desired (?:behaviou?r|outcome)|proposed solution|solution you'd like|describe the solution)\b|^(?:scope|ac|feature|story|features|proposal|solution|goals?)$/,
    'wanted',
  ],
  [
    /^(?:attendees|participants|present|agenda|environment|versions?|links?|references?|attachments?|screenshots?|labels?|assignees?|reporter|priority|location|apologies|date|time|duration|browser|device|status|estimate|sprint|epic|type|owner|due|cc|to|from|when|where|who)\b.{0,12}$/,
    'ignored',
  ],
  [
    /\b(?:background|context|motivation|problem|why|current(?: (?:behaviou?r|state|situation))?|actual(?: (?:behaviou?r|result))?|steps|reproduc\w+|today|as[ -]is|history|example|fyi|alternatives?|additional context|impact|risks?)\b/,
    'background',
  ],
];

/** Words that point to something said before, and words of agreement. */
const EMPTY = new Set(
  "let's let us we i you he she it they this that these those is are be was will 'll do go with keep take make use say stick to for of on at in the a an and so ok okay then fine good great simple agreed decided agree yes no both all one now as just me my our approved signed off final answer works sounds enough first second option proposal idea plan approach".split(
    ' ',
  ),
);
const GREETING =
  /^(?:(?:hi|hello|hey|yo|morning|good (?:morning|afternoon|evening)|dear|thanks?|thank you|thx|ty|cheers|best|regards|kind regards|best regards|bye|see you|ok(?:ay)?|yes|yep|yeah|yup|no|nope|sure|right|great|cool|nice|perfect|awesome|agreed|sounds (?:good|great|fine)|makes sense|lol|haha|hm+|well|so|oh|ah|wow|done|\+1|-1|lgtm|fair(?: enough| point)?|got it|noted|will do|on it|me too|same(?: here)?|exactly|true|correct|absolutely|of course|no problem|np|sorry|welcome|please|sent from my .*)[\s,!.:;)(–-]*(?:all|team|everyone|everybody|folks|guys|there|again|both|@?\p{L}+)?[\s,!.…:;)(–-]*)$/iu;
const QUESTION = /\?["'”’)\]*_`]*$/u;
/** Questions that ask for something to be made. */
const ASKS =
  /\b(?:(?:can|could|would|will) (?:we|you|it|this|they|users?|i|the \w+)(?: please| also| maybe| at least)* (?:please |also |maybe |be able to |be possible to )?(?:have|add|get|make|allow|support|include|show|let|provide|build|implement|enable|give|send|store|keep|limit|restrict|display|hide|remove|offer|introduce|change|put|create|export|import|be able)\b|(?:would|will|is) it be possible to|any chance (?:of|to|we)|is there (?:a|any) (?:way|chance|possibility) (?:to|of|that)|how about (?:adding|making|showing|having)|(?:can|could) (?:users?|customers?|admins?|people|i|we) (?:also )?be able to|^(?:and |also |ok,? |so,? |then |btw,? )*(?:can|could) (?:the |our )?(?!you\b|someone\b|somebody\b|anyone\b|everyone\b)[\p{L}-]+(?: [\p{L}-]+)? (?:also |maybe |please )*(?:upload|download|see|view|edit|delete|filter|sort|search|choose|select|pick|cancel|change|share|print|invite|comment|assign|subscribe|log|sign|reset|switch|get|add|have|set|receive|save|scan|pay|track|attach|tag)\b)/iu;
const OPEN =
  /\b(?:tbd|tbc|to be (?:decided|determined|defined|confirmed|clarified|discussed)|open (?:question|point|issue)|not (?:yet )?(?:sure|clear|decided|certain|agreed)|unclear|undecided|unresolved|don'?t know (?:yet|if|whether|how|what)|no idea|need(?:s)? to (?:check|find out|figure out|clarify|decide|discuss|confirm|investigate|understand|ask|think about|agree on)|(?:have|has) to (?:check|find out|figure out|clarify|decide|discuss|confirm|ask)|let'?s (?:park|discuss|come back|revisit|decide|take (?:this|that|it) offline|think about)|should (?:find out|clarify|check|decide|discuss|ask)|still (?:open|unclear|to decide|(?:to be|being) \p{L}+)|(?:is|are|being) (?:being )?(?:clarified|discussed)|someone (?:should|needs to) (?:check|ask)|question (?:is|remains)|waiting (?:for|on)|(?:i|we)(?:'m| am|'re| are)? wonder(?:ing)?|depends on (?:whether|what|how))\b|\?\?/iu;
const DECIDED =
  /\b(?:(?:we|i|team|everyone|everybody|group|pm|po|it was|was|has been|have been|is|'ve|have)?\s*(?:decided|agreed|settled|concluded|resolved) (?:on|to|that|we|for|upon|:)|(?:we(?:'re| are)? (?:go|going)|let'?s go|we'?ll go|will go|we go) (?:with|for|ahead with)|let'?s (?:say|use|do|make (?:it|that)|keep|stick|take|start with|set|cap|limit|call it|require|allow|support|only|restrict|show|store|add|have)|we(?:'ll| will) (?:use|keep|stick|support|do|take|make|limit|cap|only|not|start|store|require|allow|drop|go)|stick(?:ing)? (?:with|to)|final(?: answer)?:|^decision\b|it is then|signed off|approved:|the decision is|make (?:it|that) (?:\d|a|an|the)\b|(?:\S+ )?(?:it is|is fine|is ok(?:ay)?|is enough|works for (?:me|us)|should be enough|would be enough)\W*$)/iu;
const EXCLUDED =
  /\b(?:out of scope|not in (?:scope|this (?:release|version|iteration|sprint|ticket))|not (?:part of|needed|required|necessary) (?:this|that|for|in|now|yet|at)|won'?t (?:do|build|support|be (?:part|in|supported|included))|(?:we |i |you )?(?:do not|don'?t|doesn'?t) (?:need|want|have to|care|bother|require|plan)|no need (?:to|for)|let'?s (?:not|skip|leave|drop|forget|postpone|defer|drop that)|(?:can|could|should) (?:wait|come later|be done later|be skipped)|later (?:release|phase|version|iteration|on)|next (?:release|phase|version|quarter|iteration)|phase (?:2|two|ii)|v2|maybe (?:later|another time|in the future)|(?:leave|leaving) (?:that|it|this) (?:out|for)|for now (?:we|no)|ignore (?:that|this|my)|scratch that|forget (?:it|that|about)|is overkill|not worth|not now|not (?:for )?now)\b|^not (?:needed|required|wanted|planned)\b|^(?:~~.+~~|-\S.*\S-)(?:\s*\(.*\))?$/iu;
/** The product as it is, or was. */
const TODAY =
  /\b(?:currently|at the moment|right now|today|nowadays|as of now|so far|until now|used to|in the past|previously|last (?:week|month|year|sprint|quarter|time|night|friday|monday|tuesday|wednesday|thursday)|yesterday|already|this morning|(?:users?|customers?|people|they|support|sales|we|i|clients?) (?:keep|kept|complain|complained|reported|report|asked|have been|are complaining|are asking|had|got|get|saw|see|noticed|tried|were|was|lost)|(?:we|i) (?:met|talked|discussed|spoke)|(?:\w+ )?keeps? \w+ing|too (?:slow|long|big|large|many|late|often)\b|takes (?:about|around|roughly|up to)|i (?:tried|noticed|saw|found|see)|(?:it|they|we|he|she|i) (?:\w+ed(?<!need|agreed|decided|settled|resolved|concluded|approved)|used|took|had|was|were|got|lost|went|came|made|did|gave|said|told)\b|^our (?:current |existing |old )?\w+ \w+s\b|\d ?% of|there (?:was|were|is|are) (?:a|an|some|many|several|no)?\s*(?:bug|issue|problem|complaint|incident|ticket)s?|when i (?:click|try|upload|open|go)|(?:does|do)(?:n'?t| not) work|is broken|crash(?:es|ed)?|fails?\b|failed)\b/iu;
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
const IMPERATIVE =
  /^(?:please |also |and |then |just |to |maybe )*(?:add|allow|let|enable|support|provide|show|display|hide|make|create|build|implement|introduce|include|limit|restrict|cap|store|save|keep|retain|delete|remove|encrypt|log|audit|track|record|notify|alert|warn|send|email|validate|verify|reject|refuse|block|prevent|accept|require|ensure|return|respond|redirect|sort|filter|search|export|import|upload|download|generate|compress|resize|scale|cache|retry|rate[- ]limit|expire|lock|unlock|mask|anonymi[sz]e|redact|archive|restore|sync|synchroni[sz]e|integrate|expose|publish|use|replace|rename|change|extend|increase|reduce|drop|migrate|convert|preview|render|highlight|disable|offer|give|set|default|handle|schedule|cancel|paginate|translate|group|merge|split|deduplicate|strip|scan|check|confirm|prompt|ask|autosave|auto-save|never|always|do not|don't|no|only|at most|at least|max(?:imum)?|min(?:imum)?|up to)\b(?! (?:is|are|was|were|does|do|did|has|have|fails?|doesn'?t|isn'?t|aren'?t|not|results?|page|button|form)\b)/iu;
const EARS =
  /^(?:when|if|while|where|once|after|before|unless|as soon as|whenever|given|then)\b.{3,200}?(?:,|\bthen\b|\s(?:the|a|an|it|they)\s).{0,40}\b(?:shall|must|should|will|can|is|are|gets?|shows?|sends?|returns?|rejects?|displays?)\b/iu;
/** "When the alarm rings, the door opens." */
const REACTION =
  /^(?:when|if|once|whenever|as soon as|unless)\b[^.]{3,200}?,\s*(?:then\s)?(?:the|a|an|it|each|every)\s(?:[\p{L}-]+\s){0,3}?[\p{L}-]*[^s\W]s\b(?!.{0,40}\b(?:was|were|had)\b)/iu;
/** What is so of each thing, or of the product, as a list of a ticket says it. */
const STATES =
  /^(?:[\p{L}\p{N} ,'-]{0,60}?\b)(?:can|may|is|are|gets?|has|have|shows?|sees?|receives?|returns?|sends?|stores?|keeps?|logs?|rejects?|accepts?|displays?|deletes?|expires?|opens?|appears?|contains?|includes?|supports?|works?|uses?|stays?|holds?|comes?|goes|go|applies|apply|starts?|ends?|becomes?|follows?|requires?|lists?|counts?|remains?|remain)\b/iu;
const EACH = /^(?:every|each|all|any|only|no)\b.{2,80}\b(?:is|are|gets?|has|have|can|may)\b/iu;
const WILL = /\b(?:must|should(?:n'?t)?|shall|needs? to|ha(?:s|ve) to|wants?|would (?:like|love)|it'?d be|would be|cannot)\b/iu;
/** Somebody only reacts: "would love this", "let's do that". */
const REACTS =
  /^(?:\+1|me too|yes|yeah|ok(?:ay)?|sure|same)?[\s,.!]*(?:(?:we|i)(?:'d| would)? )?(?:would |really |also )*(?:love|like|need|want|second|let's (?:do|take|go with|keep)|let us do|do|sounds|works|that'?s|this is|it'?s|is|keep)\b(?: (?:this|that|it|too|so|simple|as is|so much|badly|for me|fine|good|great|ok|all|with|a|lot|idea|nice|well))*[\s.!]*$/iu;
/** A day by which somebody is asked for it. */
const DUE =
  /\b(?:by|until|before|till|on) (?:next |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|\b(?:by|until|before) (?:tomorrow|eod|noon|tonight|end of (?:day|week)|the \d+(?:st|nd|rd|th)|next week)\b/iu;
const STORY = /\bas (?:(?:an?|the) [^,.]{2,60},?\s+(?:i|we)\b|(?!\p{L}+ed\b)[\p{L} -]{2,40},\s+(?:i|we) (?:want|need|would like)\b)/iu;

export function sectionMeaning(section: string | undefined): SectionMeaning | undefined {
  if (section === undefined) return undefined;
  const words = section.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '').slice(0, 100);
  return SECTIONS.find(([pattern]) => pattern.test(words))?.[1];
}

/** Whether a decision says what the product is like: "let's say 15 MB", not "let's do that". */
export function tellsWhat(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{N}'’.%-]+/gu) ?? [];
  return words.filter((word) => !EMPTY.has(word.replaceAll('’', "'").replace(/[.']+$/, ''))).length >= 2 || /\d/.test(text);
}

/** Whether a sentence only says hello, thanks or good-bye. */
export const greets = (text: string): boolean => GREETING.test(text);

/** Whether a short yes makes a question a decision about the product: "Should drafts be kept?" "Yes." */
export function affirms(question: string, answer: string): boolean {
  return (
    wordsIn(answer) <= 4 &&
    /^(?:yes|yep|yeah|yup|sure|definitely|absolutely|of course|correct|exactly|both|right)\b/i.test(answer) &&
    /^(?:and |so |also |ok,? )?(?:do|does|should|must|shall|will|is|are)\b.*\?$/is.test(question) &&
    !/\b(?:you|your|everyone|anyone|someone|still|already|there|ok|okay|clear|done)\b/i.test(question)
  );
}

/** What a sentence means, from its words and its place. Words that tell an agent what to do are words like others. */
export function meaningOf(said: Said): Meaning {
  const text = said.text.replaceAll('’', "'").replace(/^[*_`"'“”>\s]+/, '');
  const section = sectionMeaning(said.section);
  if (!/\p{L}{2}/u.test(text) || GREETING.test(text)) return 'chatter';
  if (STORY.test(text)) return section === 'excluded' ? 'excluded' : 'requirement';
  if (section === 'ignored' || /^(?:\/\w+|@[\w-]+[\s,]*$|https?:\S+$)/.test(text)) return 'chatter';
  if (said.form === 'heading') return said.title === true && IMPERATIVE.test(text) && !ERRAND.test(text) ? 'requirement' : 'context';
  if (section === 'open') return 'open';
  if (section === 'tasks' && !DEMANDS.test(text)) return 'task';
  if (/^(?:i )?agreed? with \S+(?: \S+)?[.!]*$/i.test(text)) return 'chatter';
  if (REACTS.test(text)) return /let'?s|let us/i.test(text) ? 'decision' : 'chatter';
  if (text.endsWith(':')) return 'context';
  if (QUESTION.test(text)) return ASKS.test(text) && !PERSONAL.test(text) ? 'requirement' : 'open';
  if (section === 'excluded') return 'excluded';
  if (OPEN.test(text)) return 'open';
  if (isErrand(text, said.speaker)) return 'task';
  if (EXCLUDED.test(text)) return 'excluded';
  if (section === 'decided') return 'decision';
  if (DECIDED.test(text) && !TODAY.test(text.slice(0, 25))) return 'decision';
  if (section === 'wanted')
    return wordsIn(text) >= 2 && (said.form !== 'prose' || !TODAY.test(text) || WILL.test(text)) ? 'requirement' : 'context';
  if (said.afterQuestion === true && said.limited === true && wordsIn(text) <= 12 && !TODAY.test(text)) return 'decision';
  return wanted(text, said, section) ? 'requirement' : told(text);
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

function wanted(text: string, said: Said, section: SectionMeaning | undefined): boolean {
  const now = TODAY.test(text) && !WILL.test(text);
  if (now) return false;
  if (
    section === 'background' &&
    !(WILL.test(text) && !/\b(?:we|i|they|you|users|people) (?:\w+ )?have to\b/i.test(text)) &&
    !SUGGESTS.test(text)
  )
    return false;
  if (EARS.test(text) || REACTION.test(text) || DEMANDS.test(text) || RECOMMENDS.test(text) || WILL.test(text)) return true;
  if (SUGGESTS.test(text)) return !/^(?:i|we|you) could\b/i.test(text);
  if (FORBIDS.test(text)) return /\b(?:must|may|shall|should|never|allowed|nobody|no one)\b/i.test(text);
  if (said.limited === true && wordsIn(text) >= 3) return true;
  if (said.ticket === true && (EACH.test(text) || (said.form === 'item' && STATES.test(text)))) return true;
  return (
    IMPERATIVE.test(text) &&
    wordsIn(text) >= 3 &&
    (said.form === 'item' || said.title === true || said.speaker === undefined || said.ticket === true)
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
