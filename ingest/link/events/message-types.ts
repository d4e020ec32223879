import type { NodeId } from '../../../graph/model/id.ts';
import type { LinkKeys, TypeName } from '../../keys.ts';
import type { Members } from '../data/members.ts';

/** What functions take messages for: the parameter that a decorator calls the message, else the first that is an object of a known type. */
export function messageTypesOf(keys: LinkKeys, members: Members): (handler: NodeId) => readonly TypeName[] {
  const decorated = new Map<NodeId, readonly TypeName[]>();
  for (const { value } of keys.of('decorated')) {
    if (value.on !== 'parameter' || value.decorator.is !== 'external') continue;
    if (!/^(Payload|MessageBody|RabbitPayload)$/.test(value.decorator.path.at(-1) ?? '')) continue;
    const [field] = value.args;
    const type = value.type ?? [];
    // `@Payload('id')` is a member of it.
    decorated.set(value.id, [...(decorated.get(value.id) ?? []), ...(field?.is === 'text' ? [{ members: { [field.text]: type } }] : type)]);
  }
  const taken = new Map<NodeId, readonly (readonly TypeName[])[]>();
  for (const { value } of keys.of('value')) if (value.takes) taken.set(value.id, value.takes);
  return (handler) => decorated.get(handler) ?? taken.get(handler)?.find((types) => types.some((type) => members.ofNamed(type))) ?? [];
}
