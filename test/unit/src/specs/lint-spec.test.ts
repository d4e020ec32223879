import { describe, expect, it } from 'vitest';
import { sarifOf } from '../../../../src/findings/sarif.ts';
import { LINT_RULES, lintSpec } from '../../../../src/specs/lint/lint-spec.ts';
import { parseSentence } from '../../../../src/specs/meaning/sentence.ts';
import { CANONICAL, ORIGINAL, shop } from './examples.ts';

const codesOf = async (text: string, more = '') =>
  (
    await lintSpec(
      shop({ acceptance: `  - id: AC-1\n    text: ${JSON.stringify(text)}\n    verify: [{ kind: manual }]\n`, more }),
      'a.spec.yaml',
    )
  ).map(({ code, severity }) => (severity === 'info' ? `${code} (info)` : code));
const nfr = (text: string, rest = '', category = 'performance') =>
  codesOf(
    'The CartService shall keep the cart.',
    `nfrs:\n  ${category}:\n    - { id: NFR-1, text: ${JSON.stringify(text)}, verify: [{ kind: manual }]${rest} }\n`,
  );

describe('the parts of a sentence', () => {
  it.each([
    ['The CartService shall keep the cart.', 'ubiquitous', 'CartService', 'keep the cart', []],
    ['When a buyer pays, the OrderService shall send a receipt.', 'event', 'OrderService', 'send a receipt', ['when a buyer pays']],
    ['While signed in, the app shall show the cart.', 'state', 'app', 'show the cart', ['while signed in']],
    ['Where gifts are sold, the ShopService shall offer wrapping.', 'optional', 'ShopService', 'offer wrapping', ['where gifts are sold']],
    [
      'If the card is declined, then the PaymentService shall notify the buyer.',
      'unwanted',
      'PaymentService',
      'notify the buyer',
      ['if the card is declined'],
    ],
    [
      'While signed in, when a buyer pays, the OrderService shall send a receipt.',
      'complex',
      'OrderService',
      'send a receipt',
      ['while signed in', 'when a buyer pays'],
    ],
    [
      'When a user uploads a PNG, JPG or GIF file, the UploadService shall store it.',
      'event',
      'UploadService',
      'store it',
      ['when a user uploads a PNG, JPG or GIF file'],
    ],
    [
      'When a user who must pay signs in, the ShopService shall show the bill.',
      'event',
      'ShopService',
      'show the bill',
      ['when a user who must pay signs in'],
    ],
    ['When a buyer pays the OrderService shall send a receipt.', 'event', 'OrderService', 'send a receipt', ['when a buyer pays']],
    ['The OrderService shall send a receipt when a buyer pays.', 'event', 'OrderService', 'send a receipt', ['when a buyer pays']],
    ['Supports PNG, JPG formats.', undefined, undefined, 'Supports PNG, JPG formats', []],
  ])('of %s', (text, pattern, system, response, conditions) => {
    const sentence = parseSentence(text);
    expect(sentence).toMatchObject({ pattern, system, response });
    expect(sentence.conditions.map(({ kind, text: said }) => `${kind} ${said}`)).toEqual(conditions);
  });
});

