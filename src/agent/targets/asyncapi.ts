import { stringify } from 'yaml';
import { nameWords, pascal, camel } from '../hand-off/names.ts';
import type { PlannedEvent } from '../hand-off/events.ts';
import { visibleLine } from '../../visible.ts';
import { titled } from '../hand-off/quoting.ts';
import type { GenerationTarget } from './target.ts';

/** The events that the spec demands. */
export const asyncapi: GenerationTarget = {
  name: 'asyncapi',
  title: 'AsyncAPI fragment',
  generate({ spec, design: { events: planned } }) {
    const { events, protocol, host } = planned;
    if (events.length === 0) return { files: [], covers: [], note: 'No criterion says that an event is published.' };
    const names = new Map(events.map((event) => [event, nameWords(event.address)]));
    const channel = (event: PlannedEvent): string => camel(names.get(event)!);
    const message = (event: PlannedEvent): string => pascal(names.get(event)!);
    const document = {
      asyncapi: '3.0.0',
      info: { title: `${visibleLine(spec.feature)} (delta)`, version: spec.version === '' ? '0.1.0' : spec.version },
      servers: { system: { host, protocol } },
      channels: Object.fromEntries(
        events.map((event) => [
          channel(event),
          { address: event.address, messages: { [message(event)]: { $ref: `#/components/messages/${message(event)}` } } },
        ]),
      ),
      operations: Object.fromEntries(
        events.map((event) => [
          camel(['publish', ...names.get(event)!]),
          {
            action: 'send',
            channel: { $ref: `#/channels/${channel(event)}` },
            summary: titled(event.demands.map(({ text }) => text).join(' ')),
            'x-criteria': event.demands.map(({ id }) => id),
          },
        ]),
      ),
      components: {
        messages: Object.fromEntries(
          events.map((event) => [message(event), { payload: event.payload, 'x-criteria': event.demands.map(({ id }) => id) }]),
        ),
      },
    };
    const note = events.map(({ address, isExisting }) => `${address}${isExisting ? ' (there already)' : ''}`).join(', ');
    return {
      files: [{ path: 'contracts/asyncapi.yaml', text: stringify(document, { lineWidth: 0, aliasDuplicateObjects: false }) }],
      covers: [...new Set(events.flatMap(({ demands }) => demands.map(({ id }) => id)))],
      note,
    };
  },
};
