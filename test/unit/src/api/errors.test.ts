import { assertEnumType, GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { PlatformError } from '../../../../graph/errors.ts';
import { createErrorBoundary, refusal } from '../../../../src/api/errors.ts';
import { loadSchema } from '../../../../src/api/schema.ts';
import { TREATMENTS } from '../../../../src/serving/public-error.ts';

function boundary() {
  const logged: string[] = [];
  return { logged, ...createErrorBoundary({ error: (message) => void logged.push(message) }) };
}

const formatted = { message: 'as Apollo puts it', path: ['entity'], extensions: { code: 'INTERNAL_SERVER_ERROR' } };
const inField = (error: Error) => new GraphQLError(error.message, { path: ['entity'], originalError: error });

describe('an error on its way out', () => {
  it('keeps code, message and details when it is ours', () => {
    const { format, logged } = boundary();
    const error = new PlatformError('TARGET_NOT_FOUND', 'Nothing is called x.', { details: { suggestions: ['y'] } });
    expect(format(formatted, inField(error))).toEqual({
      message: 'Nothing is called x.',
      path: ['entity'],
      extensions: { code: 'TARGET_NOT_FOUND', details: { suggestions: ['y'] } },
    });
    expect(logged).toEqual([]);
  });

  it('is logged once, with its cause, however many fields it fails', () => {
    const logs: unknown[] = [];
    const { format } = createErrorBoundary({ error: (message, details) => void logs.push([message, details]) });
    const error = new Error('outer', { cause: new Error('inner') });
    for (let field = 0; field < 5; field++) format(formatted, inField(error));
    expect(logs).toEqual([['outer', { stack: expect.stringContaining('outer'), cause: expect.stringContaining('inner') }]]);
  });

  it('keeps what Apollo says of requests that it refused itself', () => {
    const { format, logged } = boundary();
    const refused = { message: 'Cannot query field "x".', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } };
    expect(format(refused, new GraphQLError('Cannot query field "x".'))).toBe(refused);
    expect(logged).toEqual([]);
  });

  it('knows a refusal before execution, with its status', () => {
    const error = refusal(new PlatformError('LIMIT_EXCEEDED', 'Too deep.'));
    expect(error.extensions).toEqual({ http: { status: 400 } });
    expect(boundary().format({ message: '', extensions: {} }, error)).toEqual({
      message: 'Too deep.',
      extensions: { code: 'LIMIT_EXCEEDED', details: {} },
    });
  });

  const circular: Record<string, unknown> = {};
  circular['self'] = circular;

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a string', 'boom'],
    ['a symbol', Symbol('boom')],
    ['an object without prototype', Object.create(null)],
    [
      'an object that throws when read',
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('no');
          },
        },
      ),
    ],
    [
      'an error that throws when read',
      Object.defineProperty(new Error('x'), 'message', {
        get: () => {
          throw new Error('no');
        },
      }),
    ],
  ])('never makes the boundary throw: %s', (_, thrown) => {
    expect(boundary().format(formatted, thrown).extensions).toEqual({ code: 'INTERNAL', details: {} });
  });

  it.each([
    ['circular', circular],
    ['not JSON', { count: 1n }],
  ])('leaves out details that are %s', (_, details) => {
    expect(boundary().publish(new PlatformError('BAD_INPUT', 'No.', { details }))).toEqual({
      code: 'BAD_INPUT',
      message: 'No.',
      details: {},
    });
  });

  it('survives a log that fails', () => {
    const { format } = createErrorBoundary({
      error: () => {
        throw new Error('disk full');
      },
    });
    expect(format(formatted, new Error('x')).extensions).toEqual({ code: 'INTERNAL', details: {} });
  });

  it('has a code that the schema lists', () => {
    const codes = assertEnumType(loadSchema().getType('ErrorCode')).getValues();
    expect(codes.map(({ name }) => name)).toEqual(Object.keys(TREATMENTS));
  });
});
