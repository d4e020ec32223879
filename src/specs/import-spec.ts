import { Document } from 'yaml';
import { PlatformError } from '../../graph/errors.ts';
import type { Node, NodeOf } from '../../graph/model/node.ts';
import { specFormat } from '../../ingest/workers/spec/spec.ts';
import { unnamed } from '../../ingest/workers/spec/statement.ts';
import { contentOf } from './meaning/words.ts';
import type { Priority } from './spec.ts';
import { writeSpec } from './format-spec.ts';

/** A line of the source that is not in the spec made of it. */
export interface Loss {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

export interface ImportedSpec {
  readonly feature: string;
  /** The spec, as the text of a `*.spec.yaml`. */
  readonly text: string;
  /** What the source says and the spec does not. Headings and markup are no loss. */
  readonly losses: readonly Loss[];
}

type Part = NodeOf<'AcceptanceCriterion'>;

/**
 * Makes a spec of one of another tool: Spec Kit, OpenSpec, Kiro, Gherkin, by the path that the tool keeps it at. It is read as the
 * graph reads it. Parts get ids of ours; what they were called is kept as `x-source`. Throws BAD_INPUT for any other file.
 */
export async function importSpec(source: string, path: string): Promise<ImportedSpec> {
  const isOurs = /\.spec\.ya?ml$/i.test(path);
  if (isOurs || !specFormat.claims(path))
    throw new PlatformError(
      'BAD_INPUT',
      `${path} is ${isOurs ? 'a spec already' : 'no spec of a tool that is known'}. Give specs/NNN-name/spec.md, openspec/specs/NAME/spec.md, .kiro/specs/NAME/requirements.md or NAME.feature.`,
    );
  const { nodes, edges } = await specFormat.read({ repo: 'import', path, text: source, other: () => undefined });
  const spec = nodes.find((node): node is NodeOf<'Spec'> => node.kind === 'Spec');
  if (!spec)
    throw new PlatformError('BAD_INPUT', `${path} states no feature that could be read. See \`specgraph doctor\` after an ingest of it.`);
  const rows = source.split(/\r?\n/);
  const children = new Map<string, Part[]>();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const { from, to, type } of edges) {
    const part = byId.get(to);
    if (type === 'CONTAINS' && part?.kind === 'AcceptanceCriterion') children.set(from, [...(children.get(from) ?? []), part]);
  }
  const feature = featureOf(spec.name);
  const taken = new Set<string>();
  const criteria = (children.get(spec.id) ?? []).flatMap((part) =>
    criteriaOf(part, children.get(part.id) ?? [], { feature: spec.name, rows, format: spec.props.format }, taken),
  );
  const nfrs = nfrsOf(nodes, spec.name, taken);
  if (criteria.length === 0 && Object.keys(nfrs).length === 0)
    throw new PlatformError('BAD_INPUT', `${path} states no criterion that could be read: there is nothing to make a spec of.`);
  const value = {
    apiVersion: 'specgraph/v1',
    feature,
    specVersion: '0.1',
    owner: 'unknown',
    description: descriptionOf(spec, path),
    acceptance: criteria,
    ...nfrs,
    ...questionsOf(nodes),
    'x-imported': { from: path, format: spec.props.format ?? '' },
  };
  const text = writeSpec(new Document(value));
  return { feature, text, losses: lossesOf(rows, text) };
}

