import type { NodeId } from '../../../graph/model/id.ts';
import { compare } from '../../../graph/model/edge.ts';
import type { AssertedType, At, Expr, LinkKeys, ResultUse, TypeName } from '../../keys.ts';
import { evaluatorOf } from '../evaluate.ts';
import { originOf } from '../origin.ts';
import type { Channel } from './channels.ts';

/** A stretch of a declaration in which messages of some channels are dealt with. */
export interface Receiver {
  readonly repo: string;
  readonly file: string;
  readonly at: NodeId;
  /** The lines; absent where it is the whole declaration. */
  readonly lines?: readonly [number, number];
  /** It is told by what a name is equal to. */
  readonly branch?: true;
  readonly channels: readonly Channel[];
}

/** What a declaration takes the message of a channel for, or reads of it. */
export interface Received extends At {
  readonly repo: string;
  readonly file: string;
  readonly at: NodeId;
  readonly channels: readonly Channel[];
  readonly types: readonly TypeName[];
  /** Dotted path of a member that is read. */
  readonly path?: string;
}

/** What is made of the messages that receivers get: texts that are parsed there, data that they are given. */
export function* receivedBy(keys: LinkKeys, receivers: readonly Receiver[]): Iterable<Received> {
  const byDeclaration = new Map<NodeId, Receiver[]>();
  for (const receiver of receivers) byDeclaration.set(receiver.at, [...(byDeclaration.get(receiver.at) ?? []), receiver]);
  const { reduce } = evaluatorOf(keys);

  const channelsAt = (at: NodeId, line: number): readonly Channel[] => {
    const all = byDeclaration.get(at) ?? [];
    const within = all.filter(({ lines }) => lines && lines[0] <= line && line <= lines[1]);
    const branches = within.filter(({ branch }) => branch);
    if (branches.length > 0) {
      const narrowest = Math.min(...branches.map(({ lines }) => lines![1] - lines![0]));
      return merged(branches.filter(({ lines }) => lines![1] - lines![0] === narrowest));
    }
    // Before it is told what it is, a message can be any.
    if (all.some(({ branch }) => branch)) return [];
    const inPlace = within.filter(({ branch }) => !branch);
    if (inPlace.length > 0) return inPlace.length === 1 ? inPlace[0]!.channels : [];
    const whole = all.filter(({ lines }) => !lines);
    return new Set(whole.map(({ channels }) => idsOf(channels))).size === 1 ? whole[0]!.channels : [];
  };

  function* made(
    repo: string,
    file: string,
    at: NodeId,
    { line, col }: At,
    types: readonly TypeName[],
    result: ResultUse | undefined,
  ): Iterable<Received> {
    const asserted: readonly AssertedType[] = [...types, ...(result?.as ?? [])];
    for (const type of asserted) {
      const where = type.line ?? line;
      const channels = channelsAt(at, where);
      if (channels.length > 0) yield { repo, file, at, line: where, col: where === line ? col : 1, channels, types: [type] };
    }
    for (const read of result?.reads ?? []) {
      const channels = channelsAt(at, read.line);
      if (channels.length > 0) yield { repo, file, at, line: read.line, col: read.col, channels, types: [], path: read.path };
    }
  }

  for (const { repo, file, value: call } of keys.of('call'))
    if (byDeclaration.has(call.from) && isParse(reduce(call.callee)))
      yield* made(repo, file, call.from, call, call.types?.flat() ?? [], call.result);
  for (const { repo, file, value: read } of keys.of('read'))
    if (byDeclaration.has(read.from)) yield* made(repo, file, read.from, read, [], read.result);
}

/** `JSON.parse(text)`, `codec.decode(bytes)`, `message.json()`. */
function isParse(callee: Expr): boolean {
  const origin = originOf(callee);
  if (origin) {
    if (origin.package === 'global') return origin.steps.join('.') === 'JSON.parse';
    return /^(nats|@nats-io\/.+)$/.test(origin.package) && /^(decode|json)$/.test(origin.steps.at(-1) ?? '');
  }
  return callee.is === 'received' && callee.path?.at(-1) === 'json';
}

const idsOf = (channels: readonly Channel[]): string =>
  channels
    .map(({ id }) => id)
    .sort(compare)
    .join(' ');
const merged = (receivers: readonly Receiver[]): readonly Channel[] => [
  ...new Map(receivers.flatMap(({ channels }) => channels).map((channel) => [channel.id, channel])).values(),
];
