import { describe, expect, it } from 'vitest';
import { citeCheck } from '../../../../../src/agent/cite-check.ts';
import { createSources } from '../../../../../src/agent/citations/source-texts.ts';
import { writeSpec } from '../../../../../src/agent/draft/write-spec.ts';
import { AVATARS, drafted } from '../refine/drafted.ts';

/** What the cite-check says of a sentence that a model wrote, on `The picture has to be resized to 256 px in the background.` */
async function problemsOf(text: string) {
  const { draft, input, context } = await drafted(AVATARS);
  const criteria = draft.criteria.flatMap(({ ears: _ears, ...part }) =>
    part.text.includes('resized') ? [{ ...part, text, basis: 'llm' as const, rule: 'reworded' }] : [],
  );
  expect(criteria).toHaveLength(1);
  const kept = new Map([[input.request.file, input.request.text]]);
  const sources = createSources({ reader: context.graph.reader, repo: 'shop', root: context.root, kept });
  const { problems, bases } = await citeCheck(writeSpec({ ...draft, criteria }), 'x', sources);
  expect(bases['llm']).toBe(1);
  return problems.map(({ code, message }) => `${code}: ${message}`);
}

describe('a sentence that a model wrote', () => {
  it.each([
    'The shop shall resize the picture to 256 px in the background.',
    'When there is a picture, the shop shall make it possible for it to be resized to 256 px, in the background.',
  ])('rests on its quotes with words of grammar: %s', async (text) => expect(await problemsOf(text)).toEqual([]));

  it.each([
    ['a number', 'The shop shall resize the picture to 512 px in the background.', /512/],
    ['a unit', 'The shop shall resize the picture to 256 cm in the background.', /256 cm/],
    ['a name', 'The shop shall resize the picture to 256 px with ImageMagick in the background.', /imag/],
    ['a word', 'The shop shall resize and publish the picture to 256 px in the background.', /publish/],
    ['a synonym', 'The shop shall scale the picture to 256 px in the background.', /scale/],
    ['a negation', 'The shop shall not resize the picture to 256 px in the background.', /negation/],
    ['a restriction', 'The shop shall resize only the picture to 256 px in the background.', /onli/],
    ['a citation', 'The shop shall resize the picture to 256 px in the background, see adr:9999.', /adr/],
  ])('may not have %s of its own', async (_, text, missing) => {
    expect(await problemsOf(text)).toEqual([expect.stringMatching(/^unfounded: /)]);
    expect((await problemsOf(text))[0]).toMatch(missing);
  });
});
