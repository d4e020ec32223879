/** Places that data can be in, each with what it is within. A data file: add lines, not code. */
const WITHIN: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    'austria belgium bulgaria croatia cyprus czechia denmark estonia finland france germany greece hungary ireland italy latvia lithuania luxembourg malta netherlands poland portugal romania slovakia slovenia spain sweden'
      .split(' ')
      .map((name) => [name, 'eu']),
  ),
  eu: 'eea',
  norway: 'eea',
  iceland: 'eea',
  liechtenstein: 'eea',
  eea: 'europe',
  switzerland: 'europe',
  uk: 'europe',
  ukraine: 'europe',
  serbia: 'europe',
  europe: 'world',
  us: 'world',
  canada: 'world',
  china: 'world',
  india: 'world',
  japan: 'world',
  singapore: 'world',
  australia: 'world',
  brazil: 'world',
  russia: 'world',
  israel: 'world',
  'south korea': 'world',
  'south africa': 'world',
  mexico: 'world',
  uae: 'world',
  'hong kong': 'china',
  philippines: 'world',
  vietnam: 'world',
  turkey: 'world',
  ...Object.fromEntries(
    'virginia oregon ohio california texas iowa utah nevada washington montana illinois florida georgia-us carolina arizona'
      .split(' ')
      .map((name) => [name, 'us']),
  ),
  frankfurt: 'germany',
  berlin: 'germany',
  munich: 'germany',
  hamburg: 'germany',
  nuremberg: 'germany',
  falkenstein: 'germany',
  dublin: 'ireland',
  paris: 'france',
  amsterdam: 'netherlands',
  stockholm: 'sweden',
  milan: 'italy',
  madrid: 'spain',
  warsaw: 'poland',
  vienna: 'austria',
  helsinki: 'finland',
  brussels: 'belgium',
  london: 'uk',
  zurich: 'switzerland',
  geneva: 'switzerland',
  oslo: 'norway',
  mumbai: 'india',
  bangalore: 'india',
  hyderabad: 'india',
  tokyo: 'japan',
  sydney: 'australia',
  toronto: 'canada',
  montreal: 'canada',
  dallas: 'texas',
  chicago: 'illinois',
  seattle: 'washington',
  'new york': 'us',
  'san francisco': 'california',
  ashburn: 'virginia',
  manila: 'philippines',
  shanghai: 'china',
  beijing: 'china',
  'sao paulo': 'brazil',
  'eu-central-1': 'germany',
  'eu-west-1': 'ireland',
  'eu-west-2': 'uk',
  'eu-west-3': 'france',
  'eu-north-1': 'sweden',
  'eu-south-1': 'italy',
  'eu-south-2': 'spain',
  'eu-central-2': 'switzerland',
  westeurope: 'netherlands',
  northeurope: 'ireland',
  germanywestcentral: 'germany',
  francecentral: 'france',
  uksouth: 'uk',
  swedencentral: 'sweden',
  eastus: 'virginia',
  eastus2: 'virginia',
  westus: 'california',
  westus2: 'washington',
  centralus: 'iowa',
  'europe-west1': 'belgium',
  'europe-west3': 'germany',
  'europe-west4': 'netherlands',
  'europe-north1': 'finland',
  'us-central1': 'iowa',
  'us-east1': 'carolina',
  'us-west1': 'oregon',
  'us-east4': 'virginia',
};
const ALSO: Readonly<Record<string, string>> = {
  'european union': 'eu',
  'the union': 'eu',
  'united states': 'us',
  usa: 'us',
  'u.s.': 'us',
  america: 'us',
  american: 'us',
  'united kingdom': 'uk',
  britain: 'uk',
  england: 'uk',
  'new jersey': 'us',
  'northern virginia': 'virginia',
  german: 'germany',
  swiss: 'switzerland',
  french: 'france',
  dutch: 'netherlands',
  irish: 'ireland',
  european: 'europe',
  indian: 'india',
  canadian: 'canada',
  chinese: 'china',
};
const REGION = /\b(us|eu|ap|ca|sa|me|af|il|cn|us-gov)-(?:north|south|east|west|central|northeast|southeast|northwest|southwest)(?:-\d)\b/g;
const PREFIX: Readonly<Record<string, string>> = {
  us: 'us',
  'us-gov': 'us',
  eu: 'europe',
  ap: 'asia',
  ca: 'canada',
  sa: 'brazil',
  me: 'uae',
  af: 'south africa',
  il: 'israel',
  cn: 'china',
};
const NAMES = new RegExp(
  `(?<![\\w-])(?:${[...Object.keys(WITHIN), ...Object.keys(ALSO)]
    .toSorted((a, b) => b.length - a.length)
    .map((name) => name.replaceAll('.', '\\.'))
    .join('|')})(?![\\w-])`,
  'g',
);
/** Words that are places only with a capital. */
const CAPITAL = new Set(['us', 'turkey', 'china', 'georgia-us', 'washington', 'the union']);

/** Places that a text names, in order. */
export function placesIn(text: string): readonly string[] {
  const found: string[] = [];
  for (const match of text.toLowerCase().matchAll(NAMES)) {
    const written = text.slice(match.index, match.index + match[0].length);
    if (CAPITAL.has(match[0]) && (match[0] === 'us' ? written !== 'US' : !/^[A-Z]/.test(written))) continue;
    found.push(ALSO[match[0]] ?? match[0]);
  }
  for (const { 0: region, 1: prefix = '' } of text.toLowerCase().matchAll(REGION))
    if (!Object.hasOwn(WITHIN, region)) found.push(PREFIX[prefix] ?? 'world');
  return [...new Set(found)];
}

/** A place and all that it is within. */
export function around(place: string): readonly string[] {
  const chain = [place];
  for (let at: string | undefined = WITHIN[place]; at !== undefined && !chain.includes(at); at = WITHIN[at]) chain.push(at);
  return chain;
}
