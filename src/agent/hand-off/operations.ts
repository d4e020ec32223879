import { compare } from '../../../graph/model/edge.ts';
import { contentOf } from '../../specs/meaning/words.ts';
import type { Spec } from '../../specs/spec.ts';
import type { Demand } from './demands.ts';
import { intentsOf, type Intent } from './intents.ts';
import { camel, createNames, nameWords } from './names.ts';
import { singular } from './plural.ts';
import { isOfInput } from './limits.ts';
import { routeOf, type Route } from './rest-style.ts';
import { existingFor, type ExistingOperation, type SystemApi } from './system-api.ts';

/** An operation of HTTP that a feature needs: a new one, or one that is there and changes. */
export interface PlannedOperation extends Route {
  /** Unique among them, in camel case. */
  readonly operationId: string;
  readonly existing?: ExistingOperation;
  /** Singular words of what it is about; empty where a route is only written. */
  readonly object: readonly string[];
  readonly verb: string;
  /** What asks for it, as it is written. */
  readonly because: string;
  /** Criteria that hold of it, refusals among them. */
  readonly demands: readonly Demand[];
  /** Asked for now, done later: it answers with 202. */
  readonly isLater: boolean;
}

const WRITTEN = /\b(GET|POST|PUT|PATCH|DELETE)\s+`?(\/[\w{}:.~-]*(?:\/[\w{}:.~-]+)*)/g;
const LATER =
  /\b(?:in the background|asynchron\w+|queued?|enqueues?|background job|when (?:it|the \w+) is ready|accepted for processing)\b/i;
/** Operations of one feature; what has more is several features. */
const MOST = 8;

/** The operations that the criteria on the server need: those that are written, then what people do by story and triggers. */
export function operationsOf(spec: Spec, demands: readonly Demand[], api: SystemApi): readonly PlannedOperation[] {
  const server = demands.filter(({ where }) => where === 'server');
  const found = new Map<string, Omit<PlannedOperation, 'demands' | 'operationId'> & { readonly criteria: Set<string> }>();
  const add = (route: Route, { verb, object, text, criteria }: Intent, existing: ExistingOperation | undefined): void => {
    const key = `${route.method} ${route.path}`;
    const known = found.get(key);
    for (const id of criteria) known?.criteria.add(id);
    if (known !== undefined || found.size >= MOST) return;
    found.set(key, {
      method: route.method,
      path: route.path,
      verb,
      object,
      because: text,
      isLater: false,
      criteria: new Set(criteria),
      ...(existing === undefined ? {} : { existing }),
    });
  };
  for (const { id, text } of server)
    for (const [written, method = '', path = ''] of text.matchAll(WRITTEN)) {
      const route = { method: method as Route['method'], path: withBraces(path) };
      const existing = api.operations.find((one) => one.method === route.method && one.path === route.path);
      add(
        route,
        {
          verb: method.toLowerCase(),
          object: nameWords(path.replace(/[:{][^/]*/g, '')).slice(-2),
          isOfOne: false,
          text: written,
          criteria: [id],
        },
        existing,
      );
    }
  for (const intent of server.length === 0 ? [] : intentsOf(spec, server)) {
    const same = [...found.values()].find((one) => isSame(one, intent));
    if (same !== undefined) {
      for (const id of intent.criteria) same.criteria.add(id);
      continue;
    }
    const known = { ...intent, object: thingsNamed(intent.object, [...found.values()]) };
    const existing = existingFor(known, api);
    add(existing ?? routeOf(known, api.style), known, existing);
  }
  const names = createNames();
  const planned = [...found.values()].map(({ criteria, ...operation }) => {
    const wordsOf = operation.existing?.operationId ?? camel(nameWords(`${operation.verb} ${operation.object.join(' ')}`));
    return { ...operation, criteria, operationId: names(wordsOf, operation.method) };
  });
  return planned.map(({ criteria, ...operation }, index) => {
    const own = server.filter((demand) => criteria.has(demand.id) || (!isOfAny(planned, demand) && nearest(planned, demand) === index));
    return { ...operation, demands: own, isLater: own.some(({ text, refusal }) => refusal === undefined && LATER.test(text)) };
  });
}

/** `upload a picture` after `upload a profile picture`, or `request a reset` after `reset my password`: the same is asked for. */
function isSame(planned: Pick<PlannedOperation, 'verb' | 'because' | 'object'>, { verb, object }: Intent): boolean {
  const last = object.at(-1) ?? '';
  if (/^(?:request|start|create|ask)$/.test(verb) && last === planned.verb) return true;
  if (verb !== planned.verb) return false;
  const said = contentOf(`${planned.because} ${planned.object.join(' ')}`.toLowerCase());
  return contentOf(object.join(' ')).every((word) => said.includes(word));
}

/** An `export` is what `/order-exports` holds, where that is planned. */
function thingsNamed(object: readonly string[], planned: readonly Route[]): readonly string[] {
  const collections = planned.map(({ path }) =>
    nameWords(
      path
        .replace(/\/\{[\s\S]*$/, '')
        .split('/')
        .at(-1) ?? '',
    ).map((word) => singular(word)),
  );
  return (object.length === 1 ? collections.find((words) => words.length > 1 && words.at(-1) === object[0]) : undefined) ?? object;
}

const withBraces = (path: string): string => path.replace(/:([A-Za-z_]\w*)/g, '{$1}').replace(/\.$/, '');

const isOfAny = (planned: readonly { readonly criteria: ReadonlySet<string> }[], { id }: Demand): boolean =>
  planned.some(({ criteria }) => criteria.has(id));

/**
 * The operation that shares most words with a criterion; of several the first. Without any, what is handed in is handed to the first,
 * and what happens by itself belongs to none.
 */
function nearest(
  planned: readonly { readonly object: readonly string[]; readonly verb: string; readonly because: string }[],
  { text, refusal, limits }: Demand,
): number {
  const words = new Set(contentOf(text));
  const scores = planned.map(({ because, object, verb }, index) => ({
    index,
    score: contentOf(`${because} ${object.join(' ')} ${verb}`).filter((word) => words.has(word)).length,
  }));
  const [best] = scores.toSorted((a, b) => b.score - a.score || a.index - b.index);
  return best !== undefined && (best.score > 0 || refusal !== undefined || limits.some(isOfInput)) ? best.index : -1;
}

/** In the order of their paths, then of the methods. */
export const byPath = (a: Route, b: Route): number => compare(a.path, b.path) || compare(a.method, b.method);
