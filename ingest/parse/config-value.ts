/** Names whose values are never kept, whatever they look like. */
const SECRET = /SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|KEY$/i;
/** Characters. Longer values are files or blobs, not settings. */
const LONGEST = 1000;
/** `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `${NAME:?error}`, `${NAME:+other}`, `$NAME`; `$$` is a dollar. */
const INTERPOLATION = /\$\$|\$\{([A-Za-z_]\w*)(?:(:?[-?+])([^{}]*))?\}|\$([A-Za-z_]\w*)/g;

export const isSecretName = (name: string): boolean => SECRET.test(name);

/** A configuration key as an environment variable or property can be named. */
export const isConfigName = (name: string): boolean => name.length <= 200 && /^[A-Za-z_][\w.-]*$/.test(name);

export interface Interpolation {
  readonly name: string;
  readonly fallback?: string;
}

/** The variables a value takes from its surroundings, as docker-compose and shells write them. */
export function interpolationsOf(text: string): readonly Interpolation[] {
  if (!text.includes('$')) return [];
  return [...text.matchAll(INTERPOLATION)].flatMap(([, braced, operator, rest, bare]) => {
    const name = braced ?? bare;
    if (name === undefined) return [];
    return [operator?.endsWith('-') ? { name, fallback: rest ?? '' } : { name }];
  });
}

/** The text with variables filled in from `known`, else from their defaults; undefined where one has neither. */
export function interpolated(text: string, known: ReadonlyMap<string, string> = new Map()): string | undefined {
  let complete = true;
  const result = text.replace(INTERPOLATION, (whole, braced?: string, operator?: string, rest?: string, bare?: string) => {
    if (whole === '$$') return '$';
    const value = known.get(braced ?? bare ?? '');
    if (value !== undefined && (value !== '' || !operator?.startsWith(':'))) return value;
    if (operator?.endsWith('-')) return rest ?? '';
    complete = false;
    return '';
  });
  return complete ? result : undefined;
}

/** What may be kept of a value: nothing of a secret, a URL without its user, nothing that is long or has lines. */
export function keptValue(name: string, value: string): string | undefined {
  const text = value.trim();
  if (isSecretName(name) || text.length > LONGEST || /[\r\n]/.test(text)) return undefined;
  if (/^-----BEGIN|^eyJ[\w-]+\./.test(text)) return undefined;
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^/\s,@]*@/gi, '$1');
}
