import { stemmer } from 'stemmer';

/** Words that say nothing of what a sentence is about. */
const FILLER = new Set(
  (
    'a an the this that these those it its they them their there here is are be been being was were has have had do does did of to in on at by for from with as into onto out up off over ' +
    'and or but so then than which who whom whose what when if while where will shall must should may can could might would need needs needed want wants wanted like please let lets ' +
    'also always already only ever never no not nor neither nothing nobody none any all each every both either such same own other another one we us our you your he she his her i me my mine ' +
    'per via within between about after before during until once without through under above below more most less least many much few further very just even still again well yes ok ' +
    'system service application app feature function product platform software way thing things get gets got make makes made go goes gone take takes taken give gives given put puts use uses used using ' +
    'first last next new old able possible has able sure time times day days hour hours minute minutes second seconds week weeks month months year years at latest least exactly ' +
    'too not dont doesnt cant cannot wont isnt arent whether because since although though however therefore hence thus soon now today kind sort part whole come comes came say says said ' +
    'api rest http status whatever whoever somebody someone anybody anyone everybody everyone people person hi hello thanks really think idea currently right ' +
    'one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty hundred thousand zero half number numbers quarter dozen single exactly once twice ' +
    'inside outside nowhere elsewhere else everywhere everything something anything others themselves itself himself herself myself ourselves become becomes became around within ' +
    'know knows known afterwards afterward meanwhile later earlier sooner longer shorter larger smaller bigger higher lower better worse quickly fast full fully complete completely safely properly ' +
    'must shall whole entire certain various respective several both immediately directly automatically usually normally always ever whenever wherever whichever enough also too instead rather again decide decided read reads hear hears business ' +
    'start starts stay stays remain remains keep-on please today tomorrow yesterday morning evening night nightly early late long short far near own end ends over gone back actually simply'
  ).split(' '),
);

/** Words of software and business that mean the same; the first stands for the others. */
const SAME = [
  'photo picture image photograph pic snapshot',
  'reason why cause purpose',
  'login session signin sign-in logon authenticate authentication signed-in log-in',
  'account profile',
  'delete erase remove destroy purge wipe discard',
  'keep retain store save persist preserve retention',
  'show display present view see visible appear render',
  'send transmit dispatch',
  'notify notification inform alert remind reminder',
  'refuse reject decline deny forbid prohibit turn-away',
  'accept admit allow permit',
  'cancel cancellation abort call-off',
  'staff employee worker personnel',
  'buyer shopper purchaser',
  'customer client consumer',
  'booking reservation reserve book',
  'email e-mail mail',
  'sms text-message textmessage',
  'search find lookup query',
  'change update edit modify correct alter amend rename',
  'replace overwrite supersede',
  'log logging logged logs logfile',
  'database db datastore',
  'order purchase',
  'invoice bill',
  'payment pay paid charge',
  'create add register registration',
  'document paper',
  'hit result match',
  'attachment upload',
  'address street city postcode zip',
  'phone telephone mobile cell',
  'lettering text caption font',
  'price amount total cost fee',
  'answer respond response reply return',
  'request call',
  'picked pick select choose selected chosen',
  'encrypt encryption encrypted',
  'language locale',
  'message messaging',
  'name title label',
  'deliver delivery handover',
  'transfer transmit',
  'copy copies backup replica standby',
  'product article item sku',
  'comment note remark',
  'birthday birthdate dob',
  'timestamp',
  'guest visitor',
  'error failure fault',
  'password passphrase',
  'file',
  'employer company firm organisation organization',
  'review rating',
  'shipment parcel package',
  'reading measurement measured',
  'teacher instructor lecturer tutor',
  'student pupil learner',
  'doctor physician',
  'loan lend borrow borrowed lending',
  'fine penalty',
  'vehicle truck lorry car van',
  'discount voucher coupon',
  'refund reimburse reimbursement',
];
const IRREGULAR: Readonly<Record<string, string>> = {
  ...{
    shown: 'show',
    seen: 'see',
    sent: 'send',
    kept: 'keep',
    found: 'find',
    made: 'make',
    built: 'build',
    written: 'write',
    chosen: 'choose',
  },
  ...{
    paid: 'pay',
    told: 'tell',
    given: 'give',
    held: 'hold',
    lost: 'lose',
    bought: 'buy',
    sold: 'sell',
    forbidden: 'forbid',
    hidden: 'hide',
  },
  ...{
    lent: 'lend',
    borrowed: 'borrow',
    left: 'leave',
    booked: 'book',
    stored: 'store',
    overwritten: 'overwrite',
    withdrawn: 'withdraw',
    drawn: 'draw',
  },
  ...{
    people: 'people',
    children: 'child',
    men: 'man',
    women: 'woman',
    copies: 'copy',
    lives: 'live',
    bills: 'bill',
    news: 'news',
    status: 'status',
    address: 'address',
    addresses: 'address',
  },
};
const CONCEPT = new Map(SAME.flatMap((row) => row.split(' ').map((word, _, [first = word]) => [stemmer(word), stemmer(first)] as const)));
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:log(?:ged|s|ging)?|sign(?:ed|s|ing)?)[ -](?:in|on)(?:to)?\b/gi, 'login'],
  [
    /\b(?:without (?:any )?activity|inactiv\w+|touch(?:es|ing)? nothing|nobody (?:touches|uses)|no one (?:touches|uses)|without (?:touching|using) (?:it|anything)|do(?:es|ing)? nothing|idl(?:e|ing))\b/gi,
    'idle',
  ],
  [
    /\b(?:(?<!(?:phone|card|insurance|account|order|serial|id|tax|the same) )numbers?|counts?|totals?|sums?|averages?) of\b/gi,
    ' aggregate ',
  ],
  [/\bin case\b/gi, 'if'],
  [/\btext messages?\b/gi, 'sms'],
  [/\btak(?:es|en|e) the place of\b/gi, 'replaces'],
  [/\b(?:call(?:s|ed)?) off\b/gi, 'cancel'],
  [/\bturn(?:s|ed)? (?:down|away)\b/gi, 'refuse'],
  [/\bget(?:s)? rid of\b/gi, 'delete'],
  [/\bhand(?:s|ed|ing)? over\b/gi, 'handover'],
  [/\bfree of charge\b/gi, 'free'],
  [/\bpost ?codes?\b/gi, 'postcode'],
  [/\be-mails?\b/gi, 'email'],
  [/\blog (?:line|file|entr|message)\w*/gi, 'log'],
];

