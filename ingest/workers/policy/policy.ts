import { z } from 'zod';
import { policyId, policyRuleId } from '../../../graph/model/id.ts';
import { collectFacts } from '../../facts.ts';
import { createFileWorker, type Source, type SourceFacts, type SourceFormat } from '../../file-worker.ts';
import { codeSpan } from '../../parse/mentions.ts';
import { entriesOf, itemsOf, memberOf, readTrees, textOf, type Tree, type TreePath } from '../../parse/tree.ts';
import type { SourceWorker } from '../../worker.ts';

const NAMED = /(?:^|\/)[^/]*\.policy\.ya?ml$/i;
const IN_FOLDER = /(?:^|\/)(?:policies|policy)\/(?:[^/]+\/)*[^/]+\.ya?ml$/i;

const Texts = z.union([z.string(), z.array(z.string())]).transform((value) => (Array.isArray(value) ? value : [value]));
/** docs/reference/policy.schema.json says the same to editors. */
const Selector = z.strictObject({ kinds: Texts.optional(), names: Texts.optional(), paths: Texts.optional(), refs: Texts.optional() });
const Rule = z.looseObject({
  id: z.string().regex(/^[\w.-]+$/),
  statement: z.string().min(1),
  severity: z.string().optional(),
  appliesTo: Selector.optional(),
  constraint: z.unknown().optional(),
});

/** Policies as YAML: rules with a selector of what has to obey, and constraints of which some can be decided from the graph. */
export const policyFormat: SourceFormat = {
  name: 'policy',
  version: 1,
  claims: (path) => NAMED.test(path) || IN_FOLDER.test(path),
  recognises: (text) => /^policy[ \t]*:/m.test(text) && /^rules[ \t]*:/m.test(text),
  read: readPolicy,
};

export const createPolicyWorker = (): SourceWorker => createFileWorker(policyFormat);

function readPolicy({ repo, path, text }: Pick<Source, 'repo' | 'path' | 'text'>): SourceFacts {
  const facts = collectFacts(path);
  const { trees, diagnostics } = readTrees(text, path);
  facts.diagnose(...diagnostics);
  for (const tree of trees) {
    const name = textOf(memberOf(tree.value, 'policy'));
    if (name === undefined || name.trim() === '') continue;
    const title = textOf(memberOf(tree.value, 'title'));
    const span = tree.spanOf(['policy']);
    const id = facts.node({
      id: policyId(repo, name),
      kind: 'Policy',
      name,
      repo,
      file: path,
      span,
      props: title === undefined ? {} : { title, doc: title },
    });
    facts.key({ key: 'document', id });
    for (const [index, written] of itemsOf(memberOf(tree.value, 'rules')).entries()) readRule(tree, ['rules', index], written, name);
  }
  return facts.done();

  function readRule(tree: Tree, at: TreePath, written: unknown, policy: string): void {
    const parsed = Rule.safeParse(written);
    if (!parsed.success) {
      for (const { path: inner, message } of parsed.error.issues.slice(0, 5)) {
        const where = [...at, ...inner.map((step) => (typeof step === 'symbol' ? String(step) : step))];
        facts.diagnose({
          code: 'invalid-policy',
          severity: 'warning',
          message: `${where.join('.')}: ${message}. See docs/reference/policies.md.`,
          file: path,
          span: tree.spanOf(where),
        });
      }
      if (textOf(memberOf(written, 'id')) === undefined || textOf(memberOf(written, 'statement')) === undefined) return;
    }
    const id = textOf(memberOf(written, 'id'))!;
    const statement = textOf(memberOf(written, 'statement'))!;
    const severity = textOf(memberOf(written, 'severity'));
    const selector = Selector.safeParse(memberOf(written, 'appliesTo')).data;
    const constraint = memberOf(written, 'constraint');
    const span = tree.spanOf(at);
    const node = policyRuleId(repo, policy, id);
    facts.node({
      id: node,
      kind: 'PolicyRule',
      name: id,
      repo,
      file: path,
      span,
      props: {
        statement,
        doc: statement,
        ...(severity === undefined ? {} : { severity }),
        ...(selector ? { appliesTo: selector } : {}),
        ...(constraint === undefined ? {} : { constraint }),
      },
    });
    facts.key({ key: 'document', id: node });
    facts.edge(policyId(repo, policy), 'CONTAINS', node, span, 'policy-rule');
    if (selector && entriesOf(selector).length > 0) {
      const where = tree.spanOf([...at, 'appliesTo']);
      const { kinds, names, paths, refs } = selector;
      const selected = { ...(kinds ? { kinds } : {}), ...(names ? { names } : {}), ...(paths ? { paths } : {}), ...(refs ? { refs } : {}) };
      facts.key({ key: 'governs', from: node, ...selected, line: where.line, col: where.col });
    }
    const stated = tree.spanOf([...at, 'statement']);
    for (const [, span] of statement.matchAll(/`([^`\n]{1,200})`/g)) {
      const named = codeSpan(span!);
      if (named !== undefined)
        facts.key({
          key: 'mention',
          from: node,
          text: named,
          form: 'code',
          line: stated.line,
          col: stated.col,
          ...(selector ? {} : { governs: true }),
        });
    }
  }
}
