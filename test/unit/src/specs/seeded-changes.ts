/**
 * Changes of specs whose answer is known by how they are made: what is drawn is what a limit, promise, list or sentence means, and
 * the texts are written from that. Nothing here knows how the product compares.
 */
export interface SeededChange {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly bump: 'none' | 'patch' | 'minor' | 'major';
}

/** Mulberry32: the same numbers for the same seed, everywhere. */
export function randomOf(seed: number): { below(n: number): number; one<T>(list: readonly T[]): T } {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return { below, one: (list) => list[below(list.length)]! };
}
type Random = ReturnType<typeof randomOf>;

/** What may be done at all by those who use the system: less of it breaks them. `up` says which way lets them do more. */
const LIMITS: readonly { readonly text: (n: number) => string; readonly up: boolean; readonly from: number; readonly step: number }[] = [
  { text: (n) => `File size must be less than ${n}MB.`, up: true, from: 5, step: 3 },
  { text: (n) => `The UploadService shall accept files of at most ${n} MB.`, up: true, from: 10, step: 4 },
  { text: (n) => `When a user uploads a file of at most ${n} MB, the UploadService shall store it.`, up: true, from: 8, step: 2 },
  {
    text: (n) => `If the file is larger than ${n} MB, then the UploadService shall reject it with status 413.`,
    up: true,
    from: 6,
    step: 2,
  },
  { text: (n) => `Passwords must have at least ${n} characters.`, up: false, from: 10, step: 2 },
  { text: (n) => `The title of a photo must not exceed ${n} characters.`, up: true, from: 80, step: 20 },
  { text: (n) => `The GatewayService shall limit each client to ${n} requests per minute.`, up: true, from: 100, step: 40 },
  { text: (n) => `While a cart holds no more than ${n} items, the CartService shall accept further items.`, up: true, from: 50, step: 10 },
  { text: (n) => `If the buyer is younger than ${n} years, then the ShopService shall decline the order.`, up: false, from: 18, step: 2 },
  { text: (n) => `If more than ${n} sign-ins fail, then the AccountService shall lock the account.`, up: true, from: 5, step: 2 },
  { text: (n) => `The maximum number of attachments is ${n} files.`, up: true, from: 6, step: 2 },
];

/** What the system owes: less of it breaks those who rely on it. `up` says which way it owes more. */
const PROMISES: readonly { readonly text: (n: number) => string; readonly up: boolean; readonly from: number; readonly step: number }[] = [
  { text: (n) => `Image processing (resizing) must complete within ${n} seconds.`, up: false, from: 4, step: 1 },
  { text: (n) => `When a buyer searches, the SearchService shall answer in less than ${n} ms.`, up: false, from: 300, step: 100 },
  { text: (n) => `p95 upload latency is below ${n} s.`, up: false, from: 3, step: 1 },
  { text: (n) => `The CartService shall keep carts for at least ${n} days.`, up: true, from: 30, step: 10 },
  { text: (n) => `The SearchService shall handle at least ${n} requests per second.`, up: true, from: 200, step: 50 },
  { text: (n) => `The PaymentService shall be available at least ${n} % of the time.`, up: true, from: 95, step: 2 },
  { text: (n) => `If a delivery fails, then the MailService shall retry it at least ${n} times.`, up: true, from: 4, step: 1 },
  { text: (n) => `No more than ${n} % of uploads fail.`, up: false, from: 3, step: 1 },
  { text: (n) => `The error rate must stay under ${n} %.`, up: false, from: 4, step: 1 },
  { text: (n) => `After an outage the OrderService shall recover within ${n} minutes.`, up: false, from: 20, step: 5 },
];

const FORMATS = ['PNG', 'JPG', 'GIF', 'WEBP', 'TIFF', 'BMP', 'SVG'];
const LISTS: readonly ((list: string) => string)[] = [
  (list) => `Supports ${list} formats.`,
  (list) => `The UploadService shall accept ${list} files.`,
  (list) => `When a user uploads a ${list.replace(' and ', ' or ')} file, the UploadService shall store it.`,
];
const listed = (items: readonly string[]): string =>
  items.length === 1 ? items[0]! : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

