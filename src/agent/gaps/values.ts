import { groupOf } from '../../../graph/model/chunk.ts';
import { compare } from '../../../graph/model/edge.ts';
import { moduleId } from '../../../graph/model/id.ts';
import type { Node } from '../../../graph/model/node.ts';
import { createQuotedFiles, type QuotedFile } from '../../retrieval/quoted-file.ts';
import type { Evidence, Grounding, StepContext } from '../model.ts';
import { mayHoldSecret, quoteLines } from '../retrieve/evidence.ts';
import { FINDERS, type LineRule, type ValueKind } from './finders.ts';

export interface Value {
  readonly value: string;
  /** The name of what states it. */
  readonly source: string;
  readonly evidence: Evidence;
}

/** Files of things that are read for values, and values that are given. */
const MOST_FILES = 30;
const MOST_VALUES = 3;
/** Places looked at beside the touched files. */
const ELSEWHERE = 12;
/** Longer lines are data. */
const LONGEST_LINE = 400;

/** Looks for values of a kind: first in the files that the request touches, then where names of the repository say so. */
export interface Values {
  find(kind: ValueKind): Promise<readonly Value[]>;
}

export function createValues({ things }: Grounding, { graph: { reader }, repo }: StepContext): Values {
  const files = createQuotedFiles(reader);
  const found = new Map<ValueKind, Promise<readonly Value[]>>();

  /** A file under the name of its module, or of the thing that led to it. */
  const under = async (file: QuotedFile, id: string): Promise<ReadFile> => {
    const module = moduleId(file.repo, file.path);
    return { file, node: (await reader.get([module])).has(module) ? module : id };
  };
  const touched = async (): Promise<readonly ReadFile[]> => {
    const nodes = await reader.get(things.filter(({ role }) => role !== 'owner' && role !== 'document').map(({ id }) => id));
    const read = new Map<string, ReadFile>();
    for (const { id } of things) {
      const node = nodes.get(id);
      const file = node && (await files.of(node));
      if (file && groupOf(file.path) !== 'test' && !SECRET.test(file.path) && !read.has(file.key))
        read.set(file.key, await under(file, id));
      if (read.size >= MOST_FILES) break;
    }
    return [...read.values()];
  };
  /** Files whose text has most of some words: constants and settings stand apart from what they limit. */
  const elsewhere = async (names: string): Promise<readonly ReadFile[]> => {
    const hits = await Promise.all(
      (['code-file', 'text-file'] as const).map((set) => reader.chunks(names, { set, limit: ELSEWHERE, repo })),
    );
    const nodes = await reader.get(hits.flat().map(({ node }) => node));
    const read: ReadFile[] = [];
    for (const {
      node,
      files: [path],
    } of hits.flat()) {
      const known = nodes.get(node);
      const file =
        known && path !== undefined && !SECRET.test(path) && !PROSE.test(path) ? await files.of({ ...known, file: path }) : undefined;
      if (file) read.push(await under(file, node));
    }
    return read;
  };
  const look = async (kind: ValueKind): Promise<readonly Value[]> => {
    if (kind === 'event') return named(things.filter(({ role }) => role === 'event'));
    const values: Value[] = [];
    const add = (value: Value | undefined): void => {
      if (value && !values.some((each) => each.value.toLowerCase() === value.value.toLowerCase())) values.push(value);
    };
    if (kind === 'role') for (const value of await rolesIn()) add(value);
    if (kind === 'sign-in') for (const value of await schemesIn()) add(value);
    const { line, names, inCode = false } = FINDERS[kind];
    for (const file of await touched())
      if (!inCode || groupOf(file.file.path) === 'code') for (const value of valuesIn(file, line)) add(value);
    for (const file of values.length < MOST_VALUES && names !== '' ? await elsewhere(names) : [])
      if (!inCode || groupOf(file.file.path) === 'code') for (const value of valuesIn(file, line)) add(value);
    return values.slice(0, MOST_VALUES);
  };
  /** The members of an enumeration of roles. */
  const rolesIn = async (): Promise<readonly Value[]> => {
    const enums = (await reader.find({ kinds: ['Enum'], repo }, { limit: 2000 })).filter(({ name }) => /role|permission/i.test(name));
    const values: Value[] = [];
    for (const node of enums.slice(0, 2)) {
      const file = await files.of(node);
      if (!file || !node.span || node.file === undefined) continue;
      const members = (await reader.find({ kinds: ['EnumMember'], repo, file: node.file }, { limit: 100 })).filter(({ id }) =>
        id.startsWith(`${node.id}.`),
      );
      for (const member of members) {
        const evidence = member.span && quoteLines(member.id, file, member.span.line);
        if (evidence) values.push({ value: `the role ${member.name.toLowerCase()}`, source: node.name, evidence });
      }
    }
    return values;
  };
  /** The ways to sign in that contracts state. */
  const schemesIn = async (): Promise<readonly Value[]> => {
    const schemes = await reader.find({ kinds: ['SecurityScheme'], repo }, { limit: 100 });
    const values: Value[] = [];
    const operations = await reader.get(things.filter(({ kind }) => kind === 'Operation').map(({ id }) => id));
    const used = things.flatMap(({ id }) => securityOf(operations.get(id)));
    // Certificates are for services; people are asked about here.
    const place = (node: Node): number =>
      used.includes(node.name)
        ? used.indexOf(node.name)
        : used.length + (node.kind === 'SecurityScheme' && node.props.type === 'mutualTLS' ? 1 : 0);
    for (const node of [...schemes].sort((a, b) => place(a) - place(b) || compare(a.id, b.id))) {
      const file = await files.of(node);
      const evidence = file && node.span && quoteLines(node.id, file, node.span.line);
      if (evidence) values.push({ value: `everybody who is signed in (${node.name})`, source: 'the contract', evidence });
    }
    return values;
  };
  return {
    find(kind) {
      let known = found.get(kind);
      if (!known) found.set(kind, (known = look(kind)));
      return known;
    },
  };
}

const securityOf = (node: Node | undefined): readonly string[] => (node?.kind === 'Operation' ? (node.props.security ?? []) : []);

/** Files with secrets of one machine: what stands there is quoted nowhere. */
const PROSE = /\.(?:mdx?|markdown|txt|rst|adoc|lock)$|(?:^|\/)(?:package(?:-lock)?\.json|pnpm-lock\.yaml|CHANGELOG)/i;
const SECRET = /(?:^|\/)\.env(?!\.(?:example|sample|template|dist))|\.(?:pem|key)$/i;

function valuesIn({ file, node }: ReadFile, rule: LineRule): readonly Value[] {
  const values: Value[] = [];
  for (const [index, text] of file.lines.entries()) {
    if (values.length === MOST_VALUES) break;
    if (text.length > LONGEST_LINE || /^\s*(?:import\b|\*|\/\/)/.test(text) || mayHoldSecret(text)) continue;
    const value = rule(text);
    if (value === undefined) continue;
    const line = index + 1;
    const part = /^\s*@/.test(text)
      ? file.parts.find(({ span }) => span.line > line)
      : file.parts.findLast(({ span }) => span.line <= line && span.endLine >= line);
    const evidence = quoteLines(part?.id ?? node, file, line);
    if (evidence) values.push({ value, source: part?.name ?? file.path.slice(file.path.lastIndexOf('/') + 1), evidence });
  }
  return values;
}

interface ReadFile {
  readonly file: QuotedFile;
  readonly node: string;
}

const named = (things: Grounding['things']): readonly Value[] =>
  things.slice(0, MOST_VALUES).map(({ name, evidence }) => ({ value: name, source: 'the system', evidence }));
