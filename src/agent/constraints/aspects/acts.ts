import { claimOf, without, type Clause } from '../clause.ts';
import type { Claim } from '../claim.ts';
import { spelled } from '../words/terms.ts';

/** What is done and what is its opposite; either can be denied. */
const ACTS: readonly (readonly [act: string, does: RegExp, opposite: RegExp])[] = [
  [
    'keep',
    /\b(?:stor(?:e|es|ed)|kept|keeps?|sav(?:e|es|ed)|retain(?:s|ed)?|recorded|persist(?:s|ed)?|remember(?:s|ed)?)\b/i,
    /\b(?:discard(?:s|ed)?|thrown away|forgotten)\b/i,
  ],
  ['delete', /\b(?:delet(?:e|es|ed)|eras(?:e|es|ed)|remov(?:e|es|ed)|destroy(?:s|ed)?|purg(?:e|es|ed))\b/i, /\b(?:undelet\w+)\b/i],
  [
    'show',
    /\b(?:shows?|shown|displays?|displayed|sees?|seen|visible|lists?|listed|reveal(?:s|ed)?|publish(?:es|ed)?)\b/i,
    /\b(?:hides?|hidden|mask(?:s|ed)?|invisible|leave(?:s)? out|left out|redact\w*)\b/i,
  ],
  [
    'send',
    /\b(?:sends?|sent|mail(?:s|ed)|notif(?:y|ies|ied)|informs?|informed|reminds?|reminded|tells?|told|forward(?:s|ed)?|pass(?:es|ed)? on|hand(?:s|ed)? out|shar(?:e|es|ed))\b/i,
    /\b(?:withholds?|withheld)\b/i,
  ],
  [
    'accept',
    /\b(?:accept(?:s|ed)?|tak(?:e|es|en)|allow(?:s|ed)?|permit(?:s|ted)?|lets? .{0,30}\bin|admit(?:s|ted)?|letting|open(?:s)? (?:every|the|each))\b/i,
    /\b(?:refus(?:e|es|ed)|reject(?:s|ed)?|declin(?:e|es|ed)|den(?:y|ies|ied)|turn(?:s|ed)? (?:away|down)|block(?:s|ed)?|shut)\b/i,
  ],
  [
    'cancel',
    /\b(?:cancel(?:s|led|ed|lation)?|withdraw(?:s|n)?|call(?:s|ed)? off|undo(?:ne)?|revok(?:e|es|ed))\b/i,
    /\b(?:binding|irrevocable)\b/i,
  ],
  ['share', /\b(?:shared|reused?|common)\b/i, /\b(?:of its own|of their own|separate|own)\b/i],
  ['encrypt', /\b(?:encrypt(?:s|ed)?)\b/i, /\b(?:plain ?text|unencrypted|in the clear)\b/i],
  ['retry', /\b(?:retr(?:y|ies|ied)|tried again|tries again|repeat(?:s|ed)?)\b/i, /\b(?:gives? up|fails? for good)\b/i],
  [
    'charge',
    /\b(?:charg(?:e|es|ed)|cost(?:s)?|fee|pay(?:s)?|billed)\b/i,
    /\b(?:free of charge|for free|no charge|costs nothing|(?:is|are|be) free (?:for|to)\b)\b/i,
  ],
  ['call', /\b(?:calls?|called|talks? to|asks?|reads? from|queries|access(?:es)? the)\b/i, /\b(?:bypass(?:es)?)\b/i],
  ['export', /\b(?:export(?:s|ed)?|download(?:s|ed)?)\b/i, /\b(?:no export)\b/i],
  ['reuse', /\b(?:reus(?:e|es|ed)|recycl(?:e|es|ed)|assigned again|given again)\b/i, /\b(?:used once)\b/i],
  ['merge', /\b(?:merg(?:e|es|ed)|combin(?:e|es|ed)|joined)\b/i, /\b(?:split(?:s)?|kept apart|separat(?:e|es|ed))\b/i],
  [
    'lock',
    /\b(?:lock(?:s|ed)?|suspend(?:s|ed)?|block(?:s|ed)?|freez(?:e|es)|frozen)\b/i,
    /\b(?:unlock(?:s|ed)?|stays? open|remains? open|keeps? working)\b/i,
  ],
  ['rank', /\b(?:sort(?:s|ed)?|newest first|latest first|descending)\b/i, /\b(?:oldest first|earliest first|ascending)\b/i],
  ['write', /\b(?:writes?|written|updates?|chang(?:e|es|ed))\b/i, /\b(?:read[- ]only)\b/i],
];
const DENIED = /\b(?:not|never|no longer|cannot|nobody|no one|neither|nor|no|none|nothing)\b|n['’]t\b/i;
/** `no later than` denies nothing. */
const BOUNDS = /\b(?:no|not) (?:later|more|less|longer|earlier|fewer|larger|sooner|older|only|other)(?: than)?\b/gi;
const HEDGED = /\b(?:unless|except|only|instead|until|before|without|more than|less than|twice|again)\b/i;

/** What is done, or must not be: the plainest of constraints, read only where nothing hedges it. */
export function actsOf(clause: Clause): readonly Claim[] {
  if (HEDGED.test(clause.text)) return [];
  return ACTS.flatMap(([act, does, opposite]) => {
    const doing = does.exec(clause.text);
    const undoing = doing ? null : opposite.exec(clause.text);
    const match = doing ?? undoing;
    if (match === null) return [];
    const denied = DENIED.test(clause.text.replace(BOUNDS, ' '));
    const holds = (doing !== null) !== denied;
    const about = without(clause.terms, `${match[0]} encrypt`);
    if (about.length === 0) return [];
    return [
      claimOf(clause, {
        attribute: `act:${act}`,
        about,
        holds: { kind: 'value', value: holds ? 'yes' : 'no' },
        isUniversal: denied,
        states: `${spelled(about, clause.whole)}: ${holds ? '' : 'not '}${act}`,
      }),
    ];
  });
}
