import { camel, kebab, pluralWords } from './names.ts';
import type { Intent } from './intents.ts';
import { plural } from './plural.ts';

/** How the paths of an API are written. */
export interface PathStyle {
  /** `/api/v1`, or empty. */
  readonly prefix: string;
  readonly segments: 'kebab' | 'camel' | 'snake';
  readonly arePlural: boolean;
  /** `{id}`, or `{orderId}` after what it is of. */
  readonly ids: 'plain' | 'named';
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
}

const CREATING =
  /^(?:upload|create|add|submit|register|post|save|place|book|record|publish|send|invite|issue|request|enter|write|import|make|start|attach|provide|log|report|share)$/;
const READING =
  /^(?:list|search|browse|filter|find|view|see|get|read|show|download|fetch|display|inspect|check|review|track|compare|monitor)$/;
const CHANGING = /^(?:update|change|edit|modify|rename|replace|set|adjust|personalize|customize|configure|move)$/;
const REMOVING = /^(?:delete|remove|erase|withdraw|discard)$/;
/** Things done, by their verbs, where that is another word. */
const NOUNS: Readonly<Record<string, string>> = {
  ...{
    approve: 'approval',
    cancel: 'cancellation',
    subscribe: 'subscription',
    confirm: 'confirmation',
    deliver: 'delivery',
    pay: 'payment',
  },
  ...{
    deny: 'denial',
    reply: 'reply',
    retry: 'retry',
    restore: 'restoration',
    reject: 'rejection',
    receive: 'receipt',
    redeem: 'redemption',
  },
  ...{
    renew: 'renewal',
    subscribes: 'subscription',
    assign: 'assignment',
    enroll: 'enrolment',
    convert: 'conversion',
    suspend: 'suspension',
  },
};

/** Whether a verb is one of those that methods stand for: others are said in the path. */
export const isOfMethod = (verb: string): boolean => [READING, CREATING, CHANGING, REMOVING].some((verbs) => verbs.test(verb));

/** The operation that an intent asks for, by the uniform interface of REST (Fielding 2000, 5.2.1.1): things, and methods on them. */
export function routeOf({ verb, object, isOfOne }: Intent, style: PathStyle): Route {
  const things = collection(object, style);
  const one = `${things}/{${style.ids === 'plain' ? 'id' : camel([...object, 'id'])}}`;
  if (READING.test(verb)) return { method: 'GET', path: isOfOne ? one : things };
  if (CREATING.test(verb)) return { method: 'POST', path: things };
  if (CHANGING.test(verb)) return { method: 'PATCH', path: one };
  if (REMOVING.test(verb)) return { method: 'DELETE', path: one };
  const noun = nounOf(verb);
  if (!isOfOne) return { method: 'POST', path: collection([...object, noun ?? verb], style) };
  // What has no noun is done to a thing by its verb, https://google.aip.dev/136 with a slash.
  return { method: 'POST', path: `${one}/${noun === undefined ? verb : segment(style.arePlural ? pluralWords([noun]) : [noun], style)}` };
}

const collection = (words: readonly string[], style: PathStyle): string =>
  `${style.prefix}/${segment(style.arePlural ? [...words.slice(0, -1), ...words.slice(-1).map(plural)] : words, style)}`;

const segment = (words: readonly string[], { segments }: PathStyle): string =>
  segments === 'camel' ? camel(words) : segments === 'snake' ? words.join('_') : kebab(words);

function nounOf(verb: string): string | undefined {
  if (Object.hasOwn(NOUNS, verb)) return NOUNS[verb]!;
  if (/[a-z]{2}ate$/.test(verb)) return `${verb.slice(0, -1)}ion`;
  if (verb.endsWith('ify')) return `${verb.slice(0, -1)}ication`;
  return undefined;
}

/** How most of some paths are written; conventional where they do not tell. */
export function pathStyleOf(paths: readonly string[]): PathStyle {
  const parts = paths.map((path) => path.split('/').filter((part) => part !== ''));
  const shared = prefixOf(parts);
  const names = parts.flatMap((segments) => segments.slice(shared.length).filter((part) => /^[A-Za-z][\w-]*$/.test(part)));
  const count = (matches: RegExp): number => names.filter((name) => matches.test(name)).length;
  const [kebabs, camels, snakes] = [count(/-/), count(/[a-z][A-Z]/), count(/_/)];
  const collections = parts.flatMap((segments) =>
    segments.flatMap((part, at) => (part.startsWith('{') && at > 0 ? [segments[at - 1]!] : [])),
  );
  const ids = parts.flat().filter((part) => /^\{.+\}$/.test(part));
  const plain = ids.filter((id) => id === '{id}').length;
  return {
    prefix: shared.map((part) => `/${part}`).join(''),
    segments: camels > kebabs && camels >= snakes ? 'camel' : snakes > kebabs ? 'snake' : 'kebab',
    arePlural: collections.length === 0 || collections.filter((name) => /s$/i.test(name)).length * 2 >= collections.length,
    ids: ids.length > 0 && plain * 2 < ids.length ? 'named' : 'plain',
  };
}

/** The first segments of most paths that are no things: `api`, `v1`. */
function prefixOf(paths: readonly (readonly string[])[]): readonly string[] {
  const prefix: string[] = [];
  for (let at = 0; at < 3; at++) {
    const counts = new Map<string, number>();
    for (const path of paths) {
      const part = path[at];
      if (part !== undefined && /^(?:api|rest|v\d+(?:\.\d+)?)$/i.test(part) && prefix.every((before, index) => path[index] === before))
        counts.set(part, (counts.get(part) ?? 0) + 1);
    }
    const [most] = [...counts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    if (most === undefined || most[1] * 2 < paths.length) break;
    prefix.push(most[0]);
  }
  return prefix;
}
