import type { NodeId } from '../../../graph/model/id.ts';
import type { Expr, LinkKeys } from '../../keys.ts';
import { evaluatorOf } from '../evaluate.ts';
import type { Wildcards } from './message.ts';

/** What stands for a part that is only known when the program runs. */
const HOLE = '\uE000';

export interface Address {
  /** With holes for what is not known. */
  readonly text: string;
  /** 1, or less where it holds only as long as nobody configures something else. */
  readonly confidence: number;
  /** The class that says it, where a base class leaves it open. */
  readonly by?: NodeId;
}

export interface Addresses {
  /** What an expression names; nothing when that is only known when the program runs. */
  of(expr: Expr): readonly Address[];
}

const CONFIGURED = 0.8;
const MOST = 50;

export function addressesOf(keys: LinkKeys): Addresses {
  const evaluator = evaluatorOf(keys);
  const configured = new Map<string, Set<string>>();
  for (const { value } of keys.of('config')) {
    if (value.value === undefined || value.value === '') continue;
    configured.set(value.name, (configured.get(value.name) ?? new Set()).add(value.value));
  }
  const overrides = overridesIn(keys);

  const of = (expr: Expr, depth: number): readonly Address[] => {
    if (depth > 6) return [];
    switch (expr.is) {
      case 'text':
        return expr.text === '' ? [] : [{ text: expr.text, confidence: 1 }];
      case 'list':
        return expr.items.slice(0, MOST).flatMap((item) => of(evaluator.reduce(item), depth + 1));
      case 'join': {
        let all: readonly Address[] = [{ text: '', confidence: 1 }];
        for (const part of expr.parts) {
          const [first = { text: HOLE, confidence: 1 }, ...more] = of(part, depth + 1);
          const next = more.length > 0 ? { text: HOLE, confidence: 1 } : first;
          all = all.map(({ text, confidence }) => ({ text: text + next.text, confidence: confidence * next.confidence }));
        }
        return all.filter(({ text }) => /[^\uE000./:_-]/.test(text));
      }
      case 'environment': {
        // A variable that every environment gives the same value, or one that has a default.
        const values = [...(configured.get(expr.name) ?? [])];
        if (values.length === 1) return [{ text: values[0]!, confidence: CONFIGURED }];
        return values.length === 0 && expr.fallback
          ? of(expr.fallback, depth + 1).map((address) => ({ ...address, confidence: address.confidence * CONFIGURED }))
          : [];
      }
      case 'declared':
        return expr.path
          ? []
          : (overrides.get(expr.id) ?? [])
              .slice(0, MOST)
              .flatMap(({ by, value }) => of(evaluator.reduce(value), depth + 1).map((address) => ({ ...address, by })));
      default:
        return [];
    }
  };
  return { of: (expr) => of(expr, 0) };
}

/** Members of classes by the member of the base that they give a value: `subject = 'order.created'` of a publisher. */
function overridesIn(keys: LinkKeys): ReadonlyMap<NodeId, readonly { readonly by: NodeId; readonly value: Expr }[]> {
  const found = new Map<NodeId, { by: NodeId; value: Expr }[]>();
  const values = new Map<NodeId, Expr>();
  for (const { value } of keys.of('value')) if (value.value && !values.has(value.id)) values.set(value.id, value.value);
  for (const { value: type } of keys.of('type'))
    for (const base of type.bases ?? []) {
      if (base.id === undefined) continue;
      for (const member of Object.keys(type.members)) {
        const value = values.get(`${type.id}.${member}`);
        if (!value || value.is === 'typed' || value.is === 'parameter') continue;
        const open = `${base.id}.${member}`;
        found.set(open, [...(found.get(open) ?? []), { by: type.id, value }]);
      }
    }
  return found;
}

/** Whether an address stands for several. */
export const isPattern = ({ text }: Address, wildcards: Wildcards | undefined): boolean =>
  text.includes(HOLE) || (wildcards !== undefined && WILD[wildcards].test(text));

const WILD: Readonly<Record<Wildcards, RegExp>> = {
  amqp: /(^|\.)[*#](\.|$)/,
  nats: /(^|\.)(\*{1,2}|>)(\.|$)/,
  mqtt: /(^|\/)[+#](\/|$)/,
  glob: /[*?[]/,
};

/** One text for addresses that leave the same parts open. */
export const patternName = ({ text }: Address): string =>
  text
    .split(/([./])/)
    .map((token) => (token === '+' ? '*' : token.replaceAll(HOLE, '*').replaceAll(/\*+/g, '*')))
    .join('');

/** What an address with wildcards or holes stands for. */
export function patternOf({ text }: Address, wildcards: Wildcards | undefined): RegExp {
  const separator = wildcards === 'mqtt' ? '/' : wildcards === 'glob' ? '' : '.';
  if (separator === '')
    return new RegExp(
      `^${holes(text)
        .replaceAll(String.raw`\*`, '.*')
        .replaceAll(String.raw`\?`, '.')}$`,
      's',
    );
  let pattern = '';
  for (const [index, token] of text.split(separator).entries()) {
    const before = index === 0 ? '' : escaped(separator);
    if (wildcards !== undefined && /^(#|>|\*\*)$/.test(token)) pattern += index === 0 ? '.*' : `(${before}.*)?`;
    else if (wildcards !== undefined && (token === '*' || (token === '+' && wildcards === 'mqtt')))
      pattern += `${before}[^${escaped(separator)}]+`;
    else pattern += before + holes(token);
  }
  return new RegExp(`^${pattern}$`, 's');
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
const holes = (text: string): string => escaped(text).replaceAll(/\uE000+/g, '[^./:]+');

/** What an address with parameters stands for, `orders.{region}`; undefined when it has none. */
export const parameterised = (address: string): RegExp | undefined =>
  /\{[\w-]+\}/.test(address)
    ? new RegExp(
        `^${address
          .split(/\{[\w-]+\}/)
          .map(escaped)
          .join(String.raw`([^./:]+|\{[\w-]+\})`)}$`,
        's',
      )
    : undefined;
