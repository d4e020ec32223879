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
  /** It names a limit: a number with a unit, or a choice of formats. */
  readonly limited?: boolean;
}

type SectionMeaning = 'wanted' | 'decided' | 'open' | 'excluded' | 'tasks' | 'background' | 'ignored';

const SECTIONS: readonly (readonly [RegExp, SectionMeaning])[] = [
  [/\b(?:out[ -]of[ -]scope|non-?goals?|not in scope|won'?t (?:do|have)|excluded|not (?:now|planned)|rejected|parked ideas)\b/, 'excluded'],
  [/\b(?:open (?:question|point|issue|item|topic)s?|questions?|unresolved|tbd|to be (?:decided|clarified)|parking lot|unknowns?)\b|^q$/, 'open'],
  [/\b(?:action(?: item)?s?|to-?dos?|next steps|follow-?ups?|tasks?|assignments?|owners?)\b/, 'tasks'],
  [/\b(?:decisions?|decided|agreed|agreements?|resolutions?|resolved|conclusions?|outcomes?)\b/, 'decided'],
  [
    /\b(?:acceptance(?: criteria)?|criteria|requirements?|must[ -]haves?|should[ -]haves?|could[ -]haves?|nice[ -]to[ -]haves?|what we (?:want|need)|needs?|wish(?:es|list)?|expected(?: (?:behaviou?r|result|outcome))?|in scope|constraints?|limits?|rules?|nfrs?|non-?functional|security|performance|accessibility|privacy|compliance|user stor(?:y|ies)|definition of done|feature requests?|desired (?:behaviou?r|outcome)|proposed solution|solution you'd like|describe the solution)\b|^(?:scope|ac|feature|story|features|proposal|solution)$/,
    'wanted',
  ],
  [/\b(?:attendees|participants|present|agenda|environment|versions?|links?|references?|attachments?|screenshots?|labels?|assignees?|reporter|priority|location|apologies|date|time|duration|browser|device|status|estimate|sprint|epic|type)\b/, 'ignored'],
  [/\b(?:background|context|motivation|problem|why|current(?: (?:behaviou?r|state|situation))?|actual(?: (?:behaviou?r|result))?|steps|reproduc\w+|today|as[ -]is|history|example|fyi|alternatives?|additional context|impact|risks?|update|summary|overview|description|notes?|discussion)\b/, 'background'],
];

const GREETING =
  /^(?:(?:hi|hello|hey|yo|morning|good (?:morning|afternoon|evening)|dear|thanks?|thank you|thx|ty|cheers|best|regards|kind regards|best regards|bye|see you|ok(?:ay)?|yes|yep|yeah|yup|no|nope|sure|right|great|cool|nice|perfect|awesome|agreed|sounds (?:good|great|fine)|makes sense|lol|haha|hm+|well|so|oh|ah|wow|done|\+1|-1|lgtm|fair(?: enough| point)?|got it|noted|will do|on it|me too|same(?: here)?|exactly|true|correct|absolutely|of course|no problem|np|sorry|welcome|please|sent from my .*)[\s,!.:;)(–-]*(?:all|team|everyone|everybody|folks|guys|there|again|both|@?\p{L}+)?[\s,!.…:;)(–-]*)$/iu;
const QUESTION = /\?["'”’)\]*_`]*$/u;
/** Questions that ask for something to be made. */
const ASKS =
  /\b(?:(?:can|could|would|will) (?:we|you|it|this|they|users?|i|the \w+)(?: please| also| maybe| at least)* (?:please |also |maybe |be able to |be possible to )?(?:have|add|get|make|allow|support|include|show|let|provide|build|implement|enable|give|send|store|keep|limit|restrict|display|hide|remove|offer|introduce|change|put|create|export|import|be able)\b|(?:would|will|is) it be possible to|any chance (?:of|to|we)|is there (?:a|any) (?:way|chance|possibility) (?:to|of|that)|how about (?:adding|making|showing|having)|(?:can|could) (?:users?|customers?|admins?|people|i|we) (?:also )?be able to)/iu;
const OPEN =
  /\b(?:tbd|tbc|to be (?:decided|determined|defined|confirmed|clarified|discussed)|open (?:question|point|issue)|not (?:yet )?(?:sure|clear|decided|certain|agreed)|unclear|undecided|unresolved|don'?t know (?:yet|if|whether|how|what)|no idea|need(?:s)? to (?:check|find out|figure out|clarify|decide|discuss|confirm|investigate|understand|ask|think about|agree on)|(?:have|has) to (?:check|find out|figure out|clarify|decide|discuss|confirm|ask)|let'?s (?:park|discuss|come back|revisit|decide|take (?:this|that|it) offline|think about)|should (?:find out|clarify|check|decide|discuss|ask)|still (?:open|unclear|to decide)|someone (?:should|needs to) (?:check|ask)|question (?:is|remains)|waiting (?:for|on)|(?:i|we)(?:'m| am|'re| are)? wonder(?:ing)?|depends on (?:whether|what|how))\b|\?\?/iu;
const DECIDED =
  /\b(?:(?:we|i|team|everyone|everybody|group|pm|po|it was|was|has been|have been|is|'ve|have)?\s*(?:decided|agreed|settled|concluded|resolved) (?:on|to|that|we|for|upon|:)|(?:we(?:'re| are)? (?:go|going)|let'?s go|we'?ll go|will go|we go) (?:with|for|ahead with)|let'?s (?:say|use|do|make (?:it|that)|keep|stick|take|start with|set|cap|limit|call it|require|allow|support|only|restrict|show|store|add|have)|we(?:'ll| will) (?:use|keep|stick|support|do|take|make|limit|cap|only|not|start|store|require|allow|drop|go)|stick(?:ing)? (?:with|to)|final(?: answer)?:|decision:|it is then|signed off|approved:|the decision is|make (?:it|that) (?:\d|a|an|the)\b|(?:\S+ )?(?:it is|is fine|is ok(?:ay)?|is enough|works for (?:me|us)|should be enough|would be enough)\W*$)/iu;
const EXCLUDED =
  /\b(?:out of scope|not in (?:scope|this (?:release|version|iteration|sprint|ticket))|not (?:part of|needed|required|necessary) (?:this|that|for|in|now|yet|at)|won'?t (?:do|build|support|be (?:part|in|supported|included))|(?:we |i |you )?(?:do not|don'?t|doesn'?t) (?:need|want|have to|care|bother|require|plan)|no need (?:to|for)|let'?s (?:not|skip|leave|drop|forget|postpone|defer|drop that)|(?:can|could|should) (?:wait|come later|be done later|be skipped)|later (?:release|phase|version|iteration|on)|next (?:release|phase|version|quarter|iteration)|phase (?:2|two|ii)|v2|maybe (?:later|another time|in the future)|(?:leave|leaving) (?:that|it|this) (?:out|for)|for now (?:we|no)|ignore (?:that|this|my)|scratch that|forget (?:it|that|about)|is overkill|not worth)\b/iu;
/** The product as it is, or was. */
const TODAY =
  /\b(?:currently|at the moment|right now|today|nowadays|as of now|so far|until now|used to|in the past|previously|last (?:week|month|year|sprint|quarter|time|night|friday|monday|tuesday|wednesday|thursday)|yesterday|already|this morning|(?:users?|customers?|people|they|support|sales|we|i|clients?) (?:keep|kept|complain|complained|reported|report|asked|have been|are complaining|are asking|had|got|get|saw|see|noticed|tried|were|was|lost)|(?:we|i) (?:met|talked|discussed|spoke)|(?:\w+ )?keeps? \w+ing|too (?:slow|long|big|large|many|late|often)\b|takes (?:about|around|roughly|up to)|i (?:tried|think|noticed|saw|found|see|guess|believe)|there (?:was|were|is|are) (?:a|an|some|many|several|no)?\s*(?:bug|issue|problem|complaint|incident|ticket)s?|when i (?:click|try|upload|open|go)|(?:does|do)(?:n'?t| not) work|is broken|crash(?:es|ed)?|fails?\b|failed)\b/iu;
const PERSONAL = /^(?:and |so |ok(?:ay)?,? |then )?(?:i'?ll|i will|i can|i could|i'?m going to|i am going to|i'?ve|i have|i had|let me|i would|we'?ll (?:meet|talk|discuss|see|sync|check|follow|come back|circle|revisit|take|look|have to see|let)|we should (?:meet|talk|sync)|you (?:can|could|should) (?:find|see|check|look|ask|read|review|send|join)|can you (?:send|check|look|share|ask|join|review|confirm|tell|take|please (?:send|check|look|share|review|confirm))|could you (?:send|check|look|share|ask|join|review|confirm|tell|please (?:send|check|look|share|review|confirm))|please (?:send|check|review|share|let me|let us|find|see|read|join|confirm|ask|note|reply|respond|fill|bring|book|invite|feel)|let'?s (?:meet|sync|talk|wrap|start|begin|move on|continue|get started|take a|break|see|chat|schedule|call)|feel free)\b/iu;
/** Somebody has to do something about the work, not about the product. */
const ERRAND =
  /\b(?:to|will|'ll|needs? to|should|must|can|has to|please|going to) (?:please )?(?:also )?(?:check with|check|ask|talk to|talk|speak|call|email|mail|ping|follow up|schedule|book|send (?:out|over|the (?:link|draft|doc|minutes|mock\w*|invite|notes))|prepare|draft|write (?:up|the|a) ?(?:ticket|doc|spec|proposal|adr|minutes|story)?|create (?:a |the )?(?:ticket|story|epic|jira|issue|pr|doc|spike|mock-?ups?)|share (?:the|his|her|a) (?:doc|draft|link|mock\w*|numbers)|review|investigate|look into|find out|research|estimate|confirm|clarify|update (?:the )?(?:ticket|doc|jira|board|roadmap|wiki)|present|demo|circulate|sync|meet|set up a (?:call|meeting)|organi[sz]e|invite|coordinate|get (?:back|numbers|a quote|feedback)|take (?:a look|notes|this)|deploy|merge|open a (?:pr|ticket)|file a)\b/iu;
const FORBIDS = /\b(?:must not|mustn'?t|shall not|shan'?t|may not|can ?not|can'?t|should not|shouldn'?t|will not|won'?t|never|no (?:one|user|\w+) (?:may|can|should|must|shall)|nobody (?:may|can|should|must)|not be (?:allowed|able|possible|visible|stored|logged|shown|sent)|is(?:n'?t| not) allowed|are(?:n'?t| not) allowed|forbidden|prohibited|disallow|do not|don'?t)\b/iu;
const DEMANDS =
  /\b(?:must|shall|required|require[sd]?|mandatory|(?:needs?|has|have) to(?! (?:say|admit|go|run|leave))|(?:is|are|be) to be|cannot|can only|may only|only (?:\w+ ){1,3}(?:may|can|should|must)|is expected to|are expected to|make sure|ensures?|guarantees?)\b/iu;
const RECOMMENDS =
  /\b(?:should|ought to|(?:we|i|they|users?|customers?|people|admins?|team|support|sales|legal|marketing|finance|security|clients?|editors?|operators?|you|everyone|compliance|ops|design|the \w+|\p{Lu}\p{Ll}+)(?:'d| would| really| also| do| just| still| all)* (?:want|wants|need|needs|like to|love to|wish|expect|expects|prefer|prefers|insist|insists)(?: to| a| an| the| some| it| that| all| more| for|\b)|(?:i|we)'d (?:like|love|want|prefer)|should be (?:able|possible)|(?:is|are|be) able to|allow(?:s|ed|ing)? (?:\w+ ){0,3}to|lets? (?:users?|customers?|people|admins?|them|me|us|you)|enable \w+ to|ability to|support for|request(?:ing|ed)?(?: is)?(?: to| for| that)|please|asks? (?:for|that)|asked (?:for|us to|that)|is needed|are needed)\b/iu;
const SUGGESTS = /\b(?:could|would be (?:nice|great|good|cool|helpful|useful|awesome|ideal|lovely|better|handy)|nice to have|nice-to-have|it'?d be (?:nice|great|good|cool|helpful|useful)|ideally|optional(?:ly)?|if possible|bonus|might want|it would help|would help|would love)\b/iu;
/** What the product does, said as if it did already: only where requirements are listed. */
const BEHAVES =
  /\b(?:(?:the |a |an |each |every |all )?(?:system|app|application|service|site|page|api|server|user|users|admin|admins|customer|customers|upload|uploads|file|files|image|images|email|emails|link|links|button|form|report|list|search|request|requests|it|they|we)\b.{0,60}\b(?:can|will|are|is|gets?|shows?|sees?|receives?|returns?|sends?|stores?|keeps?|logs?|rejects?|accepts?|displays?|deletes?|expires?|opens?|appears?|contains?|includes?|supports?))\b/iu;
const IMPERATIVE =
  /^(?:please |also |and |then |just |to |maybe )*(?:add|allow|let|enable|support|provide|show|display|hide|make|create|build|implement|introduce|include|limit|restrict|cap|store|save|keep|retain|delete|remove|encrypt|log|audit|track|record|notify|alert|warn|send|email|validate|verify|reject|refuse|block|prevent|accept|require|ensure|return|respond|redirect|sort|filter|search|export|import|upload|download|generate|compress|resize|scale|cache|retry|rate[- ]limit|expire|lock|unlock|mask|anonymi[sz]e|redact|archive|restore|sync|synchroni[sz]e|integrate|expose|publish|use|replace|rename|change|extend|increase|reduce|drop|migrate|convert|preview|render|highlight|disable|offer|give|set|default|handle|schedule|cancel|paginate|translate|group|merge|split|deduplicate|strip|scan|check|confirm|prompt|ask|autosave|auto-save|never|always|do not|don't|no|only|at most|at least|max(?:imum)?|min(?:imum)?|up to)\b/iu;
const EARS = /^(?:when|if|while|where|once|after|before|unless|as soon as|whenever|given|then)\b.{3,200}?(?:,|\bthen\b).{0,40}\b(?:shall|must|should|will|can|is|are|gets?|shows?|sends?|returns?|rejects?|displays?)\b/iu;
const STORY = /\bas an?\s[^,.]{2,60},?\s+(?:i|we)\b/iu;

export function sectionMeaning(section: string | undefined): SectionMeaning | undefined {
  return section === undefined ? undefined : SECTIONS.find(([pattern]) => pattern.test(section))?.[1];
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
  if (QUESTION.test(text)) return ASKS.test(text) && !PERSONAL.test(text) ? 'requirement' : 'open';
  if (section === 'excluded') return 'excluded';
  if (OPEN.test(text)) return 'open';
  if (isErrand(text, said.speaker)) return 'task';
  if (EXCLUDED.test(text)) return 'excluded';
  if (section === 'decided') return 'decision';
  if (DECIDED.test(text) && !TODAY.test(text.slice(0, 25))) return 'decision';
  if (section === 'wanted') return wordsIn(text) >= 2 ? 'requirement' : 'context';
  if (said.afterQuestion === true && said.limited === true) return 'decision';
  return wanted(text, said, section) ? 'requirement' : told(text);
}

const wordsIn = (text: string): number => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
const told = (text: string): Meaning => (wordsIn(text) < 4 ? 'chatter' : 'context');

function isErrand(text: string, speaker: string | undefined): boolean {
  if (PERSONAL.test(text)) return !/\b(?:i'?d|i would) (?:like|want|love|prefer|need)\b/i.test(text);
  const subject = /^(?:(?:and|so|then|ok(?:ay)?),? )?(@?\p{Lu}[\p{L}.]+|someone|somebody|we|you|i)(?: and \p{Lu}\p{L}+)? /u.exec(text)?.[1];
  if (subject === undefined) return false;
  const errand = ERRAND.exec(text);
  return errand !== null && errand.index <= subject.length + 30 && (subject !== speaker || errand.index < 40) && !/^(?:The|A|An|All|Each|Every|Only|When|If|It|They|Users?|Admins?|Customers?)$/.test(subject);
}

function wanted(text: string, said: Said, section: SectionMeaning | undefined): boolean {
  const now = TODAY.test(text);
  if (section === 'background' && !/\b(?:must|shall|should|(?:need|want|like|able|have|has|needs|wants) to|cannot|only|please|would like)\b/i.test(text)) return false;
  if (EARS.test(text) && !now) return true;
  if (DEMANDS.test(text) || /\b(?:must|should|shall) not\b/i.test(text)) return !(now && !/\b(?:must|should|shall|needs?)\b/i.test(text));
  if (RECOMMENDS.test(text)) return !(now && !/\b(?:should|want|wants|need|needs|like to|able to)\b/i.test(text));
  if (now) return false;
  if (SUGGESTS.test(text)) return !/^(?:i|we|you) could\b/i.test(text);
  if (FORBIDS.test(text)) return /\b(?:must|may|shall|should|never|allowed|nobody|no one)\b/i.test(text) && section !== 'background';
  if (said.limited === true && wordsIn(text) >= 3) return true;
  return IMPERATIVE.test(text) && wordsIn(text) >= 3 && (said.form === 'item' || said.title === true || said.speaker === undefined) && section !== 'background';
}

/** How much it is wanted. */
export function modalityOf(text: string, section: string | undefined): Modality {
  if (FORBIDS.test(text) && !/\bcan'?t (?:wait|we)\b/i.test(text)) return 'must-not';
  if (SUGGESTS.test(text) || /\b(?:could|nice)[ -](?:to[ -])?haves?\b/.test(section ?? '')) return 'could';
  if (DEMANDS.test(text) || /\bmust/.test(section ?? '')) return 'must';
  if (RECOMMENDS.test(text) || /\bshould/.test(section ?? '')) return 'should';
  return BEHAVES.test(text) || IMPERATIVE.test(text) ? 'must' : 'should';
}
