import { specPartId, type NodeId } from '../../../graph/model/id.ts';
import type { Span } from '../../../graph/model/provenance.ts';
import type { Source, SourceFacts } from '../../file-worker.ts';
import { itemsUnder, outlineOf, proseUnder, unstyled, type Block } from './outline.ts';
import type { SpecFormat } from './spec-format.ts';
import { createStatement, unnamed, type Statement } from './statement.ts';

const PATH = /(?:^|\/)specs\/(\d{3,}-[^/]+)\/spec\.md$/;
const STORY = /^User Story\s+(\w{1,10})\s*(?:[-–—:]\s*)?(.*)$/i;
const PRIORITY = /\(Priority:\s*([^)\s]{1,20})\)/i;
/** `**FR-001**: System MUST …` */
const REQUIREMENT = /^\**([A-Z]{2,5}-\d{1,6}[a-z]?)\**\s*:\**\s*(.+)$/;
const OPEN = /\[NEEDS CLARIFICATION:?\s*([^\]]{0,1000})\]/g;

/** GitHub Spec Kit: `specs/001-photo-albums/spec.md`. */
export const specKit: SpecFormat = { claims: (path) => PATH.test(path), read: readSpecKit };

function readSpecKit(source: Source): SourceFacts {
  const feature = PATH.exec(source.path)?.[1] ?? source.path;
  const statement = createStatement(source);
  const blocks = outlineOf(source.text);
  const preamble = blocks.filter(({ level }) => level <= 1).flatMap(({ lines }) => lines.map(({ text }) => unstyled(text)));
  const labelled = (label: string): string | undefined => {
    const row = preamble.find((text) => text.toLowerCase().startsWith(`${label}:`));
    const value = row?.slice(label.length + 1).trim();
    return value === '' ? undefined : value;
  };
  const title = blocks.find(({ level }) => level === 1);
  const span = title?.span ?? { line: 1, col: 1, endLine: 1, endCol: 1 };
  const status = labelled('status');
  const spec = statement.spec(
    feature,
    { format: 'spec-kit', ...(status === undefined ? {} : { status: status.toLowerCase() }) },
    span,
    [title?.title.replace(/^Feature Specification:\s*/i, '') ?? '', labelled('input') ?? ''].map((text) => ({ text, span })),
  );
  for (const block of blocks) {
    const story = storyOf(statement, { repo: source.repo, feature, spec, block });
    for (const { text, span } of itemsUnder(block)) {
      const [, name, statedText] = REQUIREMENT.exec(text) ?? [];
      if (name !== undefined && statedText !== undefined) {
        const part = readRequirement(statement, { feature, spec, name, text: unstyled(statedText), span });
        readQuestions(statement, { feature, spec, about: part, text, span });
        continue;
      }
      if (story && /\bgiven\b/i.test(text) && /\bthen\b/i.test(text))
        statement.part('AcceptanceCriterion', { feature, name: unnamed('AC', text), parent: story, span }, { text: unstyled(text) });
      else if (/^Key Entities/i.test(block.title) && span.col === 1) {
        const entity = /^\*\*([^*]{1,100})\*\*/.exec(text)?.[1]?.replace(/:$/, '').trim();
        if (entity) statement.mention(spec, { text: entity, form: 'code' }, span);
      }
      readQuestions(statement, { feature, spec, about: story ?? spec, text, span });
    }
  }
  return statement.facts();
}

function storyOf(
  statement: Statement,
  { repo, feature, spec, block }: { readonly repo: string; readonly feature: string; readonly spec: NodeId; readonly block: Block },
): NodeId | undefined {
  const [, number, title = ''] = STORY.exec(block.title) ?? [];
  // Scenarios may stand under a heading of their own within the story.
  const [, outer] = block.within.map((heading) => STORY.exec(heading)).find((match) => match !== null) ?? [];
  if (number === undefined) return outer === undefined ? undefined : specPartId(repo, feature, `US${outer}`);
  const priority = PRIORITY.exec(title)?.[1];
  const text = title.replace(PRIORITY, '').trim();
  const prose = unstyled(proseUnder(block));
  return statement.part(
    'AcceptanceCriterion',
    { feature, name: `US${number}`, parent: spec, span: block.span },
    {
      text: text === '' ? prose : text,
      ...(priority === undefined ? {} : { priority }),
      doc: `${text} ${prose}`,
    },
  );
}

interface Requirement {
  readonly feature: string;
  readonly spec: NodeId;
  readonly name: string;
  readonly text: string;
  readonly span: Span;
}

function readRequirement(statement: Statement, { feature, spec, name, text, span }: Requirement): NodeId {
  const at = { feature, name, parent: spec, span };
  if (name.startsWith('SC-')) return statement.part('Nfr', at, { text, category: 'success' });
  if (name.startsWith('NFR-')) return statement.part('Nfr', at, { text, category: 'quality' });
  return statement.part('AcceptanceCriterion', at, { text });
}

interface Asked {
  readonly feature: string;
  readonly spec: NodeId;
  readonly about: NodeId;
  readonly text: string;
  readonly span: Span;
}

function readQuestions(statement: Statement, { feature, spec, about, text, span }: Asked): void {
  for (const [, asked = ''] of text.matchAll(OPEN)) {
    const question = asked.trim() === '' ? unstyled(text) : asked.trim();
    const id = statement.part('Question', { feature, name: unnamed('Q', question), parent: spec, span }, { text: question });
    if (about !== spec) statement.edge(id, 'MENTIONS', about, 'question-about', span);
  }
}
