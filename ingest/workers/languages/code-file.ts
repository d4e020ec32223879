import { hash } from 'node:crypto';
import type { Node as Syntax } from 'web-tree-sitter';
import { compare, type Edge } from '../../../graph/model/edge.ts';
import { declarationId, makeId, moduleId, type NodeId } from '../../../graph/model/id.ts';
import type { DECLARATION_KINDS, Node } from '../../../graph/model/node.ts';
import type { Source, SourceFacts } from '../../file-worker.ts';
import type { ImportsKey, LinkKey } from '../../keys.ts';
import { linesOf } from '../../parse/lines.ts';
import { baseName } from '../../parse/paths.ts';

export type DeclarationKind = (typeof DECLARATION_KINDS)[number];

const BODIES: ReadonlySet<string> = new Set(['Function', 'Method', 'Constructor']);
const LONGEST_DOC = 300;
const CRITERION = /\[[\w.-]+\/[A-Z]+-[\w.-]+\]/;
const TAG = /@(verifies|satisfies)\s+(?:spec:)?([\w.-]+\/[\w.-]+)/g;
/** Lines between a comment and the declaration it stands before. */
const FARTHEST_COMMENT = 10;

export interface RouteSite {
  readonly node: Syntax;
  /** Inside which declaration it stands, or which it decorates; where the site is when not given. */
  readonly of?: Syntax;
  /** The function that handles it, as written. */
  readonly handler?: string;
  /** Capitals; `ANY` where the route takes every method. */
  readonly method: string;
  readonly path: string;
  readonly framework: string;
}

/** Collects what a file of any language says. Declarations nest by where they stand. */
export interface CodeFile {
  readonly source: Source;
  /** `owner`: name of the type it belongs to where it does not stand in it. */
  declare(
    kind: DeclarationKind,
    node: Syntax,
    name: Syntax,
    said?: { readonly exported?: boolean; readonly owner?: string; readonly doc?: string; readonly as?: string },
  ): void;
  /** A stretch whose declarations belong to the type `name`, which is declared elsewhere. */
  scope(node: Syntax, name: string): void;
  imports(node: Syntax, name: string, members?: readonly string[]): void;
  route(site: RouteSite): void;
  call(site: { readonly node: Syntax; readonly of?: Syntax; readonly method?: string; readonly url: string }): void;
  /** `title`: as people know the test; its dotted name when not given. */
  test(node: Syntax, title?: string): void;
  facts(framework: string, isTestFile: boolean): SourceFacts;
}

interface Pending {
  readonly kind?: DeclarationKind;
  readonly start: number;
  readonly end: number;
  readonly at: number;
  readonly name: string;
  readonly exported: boolean;
  readonly owner?: string;
  readonly doc?: string;
}
interface Placed extends Pending {
  readonly id?: NodeId;
  readonly dotted: string;
}

