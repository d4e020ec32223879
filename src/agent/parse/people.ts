/** Words for who does something, by their last word. */
const PEOPLE =
  /^(?:users?|admins?|customers?|clients?|people|persons?|members?|staff|teams?|guests?|visitors?|agents?|colleagues?|students?|parents?|kids?|child(?:ren)?|patients?|doctors?|nurses?|drivers?|tenants?|representatives?|reps?|ops|support|sales|legal|marketing|finance|compliance|anyone|anybody|everyone|everybody|someone|somebody|nobody|others|pm|pms|qa|devs?|friends?|accountants?|consultants?|assistants?|applicants?|participants?|attendees?|employees?|trainees?|mentees?|citizens?|residents?|architects?|clerks?|chefs?|cooks?|hosts?|pilots?|experts?|leads?|staff|crew|public|shoppers?|owners?)$/iu;
const DOERS = /(?:[a-z]{3,}(?:er|or|ist|ian|man|woman|men|women|person|people)s?)$/iu;
const NO_DOERS =
  /(?:server|browser|computer|container|header|footer|number|parameter|filter|folder|buffer|layer|error|order|router|color|colour|cluster|banner|pointer|paper|letter|register|counter|timer|adapter|driver|parser|compiler|scheduler|worker|loader|renderer|printer|scanner|monitor|sensor|router|controller|helper|wrapper|handler|listener|newsletter|behavior|floor|door|vendor|factor|sector|vector|editor|cursor|mirror|calendar|identifier|placeholder|tier|answer|offer|transfer|power|center|hour|water|user interface|corner|border|reminder|datacenter|sticker|ticker|slider|spinner|trigger|marker|tracker|picker|checker|launcher|player|voucher|other|further|after|never|either|neither|over|under|list|history|chapter|quarter|semester|dinner|summer|winter|december|november|october|september|matter|master|cover|supper|proper|however|whether|together|rather|later|earlier|better|larger|smaller|faster|longer|shorter|higher|lower|bigger|per|mirror|generator|validator|indicator|operator panel|processor|connector|separator|simulator|calculator)s?$/iu;

/** Whether a name means people, as far as its last word tells. */
export function meansPeople(name: string): boolean {
  const last = name.split(/\s+/).at(-1) ?? '';
  return PEOPLE.test(last) || (DOERS.test(last) && !NO_DOERS.test(last));
}