describe('linting a spec', () => {
  it.each([
    ['When a buyer pays, the OrderService shall send a receipt.', []],
    ['If the file is larger than 5 MB, then the UploadService shall reject it.', []],
    ['The SearchService shall answer quickly, within 200 ms of the request.', ['unbounded-word']],
    ['The SearchService shall answer quickly (within 200 ms).', []],
    ['The SearchService shall answer quickly.', ['unbounded-word']],
    ['The UploadService shall accept large files.', ['unbounded-word']],
    ['The UploadService shall accept large files of up to 2 GB.', []],
    ['The SearchService shall answer faster than the LegacyService.', []],
    ['The MailService shall use the `fast` lane.', []],
    ['The MailService shall use the fast-lane queue.', []],
    ['The MailService shall fail fast on errors.', []],
    ['The MailService shall show how many mails were sent.', []],
    ['The MailService shall send many mails.', ['unbounded-word']],
    ['The MailService shall split an existing large queue.', []],
    ['The MailService shall keep handlers apart for easy removal.', []],
    ['The MailService shall be easy to remove.', ['unbounded-word']],
    ['The ReportService shall run periodically.', ['unbounded-word']],
    ['The UploadService shall accept PNG, JPG etc.', ['open-list']],
    ['Supports PNG, JPG formats.', ['no-ears']],
    ['shall keep the cart', ['no-ears']],
    ['The system shall keep the cart.', ['unnamed-system']],
    ['The user must sign in.', ['unnamed-system']],
    ['File size must be less than 5MB.', ['unnamed-system']],
    ['The CartService should keep the cart.', ['weak-modal']],
    ['The CartService shall keep the cart and the MailService shall send a mail.', ['several-responses']],
    ['The CartService shall keep the cart. It is shown later.', ['several-responses']],
    ['The CartService shall keep the cart and return its URL.', ['several-responses (info)']],
    ['The UploadService shall accept PNG and JPG files.', []],
    ['The UploadService shall capture and log all output.', []],
    ['The UploadService shall copy templates, settings, and any other files.', []],
    ['The UploadService shall capture the output and log all errors.', ['several-responses (info)']],
    ['The UploadService shall keep the file unless the owner deletes it, except the first.', ['condition-last (info)']],
    ['The OrderService shall list every order that must be paid.', []],
    ['The OrderService shall send a receipt when a buyer pays.', ['condition-last (info)']],
    ['The CartService shall support selection when no name is given.', ['condition-last (info)']],
    ['The CartService shall fail if it is empty.', ['condition-last (info)']],
    ['The CartService shall work in a predictable manner while respecting the choice of people.', []],
    ['The CartService shall show the line of errors when possible.', []],
    ['The CartService shall read settings that are used when no file exists.', []],
    ['The CartService shall request inputs once for the selected root.', []],
    ['The CartService shall indicate when a schema hides another.', []],
    ['The CartService shall merge values, creating files when selected.', []],
    ['The CartService shall keep new fields even when it loads older files.', []],
    ['When a root is given, the CartService shall skip the call. See `spec.md` for details.', []],
    ['All `SHALL`/`MUST` detection shall use one predicate for `SHALL` and `MUST`.', []],
    ['The CartService shall save the cart, creating the folder.', []],
    ['The CartService shall offer a workflow that creates a change and generates all artifacts.', []],
    ['The CartService shall not skip tests by `.todo()`.', []],
    ['The CartService shall print it on the line immediately following the heading.', []],
    ['The CartService shall find cleanup targets of a prompt.', []],
    ['The CartService shall keep stable labels.', []],
    ['The CartService shall see that keys have sufficient permissions.', []],
    ['The CartService shall choose the appropriate workflow based on the state.', []],
    ['The CartService shall be testable on one machine to enable rapid iteration.', []],
    ['The CartService shall answer with appropriate messages.', ['unbounded-word']],
    ['The CartService shall keep TBD.', ['placeholder']],
    ['The CartService shall keep [NEEDS CLARIFICATION: what?].', ['placeholder']],
  ])('%s', async (text, codes) => {
    expect(await codesOf(text)).toEqual(codes);
  });

  it('takes a text for a title where scenarios say what is demanded', async () => {
    const findings = async (text: string, scenarios = ''): Promise<readonly string[]> =>
      (await lintSpec(shop({ acceptance: `  - { id: AC-1, text: "${text}"${scenarios} }\n` }), 'a.spec.yaml')).map(({ code }) => code);
    const steps = ', scenarios: [{ given: a cart, when: it is paid, then: an order is stored }]';
    expect(await findings('slow steps can be retried quickly', steps)).toEqual([]);
    expect(await findings('slow steps can be retried quickly')).toEqual([
      'no-verification',
      'unbounded-word',
      'unnamed-system',
      'weak-modal',
    ]);
    // What obliges is a demand, whatever shows it.
    expect(await findings('The system shall store orders.', steps)).toEqual(['unnamed-system']);
    expect(await findings('The till shall store TBD.', steps)).toEqual(['placeholder']);
  });

  it('asks qualities for figures with units that agree', async () => {
    expect(await nfr('Uploads are handled.')).toEqual(['unmeasured-nfr']);
    expect(await nfr('95 % of uploads take less than 2 s.')).toEqual([]);
    expect(await nfr('Uploads are logged.', '', 'observability')).toEqual([]);
    expect(await nfr('Uploads are handled.', ', measure: { metric: upload, op: "<", value: 2, unit: s }')).toEqual([]);
    expect(await nfr('Uploads are handled.', ', measure: { metric: upload, op: "<", value: 2 }')).toEqual(['no-unit']);
    expect(await nfr('Recall is high enough.', ', measure: { metric: recall, op: ">=", value: 0.95 }', 'accuracy')).toEqual([]);
    expect(await nfr('Uploads take less than 2 s.', ', measure: { metric: upload, op: "<", value: 2000, unit: ms }')).toEqual([]);
    expect(await nfr('Uploads take less than 2 s.', ', measure: { metric: upload, op: "<", value: 3, unit: s }')).toEqual([
      'measure-differs',
    ]);
    expect(await nfr('p95 of uploads is below 2 s.', ', measure: { metric: upload, op: "<", value: 2, unit: s, percentile: 99 }')).toEqual([
      'measure-differs',
    ]);
  });

  it('sees that the parts in ears say what the text says', async () => {
    const codes = async (ears: string) =>
      (await lintSpec(CANONICAL.replace(/ears: \{.*\}/, `ears: { ${ears} }`), 'a.spec.yaml'))
        .map(({ code }) => code)
        .filter((code) => code === 'ears-differs');
    expect(await codes('pattern: event, system: UploadService, when: a user uploads a file of at most 5 MB, shall: store it')).toEqual([]);
    expect(await codes('pattern: state, system: UploadService')).toEqual(['ears-differs']);
    expect(await codes('pattern: event, system: OtherService')).toEqual(['ears-differs']);
    expect(await codes('pattern: event, when: a user uploads a file of at most 6 MB')).toEqual(['ears-differs']);
  });

  it('finds what holds the spec together', async () => {
    const findings = await lintSpec(
      shop({
        acceptance:
          '  - The CartService shall keep the cart.\n  - { id: AC-2, text: The CartService shall retain the cart., verify: [{ kind: manual }] }\n',
        more: 'questions:\n  - { id: Q-1, about: /acceptance/7, text: "Which cart?" }\nprovenance:\n  - { claim: /acceptance/AC-2, basis: human, sources: [] }\n  - { claim: /nfrs/x/NFR-9, basis: human, sources: [] }\n',
      }),
      'a.spec.yaml',
    );
    expect(findings.map(({ code, severity, id, span }) => `${span?.line} ${severity} ${code} ${id.replace(/AC-\w{8}/, 'AC-…')}`)).toEqual([
      '6 info no-id spec:checkout/AC-…',
      '6 warning no-verification spec:checkout/AC-…',
      '7 warning said-twice spec:checkout/AC-2',
      '9 error dangling-pointer spec:checkout/Q-1',
      '9 info open-question spec:checkout/Q-1',
      '12 error dangling-pointer spec:checkout',
    ]);
  });

  it('asks the graph for what is named, where there is one', async () => {
    const asked: string[] = [];
    const exists = (name: string) => {
      asked.push(name);
      return Promise.resolve(name !== 'svc:UserService');
    };
    const findings = await lintSpec(CANONICAL, 'a.spec.yaml', exists);
    expect(findings.filter(({ code }) => code === 'unresolved-dependency')).toMatchObject([
      { severity: 'error', message: expect.stringContaining('svc:UserService is not in the graph') as string, span: { line: 33 } },
    ]);
    expect(asked).toEqual(['UserService', 'svc:UserService', 'api:user#GET /users/{id}', 'UploadService']);
  });

  it('tells what cannot be read, and of no spec that it could be better', async () => {
    expect((await lintSpec('feature: [', 'a.spec.yaml')).map(({ code }) => code)).toContain('unsound-spec');
    expect(await lintSpec('', 'a.spec.yaml')).toMatchObject([{ code: 'unsound-spec', severity: 'error' }]);
  });

  it('keeps fingerprints when lines move, and is a SARIF log', async () => {
    const [before, after] = [await lintSpec(ORIGINAL, 'a.spec.yaml'), await lintSpec(`# a comment\n${ORIGINAL}`, 'a.spec.yaml')];
    expect(after.map(({ fingerprint }) => fingerprint)).toEqual(before.map(({ fingerprint }) => fingerprint));
    expect(after[0]?.span?.line).toBe(before[0]!.span!.line + 1);
    const log = sarifOf(before, LINT_RULES, '1.0.0') as {
      runs: { tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string }[] }[];
    };
    const rules = log.runs[0]!.tool.driver.rules.map(({ id }) => id);
    expect(new Set(rules).size).toBe(LINT_RULES.length);
    expect(log.runs[0]!.results.every(({ ruleId }) => rules.includes(ruleId))).toBe(true);
  });
});