export function createCodeFile(source: Source, language: string): CodeFile {
  const { repo, path, text } = source;
  const module = moduleId(repo, path);
  const lines = linesOf(text);
  const rows = text.split('\n');
  const pending: Pending[] = [];
  const imports: ImportsKey['items'][number][] = [];
  const routes: RouteSite[] = [];
  const calls: Parameters<CodeFile['call']>[0][] = [];
  const tests: { readonly start: number; readonly end: number; readonly title?: string }[] = [];
  const placeOf = ({ startIndex }: Syntax) => lines.at(startIndex);

  return {
    source,
    declare(kind, node, name, { exported = false, owner, doc, as } = {}) {
      pending.push({
        kind,
        start: node.startIndex,
        end: node.endIndex,
        at: name.startIndex,
        name: as ?? name.text,
        exported,
        ...(owner === undefined ? {} : { owner }),
        ...(doc === undefined ? {} : { doc }),
      });
    },
    scope: (node, name) => void pending.push({ start: node.startIndex, end: node.endIndex, at: node.startIndex, name, exported: false }),
    imports: (node, name, members) => void imports.push({ ...placeOf(node), name, ...(members ? { members } : {}) }),
    route: (site) => void routes.push(site),
    call: (site) => void calls.push(site),
    test: (node, title) => void tests.push({ start: node.startIndex, end: node.endIndex, ...(title === undefined ? {} : { title }) }),
    facts(framework, isTestFile) {
      const placed = placeAll(pending, repo, path);
      const ids = new Set(placed.map(({ id }) => id));
      const spanAt = (start: number, end: number) => lines.span(start, end);
      const nodes = new Map<NodeId, Node>();
      const edges = new Map<string, Edge>();
      const contain = (from: NodeId, to: NodeId, at: number): void => {
        edges.set(`${from}\n${to}`, {
          from,
          type: 'CONTAINS',
          to,
          tier: 'heuristic',
          confidence: 1,
          rule: 'syntax',
          sites: [lines.at(at)],
        });
      };
      /** Lines whose comment is told: it is about the first declaration on them. */
      const commented = new Set<number>();
      const fileSpan = { line: 1, col: 1, endLine: lines.count, endCol: 1 };
      const name = baseName(path);
      nodes.set(module, { id: module, kind: 'Module', name, repo, file: path, span: fileSpan, props: { language } });
      for (const { id, kind, dotted, at, start, end, exported, doc, name: own } of placed) {
        if (id === undefined || kind === undefined || nodes.has(id)) continue;
        const { line } = lines.at(start);
        const written = doc ?? (commented.has(line) ? '' : commentBefore(rows, line));
        commented.add(line);
        const body = hash('sha256', text.slice(start, end).replace(/\s+/g, ' ')).slice(0, 16);
        const props = { ...(exported ? { exported } : {}), ...(written === '' ? {} : { doc: written }), body };
        nodes.set(id, { id, kind, name: own, repo, file: path, span: spanAt(at, end), props });
        const parent = declarationId(repo, path, dotted.slice(0, -own.length - 1));
        contain(dotted !== own && ids.has(parent) ? parent : module, id, at);
      }
      const idAround = (offset: number): NodeId => {
        let best: Placed | undefined;
        for (const one of placed)
          if (one.id !== undefined && one.start <= offset && offset < one.end && (!best || one.start >= best.start)) best = one;
        return best?.id ?? module;
      };
      const byName = new Map(placed.flatMap(({ id, dotted }) => (id === undefined ? [] : [[dotted, id] as const])));
      const keys: LinkKey[] = [declaresKey(module, placed, isTestFile, spanAt)];
      if (imports.length > 0) keys.push({ key: 'imports', module, language, items: imports });
      for (const { node, of, handler, ...site } of routes) {
        const handled =
          handler === undefined ? undefined : (byName.get(handler) ?? byName.get(handler.replace(/^(?:self|this)\.|\(\)$/g, '')));
        const from = handled ?? idAround((of ?? node).startIndex);
        keys.push({ key: 'http-route', from, ...site, ...(handler !== undefined && !handled ? { handler } : {}), ...placeOf(node) });
      }
      for (const { node, of, ...site } of calls)
        keys.push({ key: 'http-call', from: idAround((of ?? node).startIndex), ...site, ...placeOf(node) });
      if (tests.length > 0) {
        const id = makeId({ repo, scheme: 'test', path });
        nodes.set(id, { id, kind: 'TestFile', name, repo, file: path, span: fileSpan, props: { framework } });
        const top = [{ line: 1, col: 1 }];
        edges.set(id, { from: id, type: 'TESTS', to: module, tier: 'heuristic', confidence: 1, rule: 'test-file', sites: top });
        const byStart = new Map(placed.flatMap(({ id, dotted, start }) => (id === undefined ? [] : [[start, dotted] as const])));
        for (const { start, end, title: given } of tests) {
          const title = given ?? byStart.get(start)?.split('.').join(' > ');
          if (title === undefined) continue;
          const caseId = makeId({ repo, scheme: 'test', path, descriptor: title });
          if (nodes.has(caseId)) continue;
          nodes.set(caseId, { id: caseId, kind: 'TestCase', name: title, repo, file: path, span: spanAt(start, end), props: { title } });
          contain(id, caseId, start);
          if (CRITERION.test(title)) keys.push({ key: 'test', id: caseId, title, ...lines.at(start) });
        }
      }
      for (const { index, 1: tag, 2: ref = '' } of text.matchAll(TAG)) {
        const around = idAround(index);
        const { line } = lines.at(index);
        const next = placed.find(({ id, start }) => id !== undefined && start > index && lines.at(start).line <= line + FARTHEST_COMMENT);
        const from = around === module ? (next?.id ?? module) : around;
        keys.push({ key: 'verifies', from, tag: tag as 'verifies' | 'satisfies', ref, ...lines.at(index) });
      }
      return { nodes: [...nodes.values()], edges: [...edges.values()], diagnostics: [], keys };
    },
  };
}

