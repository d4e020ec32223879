import type { Dimension } from '../parse/constraints.ts';
import type { FeatureKind } from './feature-kinds.ts';
import type { ValueKind } from './finders.ts';

/** What a kind of feature has to say before it can be built, how it is asked for, and what is usual. */
export interface Slot {
  readonly name: string;
  /** By kind of feature, how much the answer changes what is built: 1 (a detail) to 10 (another feature). */
  readonly weight: Partial<Record<FeatureKind, number>>;
  /** It is filled by a text that says so. */
  readonly filled: RegExp;
  /** Or by a limit of one of these dimensions. */
  readonly dimensions?: readonly Dimension[];
  /** Not asked where the request is of one of these kinds as well. */
  readonly unless?: readonly FeatureKind[];
  /** Each feature says this for itself: no policy answers it for all. */
  readonly isOfFeature?: true;
  /** Only asked of requirements that say so. */
  readonly when?: RegExp;
  /** What is asked; what the requirement is about follows in parentheses. */
  readonly question: string;
  /** What is asked of a kind, in its own words. */
  readonly questions?: Partial<Record<FeatureKind, string>>;
  /** What in the graph gives values to choose from, the telling ones first. */
  readonly values: readonly ValueKind[];
  /** What follows from a value of the graph. */
  readonly follows: (value: string, source: string) => string;
  /** Usual answers, where the graph has none. */
  readonly usual: Usual;
  /** The same for a kind, where other answers are usual. */
  readonly usualOf?: Partial<Record<FeatureKind, Usual>>;
}

type Usual = readonly (readonly [value: string, consequence: string])[];

/** What has a look of its own; a button more or less has not. */
const SCREEN =
  /\b(?:dark mode|themes?|layouts?|dashboards?|modals?|dialogs?|banners?|previews?|progress|drag\w*|animations?|mobile|responsive|translat\w+|languages?|screens?|pages?|forms?|views?|editors?|charts?|maps?|calendars?|accessib\w+|keyboard)\b/i;

/**
 * All slots. A new one is one entry; its place says nothing, its weights do. docs/reference/agent-grounding.md lists them.
 */
