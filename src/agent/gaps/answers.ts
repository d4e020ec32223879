/**
 * What an answer to the question of a slot demands, as it stands behind `shall`. `{it}` is what the requirement is about, `{do}` what it
 * has somebody do, `{value}` the answer. Where a template is empty, the answer is about the work and demands nothing of the system.
 */
interface Answered {
  /** Of the usual answers, by their value. */
  readonly usual: Readonly<Record<string, string>>;
  /** Of a value that the system has elsewhere; where absent as any other. */
  readonly found?: string;
  /** Of any other answer, a word or two of who answers. Without a template such an answer is quoted. */
  readonly other?: string;
  /** How such answers are put into the template: what stands in its place. */
  readonly shapes?: Shapes;
}

type Shapes = readonly (readonly [pattern: RegExp, instead: string])[];

const less = (pattern: RegExp): Shapes => [[pattern, '']];
const MOST = less(/^(?:at most|no more than|not more than|max(?:imum)?\.?|up to|<=?|≤)\s+/i);

/** By the name of a slot. A slot has an entry, and each of its usual answers a template. */
export const ANSWERS: Readonly<Record<string, Answered>> = {
  permission: {
    other: 'let only {value} {do}',
    shapes: [
      [/^(?:only|just)\s+/i, ''],
      [/^(?:everybody|everyone|anybody|anyone) who is\b/i, 'people who are'],
      [/^the role\b/i, 'users with the role'],
    ],
    usual: {
      'everybody who is signed in': 'let only people who are signed in {do}',
      'only the one it belongs to': 'let only the one it belongs to {do}',
      'only administrators': 'let only administrators {do}',
    },
  },
  'size-limit': {
    other: 'refuse files larger than {value}',
    shapes: MOST,
    usual: {
      '5 MB': 'refuse files larger than 5 MB',
      '25 MB': 'refuse files larger than 25 MB',
      '100 MB and more': 'accept files of 100 MB and more',
    },
  },
  formats: {
    other: 'accept {value} only',
    shapes: less(/^only\s+|\s+only$/i),
    usual: { 'PNG, JPEG, WebP, PDF': 'accept PNG, JPEG, WebP and PDF only', 'any format': 'accept files of any format' },
  },
  'export-format': {
    other: 'write the export as {value}',
    shapes: less(/^as\s+/i),
    usual: { CSV: 'write the export as CSV', Excel: 'write the export as Excel', PDF: 'write the export as PDF' },
  },
  method: {
    other: 'let people prove who they are with {value}',
    shapes: less(/^(?:with|by)\s+/i),
    usual: {
      'a code of an authenticator app (TOTP)': 'let people prove who they are with a code of an authenticator app (TOTP)',
      'a code or link by mail': 'let people prove who they are with a code or link by mail',
      'a passkey': 'let people prove who they are with a passkey',
    },
  },
  deletion: {
    found: 'mark {it} as deleted{value}',
    shapes: less(/^marked as deleted/i),
    usual: {
      'gone at once': 'delete {it} at once and for good',
      'marked as deleted, removed after 30 days': 'mark {it} as deleted, and remove it after 30 days',
      anonymised: 'anonymise {it}',
    },
  },
  cascade: {
    usual: {
      'it is deleted as well': 'delete what belongs to {it} as well',
      'it stays, without its owner': 'keep what belongs to {it}, without its owner',
      'it stays, without the reference': 'keep what belongs to {it}, without the reference',
      'deleting is refused while there is any': 'refuse deleting {it} while anything belongs to it',
    },
  },
  trigger: {
    found: '{do} upon {value}',
    usual: {
      'at once, when it happens': '{do} at once, when it happens',
      'once a day, for all since the last time': '{do} once a day, for all since the last time',
      'when somebody asks for it': '{do} when somebody asks for it',
    },
  },
  channel: {
    found: 'tell people through {value}',
    other: 'tell people by {value}',
    shapes: less(/^by\s+/i),
    usual: { 'e-mail': 'tell people by e-mail', 'in the application': 'tell people in the application', push: 'tell people by push' },
  },
  'opt-out': {
    usual: { 'yes, each for themselves': 'let people turn it off, each for themselves', 'no, it is part of the service': '' },
  },
  failure: {
    found: 'try again ({value}), then give up and log it',
    usual: {
      'the caller gets an error and nothing is kept': 'give the caller an error and keep nothing',
      'it is tried again, 3 times with growing pauses': 'try again, 3 times with growing pauses',
      'it goes on without, and somebody is told': 'go on without, and tell somebody',
      'it is tried again for a day, then given up and logged': 'try again for a day, then give up and log it',
      'it is sent once, whatever becomes of it': 'send it once, whatever becomes of it',
      'it is shown in the application as well': 'show it in the application as well',
      'nothing is booked, and the customer may try again': 'book nothing, and let the customer try again',
      'it waits, and is settled when the provider answers': 'wait, and settle it when the provider answers',
      'wrong records are left out and reported, the rest goes on': 'leave out and report wrong records, and go on with the rest',
      'all or nothing': 'change nothing at all',
      'it goes on where it broke off': 'go on where it broke off',
      'the reason is shown and nothing is kept': 'show the reason and keep nothing',
      'a broken upload can be resumed': 'let a broken upload be resumed',
    },
  },
  idempotency: {
    found: 'recognise the second one by {value}',
    usual: {
      'the second one changes nothing': 'change nothing the second time',
      'it is refused': 'refuse the second one',
      'it counts as another one': 'count it as another one',
    },
  },
  concurrency: {
    found: 'refuse the later one ({value})',
    usual: { 'the last one wins': 'keep what the last one wrote', 'the later one is refused': 'refuse the later one' },
  },
  'length-limit': {
    other: 'accept at most {value}',
    shapes: MOST,
    usual: {
      '255 characters': 'accept at most 255 characters',
      '5,000 characters': 'accept at most 5,000 characters',
      'no limit but that of a request': '',
    },
  },
  'page-size': {
    other: 'show at most {value} at once',
    shapes: MOST,
    usual: { '20 per page': 'show at most 20 per page', 'all of them': 'show all of them at once' },
  },
  order: {
    other: 'sort {it} by {value}',
    shapes: less(/^by\s+/i),
    usual: {
      'newest first': 'show the newest first',
      'by relevance': 'sort {it} by relevance',
      'as the user chooses': 'sort {it} as the user chooses',
    },
  },
  'row-limit': {
    other: 'export at most {value} in one go',
    shapes: MOST,
    usual: {
      '10,000 rows, answered at once': 'export at most 10,000 rows in one go, answered at once',
      'everything, made in the background': 'make the export in the background, with everything in it',
    },
  },
  'personal-data': {
    usual: {
      'no personal data': 'leave personal data out',
      'yes, for those who may see it anyway': 'give personal data only to those who may see it anyway',
      'yes, masked': 'mask personal data',
    },
  },
  retention: {
    other: 'keep {it} for {value}',
    shapes: less(/^for\s+/i),
    usual: {
      'as long as what it belongs to': 'keep {it} as long as what it belongs to is there',
      '30 days': 'keep {it} for 30 days',
      'for ever': 'keep {it} for ever',
    },
  },
  expiry: {
    other: 'keep {it} valid for {value}',
    shapes: less(/^for\s+/i),
    usual: {
      '15 minutes': 'keep {it} valid for 15 minutes',
      '24 hours': 'keep {it} valid for 24 hours',
      'until it is revoked': 'keep {it} valid until it is revoked',
    },
  },
  attempts: {
    found: 'limit how often it may be tried ({value})',
    usual: {
      '5 times in 15 minutes per account': 'let it be tried at most 5 times in 15 minutes per account',
      'limited per address only': 'limit how often it may be tried per address only',
    },
  },
  'rate-limit': {
    other: 'allow at most {value}',
    shapes: MOST,
    usual: { '60 a minute per client': 'allow at most 60 calls a minute per client', 'no limit': '' },
  },
  authentication: {
    other: 'authenticate callers with {value}',
    shapes: [
      [/^(?:with|by)\s+/i, ''],
      [/^everybody who is signed in \((.+)\)$/i, '$1'],
    ],
    usual: {
      'a key per client': 'know each client by a key of its own',
      'signed messages': 'exchange signed messages only',
      'OAuth 2': 'authenticate callers with OAuth 2',
    },
  },
  currency: {
    other: 'book amounts in {value}',
    shapes: less(/^in\s+/i),
    usual: {
      'one currency, taxes included': 'book amounts in one currency, taxes included',
      'the currency of the customer': 'book amounts in the currency of the customer',
    },
  },
  reversal: {
    usual: {
      'by support, by hand': 'let support undo it by hand',
      'by the customer, within 14 days': 'let the customer undo it within 14 days',
    },
  },
  overlap: { usual: { 'the new run is skipped': 'skip the new run', 'both run': 'let both run' } },
  observability: {
    other: 'show that it works in {value}',
    shapes: less(/^in\s+/i),
    usual: { 'in the logs': 'show in the logs whether it works', 'an alarm when it fails': 'raise an alarm when it fails' },
  },
  accessibility: {
    other: 'meet {value}',
    usual: {
      'WCAG 2.2 AA': 'meet WCAG 2.2 AA',
      'as the rest of the application': 'be as accessible as the rest of the application',
    },
  },
  devices: {
    other: 'work on {value}',
    shapes: less(/^on\s+/i),
    usual: { 'desktop and phone': 'work on desktop and phone', 'desktop only': 'work on desktop only' },
  },
  performance: {
    other: 'answer within {value}',
    shapes: less(/^(?:within|in|under|at most)\s+/i),
    usual: { '95 of 100 answers within 500 ms': 'give 95 of 100 answers within 500 ms', 'no promise': '' },
  },
  scope: {
    other: '',
    usual: {
      'one screen or operation, for one role': '',
      'bought or integrated from a provider': '',
      'all of it': '',
    },
  },
};

