import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { PlatformError, messageOf } from '../graph/errors.ts';

/** Where the graph is, and how to get in. */
export const StoreConfig = z.strictObject({
  store: z
    .string()
    .min(1)
    .default('.specgraph/graph.db')
    .describe('Path of an embedded store, relative to the current directory, or the bolt:// or neo4j:// URL of a database.'),
  neo4j: z
    .strictObject({
      user: z.string().min(1).default('neo4j').describe('Who to log in as. Used when there is a password.'),
      password: z.string().optional().describe('Better given as NEO4J_PASSWORD than written into a file.'),
      database: z.string().min(1).optional().describe("Name of the database; absent, the user's home database."),
    })
    .prefault({}),
});
export type StoreConfig = z.infer<typeof StoreConfig>;

export const Config = StoreConfig.extend({
  api: z
    .strictObject({
      host: z.string().min(1).default('127.0.0.1').describe('Address to listen on. Other than loopback needs a token.'),
      port: z.coerce.number().int().min(0).max(65_535).default(4000).describe('Port to listen on; 0 = any free one.'),
      token: z.string().min(1).optional().describe('Bearer token that requests must carry.'),
    })
    .prefault({}),
  log: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn').describe('Least severe message written to stderr.'),
});
export type Config = z.infer<typeof Config>;

/** Settings given on the command line, by dotted path in {@link Config}. Undefined = not given. */
export type ConfigFlags = Readonly<Record<string, string | undefined>>;

const FILES = ['specgraph.config.json', 'specgraph.config.yaml', 'specgraph.config.yml'];

/**
 * `NEO4J_URI` is left out on purpose: many machines have it set for another application, whose database must not
 * silently become ours.
 */
const VARIABLES: Readonly<Record<string, string>> = {
  SPECGRAPH_STORE: 'store',
  SPECGRAPH_LOG: 'log',
  SPECGRAPH_HOST: 'api.host',
  SPECGRAPH_PORT: 'api.port',
  SPECGRAPH_TOKEN: 'api.token',
  NEO4J_USERNAME: 'neo4j.user',
  NEO4J_PASSWORD: 'neo4j.password',
  NEO4J_DATABASE: 'neo4j.database',
};

/**
 * Reads the settings: defaults < `specgraph.config.{json,yaml}` in `folder` < environment < flags.
 * Throws `BAD_INPUT` that names the setting and where it came from.
 */
export async function loadConfig(
  flags: ConfigFlags = {},
  folder: string = process.cwd(),
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Config> {
  const file = FILES.map((name) => path.join(folder, name)).find((candidate) => existsSync(candidate));
  const settings = file === undefined ? {} : await readSettings(file);
  const origins = new Map<string, string>();
  const set = (at: string, value: string, origin: string): void => {
    setAt(settings, at.split('.'), value);
    origins.set(at, origin);
  };
  for (const [variable, at] of Object.entries(VARIABLES)) {
    const value = env[variable];
    if (value !== undefined && value !== '') set(at, value, variable);
  }
  for (const [at, value] of Object.entries(flags)) if (value !== undefined) set(at, value, `--${at.split('.').at(-1)}`);

  const parsed = Config.safeParse(settings);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path: at, message }) => {
    const setting = at.join('.');
    return `${setting || 'settings'} (from ${origins.get(setting) ?? file}): ${message}`;
  });
  throw new PlatformError('BAD_INPUT', `The configuration is not valid. ${problems.join('; ')}.`, { details: { problems } });
}

type Settings = Record<string, unknown>;

async function readSettings(file: string): Promise<Settings> {
  let content: unknown;
  try {
    const text = readFileSync(file, 'utf8');
    content = file.endsWith('.json') ? JSON.parse(text) : (await import('yaml')).parse(text);
  } catch (cause) {
    throw new PlatformError('BAD_INPUT', `Cannot read ${file}: ${messageOf(cause)}`, { cause });
  }
  if (content === null || content === undefined) return {};
  if (!isSettings(content)) throw new PlatformError('BAD_INPUT', `${file} has to hold settings by name, such as "store".`);
  return content;
}

function setAt(settings: Settings, [key, ...rest]: readonly string[], value: string): void {
  if (key === undefined) return;
  if (rest.length === 0) settings[key] = value;
  else {
    const inner = settings[key];
    setAt(isSettings(inner) ? inner : (settings[key] = {}), rest, value);
  }
}

const isSettings = (value: unknown): value is Settings => typeof value === 'object' && value !== null && !Array.isArray(value);
