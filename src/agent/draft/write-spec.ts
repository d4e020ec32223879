import { Document, isMap, isSeq, Scalar, YAMLMap, YAMLSeq, type Node } from 'yaml';
import { refOf } from '../../../graph/model/id.ts';
import { parseSpec } from '../../specs/format-spec.ts';
import { readSpec } from '../../specs/read-spec.ts';
import type { Ears } from '../../specs/spec.ts';
import { segment } from '../citations/demanded.ts';
import type { DraftCriterion, DraftNfr, DraftSpec, Evidence, Grounded } from '../model.ts';
import { citedIn } from './change-spec.ts';

/** What made a draft. */
export interface Maker {
  readonly engine: 'rules' | 'llm';
  readonly model?: string;
  readonly toolVersion?: string;
}

export const makerOf = ({ model }: Pick<DraftSpec, 'model'>): Maker =>
  model === undefined ? { engine: 'rules' } : { engine: 'llm', model };

/** Digits of a hash that are written: enough to tell texts and commits apart, few enough to be read over. */
const DIGITS = { commit: 12, text: 16 } as const;

/**
 * The text of a draft as a `*.spec.yaml`. A change of a spec is written into the file that is there: comments, order and all that it
 * does not change stay. Deterministic: the same draft is the same text.
 */
export function writeSpec(draft: DraftSpec, maker: Maker = { engine: 'rules' }): string {
  const document = draft.base === undefined ? new Document({}) : parseSpec(draft.base);
  if (!isMap(document.contents)) document.contents = new YAMLMap() as never;
  const before = draft.base === undefined ? undefined : readSpec(draft.base, draft.path ?? '').spec;
  const write = writerOf(document);

  write.member('feature', draft.feature);
  write.member('specVersion', quoted(draft.version));
  if (!before) write.member('status', 'draft');
  if (!before) write.member('owner', flow(document, ownerOf(draft)));
  if (!before) write.member('description', draft.description.text);
  const known = new Map(before?.criteria.map((part) => [part.id, part]));
  for (const part of draft.criteria) {
    const old = known.get(part.id);
    if (!old) write.add(['acceptance'], criterionOf(document, part));
    else if (old.text !== part.text) write.replace('acceptance', part.id, criterionOf(document, part));
  }
  const knownNfrs = new Set(before?.nfrs.map(({ id }) => id));
  for (const part of draft.nfrs) if (!knownNfrs.has(part.id)) write.add(['nfrs', part.category], nfrOf(document, part));
  const targets = new Set(before?.dependencies.map(({ target }) => target));
  for (const { target, contract, text } of draft.dependencies)
    if (!targets.has(target))
      write.add(['dependencies'], flow(document, { target, ...(contract === undefined ? {} : { contract }), reason: text }));
  for (const { text } of draft.outOfScope) if (!before?.outOfScope.includes(text)) write.add(['outOfScope'], text);
  const asked = new Set(before?.questions.map(({ id }) => id));
  for (const question of draft.questions)
    if (!asked.has(question.id)) {
      const { id, about, text, options, answer, answeredBy } = question;
      const part = { id, ...(about === undefined ? {} : { about }), text, ...(options.length === 0 ? {} : { options }) };
      write.add(
        ['questions'],
        flow(document, { ...part, ...(answer === undefined ? {} : { answer }), ...(answeredBy === undefined ? {} : { answeredBy }) }),
      );
    }
  const links = new Set(before?.links.map(({ rel, target }) => `${rel} ${target}`));
  for (const { rel, target } of draft.links) if (!links.has(`${rel} ${target}`)) write.add(['links'], flow(document, { rel, target }));
  writeProvenance(document, draft, before);
  document.delete('generated');
  const { engine, model, toolVersion } = maker;
  document.set(
    'generated',
    flow(document, { engine, ...(model === undefined ? {} : { model }), ...(toolVersion === undefined ? {} : { toolVersion }) }),
  );
  return document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER, flowCollectionPadding: true });
}

function writerOf(document: Document): {
  member(key: string, value: unknown): void;
  add(path: readonly string[], item: unknown): void;
  replace(list: string, id: string, item: Node): void;
} {
  return {
    member: (key, value) => document.set(key, value),
    add(path, item) {
      const at = [...path];
      if (!document.hasIn(at)) document.setIn(at, new YAMLSeq());
      const list = document.getIn(at, true);
      if (isSeq(list)) {
        list.flow = false;
        list.add(item instanceof Object ? item : document.createNode(item));
      } else {
        // One text where a list may stand.
        const seq = new YAMLSeq();
        seq.items.push(list, item instanceof Object ? item : document.createNode(item));
        document.setIn(at, seq);
      }
    },
    replace(key, id, item) {
      const list = document.get(key);
      if (!isSeq(list)) return;
      const at = list.items.findIndex((each) => isMap(each) && each.get('id') === id);
      const old = list.items[at];
      if (!isMap(old) || !isMap(item)) return;
      for (const { key: name, value } of item.items) old.set(name, value);
    },
  };
}