/** Longest answer that a template takes in, in words: what is longer says more than a value. */
const LONGEST = 9;

/** What a template is filled with. */
export interface Filling {
  readonly value: string;
  /** The system has it elsewhere, and it was one of the options. */
  readonly isFound: boolean;
  readonly it: string;
  /** What somebody does, its verb in the plain form; absent where nothing tells. */
  readonly deed?: string;
}

/** What an answer demands: undefined where no template fits it, empty where it demands nothing of the system. */
export function demandOfAnswer(slot: string, { value, isFound, it, deed }: Filling): string | undefined {
  const known = ANSWERS[slot];
  const said = value.trim().replace(/[.]$/, '');
  const [, ref, sentence] = isFound ? (/^as (\S+) says: "(.+)"$/s.exec(said) ?? []) : [];
  if (ref !== undefined && sentence !== undefined) return `keep to ${ref}: ${sentence.replace(/[.]$/, '')}`;
  const isValue = said.split(/\s+/).length <= LONGEST && !/[.!?;:]\s/.test(said);
  const template = known?.usual[said] ?? (isFound ? (known?.found ?? known?.other) : isValue ? known?.other : undefined);
  if (template === undefined || (template.includes('{do}') && deed === undefined)) return undefined;
  const put = (known?.shapes ?? []).reduce((text, [pattern, instead]) => text.replace(pattern, instead), said);
  return template
    .replaceAll('{it}', () => it)
    .replace('{do}', () => deed ?? '')
    .replace('{value}', () => put);
}
