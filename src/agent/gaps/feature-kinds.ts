import { contentOf } from '../../specs/meaning/words.ts';
import type { ParsedRequest } from '../steps/parse.ts';

/** What kind of thing is asked for: what such a thing has to say follows from it (slots.ts). */
export type FeatureKind =
  | 'file-upload'
  | 'change-data'
  | 'delete-data'
  | 'list'
  | 'export'
  | 'notification'
  | 'sign-in'
  | 'permissions'
  | 'payment'
  | 'job'
  | 'integration'
  | 'interface'
  | 'other';

const concepts = (words: string): ReadonlySet<string> => new Set(contentOf(words));
/** What things are called that do something of a kind: with other objects, they are how it is done in this system. */
export const ANCHORS: Partial<Record<FeatureKind, ReadonlySet<string>>> = {
  'file-upload': concepts('upload uploader'),
  export: concepts('export exporter csv'),
  notification: concepts('notification mailer email newsletter sms'),
  'sign-in': concepts('login signup session password auth'),
  permissions: concepts('role roles permission authorize'),
  payment: concepts('payment checkout invoice billing subscription refund'),
  job: concepts('cron scheduler queue'),
  integration: concepts('webhook integration'),
};

interface KindRule {
  readonly kind: FeatureKind;
  /** Words of the request that tell, in their plain form. */
  readonly words: RegExp;
}

const FILE =
  'files?|images?|photos?|pictures?|avatars?|documents?|attachments?|videos?|pdfs?|media|logos?|receipts?|scans?|resumes?|cvs?|screenshots?';

/** Where a word that may name a thing is what is done: "to order", "users can comment", "Book a room". */
const AS_VERB = String.raw`(?:^\W*|\b(?:to|can|could|may|might|must|shall|should|will|and|or|let(?: \w+){1,2})\s+)`;

