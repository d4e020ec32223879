import { slug } from 'github-slugger';
import { specId, specPartId, type NodeId } from '../../../graph/model/id.ts';
import type { Source, SourceFacts } from '../../file-worker.ts';
import { outlineOf, unstyled, type Block } from './outline.ts';
import type { SpecFormat } from './spec-format.ts';
import { createStatement, unnamed } from './statement.ts';

const CAPABILITY = /(?:^|\/)openspec\/specs\/([^/]+)\/spec\.md$/;
const CHANGE = /(?:^|\/)openspec\/changes\/(archive\/)?([^/]+)\/specs\/([^/]+)\/spec\.md$/;
const REQUIREMENT = /^Requirement:\s*(.+)$/i;
const SCENARIO = /^Scenario:\s*(.+)$/i;
const DELTA = /^(ADDED|MODIFIED|REMOVED|RENAMED) Requirements$/i;
const RENAMED = /\b(FROM|TO):\s*`?(?:#+\s*)?Requirement:\s*([^`\n]+)`?/i;

/**
 * OpenSpec: capabilities under `openspec/specs`, and the changes proposed to them, each a spec of its own
 * (`spec:auth@add-2fa`) that refines the capability. Archived changes have been merged: only that they were is stated.
 */
export const openSpec: SpecFormat = {
  claims: (path) => CAPABILITY.test(path) || CHANGE.test(path),
  read: (source) => {
    const [, archived, change, changed] = CHANGE.exec(source.path) ?? [];
    const capability = changed ?? CAPABILITY.exec(source.path)?.[1] ?? source.path;
    return readOpenSpec(source, capability, change, archived !== undefined);
  },
};

function readOpenSpec(source: Source, capability: string, change: string | undefined, archived: boolean): SourceFacts {
  const { repo } = source;
  const statement = createStatement(source);
  const blocks = outlineOf(source.text);
  const feature = change === undefined ? capability : `${capability}@${change}`;
  const purpose = blocks.find(({ title }) => /^Purpose$/i.test(title));
  const status = change === undefined ? undefined : archived ? 'archived' : 'proposed';
  const first = (blocks.find(({ level }) => level > 0) ?? blocks[0])!;
  const spec = statement.spec(
    feature,
    { format: 'open-spec', ...(status === undefined ? {} : { status }) },
    first.span,
    purpose ? [{ text: textUnder(purpose), span: purpose.span }] : [],
  );
  if (change !== undefined) statement.edge(spec, 'REFINES', specId(repo, capability), 'open-spec-change', first.span);
  if (archived) return statement.facts();

  let requirement: { readonly id: NodeId; readonly name: string } | undefined;
  for (const block of blocks) {
    const delta = DELTA.exec(block.within.find((title) => DELTA.test(title)) ?? block.title)?.[1]?.toUpperCase();
    const [, title] = REQUIREMENT.exec(block.title) ?? [];
    const [, scenario] = SCENARIO.exec(block.title) ?? [];
    const { span } = block;
    if (delta === 'RENAMED')
      for (const { line, text } of block.lines) {
        const [, side, name = ''] = RENAMED.exec(text) ?? [];
        const place = { line, col: 1, endLine: line, endCol: text.length + 1 };
        if (side?.toUpperCase() === 'FROM')
          statement.edge(spec, 'SUPERSEDES', specPartId(repo, capability, slugOf('R', name)), 'open-spec-renamed', place);
      }
    else if (title !== undefined && delta === 'REMOVED') {
      statement.edge(spec, 'SUPERSEDES', specPartId(repo, capability, slugOf('R', title)), 'open-spec-removed', span);
      requirement = undefined;
    } else if (title !== undefined) {
      const name = slugOf('R', title);
      const text = textUnder(block);
      const at = { feature, name, parent: spec, span };
      const id = statement.part('AcceptanceCriterion', at, { text: text === '' ? title : text, doc: `${title}. ${text}` });
      if (delta === 'MODIFIED') statement.edge(id, 'REFINES', specPartId(repo, capability, name), 'open-spec-modified', span);
      requirement = { id, name };
    } else if (scenario !== undefined && requirement) {
      const name = `${requirement.name}/${slugOf('S', scenario)}`;
      const text = textUnder(block);
      const at = { feature, name, parent: requirement.id, span };
      statement.part('AcceptanceCriterion', at, { text: text === '' ? scenario : text, doc: `${scenario}. ${text}` });
    } else if (block.level > 0 && block.level <= 3) requirement = undefined;
  }
  return statement.facts();
}

const textUnder = ({ lines }: Block): string => unstyled(lines.map(({ text }) => text.trim().replace(/^[-*+]\s+/, '')).join(' '));

/** The name of a requirement as part of an id. */
function slugOf(prefix: string, title: string): string {
  const made = slug(unstyled(title));
  return made === '' ? unnamed(prefix, title) : made;
}
