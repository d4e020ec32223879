/** Closed lists that people name by words and contracts by codes: languages, countries, currencies, formats, channels. */
export type Category = 'language' | 'country' | 'currency' | 'format' | 'channel';

const REGIONS = codes('A'.charCodeAt(0), 2);
const named = (type: 'language' | 'region' | 'currency', all: readonly string[]): readonly (readonly [string, string])[] => {
  const names = new Intl.DisplayNames(['en'], { type, fallback: 'none' });
  return all.flatMap((code) => {
    const name = names.of(code);
    return name === undefined || name.toLowerCase() === code.toLowerCase()
      ? []
      : [[name.toLowerCase().replace(/\s*\(.*\)$/, ''), code] as const];
  });
};

function codes(first: number, length: number): readonly string[] {
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(first + index));
  return length === 1 ? letters : letters.flatMap((letter) => codes(first, length - 1).map((rest) => letter + rest));
}

const LANGUAGES = new Map(
  named(
    'language',
    REGIONS.map((code) => code.toLowerCase()),
  ),
);
const COUNTRIES = new Map([
  ...named('region', REGIONS),
  ...Object.entries({
    usa: 'US',
    america: 'US',
    'the states': 'US',
    britain: 'GB',
    england: 'GB',
    uk: 'GB',
    holland: 'NL',
    'czech republic': 'CZ',
    turkey: 'TR',
    'south korea': 'KR',
    'the netherlands': 'NL',
  }),
]);
/** Territories whose names are words, or names of people. */
const NO_COUNTRIES = new Set(['jersey', 'guernsey', 'jordan', 'chad', 'georgia', 'world', 'european union', 'eurozone', 'united nations']);
const NO_LANGUAGES = new Set(['no', 'interlingua', 'interlingue', 'ido', 'latin', 'avestan', 'root']);
const CURRENCIES = new Map([
  ...(typeof Intl.supportedValuesOf === 'function' ? named('currency', Intl.supportedValuesOf('currency')) : []),
  ...Object.entries({
    euro: 'EUR',
    euros: 'EUR',
    dollar: 'USD',
    dollars: 'USD',
    'us dollars': 'USD',
    pound: 'GBP',
    pounds: 'GBP',
    sterling: 'GBP',
    franc: 'CHF',
    francs: 'CHF',
    'swiss francs': 'CHF',
    yen: 'JPY',
    zloty: 'PLN',
    kronor: 'SEK',
    kroner: 'DKK',
    yuan: 'CNY',
    rupees: 'INR',
  }),
]);
const CURRENCY_CODES = new Set(CURRENCIES.values());
const CHANNELS: Readonly<Record<string, string>> = {
  ...{
    sms: 'sms',
    'text message': 'sms',
    'text messages': 'sms',
    email: 'email',
    'e-mail': 'email',
    'e-mails': 'email',
    mail: 'email',
    push: 'push',
    'push notification': 'push',
    'push notifications': 'push',
  },
  ...{
    whatsapp: 'whatsapp',
    telegram: 'telegram',
    signal: 'signal',
    slack: 'slack',
    letter: 'letter',
    fax: 'fax',
    phone: 'phone',
    'phone call': 'phone',
    call: 'phone',
    voice: 'phone',
    messenger: 'messenger',
    post: 'letter',
    webhook: 'webhook',
    viber: 'viber',
  },
};
const FORMATS: Readonly<Record<string, string>> = {
  ...{
    png: 'png',
    jpg: 'jpeg',
    jpeg: 'jpeg',
    gif: 'gif',
    webp: 'webp',
    svg: 'svg',
    'svg+xml': 'svg',
    heic: 'heic',
    avif: 'avif',
    tif: 'tiff',
    tiff: 'tiff',
    bmp: 'bmp',
    pdf: 'pdf',
    'pdf/a': 'pdf',
  },
  ...{
    csv: 'csv',
    tsv: 'tsv',
    xlsx: 'xlsx',
    xls: 'xlsx',
    excel: 'xlsx',
    'vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
    docx: 'docx',
    word: 'docx',
    'vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  },
  ...{
    json: 'json',
    xml: 'xml',
    yaml: 'yaml',
    html: 'html',
    markdown: 'markdown',
    zip: 'zip',
    mp3: 'mp3',
    mpeg: 'mp3',
    mp4: 'mp4',
    mov: 'mov',
    quicktime: 'mov',
    avi: 'avi',
    wav: 'wav',
    parquet: 'parquet',
    ics: 'ics',
    calendar: 'ics',
    odt: 'odt',
    ods: 'ods',
    epub: 'epub',
    ogg: 'ogg',
    gpx: 'gpx',
    geojson: 'geojson',
    dwg: 'dwg',
    dxf: 'dxf',
    txt: 'txt',
    plain: 'txt',
    protobuf: 'protobuf',
  },
};
const AMBIGUOUS_FORMATS = new Set(['word', 'plain', 'calendar', 'json', 'xml', 'html']);

const BY_NAME: readonly (readonly [Category, ReadonlyMap<string, string>])[] = [
  ['language', new Map([...LANGUAGES].filter(([name]) => !NO_LANGUAGES.has(name) && name.length > 3))],
  ['country', new Map([...COUNTRIES].filter(([name]) => !NO_COUNTRIES.has(name) && name.length > 1))],
  ['currency', CURRENCIES],
  ['format', new Map(Object.entries(FORMATS).filter(([name]) => !AMBIGUOUS_FORMATS.has(name) && !name.startsWith('vnd')))],
];

/** The members of a closed list that a text names. */
export function namedIn(text: string, category: Category): readonly string[] {
  if (category === 'channel') return listed(text, new Map(Object.entries(CHANNELS)));
  const names = BY_NAME.find(([name]) => name === category)?.[1] ?? new Map<string, string>();
  const found = listed(text, names);
  if (category === 'currency') found.push(...(text.match(/\b[A-Z]{3}\b/g) ?? []).filter((code) => CURRENCY_CODES.has(code)));
  return [...new Set(found)];
}

/** The words of a text that name members of a closed list. */
export function namesIn(text: string, category: Category): readonly string[] {
  const words = text.match(/[\p{L}+/]+/gu) ?? [];
  return words.filter((word) => namedIn(word, category).length > 0 || (category === 'currency' && /^(?:swiss|us|british)$/i.test(word)));
}

function listed(text: string, names: ReadonlyMap<string, string>): string[] {
  const words = text.toLowerCase().match(/[\p{L}+/]+(?:-[\p{L}]+)*/gu) ?? [];
  const found: string[] = [];
  for (let at = 0; at < words.length; at++)
    for (let length = 3; length >= 1; length--) {
      const phrase = words.slice(at, at + length).join(' ');
      const code = names.get(phrase) ?? names.get(phrase.replace(/s$/, ''));
      if (code === undefined || at + length > words.length) continue;
      found.push(code);
      at += length - 1;
      break;
    }
  return [...new Set(found)];
}

/** What a value of an enumeration stands for, and of which list it is; undefined for words of one's own. */
export function categoryOf(values: readonly string[], name: string): Category | undefined {
  const lower = name.toLowerCase();
  const all = (test: (value: string) => boolean): boolean => values.length > 0 && values.every(test);
  if (/currency|money/.test(lower) || all((value) => CURRENCY_CODES.has(value)))
    return all((value) => CURRENCY_CODES.has(value.toUpperCase())) ? 'currency' : undefined;
  if (/lang|locale/.test(lower)) return 'language';
  if (/countr|nation|region/.test(lower) && all((value) => /^[A-Z]{2}$/.test(value))) return 'country';
  if (/channel|notif|medium|contact|via/.test(lower) || all((value) => Object.hasOwn(CHANNELS, value.toLowerCase())))
    return all((value) => /^[a-z_-]+$/i.test(value)) ? 'channel' : undefined;
  if (/format|mime|contenttype|filetype|extension/.test(lower) || all((value) => Object.hasOwn(FORMATS, value.toLowerCase())))
    return 'format';
  return undefined;
}

/** A value of an enumeration as {@link namedIn} would name it. */
export function codeOf(value: string, category: Category): string {
  switch (category) {
    case 'language':
      return value.slice(0, 2).toLowerCase();
    case 'country':
    case 'currency':
      return value.toUpperCase();
    case 'channel':
      return CHANNELS[value.toLowerCase().replaceAll('_', ' ')] ?? value.toLowerCase();
    case 'format':
      return FORMATS[value.toLowerCase().replace(/^(?:image|application|text|video|audio|font)\//, '')] ?? value.toLowerCase();
  }
}