/** `001-photo-albums` is `photo-albums`. */
function featureOf(name: string): string {
  const plain = name
    .replace(/^[^A-Za-z]+/, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .slice(0, 64)
    .replace(/-+$/, '');
  return plain.length >= 2 ? plain : `feature-${plain}`;
}

function descriptionOf({ props, name }: NodeOf<'Spec'>, path: string): string {
  const said = (props.doc ?? '').trim();
  return said.length >= 20 ? said : `${said === '' ? name : said}. Imported from ${path}.`;
}

interface From {
  readonly feature: string;
  readonly rows: readonly string[];
  readonly format: string | undefined;
}

function idFor(prefix: string, text: string, taken: Set<string>): string {
  let id = unnamed(prefix, text);
  for (let time = 2; taken.has(id); time++) id = unnamed(prefix, `${text}\n${time}`);
  taken.add(id);
  return id;
}

const PRIORITY: Readonly<Record<string, Priority>> = { p0: 'must', p1: 'must', p2: 'should', p3: 'could' };

function criteriaOf(part: Part, within: readonly Part[], from: From, taken: Set<string>): readonly object[] {
  const criterion = (of: Part, scenarios: readonly object[], story?: string): object => {
    const text = of.props.text.length >= 8 ? of.props.text : `Scenario: ${of.props.text}`;
    const priority = PRIORITY[of.props.priority?.toLowerCase() ?? ''];
    return {
      id: idFor('AC', text, taken),
      text,
      ...(priority === undefined ? {} : { priority }),
      ...(scenarios.length === 0 ? {} : { scenarios }),
      'x-source': of.name.replace(`${from.feature}/`, ''),
      ...(story === undefined ? {} : { 'x-story': story }),
    };
  };
  if (from.format === 'gherkin') {
    if (within.length === 0) return [criterion(part, stepsIn(part, from))];
    // A rule is what its scenarios show.
    return [
      criterion(
        part,
        within.flatMap((scenario) => stepsIn(scenario, from).map((steps) => ({ name: scenario.props.text, ...steps }))),
      ),
    ];
  }
  const told = from.format === 'kiro' ? [] : within.map((scenario) => givenWhenThen(scenario.props.text));
  const rest = within.filter((_, index) => told[index] === undefined);
  const scenarios = told.flatMap((scenario) => (scenario ? [scenario] : []));
  const isStory = rest.length > 0 && scenarios.length === 0;
  const story = [part.props.text, ...(part.props.doc && !part.props.doc.startsWith(part.props.text) ? [part.props.doc] : [])].join('. ');
  return [...(isStory ? [] : [criterion(part, scenarios)]), ...rest.map((one) => criterion(one, [], part.props.doc ?? story))];
}

/** `Given …, when …, then …` in one text. */
function givenWhenThen(text: string): object | undefined {
  const [, given, when, outcome] = /^(?:given\s+(.+?)[,;.]?\s+)?when\s+(.+?)[,;.]?\s+then\s+(.+)$/is.exec(text.trim()) ?? [];
  if (when === undefined || outcome === undefined) return undefined;
  const steps = new Map([...(given === undefined ? [] : [['given', given] as const]), ['when', when], ['then', outcome]]);
  return Object.fromEntries(steps);
}

const STEP = /^\s*(Given|When|Then|And|But|\*)\s+(.+?)\s*$/;

/** The steps of a scenario of Gherkin, from its lines. */
function stepsIn({ span }: Part, { rows }: From): readonly object[] {
  const steps = new Map<string, string[]>(['given', 'when', 'then'].map((kind) => [kind, []]));
  let kind = 'given';
  for (const row of rows.slice((span?.line ?? 1) - 1, span?.endLine ?? 0)) {
    const [, keyword = '', text] = STEP.exec(row) ?? [];
    if (text === undefined) continue;
    if (/^(?:Given|When|Then)$/.test(keyword)) kind = keyword.toLowerCase();
    steps.get(kind)?.push(text);
  }
  // Of steps that only do, the last is what is seen; what only is seen comes after what is given.
  const [given = [], when = [], then = []] = ['given', 'when', 'then'].map((name) => steps.get(name));
  if (then.length === 0) then.push(...when.splice(when.length > 1 ? -1 : when.length));
  if (when.length === 0) when.push(...given.splice(-1));
  if (when.length === 0 || then.length === 0) return [];
  return [Object.fromEntries([...steps].filter(([, list]) => list.length > 0)) as object];
}

function nfrsOf(nodes: readonly Node[], feature: string, taken: Set<string>): object {
  const categories = new Map<string, object[]>();
  for (const node of nodes) {
    if (node.kind !== 'Nfr') continue;
    const category = node.props.category ?? 'other';
    const item = {
      id: idFor(`NFR-${category}`, node.props.text, taken),
      text: node.props.text,
      'x-source': node.name.replace(`${feature}/`, ''),
    };
    categories.set(category, [...(categories.get(category) ?? []), item]);
  }
  return categories.size === 0 ? {} : { nfrs: Object.fromEntries(categories) };
}

function questionsOf(nodes: readonly Node[]): object {
  const questions = nodes.flatMap((node) =>
    node.kind === 'Question' ? [{ id: unnamed('Q', node.props.text), text: node.props.text }] : [],
  );
  return questions.length === 0 ? {} : { questions };
}

/** What begins a line in any of these forms, and says nothing by itself. */
const KEYWORD = /^[\s\d.*+-]*\**(?:given|when|then|and|but|if|scenario(?: outline)?|example|user story|input)\b[\s:*]*/i;
/** How much of the words of a line have to be in the spec. */
const KEPT = 0.7;

function lossesOf(rows: readonly string[], text: string): readonly Loss[] {
  const kept = new Set(contentOf(text));
  return rows.flatMap((row, index) => {
    const words = contentOf(row.replace(KEYWORD, ''));
    if (/^\s*#{1,6}\s|^\s*(?:```|~~~|---|<!--|@|Feature:|Background:|Rule:)/.test(row) || words.length === 0) return [];
    const share = words.filter((word) => kept.has(word)).length / words.length;
    return share >= KEPT ? [] : [{ line: index + 1, text: row.trim().slice(0, 200) }];
  });
}