export const SLOTS: readonly Slot[] = [
  {
    name: 'permission',
    weight: {
      'file-upload': 7,
      'change-data': 8,
      'delete-data': 9,
      list: 5,
      export: 8,
      permissions: 8,
      job: 2,
      integration: 6,
      payment: 5,
      other: 7,
    },
    filled:
      /\b(?:only|just|all|any) (?:\p{L}+ )?(?:admins?|administrators?|owners?|authors?|members?|managers?|moderators?|users?|customers?|staff|employees?|guests?)\b|\b(?:signed|logged)[- ]in\b|\bauthenticat\w+|\bauthori[sz]\w+|\bpermissions?\b|\broles?\b|\bown(?:er)?s?\b|\b(?:my|their|your) (?:own )?\p{L}+|\bpublic(?:ly)?\b|\banyone\b|\beveryone\b|\banonymous\b|\bas an? (?!user\b|customer\b|member\b|visitor\b)\p{L}+|\bevery operation asks who\b/iu,
    question: 'Who may do this?',
    values: ['sign-in', 'role'],
    follows: (_, source) => `All others are turned away, as ${source} has it.`,
    usual: [
      ['everybody who is signed in', 'One check that somebody is signed in; no roles are needed.'],
      ['only the one it belongs to', 'Each call compares the owner with the caller; others get 403 or 404.'],
      ['only administrators', 'A role is checked; everybody else gets 403.'],
    ],
  },
  {
    name: 'size-limit',
    weight: { 'file-upload': 10 },
    filled: /\b\d+(?:\.\d+)?\s?(?:kb|mb|gb|kib|mib|gib|bytes)\b|\bany size\b|\bno size limit\b/i,
    dimensions: ['size'],
    question: 'How large may one file be at most?',
    values: ['size'],
    follows: (value, source) => `Larger files are turned away, as ${source} does with ${value}.`,
    usual: [
      ['5 MB', 'Fits photos of phones; files can be held in memory while they are checked.'],
      ['25 MB', 'Fits scans and slides; proxies and body limits have to be raised.'],
      ['100 MB and more', 'Needs streaming or presigned uploads, and resuming.'],
    ],
  },
  {
    name: 'formats',
    weight: { 'file-upload': 9 },
    filled: /\b(?:png|jpe?g|gif|webp|svg|heic|heif|avif|bmp|tiff?|pdf|csv|tsv|xlsx?|docx?|json|xml|zip|mp4|formats?|mime)\b/i,
    dimensions: ['format'],
    question: 'Which formats?',
    values: ['format'],
    follows: (value, source) => `${value} and nothing else, as in ${source}; other formats are refused with a reason.`,
    usual: [
      ['PNG, JPEG, WebP, PDF', 'What browsers show by themselves; checked by content, not by extension.'],
      ['any format', 'Nothing is converted or shown, files are only kept; scanning for malware gets more important.'],
    ],
  },
  {
    name: 'export-format',
    isOfFeature: true,
    weight: { export: 9 },
    filled: /\b(?:csv|tsv|xlsx?|excel|spreadsheets?|pdf|json|xml|parquet|zip|png|ics|formats?)\b/i,
    dimensions: ['format'],
    question: 'In which format?',
    values: ['export-format'],
    follows: (_, source) => `As ${source} has it.`,
    usual: [
      ['CSV', 'Read by every spreadsheet and program; no types, no layout; separator and encoding have to be said.'],
      ['Excel', 'Typed columns; needs a library, and memory for large files.'],
      ['PDF', 'For reading and printing, not for working on; needs a layout.'],
    ],
  },
  {
    name: 'method',
    isOfFeature: true,
    weight: { 'sign-in': 9 },
    filled:
      /\b(?:passwords?|google|github|apple|facebook|microsoft|azure|okta|sso|saml|oauth2?|oidc|ldap|totp|authenticator|sms|passkeys?|webauthn|magic links?|e-?mails?|log(?:s|ged)? ?out|logout|sign(?:s|ed)?[ -]?(?:out|up)|session(?:s)? (?:expire|last|end)\w*|jwt|captcha|rate[- ]?limit\w*|throttl\w+|lock(?:s|ed)?|regist\w+)\b/i,
    question: 'How do people prove who they are?',
    values: ['strategy'],
    follows: (_, source) => `As ${source} has it already; nothing new has to be set up.`,
    usual: [
      ['a code of an authenticator app (TOTP)', 'A secret per account, codes for recovery, and what support does when a phone is lost.'],
      ['a code or link by mail', 'Nothing to set up; as safe as the mailbox, and delivery is not certain.'],
      ['a passkey', 'Nothing to phish; needs a fallback for devices without.'],
    ],
  },
  {
    name: 'deletion',
    weight: { 'delete-data': 10 },
    filled:
      /\b(?:soft|hard)[- ]?delet\w+|\bpermanent(?:ly)?\b|\brestor(?:e|ed|able)\b|\bundo\b|\brecycle|\btrash\b|\bdeleted_?at\b|\banonymi[sz]\w+|\birrevers\w+|\bcan(?:no|')t be undone\b/i,
    question: 'Is it gone for good, or can it be brought back?',
    values: ['soft-delete'],
    follows: (_, source) => `It stays, marked as in ${source}; every query has to leave it out.`,
    usual: [
      ['gone at once', 'What refers to it has to go too or lose the reference; there is no way back.'],
      ['marked as deleted, removed after 30 days', 'Needs a mark that all queries respect, and a job that removes.'],
      ['anonymised', 'Statistics stay right; every personal field has to be known.'],
    ],
  },
  {
    name: 'cascade',
    isOfFeature: true,
    weight: { 'delete-data': 7 },
    filled:
      /\bcascad\w+|\balong with\b|\bincluding (?:all|its|their)\b|\band (?:all )?(?:its|their|my|his|her) (?!account|profile)\p{L}+|\bdependent\b/iu,
    question: 'What happens to what belongs to it?',
    values: ['cascade'],
    follows: (_, source) => `As ${source} has it.`,
    usual: [
      ['it is deleted as well', 'One transaction removes all of it; the amount may be large.'],
      ['it stays, without its owner', 'References have to allow nothing, and screens an unknown owner.'],
      ['deleting is refused while there is any', 'The caller gets 409 and is told what is in the way.'],
    ],
  },
  {
    name: 'trigger',
    isOfFeature: true,
    weight: { notification: 10, job: 10, integration: 7 },
    filled:
      /\b(?:one|twice|\d+)\b[^.]{0,20}\b(?:an?|per) (?:hour|day|week|month)\b|\b(?:when(?:ever)?|once|after|before|upon|as soon as|on (?:success|failure|error|change|click)|every|each|daily|weekly|monthly|nightly|hourly|at \d|if)\b|\bis (?:created|updated|deleted|uploaded|approved|paid|shipped|assigned)\b/i,
    question: 'What sets it off?',
    values: ['event', 'schedule'],
    follows: (value, source) => `It reacts to ${value}, which ${source} has already.`,
    usual: [
      ['at once, when it happens', 'Needs an event; many at a time have to be bundled or limited.'],
      ['once a day, for all since the last time', 'Needs a schedule and a note of what was done.'],
      ['when somebody asks for it', 'Needs an operation and a place to ask from; nothing runs by itself.'],
    ],
  },
  {
    name: 'channel',
    isOfFeature: true,
    weight: { notification: 9 },
    filled: /\b(?:e-?mails?|mails?|sms|push|slack|in[- ]app|webhooks?|whatsapp|telegram|banner|toast|popup)\b/i,
    question: 'How are people told?',
    values: ['mailer'],
    follows: () => `Through what is there already; nothing new has to be run.`,
    usual: [
      ['e-mail', 'Needs an address of each recipient and a template; delivery is not certain.'],
      ['in the application', 'Needs a place to keep and show them, and a mark for read.'],
      ['push', 'Needs devices that have agreed, and a provider.'],
    ],
  },
  {
    name: 'opt-out',
    isOfFeature: true,
    weight: { notification: 5 },
    unless: ['sign-in', 'payment'],
    filled:
      /\b(?:opt[- ]?(?:out|in)|unsubscrib\w+|preferences?|mute[sd]?|(?:turn|switch)(?:ed|ing)?\b.{0,30}\boff|disable[sd]?|settings?)\b/i,
    question: 'Can people turn it off?',
    values: [],
    follows: () => '',
    usual: [
      ['yes, each for themselves', 'Needs a setting and a link in each message.'],
      ['no, it is part of the service', 'Allowed for messages about an order or an account, not for advertising.'],
    ],
  },
  {
    name: 'failure',
    weight: { payment: 9, integration: 9, job: 7, notification: 6, 'file-upload': 5, export: 3, other: 3 },
    filled:
      /\b(?:retr(?:y|ies|ied)|(?<!success\/)fail(?:s|ed|ures?|ing)?|errors?|reject\w*|refus\w+|invalid|unavailable|time(?:s|d)? ?out|timeouts?|unsuccessful|declin\w+|dead[- ]letter|roll(?:ed|s)? ?back|fallback|lost)\b/i,
    question: 'What happens when it fails?',
    questions: {
      payment: 'What if the payment is declined, or the provider does not answer?',
      integration: 'What if the other side does not answer?',
      notification: 'What if the message cannot be delivered?',
      job: 'What if a run breaks off, or one record is wrong?',
      'file-upload': 'What if a file is refused, or the upload breaks off?',
    },
    values: ['retry'],
    follows: (value, source) => `Tried again as ${source} does (${value}), then given up and logged.`,
    usual: [
      ['the caller gets an error and nothing is kept', 'Simple and honest; the caller has to try again.'],
      ['it is tried again, 3 times with growing pauses', 'Has to be safe to repeat; needs a place where the last failure ends up.'],
      ['it goes on without, and somebody is told', 'What belongs together may drift apart; needs an alarm.'],
    ],
    usualOf: {
      notification: [
        [
          'it is tried again for a day, then given up and logged',
          'Needs a queue that outlives a restart, and a record of what was given up.',
        ],
        ['it is sent once, whatever becomes of it', 'Nothing to build; nobody knows who was not told.'],
        ['it is shown in the application as well', 'Needs a place to keep and show it; delivery matters less.'],
      ],
      payment: [
        [
          'nothing is booked, and the customer may try again',
          'State changes only after the provider has said yes; answers that come late have to be matched.',
        ],
        [
          'it waits, and is settled when the provider answers',
          'Needs a state for open payments, a time after which it is given up, and events of the provider.',
        ],
      ],
      job: [
        [
          'wrong records are left out and reported, the rest goes on',
          'Needs a report that somebody reads, and a way to do single records again.',
        ],
        ['all or nothing', 'One transaction or a way back; a single wrong record stops everything.'],
        ['it goes on where it broke off', 'Each record is marked when it is done; a repeated one must change nothing.'],
      ],
      'file-upload': [
        ['the reason is shown and nothing is kept', 'Each refusal has a reason of its own; parts that arrived are removed.'],
        ['a broken upload can be resumed', 'Needs parts, their order, and a time after which they are removed.'],
      ],
    },
  },
  {
    name: 'idempotency',
    weight: { payment: 10, integration: 7, job: 6, 'change-data': 2 },
    filled:
      /\b(?:idempoten\w+|twice|duplicates?|exactly once|at least once|double[- ]?(?:click|charg\w+|submit\w*)|only once|dedup\w+|same request)\b/i,
    question: 'What if the same arrives twice?',
    values: ['idempotency'],
    follows: (value, source) => `Recognised by ${value}, as ${source} does.`,
    usual: [
      ['the second one changes nothing', 'Callers send a key of their own, which is kept and compared.'],
      ['it is refused', 'The caller gets 409 and has to look what became of the first.'],
      ['it counts as another one', 'No key is kept; a repeated click is done twice.'],
    ],
  },
  {
    name: 'concurrency',
    weight: { 'change-data': 5 },
    when: /\b(?:edit(?:s|ing)?|updat(?:e|es|ing)|chang(?:e|es|ing)|modif(?:y|ies|ying)|renam(?:e|es|ing)|assign(?:s|ing)?|merg(?:e|es|ing)|mov(?:e|es|ing)|reorder(?:s|ing)?|book(?:s|ing)? (?:an?|the|my)|reserv(?:e|es|ing))\b/i,
    filled:
      /\b(?:at the same time|simultaneous\w*|concurren\w+|conflict\w*|optimistic|lock(?:s|ed|ing)?|last (?:write|one) wins|version(?:s|ed)? of|etag|if-match)\b/i,
    question: 'What if two people change it at the same time?',
    values: ['version'],
    follows: (value, source) => `The later one is refused, by ${value} as ${source} does.`,
    usual: [
      ['the last one wins', 'Nothing to build; the earlier change is lost without a word.'],
      ['the later one is refused', 'Needs a version in each record, 409 or 412, and a screen that says so.'],
    ],
  },
  {
    name: 'length-limit',
    weight: { 'change-data': 6 },
    when: /\b(?:comments?|reviews?|notes?|messages?|titles?|names?|descriptions?|bios?|posts?|articles?|tags?|text|nicknames?|repl(?:y|ies)|questions?|answers?)\b/iu,
    filled:
      /\b\d+\s?(?:characters?|chars?|words?|letters?|digits?)\b|\bmax_?length\b|\bbetween \d+ and \d+\b|\bat (?:most|least) \d+\b|\b(?:up to|maximum|max\.?|limit of) \d+/i,
    dimensions: ['length', 'count'],
    question: 'How long may the text be at most, or how many may there be?',
    values: ['length'],
    follows: (value, source) => `At most ${value}, as in ${source}; more is refused with 400 or 422.`,
    usual: [
      ['255 characters', 'One line; fits a usual column.'],
      ['5,000 characters', 'Needs a text column and a counter in the form.'],
      ['no limit but that of a request', 'The body limit of the server decides; long texts reach every screen.'],
    ],
  },
  {
    name: 'page-size',
    weight: { list: 7 },
    filled:
      /\b(?:pages?|pagina\w+|infinite scroll|load more|per page|first \d+|top \d+|\d+ (?:items|results|rows|entries)|latest \d+|last \d+)\b/i,
    dimensions: ['count'],
    question: 'How many are shown at once?',
    values: ['page-size'],
    follows: (value, source) => `${value} at once, as in ${source}; the rest comes page by page.`,
    usual: [
      ['20 per page', 'Needs a cursor or an offset in operation and screen.'],
      ['all of them', 'Simple while there are few; slow and large when there are many.'],
    ],
  },
  {
    name: 'order',
    isOfFeature: true,
    weight: { list: 5 },
    filled:
      /\b(?:sort(?:ed|s|ing)?|order(?:ed)? by|newest|latest|oldest|most (?:recent|popular|liked)|alphabetical\w*|relevan\w+|rank\w*|by (?:date|name|price|popularity))\b/i,
    question: 'In which order?',
    values: ['order'],
    follows: (value, source) => `By ${value}, as ${source} does; the order of equals has to be fixed too.`,
    usual: [
      ['newest first', 'Needs an index on the time of creation.'],
      ['by relevance', 'Needs a search that ranks; what is relevant has to be said.'],
      ['as the user chooses', 'Needs a parameter with the allowed fields, and an index for each.'],
    ],
  },
  {
    name: 'row-limit',
    isOfFeature: true,
    weight: { export: 7 },
    filled:
      /\b\d[\d,.']*\s?k?\s?(?:rows?|records?|entries|items|lines|orders)\b|\bno (?:row )?limit\b|\b(?:stream\w*|background|async\w*|in (?:batches|chunks))\b/i,
    dimensions: ['count'],
    question: 'How much can be exported in one go?',
    values: ['page-size'],
    follows: (value, source) => `${value} in one go, as many as ${source} gives at once; the rest has to be asked for again.`,
    usual: [
      ['10,000 rows, answered at once', 'One request, within its time limit.'],
      ['everything, made in the background', 'Needs a job, a place for the file, how long it stays, and a message when it is there.'],
    ],
  },
  {
    name: 'personal-data',
    weight: { export: 6, 'file-upload': 3, integration: 5, 'delete-data': 4 },
    filled:
      /\b(?:personal (?:data|information)|pii|gdpr|privacy|consent|anonymi[sz]\w+|mask(?:ed|s)?|redact\w*|mail address|sensitive|never answers with)\b/i,
    question: 'Does it hold personal data, and may that leave the system?',
    values: [],
    follows: () => '',
    usual: [
      ['no personal data', 'Fields are listed one by one; names, addresses and mail stay out.'],
      ['yes, for those who may see it anyway', 'The same check as on screen, and a note of who took what.'],
      ['yes, masked', 'Which fields, and how, has to be said.'],
    ],
  },
  {
    name: 'retention',
    weight: { 'file-upload': 4, export: 3, 'sign-in': 2, integration: 2 },
    filled:
      /\b(?:kept|keep|retain\w*|retention|stor(?:e|ed) for|expir\w+|delet\w+ after|until|for(?:ever| \d+ (?:days?|weeks?|months?|years?)))\b/i,
    question: 'How long is it kept?',
    values: ['retention'],
    follows: (value, source) => `Removed after ${value}, as ${source} has it; something has to do that.`,
    usual: [
      ['as long as what it belongs to', 'Removed together with it; no job of its own.'],
      ['30 days', 'Needs a job that removes, and a test of it.'],
      ['for ever', 'Grows without bound; may not be allowed for personal data.'],
    ],
  },
  {
    name: 'expiry',
    weight: { 'sign-in': 8, permissions: 4 },
    filled:
      /\b(?:rate[- ]?limit\w*|throttl\w+|expir\w+|valid for|lifetime|ttl|remember me|after \d+ (?:minutes?|hours?|days?)|for \d+ (?:minutes?|hours?|days?))\b/i,
    dimensions: ['time'],
    question: 'How long does it stay valid?',
    values: ['lifetime'],
    follows: (value, source) => `${value}, as ${source} has it; then it has to be asked for again.`,
    usual: [
      ['15 minutes', 'Safe for links and codes; people who are slow start again.'],
      ['24 hours', 'Convenient; a leaked link or token works as long.'],
      ['until it is revoked', 'Needs a list of what is valid, and a way to revoke.'],
    ],
  },
  {
    name: 'attempts',
    weight: { 'sign-in': 7 },
    filled: /\b(?:attempts?|tries|brute[- ]force|lock(?:ed|out)?|(?:throttl|rate[- ]?limit)\w*\b.{0,40}\d|captcha)\b/i,
    question: 'How often may it be tried?',
    values: ['rate', 'attempts'],
    follows: (value, source) => `${value}, as ${source} limits it.`,
    usual: [
      ['5 times in 15 minutes per account', 'Needs a counter that all instances share; accounts can be locked by others.'],
      ['limited per address only', 'Nothing is locked; slow guessing from many addresses stays possible.'],
    ],
  },
  {
    name: 'rate-limit',
    weight: { integration: 5 },
    filled: /\b(?:rate[- ]?limit\w*|throttl\w+|per (?:second|minute|hour)|quota\w*|requests? a (?:second|minute))\b/i,
    dimensions: ['rate'],
    question: 'How many calls are allowed?',
    values: ['rate'],
    follows: (value, source) => `${value}, as ${source} limits it; more get 429.`,
    usual: [
      ['60 a minute per client', 'Needs a shared counter and 429 with Retry-After.'],
      ['no limit', 'One client can slow down all others.'],
    ],
  },
  {
    name: 'authentication',
    weight: { integration: 8 },
    filled: /\b(?:api[- ]?keys?|oauth\w*|signatures?|signed|hmac|bearer|tokens?|mtls|basic auth|secrets?)\b/i,
    question: 'How do both sides know each other?',
    values: ['sign-in'],
    follows: (_, source) => `As ${source} does with its own callers; the other side has to be able to do so.`,
    usual: [
      ['a key per client', 'Needs a place to make, keep and revoke keys.'],
      ['signed messages', 'Each message carries a signature and a time; both sides keep a secret.'],
      ['OAuth 2', 'Needs a provider, scopes, and refreshing of tokens.'],
    ],
  },
  {
    name: 'currency',
    weight: { payment: 8 },
    filled: /\b(?:eur|usd|gbp|chf|euros?|dollars?|pounds?|currenc(?:y|ies)|vat|tax(?:es)?)\b|[€$£]/i,
    dimensions: ['money'],
    question: 'Which currencies and taxes?',
    values: ['currency'],
    follows: (_, source) => `As in ${source}.`,
    usual: [
      ['one currency, taxes included', 'Amounts are whole cents of one currency.'],
      ['the currency of the customer', 'Needs rates, rounding, and the rate kept with each amount.'],
    ],
  },
  {
    name: 'reversal',
    isOfFeature: true,
    weight: { payment: 7 },
    filled: /\b(?:refund\w*|cancel\w*|charge ?back|revers\w+|money back|credit note|return(?:s|ed)?)\b/i,
    question: 'How is it undone?',
    values: [],
    follows: () => '',
    usual: [
      ['by support, by hand', 'Nothing to build now; amounts and reasons are kept elsewhere.'],
      ['by the customer, within 14 days', 'Needs a state for refunds, partial amounts, and events of the provider.'],
    ],
  },
  {
    name: 'overlap',
    weight: { job: 6 },
    filled: /\b(?:overlap\w*|already running|in parallel|one at a time|lock(?:s|ed)?|concurren\w+|skip(?:s|ped)?)\b/i,
    question: 'What if it is still running when it starts again?',
    values: [],
    follows: () => '',
    usual: [
      ['the new run is skipped', 'Needs a lock that a crashed run loses.'],
      ['both run', 'Each record has to be taken by one of them only.'],
    ],
  },
  {
    name: 'observability',
    weight: { job: 5, integration: 4, payment: 4, other: 2 },
    filled: /\b(?:log(?:s|ged|ging)?\b(?! ?(?:in|out|on)\b)|metrics?|monitor\w*|alert\w*|trac(?:e|es|ing)|audit\w*|dashboards?)/i,
    question: 'How does somebody see that it works?',
    values: ['logger'],
    follows: (_, source) => `One line for each run or call, through ${source}; nobody is told.`,
    usual: [
      ['in the logs', 'One line for each run or call, with its outcome; nobody is told.'],
      ['an alarm when it fails', 'Needs a metric, a threshold, and somebody who is on call.'],
    ],
  },
  {
    name: 'accessibility',
    weight: { interface: 6 },
    when: SCREEN,
    filled: /\b(?:accessib\w+|wcag|screen readers?|keyboard|aria|contrast|a11y)\b/i,
    question: 'Which level of accessibility?',
    values: [],
    follows: () => '',
    usual: [
      ['WCAG 2.2 AA', 'Keyboard, contrast and labels are acceptance criteria and checked by a tool.'],
      ['as the rest of the application', 'Nothing new is promised; existing components are used.'],
    ],
  },
  {
    name: 'devices',
    isOfFeature: true,
    weight: { interface: 5 },
    when: SCREEN,
    filled: /\b(?:mobile|desktop|tablet|phones?|responsive|browsers?|ios|android|touch)\b/i,
    question: 'On which devices?',
    values: [],
    follows: () => '',
    usual: [
      ['desktop and phone', 'Every state is designed and tested in two widths.'],
      ['desktop only', 'Half the work; on phones it may look broken.'],
    ],
  },
  {
    name: 'performance',
    weight: { list: 4, export: 3, 'file-upload': 2, other: 3 },
    filled:
      /\b(?:within|under|below|less than|at most|faster than|no more than) \d+(?:\.\d+)?\s?(?:ms|milliseconds?|s|secs?|seconds?|minutes?)\b|\bp\d\d\b|\blatency\b|\bresponse time\b/i,
    question: 'How fast does it have to be, with how much data?',
    values: [],
    follows: () => '',
    usual: [
      ['95 of 100 answers within 500 ms', 'Needs indexes and a test with realistic data.'],
      ['no promise', 'Nothing is measured; slow is only found by users.'],
    ],
  },
  {
    name: 'scope',
    isOfFeature: true,
    weight: { other: 8 },
    filled:
      /\b(?:first (?:version|step|release)|mvp|out of scope|not (?:now|yet|included)|later|so (?:that|i|we|they|users|people)|because|in order to)\b/i,
    question: 'What is the smallest part of it that is of use?',
    values: [],
    follows: () => '',
    usual: [
      ['one screen or operation, for one role', 'Can be built and tried within days; the rest is a spec of its own.'],
      ['bought or integrated from a provider', 'Little is built; needs a contract, a data agreement, and an adapter.'],
      ['all of it', 'Has to be split before anybody can estimate it.'],
    ],
  },
];
