import { isOpen, type Spec } from '../../specs/spec.ts';
import type { Grounding, Plan } from '../model.ts';
import type { GeneratedBy } from './readme-file.ts';
import { shown } from './cite.ts';

/** What has to be true before somebody says that the feature is done, as boxes to tick. */
export function doneFile(spec: Spec, plan: Plan, grounding: Grounding, generated: readonly GeneratedBy[]): string {
  const box = (text: string): string => `- [ ] ${text}`;
  const list = (title: string, boxes: readonly string[]): readonly string[] =>
    boxes.length === 0 ? [] : [`## ${title}`, boxes.map(box).join('\n')];
  const checks = (verify: Spec['criteria'][number]['verify']): string =>
    verify.length === 0
      ? ''
      : `; verified by ${verify.map(({ kind, ref }) => shown(ref === undefined ? kind : `${kind} ${ref}`)).join(', ')}`;
  const open = spec.questions.filter(isOpen);
  const made = (name: string): boolean => generated.some(({ target, files }) => target === name && files.length > 0);
  return [
    '# Definition of done',
    ...list(
      'Criteria',
      spec.criteria
        .filter(({ priority }) => priority !== 'wont')
        .map(
          ({ id, verify }) =>
            `A test with \`[${shown(spec.feature)}/${shown(id)}]\` in its title passes, and fails without the code${checks(verify)}.`,
        ),
    ),
    ...list(
      'Qualities',
      spec.nfrs.map(
        ({ id, text, measure, verify }) =>
          `${shown(id)}: ${shown(text.replace(/[.\s]+$/, ''))}${measure === undefined ? '' : ` (${shown(`${measure.metric} ${measure.op} ${measure.value} ${measure.unit ?? ''}`)})`}${checks(verify)}.`,
      ),
    ),
    ...list(
      'Policies',
      grounding.things.filter(({ role }) => role === 'policy').map(({ name }) => `${shown(name)} holds (POLICIES.md).`),
    ),
    ...list(
      'Tasks',
      plan.tasks.map(({ id, title }) => `${shown(id)}: ${shown(title)}`),
    ),
    ...list('Everywhere', [
      'No `NotImplementedError` and no `assertion not written yet` is left.',
      ...(made('openapi') || made('graphql') || made('asyncapi') ? ['The contracts are merged, pass a linter, and break no caller.'] : []),
      ...(made('compose') || made('terraform') ? ['The new resources start, and no secret is in the repository.'] : []),
      ...(made('manual') ? ['The manual says what the system does.'] : []),
      'Code that fulfils a criterion says so in a comment: `@satisfies feature/AC-1`.',
    ]),
    ...list(
      'Before anything is merged',
      open.map(({ id, text }) => `${shown(id)} is answered: ${shown(text)}`),
    ),
  ].join('\n\n');
}
