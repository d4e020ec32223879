import { describe, expect, it } from 'vitest';
import { PlatformError } from '../../../graph/errors.ts';
import { serve } from './client.ts';
import { createPictureSystem, uploadService } from './picture-system.ts';

describe('errors', () => {
  it('carry the code and the details of what went wrong', async () => {
    const { ask, logged } = await serve(createPictureSystem());
    const { status, data, errors } = await ask(
      '{ nothing: entity(ref: "uplaod") { id } several: entity(ref: "") { id } stats { generation } }',
    );
    expect(status).toBe(200);
    expect(data).toEqual({ nothing: null, several: null, stats: { generation: 7 } });
    expect(errors).toMatchObject([
      {
        path: ['nothing'],
        message: 'Nothing is called uplaod.',
        extensions: { code: 'TARGET_NOT_FOUND', details: { suggestions: [uploadService] } },
      },
      { path: ['several'], extensions: { code: 'TARGET_AMBIGUOUS' } },
    ]);
    expect(errors[1]?.extensions.details?.['candidates']).toContain(uploadService);
    expect(logged).toEqual([]);
  });

  it('of ours say nothing to clients, and everything to the log, once', async () => {
    const system = createPictureSystem({
      nodes: async () => {
        throw new TypeError('password is "hunter2" at /home/ada');
      },
    });
    const { ask, logged } = await serve(system);
    const { errors, text } = await ask('{ entity(ref: "checkSize") { incoming { edges { node { id } } } } }');
    expect(errors).toHaveLength(8);
    for (const { message, extensions } of errors) {
      expect(message).toBe('This is a bug of specgraph. The cause is in the log of the server.');
      expect(extensions).toEqual({ code: 'INTERNAL', details: {} });
    }
    expect(text).not.toMatch(/hunter2|stack|node_modules|\.ts/);
    expect(logged).toEqual(['password is "hunter2" at /home/ada']);
  });

  it('of the store keep statements from clients', async () => {
    const { ask, logged } = await serve(
      createPictureSystem({
        stats: async () => {
          throw new PlatformError('STORE_FAILED', 'MATCH (n) RETURN n: syntax error', { details: { statement: 'MATCH (n)' } });
        },
      }),
    );
    const { errors, text } = await ask('{ stats { generation } }');
    expect(errors).toMatchObject([{ extensions: { code: 'STORE_FAILED', details: {} } }]);
    expect(text).not.toContain('MATCH');
    expect(logged).toEqual(['MATCH (n) RETURN n: syntax error']);
  });

  it.each([
    ['a string that does not parse', '{ stats', {}, 'GRAPHQL_PARSE_FAILED'],
    ['a field that does not exist', '{ stats { secrets } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['a variable of another type', 'query ($n: Int!) { entities(first: $n) { nodes { id } } }', { n: 'ten' }, 'BAD_USER_INPUT'],
    [
      'an unknown value of an enum',
      'query ($c: ChangeInput!) { impact(change: $c) { verdict } }',
      { c: { target: 'x', kind: 'EXPLODE' } },
      'BAD_USER_INPUT',
    ],
    ['a null where there is none', 'query ($n: Int) { entities(first: $n) { nodes { id } } }', { n: null }, 'BAD_INPUT'],
    ['a confidence above 1', '{ impact(change: {target: "checkSize", minConfidence: 1.5}) { verdict } }', {}, 'BAD_INPUT'],
    ['a distance below 1', '{ impact(change: {target: "checkSize", maxDistance: 0}) { verdict } }', {}, 'BAD_INPUT'],
    ['an empty target', '{ impact(change: {target: ""}) { verdict } }', {}, 'BAD_INPUT'],
    ['a work tree outside the roots', '{ impactOfDiff(input: {root: "/"}) { verdict } }', {}, 'BAD_INPUT'],
  ])('name %s', async (_, query, variables, code) => {
    const system = createPictureSystem();
    const { ask, logged } = await serve(system);
    const { errors } = await ask(query, variables);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual([code]);
    expect(errors[0]?.extensions.stacktrace).toBeUndefined();
    expect(system.calls.filter((call) => call !== 'impact')).toEqual([]);
    expect(logged).toEqual([]);
  });
});
