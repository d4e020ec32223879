import type { Expr } from '../../keys.ts';
import type { Origin } from '../origin.ts';

/** How an address stands for several: one token and the rest in AMQP, NATS and MQTT; any text in Redis and the like. */
export type Wildcards = 'amqp' | 'nats' | 'mqtt' | 'glob';

/** What a call says of messages that are sent or received. */
export interface Message {
  readonly role: 'publish' | 'subscribe';
  /** Text; a list where there are several. */
  readonly address: Expr;
  readonly wildcards?: Wildcards;
  /** What is sent. */
  readonly payload?: Expr;
  /** What is called with what was received: a function in place, or a reference to one. */
  readonly handler?: Expr;
  /** Stays in the process, or has names that everybody uses: counts only where both sides are known. */
  readonly both?: true;
  /** What the address is told apart by where names are reused: an AMQP exchange, an emitter. */
  readonly within?: Expr;
  /** A queue that gets what `address` says, as `bindQueue` has it. */
  readonly boundTo?: Expr;
}

export interface CallFacts {
  /** With `new`. */
  readonly created: boolean;
  /** The queue that a container hands what the method is called on. */
  readonly queue?: Expr;
  /** Text that is the same for calls on the same declared value. */
  readonly emitter?: Expr;
}

/** How one library is used. Adding one is adding an entry, and its package to `known-packages.ts`. */
export interface MessageLibrary {
  readonly name: string;
  readonly packages: RegExp;
  read(origin: Origin, args: readonly Expr[], call: CallFacts): readonly Message[];
}

/** A member of an object, also of one that only callers know. */
export function entry(expr: Expr | undefined, ...names: readonly string[]): Expr | undefined {
  if (expr?.is === 'object') {
    for (const name of names) if (Object.hasOwn(expr.entries, name)) return expr.entries[name];
    return undefined;
  }
  const [name] = names;
  return name !== undefined && expr?.is === 'parameter' ? { ...expr, path: [...(expr.path ?? []), name] } : undefined;
}

export const items = (expr: Expr | undefined): readonly Expr[] => (expr?.is === 'list' ? expr.items : expr ? [expr] : []);

export const given = <K extends string>(name: K, value: Expr | undefined): { readonly [name in K]?: Expr } =>
  value ? ({ [name]: value } as { readonly [name in K]: Expr }) : {};

export const last = ({ steps }: Origin): string | undefined => steps.at(-1);

/** Something that is called with a message. */
export const isHandler = (expr: Expr | undefined): boolean =>
  expr !== undefined && (expr.is === 'function' || expr.is === 'declared' || expr.is === 'parameter');

export const handlerAmong = (args: readonly Expr[]): { readonly handler?: Expr } =>
  given('handler', args.findLast((argument) => argument.is === 'function') ?? args.slice(1).findLast(isHandler));

/** Arguments of the call of `name` among the steps: those of `topic('orders')` in `pubsub.topic('orders').publish`. */
export function argumentsOf(origin: Origin, ...names: readonly string[]): readonly Expr[] | undefined {
  let call = 0;
  let found: readonly Expr[] | undefined;
  for (const [index, step] of origin.steps.entries())
    if (step === '()' || step === 'new') {
      if (names.includes(origin.steps[index - 1] ?? '')) found = origin.calls[call];
      call++;
    }
  return found;
}