const DUTIES = ['store the file', 'return its URL', 'notify the owner', 'write an audit entry', 'start a virus scan', 'create a thumbnail'];
const TRIGGERS = [
  'When a user uploads a file, the UploadService shall',
  'While a user is signed in, the UploadService shall',
  'The UploadService shall',
];

/** Pairs that mean the same to any reader. */
export const PARAPHRASES: readonly (readonly [string, string])[] = [
  ['Displays a preview before uploading.', 'Shows a preview prior to uploading.'],
  ['Shows a progress bar during upload.', 'A progress bar is shown during the upload.'],
  ['File size must be less than 5MB.', 'The size of the file must be below 5 MB.'],
  ['File size must be less than 5MB.', 'The file size must not exceed 5 MB.'],
  ['Requires authenticated user session.', 'Requires an authenticated session of the user.'],
  ['Image processing must complete within 2 seconds.', 'Image processing must finish within 2000 ms.'],
  ['The CartService shall keep carts for at least 14 days.', 'The CartService shall keep carts for no less than two weeks.'],
  [
    'If the card is declined, then the PaymentService shall notify the buyer.',
    'The PaymentService shall notify the buyer if the card is declined.',
  ],
  ['When a buyer pays, the OrderService shall send a receipt.', 'The OrderService shall send a receipt when a buyer pays.'],
  ['The UploadService shall reject files larger than 5 MB.', 'The UploadService shall refuse files bigger than 5 MB.'],
  ['The OrderService shall store the order and send a receipt.', 'The OrderService shall save the order and send a receipt.'],
  ['The AccountService shall delete the account after 30 days.', 'The AccountService shall remove the account after 30 days.'],
  ['The SearchService shall return at most 50 results.', 'The SearchService shall return no more than 50 results.'],
  ['The SearchService shall return at most 50 results.', 'The SearchService shall return up to 50 results.'],
  ['p95 upload latency is below 2 s.', 'The p95 upload latency is under 2 seconds.'],
  ['When a user signs in, the AccountService shall create a session.', 'When a user logs in, the AccountService shall create a session.'],
  ['The MailService must deliver each message.', 'The MailService shall deliver every message.'],
  ['Supports PNG, JPG formats.', 'Supports the formats JPG and PNG.'],
  ['Log upload events with the ID of the user.', 'Log upload events with the user ID.'],
  [
    'If a file exceeds 5 MB, then the UploadService shall answer with status 413.',
    'If a file is larger than 5 MB, the UploadService shall respond with status 413.',
  ],
  ['The CartService shall show the number of items.', 'The CartService shall display the number of items.'],
  ['The ReportService shall produce a report each day.', 'The ReportService shall generate a report every day.'],
  ['The PaymentService shall not store card numbers.', 'The PaymentService shall never store card numbers.'],
  ['Users can cancel an order before it is shipped.', 'A user can cancel an order before it is shipped.'],
  ['The ShopService shall check the stock before it takes an order.', 'Before it takes an order, the ShopService shall check the stock.'],
  ['The AuditService shall keep entries for 1 year.', 'The AuditService shall retain entries for 1 year.'],
  ['Passwords must have at least 12 characters.', 'Passwords must have a minimum of 12 characters.'],
  ['While the queue is full, the UploadService shall decline uploads.', 'While the queue is full, the UploadService shall reject uploads.'],
  ['The system shall encrypt all pictures at rest.', 'All pictures shall be encrypted at rest.'],
  [
    'When the payment fails, the OrderService shall inform the buyer by email.',
    'When the payment fails, the OrderService shall notify the buyer by e-mail.',
  ],
];

