import type { Diagnostic, Span } from '../../graph/model/provenance.ts';
import { linesOf } from '../../ingest/parse/lines.ts';
import { eachAt } from '../../ingest/parse/one-or-many.ts';
import {
  entriesOf,
  isRecord,
  itemsOf,
  memberOf,
  readTrees,
  scalarAt,
  textOf,
  valueAt,
  type Tree,
  type TreePath,
} from '../../ingest/parse/tree.ts';
import { invalidPartsOf, pointersTo, statedParts, textAt, type StatedPart } from '../../ingest/workers/spec/native-document.ts';
import { PRIORITIES } from './spec.ts';
import type {
  Criterion,
  Dependency,
  Ears,
  Generated,
  Measure,
  Nfr,
  Owner,
  Question,
  Scenario,
  Spec,
  SpecFile,
  SpecLink,
  Verification,
} from './spec.ts';
import { versionOf } from './version.ts';
import { yamlTraps } from './yaml-traps.ts';

const NOWHERE: Span = { line: 1, col: 1, endLine: 1, endCol: 1 };

/** Reads the text of a `*.spec.yaml`. Whatever the text, there is an answer: what is wrong with it is in the diagnostics. */
export function readSpec(text: string, path: string): SpecFile {
  const { trees, diagnostics: unread } = readTrees(text, path);
  const [tree] = trees;
  const problems: Diagnostic[] = unread.map((problem) => ({ ...problem, severity: 'error' }));
  const marker = /^(?:<{7}|={7}|>{7})(?= |\r?$)/m.exec(text);
  if (marker)
    problems.push(
      problem(
        path,
        linesOf(text).span(marker.index, marker.index + 7),
        'Holds a conflict of a merge. Keep one of its sides.',
        'merge-conflict',
      ),
    );
  const file = { path, text, spanOf: (at: TreePath) => tree?.spanOf(at) ?? NOWHERE };
  const nothing = (message: string): SpecFile => ({
    ...file,
    spec: undefined,
    pointers: new Set(),
    diagnostics: [...problems, ...(problems.length > 0 ? [] : [problem(path, NOWHERE, message)])],
  });
  if (!tree) return nothing('Holds no spec. See docs/reference/specs.md for the least that one is.');
  if (!isRecord(tree.value)) return nothing('Is no map. A spec begins with `feature:`.');
  const bare = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  problems.push(...yamlTraps(bare, path, linesOf(bare)));
  for (const { at, message } of invalidPartsOf(tree)) problems.push(problem(path, tree.spanOf(at), message));
  const parts = statedParts(tree);
  const all = [...parts.criteria, ...parts.nfrs, ...parts.questions];
  const known = new Set<string>();
  for (const { id, at } of all) {
    if (known.has(id))
      problems.push(problem(path, tree.spanOf(at), `${id} is stated twice. Give the second an id of its own.`, 'duplicate-criterion'));
    known.add(id);
  }
  return { ...file, spec: specIn(tree, parts), diagnostics: problems, pointers: new Set(all.flatMap(pointersTo)) };
}

const problem = (file: string, span: Span, message: string, code = 'invalid-spec'): Diagnostic => ({
  code,
  severity: 'error',
  message,
  file,
  span,
});

function specIn(tree: Tree, stated: ReturnType<typeof statedParts>): Spec {
  const text = (key: string): string | undefined => scalarAt(tree, [key]);
  const nfrs = stated.nfrs.map((part): Nfr => {
    const measure = measureAt(tree, [...part.at, 'measure']);
    return {
      ...partOf(part),
      category: part.category,
      ...(measure ? { measure } : {}),
      verify: verificationsAt(tree, [...part.at, 'verify']),
    };
  });
  const generated = generatedAt(tree);
  return {
    feature: text('feature')?.trim() ?? '',
    version: versionOf(text('specVersion') ?? '') ?? '',
    owner: ownerOf(tree),
    description: text('description') ?? '',
    criteria: stated.criteria.map((part) => criterionAt(tree, part)),
    nfrs,
    dependencies: itemsOf(memberOf(tree.value, 'dependencies')).flatMap((item, index) => dependencyAt(tree, ['dependencies', index], item)),
    outOfScope: itemsOf(memberOf(tree.value, 'outOfScope')).flatMap((item, index) => textAt(tree, ['outOfScope', index], item) ?? []),
    questions: stated.questions.map((part) => questionAt(tree, part)),
    links: linksAt(tree, ['links']),
    claims: itemsOf(memberOf(tree.value, 'provenance')).flatMap((_, index) => {
      const claim = scalarAt(tree, ['provenance', index, 'claim']);
      return claim === undefined ? [] : [{ at: ['provenance', index], claim }];
    }),
    ...optional('status', text('status')),
    ...optional('why', text('why')),
    ...optional('supersedes', text('supersedes')),
    ...(generated ? { generated } : {}),
  };
}

/** A member that is left out where there is nothing to say. */
const optional = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { readonly [P in K]: V });

const partOf = ({ id, isGiven, text, at }: StatedPart) => ({ id, hasId: isGiven, text, at });

