/** What kinds of values files and names of a system give. */
export type ValueKind =
  | 'size'
  | 'format'
  | 'export-format'
  | 'role'
  | 'sign-in'
  | 'page-size'
  | 'lifetime'
  | 'retention'
  | 'soft-delete'
  | 'cascade'
  | 'event'
  | 'schedule'
  | 'mailer'
  | 'retry'
  | 'attempts'
  | 'rate'
  | 'idempotency'
  | 'version'
  | 'length'
  | 'order'
  | 'currency'
  | 'strategy'
  | 'logger';

/** Reads a value in a line; undefined where it has none. */
export type LineRule = (line: string) => string | undefined;
interface Finder {
  /** Words by which places are found that the request is not about. */
  readonly names: string;
  readonly line: LineRule;
  /** Only in programs: in settings of what runs them the same words mean something else. */
  readonly inCode?: true;
}

const group =
  (pattern: RegExp, shape: (found: string) => string | undefined = (found) => found): LineRule =>
  (line) => {
    const match = pattern.exec(line);
    const found = match?.slice(1).find((each) => each !== undefined);
    return found === undefined || found === '' ? undefined : shape(found.trim());
  };

/** Every kind of value: where it is looked for beside the touched files, and how a line that states it looks. */
export const FINDERS: Readonly<Record<ValueKind, Finder>> = {
  size: { names: 'max file size limit bytes upload', line: sizeIn },
  format: { names: 'allowed mime types formats extensions', line: formatsIn },
  'export-format': {
    names: 'export csv xlsx pdf',
    line: group(/\b(?:export|to|as|generate|create)\w*?(csv|xlsx|excel|pdf)\b|['"](?:text\/(csv)|application\/(pdf))['"]/i, (found) =>
      found.toUpperCase(),
    ),
  },
  role: {
    names: 'role roles permission',
    line: group(
      /@Roles\(\s*['"]?(?:\w+\.)?(\w{3,20})|\brole\s*(?::|===?)\s*['"](\w{3,20})['"]/i,
      (found) => `the role ${found.toLowerCase()}`,
    ),
  },
  'sign-in': {
    names: 'auth guard jwt session',
    line: group(
      /@UseGuards\(\s*(?!Throttl|Roles?Guard)(?:AuthGuard\(\s*['"]?)?([\w-]{2,30})|\b(requireAuth\w*|isAuthenticated|auth\.required|authenticate|requireUser|protectedProcedure|authedProcedure|authenticatedProcedure|getServerSession)\b/,
      (found) => `everybody who is signed in (${found})`,
    ),
  },
  'page-size': {
    names: 'limit page size per page pagination take',
    line: group(
      /\b(?:limit|take|page_?size|per_?page)\w*['"]?\)?\s*(?:\?\?|\|\||[:=])\s*(?:Number\([^)]*\)\s*(?:\?\?|\|\|)\s*)?(\d{1,4})\b|\b(?:limit|take|page_?size)\b.{0,40}\.(?:max|default)\((\d{1,4})\)/i,
    ),
  },
  lifetime: {
    names: 'token expires in ttl session lifetime max age',
    line: group(
      /\b\w*(?:token|jwt|session|link|code|otp|reset|confirm|cookie|expir)\w*(?:expir\w*|ttl|max_?age|lifetime)?\w*['"]?\s*[:=]\s*['"`]?(\d+ ?(?:ms|s|m|h|d|min|minutes?|hours?|days?)(?![\w*]))/i,
      durationInWords,
    ),
  },
  retention: {
    names: 'retention days keep purge cleanup older than',
    line: group(
      /\b\w*(?:retention|keep|purge|clean_?up|older_?than)\w*['"]?\s*[:=]\s*['"`]?(\d+ ?(?:m|h|d|minutes?|hours?|days?|months?)(?![\w*]))/i,
      durationInWords,
    ),
  },
  'soft-delete': {
    names: 'deleted at archived at is deleted',
    line: group(
      /^\s*(?:@\w+\(.*\)\s*)?["'`]?(deleted_?at|is_?deleted|archived_?at)["'`]?[?!]?\s*[:\s]/i,
      (found) => `marked as deleted (${found})`,
    ),
  },
  cascade: {
    names: 'cascade on delete',
    line: group(/\b(?:ON DELETE|onDelete:?)\s*['"]?\s*(CASCADE|SET NULL|RESTRICT|SetNull|Cascade|Restrict|NO ACTION)\b/i, cascadeInWords),
  },
  event: { names: '', line: () => undefined },
  schedule: { names: 'cron schedule interval', line: group(/@Cron\(([^)]{2,60})\)|\bcron(?:\.schedule)?\(\s*(['"][^'"]{5,40}['"])/) },
  mailer: {
    names: 'mail mailer email notification sms push',
    line: group(
      /\b(?:class|function|const)\s+(\w*(?:Mailer|(?:Mail|Email|Sms|Push|Notification)(?:Service|Sender|Provider|Client))|send(?:Mail|Email|Sms|Push|Notification)\w*)\b/,
    ),
  },
  retry: { names: 'retries attempts backoff', inCode: true, line: group(/\b((?:max_?)?retr(?:y|ies)(?!_?after)\w*['"]?\s*[:=]\s*\d+)/i) },
  attempts: { names: 'attempts login max', inCode: true, line: group(/\b((?:max_?)?\w*attempts\w*['"]?\s*[:=]\s*\d+)/i) },
  rate: {
    names: 'rate limit throttle',
    line: group(/\b((?:rate_?limit|throttl)\w*['"]?\s*[:=(]\s*\{?\s*(?:\w+\s*:\s*)?\d[\d_]*)/i),
  },
  idempotency: { names: 'idempotency key', line: group(/\b(idempotency[-_]?key)\b/i) },
  version: { names: 'version column etag', line: group(/(@VersionColumn\(\)|\bif-match\b)/i) },
  length: {
    names: '',
    line: group(
      /\bmaxLength['"]?\s*[:=(]\s*(\d+)|@MaxLength\((\d+)|\.max\((\d+)|\bvarchar\((\d+)\)|@db\.VarChar\((\d+)\)/i,
      (found) => `${found} characters`,
    ),
  },
  order: {
    names: '',
    line: group(/\border_?by\b\W{1,6}(?:\[?\s*\{\s*)?['"]?(\w{2,30}['"]?\s*:?\s*['"]?(?:asc|desc)\b)/i, (found) =>
      found.replaceAll(/['":]+/g, '').replace(/\s+/g, ' '),
    ),
  },
  strategy: {
    names: 'passport strategy oauth login provider',
    inCode: true,
    line: group(
      /\bPassportStrategy\(\s*\w*?Strategy\s*,\s*['"](?!jwt|local|refresh)([\w-]{3,20})['"]|\bpassport\.use\(\s*new\s+(?!Jwt|Local)(\w{2,20}?)Strategy\b|['"](?:\w+\/)*(?:auth|login)\/(google|facebook|apple|github|microsoft|twitter|linkedin|saml|azure)\b|\b(google|facebook|apple|github|microsoft|azure)(?:-?auth|Login|Provider)\w*/i,
      (found) => `an account of ${found[0]!.toUpperCase()}${found.slice(1).toLowerCase()}`,
    ),
  },
  logger: {
    names: 'logger logging',
    inCode: true,
    line: group(/\b(?:class|function|const)\s+(\w*(?:Logger|LogService|AuditLog\w*))\b/, (found) => `the logs (${found})`),
  },
  currency: {
    names: 'currency',
    line: group(/['"](EUR|USD|GBP|CHF|JPY)['"]|\bcurrency['"]?\s*[:=]\s*['"](eur|usd|gbp|chf|jpy)['"]/, (found) => found.toUpperCase()),
  },
};

const KILO = 1024;
const UNITS = { KB: 1e3, MB: 1e6 } as const;

/** `5 * 1024 * 1024`, `10 MB` where a limit is spoken of, `maxFileSize: 5242880`. */
function sizeIn(line: string): string | undefined {
  const named = /(?:size|bytes|limit|max|upload)\w*['"]?[\s:=(]{1,4}(\d+(?:\.\d+)?)\s*\*\s*(?:1024|1_?000)\s*(\*\s*(?:1024|1_?000))?/i.exec(
    line,
  );
  if (named) {
    const isMega = named[2] !== undefined || Number(named[1]) >= KILO;
    return `${named[2] === undefined && isMega ? Number(named[1]) / KILO : named[1]} ${isMega ? 'MB' : 'KB'}`;
  }
  const power =
    /(?:size|bytes|limit|max|upload)\w*['"]?[\s:=(]{1,4}(\d+(?:\.\d+)?)\s*\*\s*(?:1024\s*\*\*\s*2|2\s*\*\*\s*20|1e6|1_000_000)/i.exec(line);
  if (power) return `${power[1]} MB`;
  const written = /(?<![\w.-])(\d+(?:\.\d+)?)(?:\s?([KMG]i?B)|(kb|mb|gb))(?![\w-])/.exec(line);
  if (written && /size|limit|max|upload|file|body/i.test(line)) return `${written[1]} ${written[2] ?? written[3]!.toUpperCase()}`;
  const plain = /(?:file|max|upload|body)\w*(?:size|bytes|limit)\w*['"]?\s*[:=]\s*(\d[\d_]{3,11})\b/i.exec(line);
  const bytes = plain && !/heap|rss|memory/i.test(plain[0]) ? Number(plain[1]!.replaceAll('_', '')) : 0;
  if (bytes === 0) return undefined;
  const unit = bytes < UNITS.MB ? 'KB' : 'MB';
  return `${Math.round((bytes / UNITS[unit]) * 10) / 10} ${unit}`;
}

const UNIT_NAMES: Readonly<Record<string, string>> = { s: 'second', m: 'minute', min: 'minute', h: 'hour', d: 'day' };

/** `15m` is `15 minutes`. */
function durationInWords(found: string): string {
  const [, figure = '', unit = ''] = /^(\d+) ?(\w+)$/.exec(found) ?? [];
  const name = UNIT_NAMES[unit.toLowerCase()];
  return name === undefined ? found : `${figure} ${name}${figure === '1' ? '' : 's'}`;
}

function formatsIn(line: string): string | undefined {
  const names = [
    ...Array.from(
      line.matchAll(/\b(?:image|video|audio|application|text)\/(png|jpe?g|gif|webp|svg|heic|pdf|csv|zip|mp4|mpeg)\b/gi),
      ([, name]) => name!,
    ),
    ...(/\.\(|\b(?:ext|format|mime|type|support)\w*/i.test(line)
      ? Array.from(line.matchAll(/(?<![\w/])\.?(png|jpe?g|gif|webp|pdf|csv|xlsx|mp4)\b/gi), ([, name]) => name!)
      : []),
  ].map((name) => name.toUpperCase().replace('JPG', 'JPEG'));
  const all = [...new Set(names)];
  return all.length > 0 ? all.join(', ') : undefined;
}

function cascadeInWords(found: string): string {
  if (/cascade/i.test(found)) return 'it is deleted as well';
  return /null/i.test(found) ? 'it stays, without the reference' : 'deleting is refused while there is any';
}
