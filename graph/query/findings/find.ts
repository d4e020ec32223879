import { createHash } from 'node:crypto';
import { PlatformError } from '../../errors.ts';
import { compare } from '../../model/edge.ts';
import type { NodeKind, NodeOf } from '../../model/node.ts';
import type { Snapshot } from '../../snapshot/csr.ts';
import type { GraphReader } from '../../store/store.ts';
import { findAll } from '../find-all.ts';
import { undocumentedChannel } from './channels.ts';
import { unreadColumn } from './columns.ts';
import { undeclaredVariable } from './configuration.ts';
import type { Check, Finding, FindingContext } from './finding.ts';
import { callOfNothing, handlerWithoutOperation, operationWithoutHandler } from './operations.ts';
import { policyViolation } from './policies.ts';
import { missingMention, supersededDecision, unknownReference } from './texts.ts';

/** Every check of the graph alone. A new one is a file and a line here. */
export const CHECKS: readonly Check[] = [
  operationWithoutHandler,
  handlerWithoutOperation,
  callOfNothing,
  undocumentedChannel,
  undeclaredVariable,
  unreadColumn,
  supersededDecision,
  missingMention,
  unknownReference,
  policyViolation,
];

/** The checks of some codes, else all; `others` are those of layers above. Throws `BAD_INPUT` for a code that no check has. */
export function checksOf(codes: readonly string[] | undefined, others: readonly Check[] = []): readonly Check[] {
  const all = [...CHECKS, ...others];
  const unknown = codes?.find((code) => !all.some((check) => check.code === code));
  if (unknown !== undefined)
    throw new PlatformError('BAD_INPUT', `No check is called ${unknown}. There are ${all.map(({ code }) => code).join(', ')}.`);
  return codes ? all.filter(({ code }) => codes.includes(code)) : all;
}

const PAGE = 10_000;

/** What does not fit together in a graph: by file, then place, then code. Deterministic. */
export async function findingsOf(reader: GraphReader, graph: Snapshot, checks: readonly Check[] = CHECKS): Promise<readonly Finding[]> {
  const cache = new Map<NodeKind, Promise<readonly unknown[]>>();
  const context: FindingContext = {
    graph,
    nodes<K extends NodeKind>(kind: K) {
      let nodes = cache.get(kind);
      if (!nodes) cache.set(kind, (nodes = findAll(reader, { kinds: [kind] })));
      return nodes as Promise<readonly NodeOf<K>[]>;
    },
    diagnostics: await allDiagnostics(reader),
  };
  const found: Finding[] = [];
  for (const check of checks)
    for (const { message, id, file, span, related = [], severity = check.severity } of await check.find(context)) {
      const fingerprint = createHash('sha256')
        .update(JSON.stringify([check.code, id, file ?? '', message]))
        .digest('hex')
        .slice(0, 16);
      found.push({ code: check.code, severity, message, id, file, span, related: [...new Set(related)].sort(compare), fingerprint });
    }
  return found.sort(
    (a, b) =>
      compare(a.file ?? '', b.file ?? '') ||
      (a.span?.line ?? 0) - (b.span?.line ?? 0) ||
      (a.span?.col ?? 0) - (b.span?.col ?? 0) ||
      compare(a.code, b.code) ||
      compare(a.id, b.id) ||
      compare(a.message, b.message),
  );
}

async function allDiagnostics(reader: GraphReader): Promise<FindingContext['diagnostics']> {
  const all: FindingContext['diagnostics'][number][] = [];
  for (let after = 0; ; after += PAGE) {
    const page = await reader.diagnostics({ limit: PAGE, ...(after === 0 ? {} : { after: String(after) }) });
    all.push(...page);
    if (page.length < PAGE) return all;
  }
}