function criterionAt(tree: Tree, part: StatedPart): Criterion {
  const { at, item } = part;
  const rev = memberOf(item, 'rev');
  const priority = scalarAt(tree, [...at, 'priority']);
  const ears = earsAt(tree, [...at, 'ears']);
  return {
    ...partOf(part),
    ...(typeof rev === 'number' ? { rev } : {}),
    ...(ears ? { ears } : {}),
    scenarios: itemsOf(memberOf(item, 'scenarios')).map((scenario, index) => scenarioAt(tree, [...at, 'scenarios', index], scenario)),
    priority: PRIORITIES.find((known) => known === priority) ?? 'must',
    verify: verificationsAt(tree, [...at, 'verify']),
    links: linksAt(tree, [...at, 'links']),
  };
}

const EARS_PARTS = ['pattern', 'where', 'while', 'when', 'if', 'system', 'shall'] as const;

function earsAt(tree: Tree, at: TreePath): Ears | undefined {
  const found = EARS_PARTS.flatMap((part) => {
    const text = scalarAt(tree, [...at, part]);
    return text === undefined ? [] : [[part, text] as const];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

function scenarioAt(tree: Tree, at: TreePath, scenario: unknown): Scenario {
  const steps = (key: string): readonly string[] =>
    memberOf(scenario, key) === undefined
      ? []
      : eachAt(memberOf(scenario, key), [...at, key]).flatMap(([step, place]) => textAt(tree, place, step) ?? []);
  return {
    given: steps('given'),
    when: steps('when'),
    outcome: steps('then'),
    examples: itemsOf(memberOf(scenario, 'examples')),
    ...optional('name', scalarAt(tree, [...at, 'name'])),
  };
}

function measureAt(tree: Tree, at: TreePath): Measure | undefined {
  const measure = valueAt(tree.value, at);
  const [metric, op, value] = [scalarAt(tree, [...at, 'metric']), scalarAt(tree, [...at, 'op']), memberOf(measure, 'value')];
  const known = (['<', '<=', '=', '>=', '>'] as const).find((one) => one === op);
  if (metric === undefined || !known || typeof value !== 'number') return undefined;
  const percentile = memberOf(measure, 'percentile');
  return {
    metric,
    op: known,
    value,
    ...optional('unit', scalarAt(tree, [...at, 'unit'])),
    ...(typeof percentile === 'number' ? { percentile } : {}),
    ...optional('window', scalarAt(tree, [...at, 'window'])),
  };
}

const verificationsAt = (tree: Tree, at: TreePath): readonly Verification[] =>
  itemsOf(valueAt(tree.value, at)).flatMap((_, index) => {
    const kind = scalarAt(tree, [...at, index, 'kind']);
    return kind === undefined ? [] : [{ kind, ...optional('ref', scalarAt(tree, [...at, index, 'ref'])) }];
  });

const linksAt = (tree: Tree, at: TreePath): readonly SpecLink[] =>
  itemsOf(valueAt(tree.value, at)).flatMap((_, index) => {
    const [rel, target] = [scalarAt(tree, [...at, index, 'rel']), scalarAt(tree, [...at, index, 'target'])];
    return rel === undefined || target === undefined ? [] : [{ at: [...at, index], rel, target }];
  });

function dependencyAt(tree: Tree, at: TreePath, item: unknown): readonly Dependency[] {
  const target = scalarAt(tree, [...at, 'target']);
  if (target !== undefined) {
    const more = (key: 'reason' | 'contract' | 'range') => optional(key, scalarAt(tree, [...at, key]));
    return [{ at, target, ...more('reason'), ...more('contract'), ...more('range') }];
  }
  const text = textAt(tree, at, item);
  if (text === undefined) return [];
  // `UserService: why` in one text; `svc:UserService` is a name.
  const [, name = text.trim(), reason] = /^([^:]+):\s+(.+)$/s.exec(text.trim()) ?? [];
  return [{ at, target: name, ...optional('reason', reason) }];
}

function questionAt(tree: Tree, part: StatedPart): Question {
  const of = (key: 'about' | 'answer' | 'answeredBy' | 'waived') => optional(key, scalarAt(tree, [...part.at, key]));
  const options = itemsOf(memberOf(part.item, 'options')).flatMap(
    (option, index) => textAt(tree, [...part.at, 'options', index], option) ?? [],
  );
  return { ...partOf(part), options, ...of('about'), ...of('answer'), ...of('answeredBy'), ...of('waived') };
}

function ownerOf(tree: Tree): Owner {
  const name = scalarAt(tree, ['owner']);
  if (name !== undefined) return { name };
  return Object.fromEntries(
    entriesOf(memberOf(tree.value, 'owner')).flatMap(([key, value]) => (textOf(value) === undefined ? [] : [[key, value]])),
  );
}

function generatedAt(tree: Tree): Generated | undefined {
  const engine = scalarAt(tree, ['generated', 'engine']);
  if (engine === undefined) return undefined;
  return { engine, ...optional('model', scalarAt(tree, ['generated', 'model'])), ...optional('by', scalarAt(tree, ['generated', 'by'])) };
}