/** By the words of a requirement. What fits several kinds is of all of them; what fits none is `other`. */
const RULES: readonly KindRule[] = [
  {
    kind: 'file-upload',
    words: new RegExp(
      `\\bupload(?!s\\b)\\w*|\\b(?:users?|customers?|members?|people|admins?|he|she|who|one|it|\\w+(?:er|or|ist)) uploads\\b|\\b(?:accepts?|takes?|supports?|allows?)\\b.{0,20}\\b(?:avif|heic|webp|jpe?g|png|gif|svg|tiff?|mp4|mov|docx?|pptx?)\\b|\\b(?:attach(?:es|ed|ing)?|drop|add|submit|set|replace)\\b.{0,40}\\b(?:${FILE})(?=\\W*$|\\s*[.,;]|\\s+(?:to|from|for|as|in|on|with|so|and|or|that|via|of|up)\\b)`,
      'i',
    ),
  },
  { kind: 'delete-data', words: /\b(?:delet\w+|remov(?:e|es|al|ing)|eras\w+|purg\w+|anonymi[sz]\w+|right to be forgotten|archiv\w+)\b/i },
  {
    kind: 'export',
    words:
      /\b(?:export\w*|download\w*|(?:monthly|weekly|daily|generate|print|create)\b.{0,30}\breports?|reports? (?:of|on|as)|as (?:a )?(?:csv|pdf|excel|xlsx))\b/i,
  },
  {
    kind: 'notification',
    words:
      /\b(?:mails\b|(?:the|an?|one|each|every|all|these|those) (?:e-?mail|mail)\b(?! (?:address|field|template))|notif\w+|remind\w*|alert(?:s|ed)?|newsletter|digest|(?:send|get|receive|sent)\b.{0,30}\b(?:e-?mails?|mails?|sms|push|messages?)|by (?:e-?mail|mail|sms|push)\b|inform(?:ed|s)?)\b/i,
  },
  {
    kind: 'sign-in',
    words:
      /\b(?:log(?:s|ged|ging)?[ -]?(?:in|out)\b|login|sign(?:s|ed|ing)?[ -]?(?:in|up|out)\b|sso|saml|oauth|oidc|passwords?|passkeys?|2fa|mfa|two[- ]factor|otp|magic links?|sessions?|captcha)/i,
  },
  {
    kind: 'permissions',
    words:
      /\b(?:roles?|permissions?|access (?:rights?|control)|rbac|impersonat\w+|log(?:s|ged|ging)? in as (?:an?|another|any|the|their)\b|only (?:admins?|owners?|authors?)|invit\w+|shar(?:e|es|ing)\b.{0,30}\bwith)\b/i,
  },
  {
    kind: 'payment',
    words:
      /\b(?:pay(?:s|ing|ment|ments)?|paid|checkout|refund\w*|(?:create|issue|generate|send)\b.{0,20}\binvoices?|billing|subscri(?:be|ption)\w*|charge[sd]?|credit cards?|coupons?|discounts?|vouchers?|pric(?:e|es|ing))\b/i,
  },
  {
    kind: 'job',
    words:
      /\b(?:nightly|cron|schedul\w+|background|batch|bulk|import(?:s|ed|ing)?|sync(?:s|ed|ing|hroni[sz]\w*)?|every (?:night|hour|day|week|month|morning|\d+)|recurring|periodic\w*|queue[sd]?|automatically)\b/i,
  },
  {
    kind: 'integration',
    words:
      /\b(?:webhooks?|integrat\w+|third[- ]part(?:y|ies)|(?:to|from|with|via|through|into|by|use|using|on|in) (?:our |the )?(?:\p{L}+ )?(?:slack|salesforce|hubspot|zapier|jira|github|stripe|paypal|shopify|sap|erp|crm)(?! \p{L}+ (?:number|id|key)\b)|^\W*(?:slack|salesforce|hubspot|zapier|jira|stripe|paypal|shopify|sap)|teams channel|public api|external (?:api|system|service)s?|connect(?:s|ed|ing|or)?\b.{0,20}\b(?:to|with)\b)/iu,
  },
  {
    kind: 'list',
    words:
      /\b(?:list(?:s|ed|ing)?|search\w*|filter\w*|sort(?:s|ed|ing)?|brows\w+|paginat\w+|overview|dashboard|feed|timeline|history|find|see (?:all|my|the)|view (?:all|my|the)|leaderboard|statistics|autocomplete)\b/i,
  },
  {
    kind: 'change-data',
    words: new RegExp(
      String.raw`\b(?:creat\w+|add(?:s|ed|ing)?|edit\w*|updat\w+|chang(?:e|es|ed|ing)|writ(?:e|es|ing)|publish\w*|register\w*|sav(?:e|es|ing)|assign\w*|cancel\w*|merg(?:e|es|ing)|duplicate|renam\w+|upvot\w+|react\w*|send(?:s|ing)?|submit\w*|approv\w+|reject\w*|declin\w+|invit\w+|unfollow|reserv\w+)\b|${AS_VERB}(?:set|mark|post|comment|book|order|rate|review|like|favou?rite|bookmark|tag|follow|vote|reply|share|schedule|place|pin|move|split|upgrade|block|ban|mute|report|hide|star|join|leave|accept|confirm|complete|close|reopen|lock|restore|transfer|link)\b`,
      'i',
    ),
  },
  {
    kind: 'interface',
    words:
      /\b(?:dark mode|theme|colou?rs?|layout|tooltips?|buttons?|icons?|font|progress bar|preview|responsive|mobile|animation|keyboard|screen readers?|accessib\w+|banner|modal|dialog|translat\w+|i18n|locali[sz]\w+|languages?|drag[- ]and[- ]drop|display\w*|show(?:s|n)?)\b/i,
  },
];

/** Kinds that say little where the request is of another one as well. */
const WEAK: ReadonlySet<FeatureKind> = new Set(['change-data', 'interface', 'list']);
/** Where one of these is asked for, what is added or shown is part of it. */
const STRONG: ReadonlySet<FeatureKind> = new Set([
  'file-upload',
  'export',
  'notification',
  'sign-in',
  'payment',
  'job',
  'integration',
  'delete-data',
  'permissions',
]);

/** When something happens, and what it is good for, is not what is asked for. */
const ASIDE = /\b(?:when(?:ever)?|if|after|once|as soon as|unless|until)\b[^,.;\n]*/gi;
const BENEFIT = /\b(?:so that|in order to|because)\b[^.;\n]*/gi;

/** That somebody is signed in is asked before what is asked for, and is not what is asked for. */
const SIGNED_IN =
  /\b(?:(?:valid|active|authenticated|(?:signed|logged)[- ]in) )+(?:user )?(?:sessions?|users?|customers?|members?|people|accounts?)\b(?! (?:expir|ends?\b|lasts?\b|time))|\b(?:is|are|be|being|when|while|not|only) (?:logged|signed)[- ]in\b|\blog(?:s|ged|ging)?[ -]?in as\b|\b(?:requires?|needs?|without) (?:an? |the )?(?:user )?(?:authentication|log-?in|sign-?in|session)\b/giu;