/** Gives declarations their dotted names and ids; what stands in a body belongs to the declaration around it and gets none. */
function placeAll(pending: readonly Pending[], repo: string, path: string): readonly Placed[] {
  const open: Placed[] = [];
  return [...pending]
    .sort((a, b) => a.start - b.start || b.end - a.end || a.at - b.at || compare(a.name, b.name))
    .map((one) => {
      // `var a, b = 1, 2` is one stretch with two names: neither is in the other.
      while (open.length > 0 && (open.at(-1)!.end <= one.start || (open.at(-1)!.start === one.start && open.at(-1)!.end === one.end)))
        open.pop();
      const around = open.at(-1);
      const inBody = open.some(({ kind }) => kind !== undefined && BODIES.has(kind));
      const dotted = [around?.dotted, one.owner, one.name].filter((part) => part !== undefined && part !== '').join('.');
      const isMember = around?.kind === undefined ? around !== undefined : around.kind !== 'Namespace';
      const kind = one.kind === 'Function' && (isMember || one.owner !== undefined) ? 'Method' : one.kind;
      const placed: Placed = {
        ...one,
        ...(kind === undefined ? {} : { kind }),
        dotted,
        ...(kind === undefined || inBody ? {} : { id: declarationId(repo, path, dotted) }),
      };
      open.push(placed);
      return placed;
    });
}

function declaresKey(
  module: NodeId,
  placed: readonly Placed[],
  isTest: boolean,
  spanAt: (start: number, end: number) => { readonly line: number; readonly endLine: number },
): LinkKey {
  const named = new Map<string, Placed>();
  for (const one of placed) if (one.id !== undefined && !named.has(one.dotted)) named.set(one.dotted, one);
  const exported = [...named.values()].filter((one) => one.exported);
  const internal = [...named.values()].filter((one) => !one.exported);
  return {
    key: 'declares',
    module,
    exported: exported.map(({ dotted }) => dotted),
    internal: internal.map(({ dotted }) => dotted),
    lines: [...exported, ...internal].map(({ start, end }) => {
      const { line, endLine } = spanAt(start, end);
      return [line, endLine] as const;
    }),
    ...(isTest ? { test: true } : {}),
  };
}

/** First sentence of the comment that ends right above a line, past attributes and annotations. */
function commentBefore(rows: readonly string[], line: number): string {
  const words: string[] = [];
  for (let row = line - 2; row >= 0 && row > line - 60; row--) {
    const written = rows[row]!.trim();
    if (/^(#!?\[|@)/.test(written)) continue;
    const comment = /^(?:\/\/[/!]?|\/\*\*?|\*\/|\*)\s?(.*?)(?:\*\/)?$/.exec(written);
    if (!comment) break;
    words.unshift(comment[1] ?? '');
    if (written.startsWith('/*')) break;
  }
  return firstSentence(words.join(' '));
}

export const firstSentence = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return (/^.*?[.!?](?=\s|$)/.exec(line)?.[0] ?? line).slice(0, LONGEST_DOC);
};
