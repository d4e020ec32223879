import type { Source, SourceFacts } from '../../file-worker.ts';
import { itemsUnder, outlineOf, unstyled } from './outline.ts';
import type { NodeId } from '../../../graph/model/id.ts';
import type { SpecFormat } from './spec-format.ts';
import { createStatement, unnamed } from './statement.ts';

const PATH = /(?:^|\/)\.kiro\/specs\/([^/]+)\/requirements\.md$/;
/** `Requirement 1: Login`, in any language. */
const REQUIREMENT = /^\p{L}{2,20}\s*(\d{1,4})\s*(?:[-–—:：.]\s*)?(.*)$/u;
const EARS = /\bSHALL\b|\bMUST\b|\bTHEN\b|^(?:WHEN|IF|WHILE|WHERE)\b/;
/** `THE Cart_Service SHALL`: what has to do it. */
const SYSTEM = /\bTHE\s+([A-Za-z][\w]{2,60})\s+SHALL\b/g;
/** What EARS sentences call a system that has no name. */
const NAMELESS = /^(system|application|app|platform|service|server|client|user|api|ui|tool|software|product|website|backend|frontend)$/i;

/**
 * Kiro: `.kiro/specs/<feature>/requirements.md`. A requirement is known by the number in its heading. Its criteria are
 * numbered by their place in a list, so their ids come from their text; `1.2`, as tasks cite them, is a second name.
 */
export const kiro: SpecFormat = { claims: (path) => PATH.test(path), read: readKiro };

function readKiro(source: Source): SourceFacts {
  const feature = PATH.exec(source.path)?.[1] ?? source.path;
  const statement = createStatement(source);
  const blocks = outlineOf(source.text);
  const introduction = blocks.find(({ level }) => level === 2);
  const first = (blocks.find(({ level }) => level > 0) ?? blocks[0])!;
  const about = introduction ? [{ text: unstyled(introduction.lines.map(({ text }) => text).join(' ')), span: introduction.span }] : [];
  const spec = statement.spec(feature, { format: 'kiro' }, first.span, about);

  let requirement: { readonly id: NodeId; readonly number: string } | undefined;
  for (const block of blocks) {
    const [, number, title = ''] = block.level === 3 ? (REQUIREMENT.exec(block.title) ?? []) : [];
    if (number !== undefined) {
      const story = unstyled(block.lines.map(({ text }) => text).join(' ')).replace(/^User Story:\s*/i, '');
      const at = { feature, name: `R${number}`, parent: spec, span: block.span };
      const text = title === '' ? story : title;
      requirement = { id: statement.part('AcceptanceCriterion', at, { text, doc: `${title} ${story}` }), number };
    } else if (!block.within.some((heading) => REQUIREMENT.test(heading))) requirement = undefined;
    if (!requirement) continue;
    for (const { marker, text, span } of itemsUnder(block)) {
      if (!EARS.test(text)) continue;
      const stated = unstyled(text).replace(/^\d+\.\d+\s+/, '');
      const name = unnamed('AC', stated);
      const criterion = statement.part('AcceptanceCriterion', { feature, name, parent: requirement.id, span }, { text: stated });
      const position = /(\d+)[.)]$/.exec(marker)?.[1];
      if (position !== undefined) statement.alias(criterion, feature, `${requirement.number}.${position}`);
      for (const [, system = ''] of stated.matchAll(SYSTEM))
        if (!NAMELESS.test(system)) statement.demand(criterion, 'SPECIFIES', system, span);
    }
  }
  return statement.facts();
}
