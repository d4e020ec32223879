import { hash } from 'node:crypto';
import type { Edge } from '../../../graph/model/edge.ts';
import { specId, specPartId, type NodeId } from '../../../graph/model/id.ts';
import type { Node, NodeOf } from '../../../graph/model/node.ts';
import type { Diagnostic, Span } from '../../../graph/model/provenance.ts';
import type { Source, SourceFacts } from '../../file-worker.ts';
import type { DemandKey, LinkKey } from '../../keys.ts';
import { namedIn, type Named } from './named-in.ts';
import { docProps } from '../../parse/doc-text.ts';

export type PartKind = 'AcceptanceCriterion' | 'Nfr' | 'Question';

/** A text and where it stands. */
export interface Prose {
  readonly text: string;
  readonly span: Span;
}

/** What a spec file states so far. Every spec format says what it read through one of these. */
export interface Statement {
  /** The file holds the spec of a feature; `texts` are prose about the whole of it. */
  spec(feature: string, props: NodeOf<'Spec'>['props'], span: Span, texts: readonly Prose[]): NodeId;
  /**
   * A criterion, requirement or question. `name` is its id within the feature; of two parts of one name the first counts
   * and the second is a diagnostic. Texts name things: mentions come from them.
   */
  part<K extends PartKind>(
    kind: K,
    at: { readonly feature: string; readonly name: string; readonly parent: NodeId; readonly span: Span },
    props: NodeOf<K>['props'],
  ): NodeId;
  demand(from: NodeId, edge: DemandKey['edge'], ref: string, span: Span): void;
  edge(from: NodeId, type: Edge['type'], to: NodeId, rule: string, span: Span): void;
  node(node: Node): void;
  mention(from: NodeId, named: Named, span: Span): void;
  /** Another name under which people refer to a criterion; `byPlace` where it only says which of the list it is. */
  alias(id: NodeId, feature: string, name: string, byPlace?: true): void;
  problem(code: string, message: string, span: Span): void;
  facts(): SourceFacts;
}

export function createStatement({ repo, path, text: source }: Source): Statement {
  const rows = source.split('\n');
  const nodes = new Map<NodeId, Node>();
  const edges = new Map<string, Edge>();
  const keys = new Map<string, LinkKey>();
  const diagnostics: Diagnostic[] = [];

  const add = (key: LinkKey, ...identity: readonly string[]): void => {
    const known = JSON.stringify([key.key, ...identity]);
    if (!keys.has(known)) keys.set(known, key);
  };
  const statement: Statement = {
    spec(feature, props, span, texts) {
      const id = specId(repo, feature);
      if (nodes.has(id)) return id;
      nodes.set(id, {
        id,
        kind: 'Spec',
        name: feature,
        repo,
        file: path,
        span,
        props: { ...props, ...docProps(texts.map(({ text }) => text).join(' ')) },
      });
      for (const { text, span: at } of texts) mentionAll(id, text, at);
      return id;
    },
    part(kind, { feature, name, parent, span }, props) {
      const id = specPartId(repo, feature, name);
      if (nodes.has(id)) {
        statement.problem(
          'duplicate-criterion',
          `${feature}/${name} is stated twice in this file; the first counts. Give the second an id of its own.`,
          span,
        );
        return id;
      }
      const doc = docProps(props.doc ?? props.text);
      nodes.set(id, { id, kind, name: `${feature}/${name}`, repo, file: path, span, props: { ...props, ...doc } } as Node);
      edges.set(`${parent}\n${id}`, {
        from: parent,
        type: 'CONTAINS',
        to: id,
        tier: 'declared',
        confidence: 1,
        sites: [{ line: span.line, col: span.col, file: path }],
      });
      if (kind !== 'Question') statement.alias(id, feature, name);
      mentionAll(id, props.doc ?? props.text, span);
      return id;
    },
    demand: (from, edge, ref, { line, col }) => add({ key: 'demand', from, edge, ref, line, col }, from, edge, ref),
    edge(from, type, to, rule, { line, col }) {
      const known = `${from}\n${type}\n${to}`;
      if (from === to || edges.has(known)) return;
      edges.set(known, { from, type, to, tier: 'declared', confidence: 1, rule, sites: [{ line, col, file: path }] });
    },
    node: (node) => void (nodes.has(node.id) || nodes.set(node.id, node)),
    mention(from, { text, form }, span) {
      add({ key: 'mention', from, text, form, ...positionOf(rows, text, span) }, from, text);
    },
    alias: (id, feature, name, byPlace) =>
      add({ key: 'criterion', id, spec: specId(repo, feature), feature, name, ...(byPlace ? { byPlace } : {}) }, id, name),
    problem: (code, message, span) => void diagnostics.push({ code, severity: 'warning', message, file: path, span }),
    facts: () => ({ nodes: [...nodes.values()], edges: [...edges.values()], diagnostics, keys: [...keys.values()] }),
  };
  const mentionAll = (from: NodeId, text: string, span: Span): void => {
    for (const named of namedIn(text)) statement.mention(from, named, span);
  };
  return statement;
}

/**
 * Name of a part that people did not name: it follows from what the part says, so that it survives moves, and a part
 * that says something else is another one. Case and white space aside.
 */
export const unnamed = (prefix: string, text: string): string => `${prefix}-${hash('sha256', normalised(text)).slice(0, 8)}`;

const normalised = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();

/** Where a word stands within a stretch of lines; the start of the stretch when it is written differently there. */
function positionOf(rows: readonly string[], word: string, { line, col, endLine }: Span): { readonly line: number; readonly col: number } {
  for (let row = line; row <= Math.min(endLine, line + 200); row++) {
    const found = rows[row - 1]?.indexOf(word, row === line ? col - 1 : 0) ?? -1;
    if (found >= 0) return { line: row, col: found + 1 };
  }
  return { line, col };
}
