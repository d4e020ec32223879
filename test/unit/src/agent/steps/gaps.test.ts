import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GapQuestion } from '../../../../../src/agent/model.ts';
import { askOf, BOOKSHOP } from '../bookshop.ts';
import { shelve, type Shelf } from '../../retrieval/shelf.ts';

let shop: Shelf;
let empty: Shelf;
beforeAll(async () => {
  shop = await shelve(BOOKSHOP);
  empty = await shelve({});
});
afterAll(async () => {
  await shop[Symbol.asyncDispose]();
  await empty[Symbol.asyncDispose]();
});

const questionsOf = async (text: string, of: Shelf = shop): Promise<readonly GapQuestion[]> => (await askOf(of, text)).questions;
const slots = (questions: readonly GapQuestion[]): readonly string[] => questions.map(({ slot }) => slot);
const question = (questions: readonly GapQuestion[], slot: string): GapQuestion | undefined => questions.find((each) => each.slot === slot);

const LARGE = `# Returns

- Readers can send back a book within 14 days.
- The warehouse is notified.
- Support staff can refund an order.
- Accounting exports all refunds.
- Old returns are deleted.

Open: who pays for the parcel?
`;

const STORY = `# Photos of books

As a reader, I want to upload a photo of a book so that others see its state.

## Acceptance criteria
- The photo is shown on the page of the book.
- The photo can be replaced.
- Readers can delete their photo.
- A broken photo is refused.
`;

