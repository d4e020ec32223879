import { claimOf, without, type Clause } from '../clause.ts';
import type { Claim } from '../claim.ts';
import { spelled } from '../words/terms.ts';
import { peopleIn, sideOf } from '../words/people.ts';

const SEES =
  /\b(?:see|sees|seen|read|reads|open|opens|opened|open to|access\w*|view\w*|shown?|handed out|visible|look(?:s|ed)? (?:at|into|up)|get(?:s)? to|download\w*|list(?:s|ed)?|edit\w*|chang\w*|cancel\w*|approv\w*|delet\w*|export\w*|releas\w*|issu\w*|grant\w*|allowed|permitted|may|can|is for|are for|given? to|for .{1,40} eyes|disclos\w*|shar(?:e|es|ed)|business|pass(?:es|ed)? on|reveal\w*)\b/i;
const ONLY =
  /\bonly\b|\balone\b|\b(?:and )?(?:to |by )?(?:nobody|no one|no-one|none|noone) (?:else|other|but)\b|\b(?:exclusively|restricted to|reserved for|solely|limited to)\b|\bis for the\b|\b(?:nobody|no one)['’]s business (?:but|except)\b|\bno other\b/i;
const BARRED = /\b(?:not|never|no|neither|cannot|nor)\b/i;
const ANONYMOUS =
  /\bwithout (?:an |any |a |having an |first )?(?:account|login|logging in|signing (?:in|up)|sign-?in|sign-?up|token|authentication|authenticating|registration|registering|credentials?|password|key|api key)\b|\b(?:not|never|aren['’]t) (?:signed|logged)[ -]in\b|\banonymous(?:ly)?\b|\bno (?:account|login|sign-?in|token|registration|authentication|api key)s? (?:is |are )?(?:needed|required|necessary|at all)?|\bneed(?:s)? no (?:account|login|token|password|registration)\b|\bunauthenticated\b|\b(?:open to|for) (?:everyone|everybody|anyone|anybody|the public|the whole world)\b|\bpublicly (?:available|accessible|readable|visible)\b/i;
const SIGNED_IN =
  /\b(?:signed|logged)[ -]in\b|\b(?:has|have|needs?) (?:to (?:show|present|send|have|carry) )?an? (?:valid )?(?:\w+ )?(?:token|login|account|key|certificate)\b|\b(?:must|shall|has to|have to|needs? to) (?:be )?(?:sign(?:ed)? in|log(?:ged)? in|authenticat\w*|identif\w*)\b|\b(?:token|login|authentication|sign-?in|bearer token|api key|account) (?:is |are )?(?:required|needed|mandatory|necessary)\b|\brequires? (?:an? )?(?:valid )?(?:token|login|account|authentication|sign-?in|api key)\b|\bauthenticated (?:users?|callers?|requests?|clients?|staff|customers?|members?) only\b|\bonly (?:authenticated|signed-in|logged-in|registered)\b|\bagainst their token\b/i;
const CREDENTIAL =
  /\b(?:ask|requir|demand|need|expect|check|verif|present|carr|protect|guard|secur|call)\w*\b.{0,30}\b(?:tokens?|credentials?|logins?|sign-in|certificates?|api keys?)\b/i;
const ALL_OPERATIONS =
  /\b(?:no|every|each|all|any) (?:\w+ )?(?:operations?|endpoints?|calls?|requests?|apis?|routes?|interfaces?|callers?|resources?)\b/i;
const TWO_FACTORS =
  /\b(?:second factor|(?:two|2)[- ]factor|2fa|mfa|multi[- ]?factor|2 factors|one-time (?:code|password) (?:in addition|as well|on top))\b/i;
const ONE_FACTOR =
  /\b(?:password|pin|code|badge)\b.{0,40}\b(?:and nothing else|alone|is enough|suffices?|only|has to be enough)\b|\b(?:only|just|nothing but) (?:a |her |his |their |the )?(?:password|pin|badge|code)\b|\bwithout (?:a |the |any )?(?:second factor|2fa|mfa|one-time code)\b|\b(?:not need|needs? nothing|nothing is needed|without) (?:anything )?(?:but|except|other than|more than|beyond) .{0,20}\b(?:password|pin|badge|code)\b|\bno (?:second factor|2fa|mfa|app, no token)\b/i;
const VERBS = 'see read open access view show look allow only get may can login account token password nobody';

/** Who may do what, and whether they have to say who they are. */
export function accessOf(clause: Clause): readonly Claim[] {
  return [...rolesOf(clause), ...authenticationOf(clause), ...factorsOf(clause)];
}

function rolesOf(clause: Clause): readonly Claim[] {
  const { text, people } = clause;
  if (people.length === 0 || !SEES.test(text)) return [];
  const only = ONLY.test(clause.whole) && ONLY.test(text);
  const barred = !only && BARRED.test(text.replace(/\b(?:no|not) (?:later|more|less|longer|earlier|fewer|larger|older|only)\b/gi, ' '));
  // "What a patient earns" is about the patient, and for others.
  const topic = /^(?:what|why|when|where|how|which)\b.{0,40}?\b(?=(?:is|are|shall|must|may|can)\b)/i.exec(text)?.[0] ?? '';
  const spoken = new Set(peopleIn(topic).map(({ name }) => name));
  const items = people.filter(({ name }) => !spoken.has(name)).flatMap(({ name }) => (sideOf(name) === 'anyone' ? [] : [name]));
  if (items.length === 0) return [];
  const about = without(clause.terms, `${VERBS} ${items.join(' ')}`);
  const force = only ? 'only' : barred ? 'not' : 'some';
  return [
    claimOf(clause, {
      attribute: 'access',
      about,
      holds: { kind: 'items', force, items },
      states: `${spelled(about, clause.whole)} is ${force === 'only' ? 'only for' : force === 'not' ? 'not for' : 'for'} ${items.join(', ')}`,
    }),
  ];
}

function authenticationOf(clause: Clause): readonly Claim[] {
  const { text, whole } = clause;
  const anonymous = ANONYMOUS.test(text);
  const denied = anonymous && /\b(?:no|not|never|nobody|forbidden|prohibited|cannot)\b/i.test(text.replace(ANONYMOUS, ' '));
  const required = !anonymous && (SIGNED_IN.test(text) || (CREDENTIAL.test(text) && !clause.isNegated));
  if (!anonymous && !required) return [];
  const needs = denied || required;
  return [
    claimOf(clause, {
      attribute: 'authentication',
      about: without(clause.terms, `${VERBS} anonym caller public operation endpoint visitor`),
      holds: { kind: 'value', value: needs ? 'required' : 'none' },
      isUniversal: ALL_OPERATIONS.test(whole),
      states: `${spelled(without(clause.terms, VERBS), clause.whole)} ${needs ? 'needs authentication' : 'works without authentication'}`,
    }),
  ];
}

function factorsOf(clause: Clause): readonly Claim[] {
  const one = ONE_FACTOR.test(clause.text);
  const two = !one && TWO_FACTORS.test(clause.text) && !/\b(?:not|no|without|optional)\b/i.test(clause.text);
  if (!one && !two) return [];
  const isOurs = /\bworks? for us\b|\bour (?:own )?(?:people|staff)\b|\binternal\b/i.test(clause.text);
  const sides = [...new Set([...clause.people.map(({ side }) => side), ...(isOurs ? ['inside'] : [])])];
  return [
    claimOf(clause, {
      attribute: 'factors',
      about: sides.length === 0 ? ['anyone'] : sides,
      holds: { kind: 'value', value: two ? 'two' : 'one' },
      states: `sign-in of ${clause.people.map(({ name }) => name).join(', ') || 'anyone'} takes ${two ? 'two factors' : 'one factor'}`,
    }),
  ];
}
