import type { Expr } from '../../keys.ts';

/** Where a URL leads, as far as it is known. */
export interface UrlPattern {
  /** Text of the authority, `api.example.com:8080`; an environment variable; or something unknown before the path. */
  readonly host?: { readonly text: string } | { readonly environment: string; readonly fallback?: string } | { readonly unknown: true };
  /** Segments of the path; `undefined` for one that is only known when the program runs. */
  readonly segments: readonly (string | undefined)[];
  /** Names of query parameters that are written in the URL. */
  readonly query: readonly string[];
  /** Query parameters may be among what is only known when the program runs. */
  readonly openQuery?: true;
  /** What the query is made of, as objects: names with what is known of their values. */
  readonly given?: readonly Expr[];
}

type Piece = { readonly text: string } | { readonly hole: Expr };

/** Reads a reduced expression as a URL or a path; undefined when it tells no segment of a path. */
export function urlPattern(expr: Expr): UrlPattern | undefined {
  const pieces = flat(expr);
  let host: UrlPattern['host'];
  let at = 0;
  let rest = '';
  const [first] = pieces;
  if (!first) return undefined;
  if ('hole' in first) {
    host = hostOf(first.hole);
    at = 1;
    // `${base}${version}/users`: only what begins with a slash is known to be a path.
    while (at < pieces.length && 'hole' in pieces[at]!) at++;
  } else {
    const match = /^(?:[a-z][a-z0-9+.-]*:)?\/\/([^/?#]*)/i.exec(first.text);
    if (match) {
      host = match[1] === '' && pieces[1] && 'hole' in pieces[1] ? hostOf(pieces[1].hole) : { text: match[1]! };
      rest = first.text.slice(match[0].length);
      // `http://${host}:${port}/users`
      if (rest === '') {
        at = 1;
        while (at < pieces.length && !('text' in pieces[at]! && (pieces[at] as { text: string }).text.includes('/'))) at++;
        if (at > 1 && !(match[1] === '' && pieces[1] && 'hole' in pieces[1])) host = { unknown: true };
      } else at = 1;
    }
  }
  let path = rest;
  let holes = 0;
  let openQuery = false;
  const given: Expr[] = [];
  for (const piece of pieces.slice(at)) {
    if ('text' in piece) path += piece.text;
    else if (path.includes('?') || isQuery(piece.hole)) {
      const names = queryNames(piece.hole);
      const object = queryObject(piece.hole);
      if (object) given.push(object);
      openQuery ||= names === undefined && !/=[^&]*$/.test(path);
      path += `${path.includes('?') ? '' : '?'}${names ? names.map((name) => `${name}=${GIVEN}`).join('&') : '\u0000'}`;
    } else {
      // After a whole segment, `/users${query}`, a hole is what comes behind the path.
      path += /[^/]$/.test(path) && !/[?#]/.test(path) && !/[-._~=:,]$/.test(path) ? '?\u0000' : '\u0000';
      holes++;
    }
  }
  const [beforeHash = ''] = path.split('#');
  const question = beforeHash.indexOf('?');
  const pathname = question < 0 ? beforeHash : beforeHash.slice(0, question);
  const query = question < 0 ? '' : beforeHash.slice(question + 1);
  const relative = host === undefined && !pathname.startsWith('/');
  if (relative && !/^[\w.~-]+(\/|$)/.test(pathname)) return undefined;
  const segments = pathname.split('/').filter((segment) => segment !== '');
  if (segments.length === 0 && (host === undefined || holes > 0) && pathname !== '/') return undefined;
  const literal = query.split('&').flatMap((pair): (readonly [string, Expr])[] => {
    const [, name, value] = /^([\w.[\]-]+)(?:=(.*))?$/.exec(pair) ?? [];
    if (name === undefined || value === GIVEN) return [];
    return [[name, value === undefined || value.includes('\u0000') ? { is: 'unknown' } : { is: 'text', text: decoded(value) }]];
  });
  if (literal.length > 0) given.push({ is: 'object', entries: Object.fromEntries(literal) });
  return {
    ...(given.length > 0 ? { given } : {}),
    ...(host ? { host } : {}),
    segments: segments.map((segment) => (segment.includes('\u0000') ? undefined : decoded(segment))),
    query: query.split('&').flatMap((pair) => /^([\w.[\]-]+)(=|$)/.exec(pair)?.[1] ?? []),
    ...(openQuery ? { openQuery: true as const } : {}),
  };
}

/** Stands for the value of a name that `given` tells. */
const GIVEN = '\u0001';

/** The object that a query is made of. */
function queryObject(expr: Expr): Expr | undefined {
  if (expr.is === 'call' && expr.callee.is === 'member' && !expr.created) return queryObject(expr.callee.of);
  return isQuery(expr) && expr.is === 'call' ? expr.args[0] : undefined;
}

/** `new URLSearchParams(…)`, with or without `.toString()`. */
function isQuery(expr: Expr): boolean {
  if (expr.is === 'call' && expr.created) return expr.callee.is === 'external' && expr.callee.path.at(-1) === 'URLSearchParams';
  if (expr.is === 'call' && expr.callee.is === 'member') return isQuery(expr.callee.of);
  return false;
}

/** The names that a query is made of; undefined when they are not all known. */
function queryNames(expr: Expr): readonly string[] | undefined {
  if (expr.is === 'call' && expr.callee.is === 'member' && !expr.created) return queryNames(expr.callee.of);
  const given = isQuery(expr) && expr.is === 'call' ? expr.args[0] : undefined;
  if (isQuery(expr) && !given) return [];
  return given?.is === 'object' && !given.spread ? Object.keys(given.entries) : undefined;
}

function flat(expr: Expr): readonly Piece[] {
  switch (expr.is) {
    case 'text':
      return expr.text === '' ? [] : [{ text: expr.text }];
    case 'literal':
      return [{ text: expr.text }];
    case 'join':
      return expr.parts.flatMap(flat);
    default:
      return [{ hole: expr }];
  }
}

function hostOf(hole: Expr): NonNullable<UrlPattern['host']> {
  if (hole.is === 'environment')
    return { environment: hole.name, ...(hole.fallback?.is === 'text' ? { fallback: hole.fallback.text } : {}) };
  return { unknown: true };
}

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/** Segments of a template: `/users/{id}`, `/users/:id`, `/users/[id]`, `/users/<int:id>`; parameters are undefined. */
export const templateSegments = (template: string): readonly (string | undefined)[] =>
  template
    .replace(/[?#].*$/, '')
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => (isParameter(segment) ? undefined : segment));

const isParameter = (segment: string): boolean => /[{<*]|^:|^\[.*\]$|\(.*\)/.test(segment) || /(^|[^\w]):\w/.test(segment);

/** `/users/:id(\\d+)`, `/users/:id{[0-9]+}` and `/users/[id]` as OpenAPI writes them: `/users/{id}`. */
export function asTemplate(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '');
  const written = segments.map((segment) => {
    const catchAll = /^\[\[?\.\.\.(\w+)\]?\]$/.exec(segment) ?? /^\{?\*(\w*)\}?$/.exec(segment) ?? /^(?<path>)\(\.\*\)$/.exec(segment);
    if (catchAll) return `{${catchAll[1] || 'path'}}`;
    const bracket = /^\[(\w+)\]$/.exec(segment);
    if (bracket) return `{${bracket[1]}}`;
    return segment
      .replace(/<(?:\w+:)?(\w+)>/g, '{$1}')
      .replace(/\{(\w+):[^}]*\}/g, '{$1}')
      .replace(/:(\w+)(\([^)]*\)|\{[^}]*\})?[?+*]?/g, '{$1}');
  });
  return `/${written.join('/')}`;
}
