import type { Constraint } from '../parse/constraints.ts';
import { kindsOf, type FeatureKind } from '../gaps/feature-kinds.ts';
import type { Measure } from '../../specs/spec.ts';

/** Qualities by the words that ask for them. The first that fits. */
const QUALITIES: readonly (readonly [string, RegExp])[] = [
  [
    'accessibility',
    /\b(?:wcag|a11y|accessib\w+|screen ?readers?|keyboard[- ](?:only|navigation|accessible|operable)|colou?r contrast|aria)\b/i,
  ],
  ['privacy', /\b(?:gdpr|personal data|pii|anonymi[sz]\w+|pseudonymi[sz]\w+|data protection|ccpa)\b/i],
  [
    'security',
    /\b(?:malware|virus(?:es)?|encrypt\w*|csrf|xss|sql injection|sanitiz\w+|sanitis\w+|https|tls|brute[- ]force|rate[- ]limit\w*|authenticated (?:user )?sessions?|owasp|penetration|hashed|never (?:log|store|expose)\w*|(?:must|shall|may|should) (?:not|never) be (?:logged|exposed|stored in plain))\b/i,
  ],
  [
    'observability',
    /\b(?:audit(?:ed|able| log| trail)?|metrics?|tracing|traces?|telemetry|monitor(?:ed|ing)?|dashboards? for ops|log (?:every|each|all|upload|failed|the|any)\b|(?:is|are|be|gets?) logged(?! (?:in|out|on|off))|logs? (?:success|failure|errors?))\b/i,
  ],
  [
    'availability',
    /\b(?:uptime|availab(?:le|ility)\b.{0,30}\d|downtime|failover|disaster recovery|\d{2}(?:\.\d+)? ?% (?:of the time|available))\b/i,
  ],
  [
    'performance',
    /\b(?:p\d{2}|percentile|latency|throughput|response times?|load times?|performance|concurrent(?:ly)?|simultaneous\w*|requests? (?:per|a) second)\b/i,
  ],
];
const DONE: ReadonlySet<FeatureKind> = new Set(['export', 'delete-data', 'file-upload', 'notification']);
const QUICK =
  /\b(?:respon[ds]\w*|load\w*|answer\w*|finish\w*|complet\w+|process\w*|take\w*|render\w*|appear\w*|resiz\w+|done|ready|return\w*)\b/i;
const SHORTEST_WAIT = 300;
const SECTION =
  /^(?:non-?functional(?: requirements?)?|nfrs?|quality|qualities|security|performance|privacy|accessibility|observability|availability|scalability|compliance)$/i;

/** The quality that a sentence asks for; undefined where it says what the system does. */
export function qualityOf(said: string, section: string | undefined, constraints: readonly Constraint[]): string | undefined {
  const found = QUALITIES.find(([, words]) => words.test(said))?.[0];
  // What happens when, and what is done with data, is what the system does, whatever it is for.
  const isDone =
    ((found === 'security' || found === 'availability') && /^\W*(?:if|when(?:ever)?|as soon as|once)\b[^,]*,/i.test(said)) ||
    (found === 'privacy' && kindsOf(said).some((kind) => DONE.has(kind)));
  if (found !== undefined && !isDone) return found;
  const isQuick = constraints.some(
    ({ dimension, operator, base }) => dimension === 'time' && operator.startsWith('<') && (base ?? Infinity) <= SHORTEST_WAIT,
  );
  if (isQuick && QUICK.test(said) && !/\b(?:user|admin|customer|people|must|should) (?:can|may|confirm|cancel|enter|accept)\b/i.test(said))
    return 'performance';
  if (section === undefined || !SECTION.test(section)) return undefined;
  return /^(?:nfrs?|non|qualit)/i.test(section) ? 'quality' : section.toLowerCase();
}

/** The figure of a quality, where there is exactly one that is measured. */
export function measureOf(said: string, constraints: readonly Constraint[]): Measure | undefined {
  const measured = constraints.filter(({ dimension }) => ['time', 'size', 'percentage', 'rate'].includes(dimension));
  const [only, ...more] = measured;
  if (!only || more.length > 0 || typeof only.value !== 'number' || only.operator === 'in') return undefined;
  const [, percentile] = /\bp(\d{2})\b|(\d{2})(?:th)? percentile/i.exec(said) ?? [];
  return {
    metric: METRICS[only.dimension] ?? only.dimension,
    op: only.operator,
    value: only.value,
    ...(only.unit === undefined ? {} : { unit: only.unit }),
    ...(percentile === undefined ? {} : { percentile: Number(percentile) }),
  };
}
const METRICS: Readonly<Record<string, string>> = { time: 'duration', size: 'size', percentage: 'share', rate: 'rate' };
