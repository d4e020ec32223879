import type { z } from 'zod';
import { policyId, policyRuleId, teamId, type NodeId } from '../../../graph/model/id.ts';
import type { Span } from '../../../graph/model/provenance.ts';
import { collectFacts, type Facts } from '../../facts.ts';
import type { Source, SourceFacts, SourceFormat } from '../../file-worker.ts';
import type { GovernsKey } from '../../keys.ts';
import { mentionsIn } from '../../parse/mentions.ts';
import { isRecord, itemsOf, memberOf, readTrees, textOf, type Tree, type TreePath, scalarAt } from '../../parse/tree.ts';
import { Constraint, Policy, PolicyRule } from './policy-schema.ts';

const NAMED = /(?:^|\/)[^/]*\.policy\.ya?ml$/i;
const IN_FOLDER = /(?:^|\/)(?:policies|policy)\/(?:[^/]+\/)*[^/]+\.ya?ml$/i;
const MOST_PROBLEMS = 50;

/** Policies as YAML: rules with a selector of what has to obey, and constraints of which some can be decided from the graph. */
export const policyFormat: SourceFormat = {
  name: 'policy',
  version: 3,
  claims: (path) => NAMED.test(path) || IN_FOLDER.test(path),
  // Policies of Kyverno, Gatekeeper and their like have a `kind`, and are resources.
  recognises: (text, path) =>
    !/^kind[ \t]*:/m.test(text) &&
    /^(?:\{[ \t]*)?["']?rules["']?[ \t]*:/m.test(text) &&
    (NAMED.test(path) || /^(?:\{[ \t]*)?["']?policy["']?[ \t]*:/m.test(text)),
  read: readPolicies,
};

function readPolicies(source: Pick<Source, 'repo' | 'path' | 'text'>): SourceFacts {
  const { path, text } = source;
  const facts = collectFacts(path);
  const { trees, diagnostics } = readTrees(text, path);
  facts.diagnose(...diagnostics);
  const reader = { source, rows: text.split('\n'), facts, report: reporter(facts, path), rules: new Set<NodeId>() };
  for (const tree of trees) if (isRecord(tree.value)) readPolicy({ ...reader, tree });
  return facts.done();
}

interface Reader {
  readonly source: Pick<Source, 'repo' | 'path'>;
  readonly rows: readonly string[];
  readonly facts: Facts;
  readonly tree: Tree;
  readonly report: (tree: Tree, at: TreePath, issues: readonly z.core.$ZodIssue[]) => void;
  /** Ids of rules that were read. */
  readonly rules: Set<NodeId>;
}

function readPolicy(reader: Reader): void {
  const { source, facts, tree, report } = reader;
  const { repo, path } = source;
  report(tree, [], Policy.safeParse(tree.value).error?.issues ?? []);
  const name = scalarAt(tree, ['policy'])?.trim() || path.replace(/^.*\//, '').replace(/(?:\.policy)?\.ya?ml$/i, '');
  const title = scalarAt(tree, ['title']);
  const about = scalarAt(tree, ['description']) ?? title;
  const id = policyId(repo, name);
  const span = tree.spanOf([]);
  const props = { ...(title === undefined ? {} : { title }), ...(about === undefined ? {} : { doc: shortOf(about) }) };
  facts.node({ id, kind: 'Policy', name, repo, file: path, span, props });
  facts.key({ key: 'document', id });
  const owner = scalarAt(tree, ['owner'])?.trim();
  if (owner !== undefined && owner !== '') {
    const at = tree.spanOf(['owner']);
    const team = facts.node({ id: teamId(repo, owner), kind: 'Team', name: owner, repo, file: path, span: at, props: {} });
    facts.edge(id, 'OWNED_BY', team, at, 'policy-owner');
  }
  for (const [index, rule] of itemsOf(memberOf(tree.value, 'rules')).entries()) readRule(reader, ['rules', index], rule, name);
}

function readRule({ source: { repo, path }, rows, facts, tree, report, rules }: Reader, at: TreePath, rule: unknown, policy: string): void {
  report(tree, at, PolicyRule.safeParse(rule).error?.issues ?? []);
  const constraint = memberOf(rule, 'constraint');
  report(tree, [...at, 'constraint'], Constraint.safeParse(constraint).error?.issues ?? []);
  const name = scalarAt(tree, [...at, 'id'])?.trim() ?? '';
  const statement = textOf(memberOf(rule, 'statement'))?.trim() ?? '';
  if (name === '' || statement === '') return;
  const span = tree.spanOf(at);
  const id = policyRuleId(repo, policy, name);
  if (rules.has(id)) {
    const message = `${policy}/${name} is stated twice; the first counts. Give the second an id of its own.`;
    facts.diagnose({ code: 'duplicate-rule', severity: 'warning', message, file: path, span });
    return;
  }
  rules.add(id);
  const severity = scalarAt(tree, [...at, 'severity']);
  const appliesTo = memberOf(rule, 'appliesTo');
  const { refs, ...selected } = selectorOf(appliesTo);
  facts.node({
    id,
    kind: 'PolicyRule',
    name,
    repo,
    file: path,
    span,
    props: {
      statement,
      doc: shortOf(statement),
      ...(severity === undefined ? {} : { severity }),
      ...(isRecord(appliesTo) ? { appliesTo } : {}),
      ...(constraint === undefined ? {} : { constraint }),
    },
  });
  facts.edge(policyId(repo, policy), 'CONTAINS', id, span, 'policy-rule');
  // What is named is governed, and so is what the rest selects; a rule that selects nothing is still something to refer to.
  const { line, col } = tree.spanOf([...at, 'appliesTo']);
  const kinds = selected.kinds === undefined ? {} : { kinds: selected.kinds };
  if (refs !== undefined) facts.key({ key: 'governs', from: id, refs, ...kinds, line, col });
  if (refs === undefined || selected.names !== undefined || selected.paths !== undefined)
    facts.key({ key: 'governs', from: id, ...selected, line, col });
  const where = tree.spanOf([...at, 'statement']);
  for (const mention of mentionsOf(rows, statement, where, id))
    facts.key({ ...mention, ...(appliesTo === undefined && mention.form === 'code' ? { governs: true } : {}) });
}

/** Its valid parts. */
function selectorOf(written: unknown): Pick<GovernsKey, 'kinds' | 'names' | 'paths' | 'refs'> {
  return Object.fromEntries(
    ['kinds', 'names', 'paths', 'refs'].flatMap((part) => {
      const value = memberOf(written, part);
      const texts = (typeof value === 'string' ? [value] : itemsOf(value)).filter((entry) => typeof entry === 'string' && entry !== '');
      return texts.length === 0 ? [] : [[part, part === 'paths' ? texts.map((text) => String(text).replace(/^\.?\//, '')) : texts]];
    }),
  );
}

/** What a statement names, each at its place. */
function mentionsOf(rows: readonly string[], statement: string, span: Span, from: NodeId) {
  const placed = (text: string): { line: number; col: number } => {
    for (let line = span.line; line <= span.endLine; line++) {
      const found = rows[line - 1]?.indexOf(text, line === span.line ? span.col - 1 : 0) ?? -1;
      if (found >= 0) return { line, col: found + 1 };
    }
    return { line: span.line, col: span.col };
  };
  const mentions = [...statement.matchAll(/`([^`\n]{1,200})`/g)].map(([written, text = '']) => ({
    section: -1,
    form: 'code' as const,
    text,
    ...placed(written),
  }));
  const block = { section: -1, line: span.line, col: span.col, in: 'text' as const, text: statement, links: [] };
  return mentionsIn({ mentions, blocks: [block], fences: [] }, () => ({ from }));
}

const LONGEST_DOC = 300;
const shortOf = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST_DOC);

function reporter(facts: Facts, file: string): Reader['report'] {
  let reported = 0;
  return (tree, at, issues) => {
    for (const { path, message } of issues) {
      if (reported++ >= MOST_PROBLEMS) return;
      const where = [...at, ...path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
      const name = where.length === 0 ? 'The policy' : where.join('.');
      facts.diagnose({
        code: 'invalid-policy',
        severity: 'warning',
        message: `${name}: ${message}. What is understood is read; see docs/reference/policies.md.`,
        file,
        span: tree.spanOf(where),
      });
    }
  };
}
