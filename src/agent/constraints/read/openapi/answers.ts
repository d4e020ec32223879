import { entriesOf, memberOf, textOf, valueAt, type TreePath } from '../../../../../ingest/parse/tree.ts';
import type { Claim } from '../../claim.ts';
import { termsOf } from '../../words/terms.ts';
import { addSaying, span, type Add, type Make, type Reader } from './reader.ts';

/** Which status answers which case, and what an answer says of itself. */
export function addAnswers(reader: Reader, node: string, name: string, context: string, at: TreePath, claim: Make): void {
  const { tree } = reader;
  for (const [code, response] of entriesOf(valueAt(tree.value, [...at, 'responses']))) {
    const where = [...at, 'responses', code];
    const description = textOf(memberOf(response, 'description')) ?? '';
    const claims: Claim[] = [];
    if (/^[45]\d\d$/.test(code) && termsOf(description).length > 0)
      claims.push(
        claim({
          attribute: 'status',
          about: termsOf(description),
          holds: { kind: 'value', value: code },
          states: `status is ${code} when ${description}`,
        }),
      );
    if (code === '202')
      claims.push(
        claim({
          attribute: 'manner:answer',
          holds: { kind: 'value', value: 'later' },
          states: `${name} is decided later`,
        }),
      );
    addSaying(reader, node, where, claims, context, /^[23]/.test(code) ? description : '', span(tree, where, ['description']));
  }
}

/** Answers that may be kept for a while are as old as that. */
export function addCaching(operation: unknown, at: TreePath, add: Add, claim: Make): void {
  for (const [code, response] of entriesOf(memberOf(operation, 'responses')))
    for (const [header, value] of entriesOf(memberOf(response, 'headers'))) {
      const [, seconds] = /max-age=(\d+)/.exec(JSON.stringify(value)) ?? [];
      if (seconds !== undefined && Number(seconds) > 0)
        add(
          [...at, 'responses', code, 'headers', header],
          [
            claim({
              attribute: 'delay',
              holds: { kind: 'range', force: 'all', low: Number(seconds), high: Infinity },
              states: `answers may be ${seconds} s old`,
            }),
          ],
        );
    }
}