/** Pairs that mean something else to any reader, though most words are the same. */
export const OTHER_MEANINGS: readonly (readonly [string, string])[] = [
  ['The CartService shall keep the cart.', 'The CartService shall not keep the cart.'],
  ['The CartService shall keep the cart.', 'The CartService shall delete the cart.'],
  ['Displays a preview before uploading.', 'Displays a preview after uploading.'],
  ['The OrderService shall notify the buyer.', 'The OrderService shall notify the seller.'],
  ['The OrderService shall store the order.', 'The CartService shall store the order.'],
  ['The UploadService shall answer with status 413.', 'The UploadService shall answer with status 400.'],
  ['The AccountService shall encrypt passwords.', 'The AccountService shall export passwords.'],
  ['When a buyer pays, the OrderService shall send a receipt.', 'When a buyer pays, the OrderService shall send a reminder.'],
  ['When a buyer pays, the OrderService shall send a receipt.', 'When a buyer cancels, the OrderService shall send a receipt.'],
  ['The SearchService shall sort results by price.', 'The SearchService shall sort results by name.'],
  ['The file name must be unique within an album.', 'The file name must be unique within an account.'],
  ['The MailService shall send a message to each follower.', 'The MailService shall send a message to no follower.'],
  ['Scan for malware upon upload.', 'Scan for duplicates upon upload.'],
  ['The ReportService shall run at night.', 'The ReportService shall run at noon.'],
  ['The ShopService shall show prices with taxes.', 'The ShopService shall show prices without taxes.'],
];

const spec = (acceptance: readonly string[], more = ''): string =>
  `feature: checkout\nspecVersion: "1.0"\nowner: payments\ndescription: As a buyer, I want to pay for my cart so that it is sent to me.\nacceptance:\n${acceptance.join('')}${more}`;
const item = (id: string, text: string, more = ''): string => `  - id: ${id}\n    text: ${JSON.stringify(text)}\n${more}`;
const OTHER = item('AC-9', 'The LedgerService shall book each payment.');

type Maker = (random: Random) => Omit<SeededChange, 'name'>;

const pair = (before: string, after: string, bump: SeededChange['bump']): Omit<SeededChange, 'name'> => ({
  before: spec([item('AC-1', before), OTHER]),
  after: spec([item('AC-1', after), OTHER]),
  bump,
});