/** `recipientName`, `RECIPIENT_NAME` and `recipient-name` in their words. */
export const inWords = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/[_./{}#-]+/g, ' ');

/** One word as the term that stands for it; undefined for a word that says nothing. */
export function termOf(word: string): string | undefined {
  const lower = word.toLowerCase().replace(/['’]s$|['’]$/, '');
  if (lower.length < 2 || FILLER.has(lower) || FILLER.has(lower.replace(/s$/, '')) || /^\d/.test(lower)) return undefined;
  const stem = stemmer(Object.hasOwn(IRREGULAR, lower) ? IRREGULAR[lower]! : lower);
  return CONCEPT.get(stem) ?? stem;
}

/** A value of a list as the term that stands for it, also where the word says nothing elsewhere: `full`, `none`. */
export const valueTerm = (value: string): string => termsOf(inWords(value))[0] ?? stemmer(value.toLowerCase());

/** What a text is about: its words without those that say nothing, each as the term of its meaning; in order, each once. */
export function termsOf(text: string): readonly string[] {
  let plain = text.replace(/([a-z])([A-Z])/g, '$1 $2');
  for (const [phrase, word] of PHRASES) plain = plain.replace(phrase, word);
  const terms = (plain.match(/[\p{L}][\p{L}\d'’-]*/gu) ?? []).flatMap((word) => {
    const whole = termOf(word);
    if (!word.includes('-')) return whole === undefined ? [] : [whole];
    return CONCEPT.has(stemmer(word.toLowerCase())) ? [whole!] : word.split('-').flatMap((part) => termOf(part) ?? []);
  });
  return [...new Set(terms)];
}

/** The words of a text that stand behind terms, for people to read; at most `most`. */
export function spelled(terms: readonly string[], text: string, most = 4): string {
  const words = inWords(text).match(/[\p{L}][\p{L}\d'’-]*/gu) ?? [];
  const found = terms.slice(0, most).map((term) => words.find((word) => termsOf(word).includes(term))?.toLowerCase() ?? term);
  return [...new Set(found)].join(' ');
}
