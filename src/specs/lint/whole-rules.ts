import { compare } from '../../../graph/model/edge.ts';
import { contentOf } from '../meaning/words.ts';
import { isOpen } from '../spec.ts';
import { criteriaOf, nfrsOf, ofParts, textsOf, type LintRule, type Remark } from './rule.ts';

/** What holds a spec together: ids, checks, names, questions. */
export const WHOLE_RULES: readonly LintRule[] = [
  {
    code: 'unsound-spec',
    severity: 'error',
    title: 'The file is a spec, and YAML reads what people wrote.',
    find: () => [], // told while it is read
  },
  {
    code: 'no-id',
    severity: 'info',
    title: 'Every part has an id, so that tests and approvals can name it.',
    find: ({ spec }) =>
      [...spec.criteria, ...spec.nfrs].flatMap(({ id, hasId, at }) =>
        hasId ? [] : [{ part: id, at, message: `Has no id. \`specgraph spec fmt\` writes ${id}, which then stays.` }],
      ),
  },
  {
    code: 'no-verification',
    severity: 'warning',
    title: 'Every criterion has a way to see whether it holds.',
    find: (context) => [
      ...ofParts(criteriaOf, ({ verify, scenarios }) =>
        verify.length === 0 && scenarios.length === 0
          ? 'Says no way to see whether it holds. Add `verify` (a test, contract, metric or manual check) or `scenarios`.'
          : undefined,
      )(context),
      ...ofParts(nfrsOf, ({ verify, measure }) =>
        verify.length === 0 && !measure ? 'Says no way to see whether it holds. Add `measure` or `verify`.' : undefined,
      )(context),
    ],
  },
  {
    code: 'said-twice',
    severity: 'warning',
    title: 'Nothing is demanded twice.',
    find: ({ spec }) => {
      const known = new Map<string, string>();
      return textsOf(spec).flatMap(({ id, text, at }): readonly Remark[] => {
        const words = `${contentOf(text).join(' ')} ${(text.match(/\d[\d.,]*/g) ?? []).toSorted(compare).join(' ')} ${/\b(?:not|never|no)\b/i.test(text)}`;
        const other = known.get(words);
        known.set(words, other ?? id);
        return other === undefined ? [] : [{ part: id, at, message: `Demands what ${other} demands. Remove one of them.` }];
      });
    },
  },
  {
    code: 'dangling-pointer',
    severity: 'error',
    title: 'What questions and provenance are about is part of the spec.',
    find: ({ spec, file }) => [
      ...spec.questions.flatMap(({ id, about, at }) =>
        about === undefined || file.pointers.has(about) || isMember(about)
          ? []
          : [{ part: id, at, message: `Is about ${about}, which there is not.` }],
      ),
      ...spec.claims.flatMap(({ at, claim }) =>
        file.pointers.has(claim) || isMember(claim) ? [] : [{ at, message: `Is about ${claim}, which there is not.` }],
      ),
    ],
  },
  {
    code: 'open-question',
    severity: 'info',
    title: 'Questions are answered before a spec is approved.',
    find: ({ spec }) =>
      spec.questions.filter(isOpen).map(({ id, at, text, answer }) => ({
        part: id,
        at,
        message: `Is ${answer === undefined ? 'not answered' : 'answered by a model only'}: ${text.slice(0, 200)}`,
      })),
  },
  {
    code: 'unresolved-dependency',
    severity: 'error',
    title: 'What a spec depends on, or names as its system, exists in the graph.',
    find: async ({ spec, exists }) => {
      if (!exists) return [];
      const named = [
        ...spec.dependencies.flatMap(({ at, target, contract }) =>
          [target, ...(contract === undefined ? [] : [contract])].map((name) => ({ at, name })),
        ),
        ...spec.criteria.flatMap(({ id, at, ears }) =>
          ears?.system === undefined ? [] : [{ part: id, at: [...at, 'ears', 'system'], name: ears.system }],
        ),
      ];
      const found: Remark[] = [];
      for (const { name, ...place } of named)
        if (!(await exists(name)))
          found.push({ ...place, message: `${name} is not in the graph. Correct the name, or ingest what has it.` });
      return found;
    },
  },
];

/** Claims may be about members of the spec as a whole, or of a part: `/description`, `/acceptance/AC-1/text`. */
const isMember = (pointer: string): boolean => /^\/(?:description|why|owner|feature|outOfScope|dependencies|links)(?:\/|$)/.test(pointer);