const MAKERS: Readonly<Record<string, Maker>> = {
  'a limit is moved': (random) => {
    const { text, up, from, step } = random.one(LIMITS);
    const isUp = random.below(2) === 0;
    return pair(text(from), text(from + (isUp ? step : -step)), isUp === up ? 'minor' : 'major');
  },
  'a promise is moved': (random) => {
    const { text, up, from, step } = random.one(PROMISES);
    const isUp = random.below(2) === 0;
    return pair(text(from), text(from + (isUp ? step : -step)), isUp === up ? 'minor' : 'major');
  },
  'a list gets longer or shorter': (random) => {
    const start = random.below(3);
    const items = FORMATS.slice(start, start + 2 + random.below(3));
    const text = random.one(LISTS);
    const isLonger = random.below(2) === 0;
    const [short, long] = [text(listed(items.slice(0, -1))), text(listed(items))];
    return isLonger ? pair(short, long, 'minor') : pair(long, short, 'major');
  },
  'a duty is added or taken away': (random) => {
    const start = random.below(3);
    const duties = DUTIES.slice(start, start + 2 + random.below(2));
    const trigger = random.one(TRIGGERS);
    const [less, more] = [`${trigger} ${listed(duties.slice(0, -1))}.`, `${trigger} ${listed(duties)}.`];
    return random.below(2) === 0 ? pair(less, more, 'minor') : pair(more, less, 'major');
  },
  'other words': (random) => {
    const [a, b] = random.one(PARAPHRASES);
    return random.below(2) === 0 ? pair(a, b, 'patch') : pair(b, a, 'patch');
  },
  'another meaning': (random) => {
    const [a, b] = random.one(OTHER_MEANINGS);
    return random.below(2) === 0 ? pair(a, b, 'major') : pair(b, a, 'major');
  },
  'a condition is added or taken away': (random) => {
    const duty = random.one(DUTIES);
    const [always, sometimes] = [`The UploadService shall ${duty}.`, `While the user is signed in, the UploadService shall ${duty}.`];
    return random.below(2) === 0 ? pair(always, sometimes, 'major') : pair(sometimes, always, 'minor');
  },
  'a criterion is added': (random) => {
    const text = `${random.one(TRIGGERS)} ${random.one(DUTIES)}.`;
    return {
      before: spec([OTHER]),
      after: spec(random.below(2) === 0 ? [OTHER, item('AC-2', text)] : [item('AC-2', text), OTHER]),
      bump: 'minor',
    };
  },
  'a refusal is added': (random) => {
    const { text, from } = random.one(LIMITS.slice(0, 5).filter((_, index) => index === 0 || index === 3));
    return { before: spec([OTHER]), after: spec([OTHER, item('AC-2', text(from))]), bump: 'major' };
  },
  'a criterion is removed': (random) => {
    const text = `${random.one(TRIGGERS)} ${random.one(DUTIES)}.`;
    return { before: spec([item('AC-2', text), OTHER]), after: spec([OTHER]), bump: 'major' };
  },
  'obliges more or less': (random) => {
    const duty = random.one(DUTIES);
    const [must, should] = [`The UploadService shall ${duty}.`, `The UploadService should ${duty}.`];
    return random.below(2) === 0 ? pair(should, must, 'minor') : pair(must, should, 'major');
  },
  'a priority is moved': (random) => {
    const text = `${random.one(TRIGGERS)} ${random.one(DUTIES)}.`;
    const of = (priority: string): string => spec([item('AC-1', text, `    priority: ${priority}\n`), OTHER]);
    return random.below(2) === 0
      ? { before: of('should'), after: of('must'), bump: 'minor' }
      : { before: of('must'), after: of('could'), bump: 'major' };
  },
  'a measure is moved': (random) => {
    const value = 2 + random.below(5);
    const of = (bound: number): string =>
      spec(
        [OTHER],
        `nfrs:\n  performance:\n    - id: NFR-P1\n      text: Uploads are quick enough.\n      measure: { metric: upload, op: "<", value: ${bound}, unit: s, percentile: 95 }\n`,
      );
    const isUp = random.below(2) === 0;
    return { before: of(value), after: of(value + (isUp ? 1 : -1)), bump: isUp ? 'major' : 'minor' };
  },
  'a measure in another unit': (random) => {
    const value = 2 + random.below(5);
    const of = (bound: string): string =>
      spec(
        [OTHER],
        `nfrs:\n  performance:\n    - id: NFR-P1\n      text: Uploads are quick enough.\n      measure: { metric: upload, op: "<", ${bound} }\n`,
      );
    return { before: of(`value: ${value}, unit: s`), after: of(`value: ${value * 1000}, unit: ms`), bump: 'patch' };
  },
  'form alone': (random) => {
    const text = `${random.one(TRIGGERS)} ${random.one(DUTIES)}.`;
    const before = spec([item('AC-1', text), OTHER]);
    const after = random.one([
      spec([OTHER, item('AC-1', text)]),
      spec([`  # mind this\n  - { text: ${JSON.stringify(text)}, id: AC-1 }\n`, OTHER]),
      spec([`  - text: >-\n      ${text.replace(' shall ', ' shall\n      ')}\n    id: AC-1\n`, OTHER]),
      spec([item('AC-1', text, '    verify:\n      - { kind: test, ref: "test:test/upload.test.ts" }\n'), OTHER]),
      before.replace('owner: payments', 'owner: { team: payments }'),
      before.replace('specVersion: "1.0"', 'specVersion: "1.1"'),
    ]);
    return { before, after, bump: 'none' };
  },
  'a dependency or scope': (random) => {
    const [without, with_] = [
      spec([OTHER]),
      spec([OTHER], random.one(['dependencies:\n  - "Ledger: books it"\n', 'outOfScope:\n  - Refunds of gifts.\n'])),
    ];
    return random.below(2) === 0 ? { before: without, after: with_, bump: 'minor' } : { before: with_, after: without, bump: 'minor' };
  },
  'several at once': (random) => {
    const [a, b] = random.one(PARAPHRASES);
    const { text, up, from, step } = random.one(LIMITS);
    const [low, high] = up ? [text(from - step), text(from)] : [text(from + step), text(from)];
    const isMajor = random.below(2) === 0;
    return {
      before: spec([item('AC-1', a), item('AC-2', isMajor ? high : low)]),
      after: spec([item('AC-2', isMajor ? low : high), item('AC-1', b)]),
      bump: isMajor ? 'major' : 'minor',
    };
  },
};

export function seededChanges(count: number, seed: number): readonly SeededChange[] {
  const random = randomOf(seed);
  const makers = Object.entries(MAKERS);
  return Array.from({ length: count }, (_, index) => {
    const [name, make] = makers[index % makers.length]!;
    return { name, ...make(random) };
  });
}