/** A button is no payment, what goes with a payment is none either, and who asks every week asks for no job. */
const REFERENCES =
  /(?<=\b(?:sort|filter|order|search|group|find)\w*\b[^.,;]{0,40})\bby\b[^.;]*|\bask(?:s|ed|ing)? (?:us )?(?:every|each) \p{L}+|\b(?:pay(?:ment)?|upload|export|delete|login|refund|share|search|save)(?=\s+(?:buttons?|icons?|labels?)\b)|\b(?:with|of|for|to|from|in) (?:the|an?|each|every|their|its) (?:\p{L}+ )?payments?\b/giu;

/** Says that something is to be built; what it does is said by what follows. */
const BUILDING =
  /^\W*(?:please\s+)?(?:(?:we|i|users?|they)\s+(?:want|need)\s+(?:to\s+)?)?(?:add|implement|introduce|build|provide|offer|support)\b/i;

/** The kinds that a text asks for, the telling ones first. */
export function kindsOf(text: string): readonly FeatureKind[] {
  if (/^\W*(?:requires?|needs?) /i.test(text) && text.replace(/^\W*\p{L}+ (?:an? |the )?/u, '').search(SIGNED_IN) === 0) return ['other'];
  const asked = text
    .replace(BENEFIT, ' ')
    .replace(REFERENCES, ' ')
    .replace(SIGNED_IN, (said) => (/ in as$/i.test(said) ? 'impersonate' : ' '))
    .replace(BUILDING, ' ');
  const main = kindsIn(asked.replace(ASIDE, ' '));
  return main.includes('other') ? kindsIn(asked) : main;
}

function kindsIn(text: string): readonly FeatureKind[] {
  const found = RULES.filter(({ words }) => words.test(text)).map(({ kind }) => kind);
  const strong = found.filter((kind) => STRONG.has(kind));
  if (strong.length > 0) return strong;
  const data = found.filter((kind) => kind !== 'interface');
  // "Show a progress bar": what is shown is no data.
  return data.length > 0 && !/\b(?:button|dark mode|theme|colou?r|tooltip|icon|font|layout|progress bar)\b/i.test(text)
    ? data
    : found.length > 0
      ? found.filter((kind) => kind === 'interface' || !WEAK.has(kind)).slice(0, 1)
      : ['other'];
}

const FIXING = concepts(
  'bug fix broken crash refactor refactoring cleanup rename upgrade bump extract simplify regression fail error issue',
);
/** Whether a word says only that something is repaired or tidied. */
export const isFixing = (concept: string): boolean => FIXING.has(concept);

const FIX =
  /\b(?:bug|hot-?fix|fix(?:es|ed|ing)?|broken|crash(?:es|ed|ing)?|regression|stack ?trace|steps to reproduce|throws?|exception|does(?:n['’]t| not) work|(?:returns?|with|gives?|gets?) (?:a )?(?:500|502|503|404)|wrong(?:ly)?|incorrect(?:ly)?|flaky|leak(?:s|ing)?|(?:is|are|be|get|makes?|making) (?:\w+ )?(?:too slow|slow|faster|quicker)|(?:speed|slow)(?:s|ed|ing)? (?:up|down))\b|\bexpected\b[\s\S]{1,300}\bactual\b/i;
const CODE = String.raw`(?:class(?:es)?|functions?|methods?|modules?|variables?|files?|services?|controllers?|components?|repositor(?:y|ies)|packages?|helpers?|code|handlers?|middlewares?|utils?)\b`;
const REFACTORING = new RegExp(
  String.raw`\b(?:refactor\w*|clean(?:ing)?[ -]?up|tech(?:nical)?[ -]debt|deduplicat\w+|(?:dead|unused) code|typos?|lint(?:ing|er)?)\b|\b(?:rename|extract|split(?: up)?|move|simplify|rewrite|inline|decouple)\b.{1,40}${CODE}|\b(?:upgrade|bump|migrate)\b.{1,40}\b(?:to|from)? ?(?:v?\d+(?:\.\d+)*|latest|esm|typescript|vitest|jest|eslint|pnpm|node)\b`,
  'i',
);
/** Characters in which a request says what it is. */
const LEAD = 400;

/** Whether something that is there is to be repaired or tidied, and nothing new is asked for. */
export function isFix(text: string, parsed: ParsedRequest): boolean {
  const lead = text.slice(0, LEAD);
  const first = lead.split('\n').find((line) => /\p{L}{2}/u.test(line)) ?? '';
  if (/\bas an? \p{L}+.{0,40}\bi (?:want|need|would like)\b/iu.test(lead)) return false;
  if (FIX.test(first) || REFACTORING.test(first)) return true;
  return /\bsteps to reproduce\b|\bexpected\b[\s\S]{1,200}\bactual\b/i.test(text) && parsed.requirements.length <= 3;
}