function quoted(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}

const flow = (document: Document, value: unknown): Node => document.createNode(value, { flow: true });

const ownerOf = ({ owner }: DraftSpec): unknown => {
  const people = Object.fromEntries(
    (['why', 'how', 'team'] as const).flatMap((key) => (owner[key] === undefined ? [] : [[key, owner[key]]])),
  );
  return Object.keys(people).length === 0 ? 'unassigned' : people;
};

function criterionOf(document: Document, { id, text, ears, priority, verify }: DraftCriterion): Node {
  const map = new YAMLMap();
  map.set('id', id);
  map.set('text', document.createNode(text));
  if (ears) map.set('ears', flow(document, shortEars(ears)));
  if (priority !== 'must') map.set('priority', priority);
  if (verify.length > 0) map.set('verify', flow(document, verify));
  return map;
}

/** The pattern and the system; the other parts are the text over again. */
const shortEars = ({ pattern, system }: Ears): Ears => ({
  ...(pattern === undefined ? {} : { pattern }),
  ...(system === undefined ? {} : { system }),
});

const nfrOf = (document: Document, { id, text, measure, verify }: DraftNfr): Node =>
  flow(document, {
    id,
    text,
    ...(measure ? { measure } : {}),
    ...(verify && verify.length > 0 ? { verify } : measure ? {} : { verify: [{ kind: 'test' }] }),
  });

/** Links that say what the spec keeps to, or departs from. */
const NORMATIVE: ReadonlySet<string> = new Set(['constrainedBy', 'conflictsWith']);

/** One line for each sentence: what it rests on, so that a program can look it up. */
function writeProvenance(document: Document, draft: DraftSpec, before: ReturnType<typeof readSpec>['spec']): void {
  const cited = new Set(draft.base === undefined ? [] : citedIn(draft.base));
  const texts = new Map([...(before?.criteria ?? []), ...(before?.nfrs ?? [])].map(({ id, text }) => [id, text]));
  const changed = (id: string, text: string): boolean => texts.has(id) && texts.get(id) !== text;
  const claims: (readonly [string, Grounded, boolean])[] = [
    ['/description', draft.description, false],
    ...draft.criteria.map((part) => [`/acceptance/${part.id}`, part, changed(part.id, part.text)] as const),
    ...draft.nfrs.map((part) => [`/nfrs/${part.category}/${part.id}`, part, false] as const),
    ...draft.dependencies.filter(({ text }) => text !== '').map((part) => [`/dependencies/${segment(part.target)}`, part, false] as const),
    ...draft.outOfScope.map((part, index) => [`/outOfScope/${index}`, part, false] as const),
    ...draft.questions.flatMap(({ id, answer: text = '', proposal: evidence }) =>
      evidence ? [[`/questions/${id}`, { text, basis: 'llm', rule: 'proposed-answer', evidence }, false] as const] : [],
    ),
  ];
  // What a rule says, or what people chose, that only a link names: with it a later change of the rule is seen.
  const quoted = new Set(claims.flatMap(([, { evidence }]) => evidence.map(({ node }) => node)));
  for (const { rel, target, evidence } of draft.links) {
    const [first, ...more] = evidence;
    if (!NORMATIVE.has(rel) || !first || quoted.has(first.node)) continue;
    const basis = first.node.startsWith('note:') ? ({ basis: 'human', rule: 'settled' } as const) : ({ basis: 'quoted' } as const);
    claims.push([`/links/${segment(target)}`, { text: first.quote, ...basis, evidence: [first, ...more] }, false]);
  }
  const list = document.get('provenance');
  if (isSeq(list))
    list.items = list.items.filter((item) => !isMap(item) || !claims.some(([claim, , isNew]) => isNew && item.get('claim') === claim));
  const entries = claims
    .filter(([claim, , isNew]) => isNew || !cited.has(claim))
    .map(([claim, part]) => flow(document, claimOf(claim, part)));
  if (entries.length === 0) return;
  if (isSeq(list)) {
    list.flow = false;
    list.items.push(...entries);
    return;
  }
  const seq = new YAMLSeq();
  seq.items.push(...entries);
  document.set('provenance', seq);
}

const claimOf = (claim: string, { basis, rule, evidence }: Grounded): unknown => ({
  claim,
  basis,
  ...(rule === undefined || basis === 'quoted' ? {} : { rule }),
  sources: evidence.map(sourceOf),
});

const sourceOf = ({ node, file, line, endLine, sha, quote }: Evidence): unknown => ({
  node: node.startsWith('note:') ? node : refOf(node),
  file,
  span: line === endLine ? `L${line}` : `L${line}-L${endLine}`,
  sha: sha.startsWith('sha256:') ? sha.slice(0, 'sha256:'.length + DIGITS.text) : sha.slice(0, DIGITS.commit),
  quote,
});
