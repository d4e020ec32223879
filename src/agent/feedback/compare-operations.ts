import { isRecord, memberOf, readTrees, textOf, type Tree, type TreePath } from '../../../ingest/parse/tree.ts';

/** Something in a contract that is not as it was planned. */
export interface ContractDifference {
  /** A clause for people: `request of image/png: maxLength is 9999999; planned was 4999999`. */
  readonly text: string;
  /** Criteria that the planned part came from. */
  readonly criteria: readonly string[];
  /** Line of the contract where it differs, from 1. */
  readonly line: number;
}

/** An operation of an OpenAPI document by its place. */
export interface WrittenOperation {
  readonly tree: Tree;
  readonly at: TreePath;
  readonly method: string;
  readonly path: string;
  readonly line: number;
  /** Names and words that it goes by. */
  readonly words: string;
  readonly criteria: readonly string[];
}

const METHODS = /^(?:get|put|post|delete|patch|head|options|trace)$/;
const LIMITS = /^(?:(?:exclusive)?(?:max|min)imum|(?:max|min)(?:Length|Items|Properties)|multipleOf)$/;
/** Whose members are names. What is planned by name is missed where it is not there. */
const NAMING = new Set(['responses', 'content', 'properties']);
/** Parts of an operation that are missed where it has none of them. */
const PARTS = new Set(['requestBody', 'responses', 'content']);
const DEEPEST = 30;

export function operationsIn(text: string, file: string): readonly WrittenOperation[] {
  const tree = readTrees(text, file).trees[0];
  if (!tree) return [];
  return entries(memberOf(tree.value, 'paths')).flatMap(([path, item]) =>
    entries(item).flatMap(([method, operation]): readonly WrittenOperation[] => {
      if (!METHODS.test(method)) return [];
      const at: TreePath = ['paths', path, method];
      const words = [textOf(memberOf(operation, 'operationId')), textOf(memberOf(operation, 'summary')), path].join(' ');
      return [{ tree, at, method: method.toUpperCase(), path, line: tree.spanOf(at).line, words, criteria: criteriaIn(operation) }];
    }),
  );
}

/** What of an operation is not as planned. What is there beside the plan is no difference. */
export function differencesOf(planned: WrittenOperation, actual: WrittenOperation): readonly ContractDifference[] {
  const found: ContractDifference[] = [];
  const [plan, real] = [docOf(planned.tree), docOf(actual.tree)];
  const walk = (a: Placed, b: Placed, place: readonly string[], criteria: readonly string[], depth: number): void => {
    if (depth > DEEPEST || !isRecord(a.value)) return;
    const own = isRecord(a.value) && 'x-criteria' in a.value ? criteriaIn(a.value) : criteria;
    const tell = (text: string, at: TreePath): void => {
      const said = place.length === 0 ? text : `${place.join(' ')}: ${text}`;
      if (!found.some((one) => one.text === said)) found.push({ text: said, criteria: own, line: actual.tree.spanOf(at).line });
    };
    for (const [key, value] of entries(a.value)) {
      const mine = memberOf(b.value, key);
      const at = [...b.at, key];
      if (LIMITS.test(key) || key === 'type' || key === 'format' || key === 'const' || key === 'contentMediaType') {
        if (mine !== undefined && mine !== value && !Array.isArray(mine)) tell(`${key} is ${told(mine)}; planned was ${told(value)}`, at);
      } else if ((key === 'enum' || key === 'required') && Array.isArray(value)) {
        const have = Array.isArray(mine) ? (mine as readonly unknown[]) : [];
        const missing = value.filter((one) => !have.includes(one));
        const more = key === 'enum' ? have.filter((one) => !value.includes(one)) : [];
        if (mine !== undefined && missing.length > 0) tell(`${key} is without ${missing.map(told).join(', ')}`, at);
        if (mine !== undefined && more.length > 0) tell(`${key} has ${more.map(told).join(', ')}, too`, at);
      } else if (isRecord(value) && !key.startsWith('x-')) {
        const isNamed = NAMING.has(place.at(-1) ?? '') || NAMING.has(String(a.at.at(-1)));
        if (mine === undefined) {
          if (isNamed || PARTS.has(key)) tell(`${key} is not there`, b.at);
          continue;
        }
        const label = key === 'requestBody' ? ['request'] : NAMING.has(key) || key === 'schema' ? [] : isNamed ? [key] : [];
        walk(plan({ value, at: [...a.at, key] }), real({ value: mine, at }), [...place, ...label], own, depth + 1);
      }
    }
  };
  walk(plan(whole(planned)), real(whole(actual)), [], planned.criteria, 0);
  return found;
}

interface Placed {
  readonly value: unknown;
  readonly at: TreePath;
}

const whole = ({ tree, at }: WrittenOperation): Placed => ({
  value: at.reduce<unknown>((value, key) => memberOf(value, String(key)), tree.value),
  at,
});

/** Follows references within the document, as far as they lead. */
const docOf =
  (tree: Tree) =>
  (start: Placed): Placed => {
    let here = start;
    for (let step = 0; step < DEEPEST; step++) {
      const ref = textOf(memberOf(here.value, '$ref'));
      if (ref?.startsWith('#/') !== true) return here;
      const at = ref
        .slice(2)
        .split('/')
        .map((part) => decodePart(part));
      here = { value: at.reduce<unknown>((value, key) => memberOf(value, key), tree.value), at };
    }
    return here;
  };

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return part;
  }
}

const entries = (value: unknown): readonly (readonly [string, unknown])[] => (isRecord(value) ? Object.entries(value) : []);
const told = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing'));

function criteriaIn(value: unknown): readonly string[] {
  const list = memberOf(value, 'x-criteria');
  return Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string') : [];
}
