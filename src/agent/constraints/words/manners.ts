/**
 * Ways of doing something of which only one can be: each with the words that say it. What is matched is taken out of the subject.
 * `least`: share of the subjects that has to be the same, 0–1.
 */
export interface Manner {
  readonly name: string;
  readonly least: number;
  /** What is counted is part of what is matched: it has to be the same on both sides. */
  readonly isCounted?: true;
  /** Words of the manner that say nothing of the subject. */
  readonly words?: string;
  readonly values: Readonly<Record<string, RegExp>>;
}

export const MANNERS: readonly Manner[] = [
  {
    name: 'answer',
    least: 0.25,
    values: {
      'at once':
        /\b(?:within the (?:same )?request|synchronous(?:ly)?|decided at once|answers? (?:at once|right away|directly)|never (?:go(?:es)? )?(?:through|via|on|into) a queue|in the same (?:call|request)|while the (?:caller|customer|client|user) waits|nothing in between|(?:with|in) the (?:same )?response|before (?:it|the service|we) (?:answers?|responds?|repl(?:y|ies)))\b/i,
      later:
        /\b(?:asynchronous(?:ly)?|(?:put|puts|goes|go|placed|written|taken) (?:on|onto|into|through|via) (?:a |the |an )?(?:queue|kafka|topic|backlog)|queued|in the background|background job|later by (?:mail|email)|by (?:mail|email) (?:whether|later)|we (?:will )?(?:tell|inform|notify|let) you (?:know )?(?:by|via|later)|worker picks|processed later|answers? later|decided later|nightly job|batch job)\b|^noted\b/i,
    },
  },
  {
    name: 'stored before the answer',
    least: 0.3,
    values: {
      before:
        /\bby the time\b.{0,120}\b(?:in the database|stored|saved|persisted|on disk|written)\b|\b(?:answers?|confirm\w*|acknowledg\w*|respond\w*|repl(?:y|ies))\b.{0,40}\b(?:only (?:after|once|when)|not before|after)\b.{0,50}\b(?:stored|saved|written|persisted|in the database|on disk|committed)\b/i,
      after:
        /\b(?:answers?|confirm\w*|acknowledg\w*|respond\w*|repl(?:y|ies))\b.{0,20}\bbefore\b.{0,50}\b(?:in the database|stored|saved|persisted|written|on disk|committed)\b|\bstores? (?:it |them )?(?:later|afterwards)\b/i,
    },
  },
  {
    name: 'order',
    least: 0.3,
    values: {
      kept: /\b(?:strictly |always |exactly )?in (?:the )?(?:order|sequence)\b(?! to)|\bfirst[- ]in[,-]? ?first[- ]out\b|\bfifo\b|\bfirst come,? first served\b|\bone after (?:the )?(?:other|another)\b|\bin turn\b/i,
      free: /\bwhether or not (?:earlier|previous|others?)\b|\bin any order\b|\bout of (?:order|turn)\b|\bregardless of (?:the )?order\b|\bno matter (?:the|in which|what) order\b|\bwithout waiting for (?:earlier|previous|others?)\b|\bin parallel\b|\bjump(?:s|ed)? the queue\b|\bfirst in line\b|\b(?:before|ahead of) (?:all )?(?:the )?others\b|\bpriority over\b/i,
    },
  },
  {
    name: 'change',
    least: 0.4,
    values: {
      never:
        /\bunchanged\b|\b(?:never|not|nobody|no one|cannot|no longer) (?:be )?(?:\w+ )?(?:overwritten|overwrites?|changed?|changes|edited|edits?|modified|updated|altered|replaced|replaces?|corrected|rewritten|touched)\b|\bnot changed afterwards\b|\bwritten once\b|\bappend[- ]only\b|\bimmutable\b|\bread[- ]only\b|\bstays? as (?:it was|they were|filed|written)\b|\b(?:is|are) final\b|\bunchangeable\b|\bwrite[- ]once\b|\bfrozen\b/i,
      'in place':
        /\b(?:updated|overwritten|changed|corrected|edited|replaced|rewritten) in (?:place|its row)\b|\b(?:is|are|gets?) (?:overwritten|replaced|rewritten|corrected|updated|edited|changed)\b(?! by a further)|\b(?:replace|overwrite|correct|edit|change|update|amend|rewrite|alter|fix|adjust|modif(?:y|ies))s? (?:the|an?|their|its|his|her|it|them|what|any|old|past|own)\b|\btakes? the place of\b|\b(?:want|wants|able|need|needs|like|allowed|let \w+)\b.{0,20}\b(?:replace|overwrite|correct|edit|change|amend|alter|fix|rewrite)\b|\b(?:want|able|need|like|allowed|let \w+) to (?:replace|overwrite|correct|edit|change|amend|alter)\b/i,
    },
  },
  {
    name: 'number',
    least: 0.5,
    isCounted: true,
    values: {
      one: /\b(?:one|1) [\w-]+ per [\w-]+\b|\b(?:one|1) [\w -]{1,40} and no more\b|\b(?:exactly|only|just|at most|no more than|not more than) (?:one|1)\b|\ba single\b|\bone and only\b|\bnever more than (?:one|1)\b|\bone .{1,30} at a time\b|\binstead of it\b/i,
      several:
        /\b(?:several|multiple|more than (?:one|1)|as many .{0,30} as|any number of|many)\b|\b(?:a )?(?:second|further|another) .{1,30}\b(?:beside|next to|in addition|as well|too|alongside)\b|\bkeep all\b|\bnot instead\b|\bat the same time on\b|\btwo or more\b/i,
    },
  },
  {
    name: 'portion',
    least: 0.5,
    isCounted: true,
    values: {
      'one for each':
        /\b(?:exactly )?(?:one|1|an?|its own) (?:[\w-]+ ){1,3}?(?:for|per) (?:each|every)\b|\b(?:one|1|an?) [\w-]+ per [\w-]+\b|\b(?:each|every) [\w-]+ (?:gets|has|with) (?:a|an|its|one|1) (?:own )?/i,
      'one for all':
        /\b(?:a single|one|1) (?:[\w-]+ ){1,3}?(?:(?:that|which) )?(?:covers?|over|for|with|holds?|across) (?:all|every|the whole|them all)\b|\btogether (?:in|on|as) (?:one|1|a single)\b|\b(?:all|everything) (?:in|on) (?:one|1|a single)\b|\bcollective\b/i,
    },
  },
  {
    name: 'amounts of money',
    least: 0.3,
    values: {
      'whole cents':
        /\b(?:integers?|whole)\b.{0,30}\b(?:cents?|pence|minor units?)\b|\b(?:no|never|not)\b.{0,30}\bfloat\w*|\bfloat\w*.{0,30}\b(?:not|never|forbidden)\b|\bin (?:cents|minor units)\b/i,
      fractions:
        /\b(?:floating point|floats?|doubles?)\b.{0,40}\b(?:amount|price|money|total|sum)|\b(?:amount|price|money|total|sum)s?\b.{0,40}\b(?:floating point|floats?|doubles?|decimal fractions?)\b|\b(?:as|in) decimals?\b|\bdecimal (?:euros|dollars|francs|pounds|amounts?|numbers?)\b|\bin euros, such as \d/i,
    },
  },
  {
    name: 'time zone',
    least: 0.3,
    values: {
      UTC: /\bin UTC\b|\bUTC (?:only|timestamps?)\b|\bwith (?:an |its |the )?(?:offset|zone|time zone)\b|\bas UTC\b/i,
      local:
        /\b(?:local|wall[- ]clock) time\b|\bwithout (?:an |any )?(?:offset|zone|time ?zone)\b|\btime zone of the (?:\w+)\b|\bin (?:berlin|central european|eastern|pacific) time\b|\bCET\b/,
    },
  },
  {
    name: 'how news is got',
    least: 0.4,
    values: {
      told: /\b(?:does|do|shall|must|will|may) not poll\b|\bno polling\b|\bnever polls?\b|\b(?:publish|publishes|push|pushes)\b.{0,40}\b(?:events?|topic|stream|updates?|changes?)\b/i,
      asked:
        /\bpoll(?:s|ed|ing)?\b|\b(?:ask|asks|query|queries|fetch|fetches|collect|collects|go round|goes round|check|checks|look|looks)\b.{0,80}\b(?:once an? (?:second|minute|hour)|every (?:\d+ )?(?:seconds?|minutes?|hours?)|each (?:second|minute|hour)|regularly|periodically)/i,
    },
  },
  {
    name: 'availability',
    least: 0.45,
    words: 'downtime clock maintenance offline available close shut switch',
    values: {
      always:
        /\b(?:around|round) the clock\b|\b24[/ x]7\b|\bat any (?:time|hour)\b|\bday and night\b|\bat all times\b|\balways (?:available|reachable|open|on)\b|\bwithout (?:downtime|interruption|maintenance windows?)\b|\bnever (?:down|offline|closed|unavailable)\b|\b7 days a week\b/i,
      'not always':
        /\b(?:switch(?:ed|es)?|turn(?:ed|s)?|tak(?:e|en)|shut|close|closed|goes|go|is|are|be) .{0,40}\b(?:off|offline|down|unavailable|closed)\b.{0,60}\b(?:night|weekend|between|from|every|on (?:mon|tues|wednes|thurs|fri|satur|sun)days?)|\bonly (?:between|from|during|on (?:week|working)days?|in (?:office|opening|business) hours)\b|\b(?:outside|during) (?:office|opening|business|working) hours only\b|\b(?:close|shut|stop|pause|lock)s?\b.{0,60}\b(?:at night|(?:every|each|over the|at the) (?:\d+ )?(?:day|week|weekend|sunday|saturday)s?)\b|\bmaintenance window\b|\b(?:office|opening|business) hours only\b|\bonly .{0,30}(?:office|opening|business) hours\b/i,
    },
  },
  {
    name: 'without a network',
    least: 0.3,
    words: 'network connection offline answer let keep shut work internet lock',
    values: {
      'goes on':
        /\b(?:go(?:es)? on|continue\w*|work\w*|keeps?|still|carry on|can be used|usable|letting)\b.{0,80}\b(?:without (?:a |the |any )?(?:network|connection|internet|signal|server)|offline|when the (?:network|connection) is (?:down|gone))|\boffline[- ](?:first|mode|capable)\b/i,
      stops:
        /\b(?:without|no)\b.{0,20}\b(?:answer|response|connection|network|reply|internet)\b.{0,100}\b(?:shut|refuse\w*|stop\w*|closed|deny|denies|block\w*|reject\w*|nobody|not let|locked)\b|\b(?:needs?|requires?) (?:a |an )?(?:permanent |constant |live |online )?(?:network|connection|internet)\b|\bonly (?:works? )?online\b/i,
    },
  },
  {
    name: 'deletion',
    least: 0.4,
    values: {
      'as a mark':
        /\b(?:nothing|never|not|no \w+)\b.{0,40}\bphysically\b|\bsoft[- ]?delet\w*|\b(?:only |merely )?mark(?:ed|s)? as (?:deleted|cancelled|removed|inactive)\b|\bdeleted flag\b|\bkeeps its row\b|\bnever (?:physically )?(?:deleted|removed)\b|\bcan be restored\b|\brows? (?:is|are) never deleted\b/i,
      'for good':
        /\b(?:physically|irrevocably|irreversibly|hard)[- ]?delet\w*|\bdelet\w* (?:physically|irrevocably|for good|permanently|completely)\b|\brow is (?:deleted|removed)\b|\bdelet\w* .{0,60}\bfor good\b|\bremoved from the (?:database|table)\b|\bno trace\b/i,
    },
  },
  {
    name: 'origin of ids',
    least: 0.4,
    values: {
      ours: /\b(?:client|caller|user|customer)s? (?:can|may|must|does|do|shall)?\s?not (?:choose|set|pick|give|supply|send)\b|\b(?:makes?|assigns?|generates?|issues?) (?:the|an?|its|their) (?:\w+ )?(?:id|ids|number|identifier|code)\b|\bids? (?:is|are) (?:generated|assigned|made) by\b/i,
      theirs:
        /\b(?:client|caller|user|customer|shop|partner)s? (?:can|may|must|shall|should)? ?(?:choose|chooses|set|sets|pick|picks|bring|brings|supply|supplies) (?:the|an?|its|their) (?:own )?(?:id|ids|number|identifier|code)\b|\bids? (?:is|are) (?:chosen|given|set|supplied) by the (?:client|caller|user|customer)\b|\bown (?:id|identifier)\b.{0,30}\bas the id\b/i,
    },
  },
  {
    name: 'kind of id',
    least: 0.3,
    values: {
      random:
        /\b(?:uuids?|guids?|ulids?|random (?:ids?|identifiers?|numbers?|codes?)|not guessable|unguessable|cannot be guessed|opaque (?:ids?|identifiers?))\b/i,
      counting:
        /\b(?:sequential|consecutive|ascending|running|auto[- ]?increment\w*|serial|numbered (?:consecutively|without gaps)|without gaps|counting up)\b/i,
    },
  },
  {
    name: 'delivery of messages',
    least: 0.3,
    values: {
      'exactly once': /\bexactly once\b|\bnever (?:delivered |sent |processed )?twice\b|\bonce and only once\b/i,
      'more than once': /\bat least once\b|\bmore than once\b|\bduplicates? (?:may|can|are possible)/i,
      'at most once': /\bat most once\b|\bfire and forget\b/i,
    },
  },
  {
    name: 'approval',
    least: 0.45,
    values: {
      'by people':
        /\b(?:takes?|needs?|requires?|after|only with|subject to) (?:the |an? )?(?:approval|consent|sign-?off|confirmation|review|permission|release|check|ok) (?:of|by|from)\b|\bapproved by (?:a|an|the|two|2|another|somebody|someone)\b|\b(?:two|2|four|4)[- ](?:people|person|employees?|eyes?)\b|\bmanual(?:ly)? (?:approv|review|check|releas)\w*|\bsomebody .{0,40}(?:has a look|looks|checks|approves|reviews)\b|\ba human\b/i,
      'by itself':
        /\b(?:automatic(?:ally)?|by itself|on its own)\b.{0,50}\b(?:approv\w*|paid|refund\w*|releas\w*|publish\w*|grant\w*|accept\w*|confirm\w*|book\w*)\b|\b(?:approv\w*|paid|refund\w*|releas\w*|publish\w*|grant\w*|accept\w*|confirm\w*|pays?|goes (?:out|through|live))\b.{0,60}\b(?:automatic(?:ally)?|by itself|without (?:anyone|anybody|somebody|any|an?|human|further|manual|asking)|straight away without)\b|\bwithout (?:approval|review|human|a second person|anyone (?:looking|checking|approving))\b|\b(?:alone|on (?:their|his|her) own) (?:may|can|shall)?\b|\bone (?:click|person|employee) (?:is enough|suffices)\b/i,
    },
  },
  {
    name: 'consent',
    least: 0.35,
    values: {
      asked:
        /\b(?:only (?:with|after|if)|not without|needs?|requires?|unless) .{0,40}\b(?:consent\w*|opt(?:ed)?[- ]in|agreed|permission)\b|\bopt[- ]in\b|\bhas (?:agreed|consented)\b/i,
      assumed:
        /\b(?:without (?:asking|consent|their consent|permission)|opt[- ]out|by default|pre-?(?:ticked|checked|selected)|automatically (?:subscribed|signed up|enrolled)|unless they object|every(?:one|body) gets)\b/i,
    },
  },
  {
    name: 'fees',
    least: 0.35,
    values: {
      included:
        /\b(?:with|including|incl\.?|inclusive of) (?:all )?(?:fees|tax(?:es)?|vat|charges)\b|\ball fees included\b|\bfees (?:are )?included\b|\bgross prices?\b|\bfinal price\b/i,
      apart:
        /\b(?:fees|tax(?:es)?|vat|charges) (?:is|are)? ?(?:added|come|comes|shown|appear\w*|listed)\b.{0,30}\b(?:later|on top|at the end|at checkout|last|separately|only|in the (?:last|next) step)\b|\bwithout (?:the )?(?:fees|tax(?:es)?|vat|charges)\b|\b(?:excluding|exclusive of|plus|before) (?:fees|tax(?:es)?|vat)\b|\bnet prices?\b/i,
    },
  },
  {
    name: 'completeness',
    least: 0.4,
    values: {
      'all or nothing':
        /\ball or (?:nothing|none)\b|\b(?:rejected|refused|fails?|discarded|rolled back) as a whole\b|\bwhole (?:batch|file|import|order|request) (?:is |gets )?(?:rejected|refused|fails|rolled back)\b|\bnone of (?:them|it|the \w+) (?:is|are) (?:stored|taken|imported|saved|accepted)\b|\bin one transaction\b|\batomic(?:ally)?\b|\bnot split\b/i,
      'in part':
        /\bthe (?:rest|others|valid ones|good ones|remaining)\b.{0,30}\b(?:is|are|still|get|gets|imported|accepted|taken|stored|saved|goes through)\b|\bpartial(?:ly)?\b|\bskip(?:s|ped)? (?:the )?(?:invalid|bad|faulty|broken|wrong)\b|\bin (?:several|two|many) parts\b|\bin part\b/i,
    },
  },
  {
    name: 'currentness',
    least: 0.35,
    values: {
      'until yesterday':
        /\bnothing of (?:the current day|today)\b|\bup to (?:the end of )?(?:the previous day|yesterday)\b|\bnot (?:before|until) the (?:next|following) day\b|\bas of (?:yesterday|the previous day)\b/i,
      'up to now':
        /\bso far today\b|\b(?:today['’]s|current day['’]s)\b|\bof (?:today|the current day)\b|\bright now\b|\bup to the minute\b|\blive (?:figures|data|values|numbers|view)\b|\bthis (?:very )?(?:minute|hour)\b|\bin real[- ]time\b/i,
    },
  },
  {
    name: 'repetition',
    least: 0.8,
    values: {
      again:
        /\bagain and again\b|\brepeatedly\b|\bseveral times\b|\bmore than once\b|\bany number of times\b|\bas often as (?:it|they|he|she|the \w+) (?:likes?|wants?)\b/i,
      once: /\b(?:only|just|exactly|at most|no more than) once\b|\b(?:redeemed|used|opened|applied|voted|cast|claimed|entered|scanned) once\b(?! (?:a|an|per|every|the|it|they|in)\b)|\bsingle[- ]use\b/i,
    },
  },
  {
    name: 'sorting',
    least: 0.4,
    values: {
      'newest first': /\b(?:newest|latest|most recent)(?: \w+)? first\b|\bdescending\b/i,
      'oldest first': /\b(?:oldest|earliest)(?: \w+)? first\b|\bascending\b|\bchronological\b/i,
    },
  },
  {
    name: 'colour',
    least: 0.3,
    values: {
      green: /\bgreen\b/i,
      red: /\bred\b/i,
      yellow: /\b(?:yellow|amber)\b/i,
      blue: /\bblue\b/i,
    },
  },
  {
    name: 'legal hold',
    least: 0,
    values: {
      spared:
        /\bunder (?:a )?legal hold\b.{0,40}\b(?:stays?|kept|remains?|not)\b|\b(?:stays?|kept|remains?)\b.{0,50}\b(?:legal hold|dispute|investigation)\b/i,
      ignored:
        /\bwhether (?:it is |they are )?(?:held|on hold|under (?:legal )?hold) or not\b|\bregardless of (?:a |any )?(?:legal )?holds?\b|\beven (?:if|when|while) .{0,30}\bhold\b/i,
    },
  },
];