describe('gaps', () => {
  it('asks what a kind of feature has to say, and offers what the system has, with its place', async () => {
    const questions = await questionsOf('Readers can upload a photo of a book');
    expect(slots(questions)).toEqual(['size-limit', 'formats', 'permission']);
    expect(question(questions, 'size-limit')!.options[0]).toMatchObject({
      value: '3 MB',
      consequence: 'Larger files are turned away, as covers.ts does with 3 MB.',
      evidence: [{ file: 'src/covers.ts', line: 1, quote: 'const MAX_COVER_BYTES = 3 * 1024 * 1024;' }],
    });
    expect(question(questions, 'formats')!.options[0]!.value).toBe('PNG, JPEG');
  });

  it('marks usual answers by having no evidence for them', async () => {
    for (const { options } of await questionsOf('Readers can upload a photo of a book', empty))
      for (const { evidence } of options) expect(evidence).toEqual([]);
  });

  it('offers what is usual for the kind of feature', async () => {
    const failure = question(await questionsOf('Send a reminder', empty), 'failure')!;
    expect(failure.text).toBe('What if the message cannot be delivered (reminder)?');
    expect(failure.options[0]!.value).toBe('it is tried again for a day, then given up and logged');
  });

  it('does not ask what the request says', async () => {
    const questions = await questionsOf(
      'Only members can upload a photo of a book, PNG or JPEG, up to 2 MB. If it is larger, it is rejected with a reason.',
    );
    expect(slots(questions)).not.toEqual(expect.arrayContaining(['size-limit']));
    expect(slots(questions).filter((slot) => ['size-limit', 'formats', 'permission', 'failure'].includes(slot))).toEqual([]);
  });

  it('does not ask what a rule says that governs the parts touched', async () => {
    expect(slots(await questionsOf('Delete a book'))).not.toContain('permission');
    expect(slots(await questionsOf('Delete a book', empty))).toContain('permission');
  });

  it('asks first what is to become of what exists', async () => {
    const [first] = await questionsOf('Delete a book');
    expect(first).toMatchObject({
      id: 'Q-1',
      slot: 'existing',
      text: 'The system does this already (DELETE /books/{id}). What should be different?',
    });
    expect(first!.evidence.map(({ file }) => file)).toEqual(['requests/T-1.md', 'openapi.yaml']);
  });

  it('offers how the system deletes', async () => {
    expect(question(await questionsOf('Delete a book'), 'deletion')!.options[0]).toMatchObject({
      value: 'marked as deleted (deleted_at)',
      evidence: [{ file: 'db/books.sql', line: 3 }],
    });
  });

  it('asks what is open in the request before all else, in its words', async () => {
    const questions = await questionsOf(
      'Users get a mail when a book is back. Should it be sent once or every day? How long do we keep the list? Do we need SMS?',
    );
    expect(questions.map(({ slot }) => slot)).toEqual(['open-point', 'retention', 'open-point']);
    expect(questions.map(({ about }) => about)).toEqual([
      'Should it be sent once or every day?',
      'How long do we keep the list?',
      'Do we need SMS?',
    ]);
    expect(questions[1]!.options.map(({ value }) => value)).toContain('30 days');
    expect(questions[2]!.options.map(({ value }) => value)).toEqual(['yes', 'no', 'later']);
  });

  it('offers the two of an open choice', async () => {
    const [first] = await questionsOf('Export all orders. Should it be CSV or Excel?');
    expect(first!.options.map(({ value }) => value)).toEqual(['CSV', 'Excel']);
  });

  it.each([
    'Fix: deleting a book fails with 500',
    'Refactor placeOrder',
    'Rename the BookService class',
    'Bump typescript to 5.4',
    '# Bug\n\nSteps to reproduce:\n1. Delete a book\n\nExpected: it is gone\nActual: 500',
  ])('asks nothing of a repair: %s', async (text) => {
    expect(await questionsOf(text)).toEqual([]);
  });

  it.each(['Split the bill between friends', 'Move cards to another board', 'Upgrade a subscription to a yearly plan'])(
    'takes no feature for a repair: %s',
    async (text) => {
      expect(await questionsOf(text)).not.toEqual([]);
    },
  );

  it.each([
    ['Send a reminder', ['trigger', 'channel']],
    ['Customers pay for an order', ['idempotency', 'failure', 'currency']],
    ['Readers log in', ['method', 'expiry', 'attempts']],
    ['Import books every night', ['failure', 'idempotency', 'overlap']],
    ['Add dark mode', ['accessibility', 'devices']],
    ['Export all orders', ['export-format', 'row-limit']],
    ['Search books', ['page-size', 'order']],
    ['Add video conferencing', ['scope', 'permission']],
    ['Rate limit the login', ['attempts']],
    ['Users can block other users', ['permission']],
  ])('asks by the kind of feature: %s', async (text, expected) => {
    expect(slots(await questionsOf(text, empty))).toEqual(expect.arrayContaining(expected));
  });

  it('does not ask for the smallest part of what says what it is for', async () => {
    const story = 'As an admin, I want to deactivate a reader so that the person can no longer sign in.';
    expect(slots(await questionsOf(story, empty))).not.toContain('scope');
  });

  it('asks nothing of what is there and should be faster', async () => {
    expect(await questionsOf('Login is too slow, should take less than 300 ms', empty)).toEqual([]);
  });

  it('asks three questions of a story and seven of more, each with two to four answers and what follows', async () => {
    for (const [text, most] of [
      ['Readers can upload a photo of a book', 3],
      [STORY, 3],
      [LARGE, 7],
    ] as const)
      for (const of of [shop, empty]) {
        const questions = await questionsOf(text, of);
        expect(questions).toHaveLength(most);
        expect(questions.map(({ id }) => id)).toEqual(questions.map((_, at) => `Q-${at + 1}`));
        expect(new Set(questions.map(({ slot, about }) => `${slot} ${about}`)).size).toBe(questions.length);
        for (const { about, text: asked, options, evidence } of questions) {
          expect(text).toContain(about);
          expect(asked).toMatch(/[?"]$/);
          expect(evidence.length).toBeGreaterThan(0);
          expect(options.length).toBeGreaterThanOrEqual(2);
          expect(options.length).toBeLessThanOrEqual(4);
          expect(new Set(options.map(({ value }) => value)).size).toBe(options.length);
          for (const { consequence } of options) expect(consequence).toMatch(/^\S.*\.$/);
        }
      }
  });

  it('asks nothing of nothing', async () => {
    for (const text of ['', 'Hello everybody!', '{"a":', '\u0000\u202e']) expect(await questionsOf(text)).toEqual([]);
  });

  it('quotes no line that may hold a secret', async () => {
    const secrets = await shelve({
      'src/auth.ts': { text: "export const sessionSecret = 'aaaabbbbccccdddd15m';\nexport const tokenExpiresIn = '15m';\n" },
      '.env': { text: 'SESSION_EXPIRES_IN=99m\n' },
    });
    const questions = await questionsOf('Readers log in', secrets);
    expect(question(questions, 'expiry')!.options[0]).toMatchObject({ value: '15 minutes', evidence: [{ file: 'src/auth.ts', line: 2 }] });
    expect(JSON.stringify(questions)).not.toMatch(/aaaabbbb|99m/);
    await secrets[Symbol.asyncDispose]();
  });
});
