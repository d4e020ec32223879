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

const modelUrl = z
  .string()
  .refine(isPlainUrl, 'has to be an http:// or https:// URL without user, query and fragment')
  .default('https://api.openai.com/v1')
  .describe('Base URL of an OpenAI-compatible API: OpenAI, Azure (…/openai/v1), Ollama (http://localhost:11434/v1), vLLM, …');
/** Checked here, because what sends a header repeats the value that it cannot send. */
const modelKey = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]+$/, 'has to be visible ASCII characters')
  .optional()
  .describe('Sent as bearer token; absent, none is sent. Better given in the environment than written into a file.');
const retries = z.coerce.number().int().min(0).max(10).default(4).describe('Times that a request is repeated when waiting may help.');
const perMinute = z.coerce.number().positive().optional().describe('Most requests to start in a minute.');
const modelTimeout = z.coerce.number().positive().max(86_400).describe('Seconds for one request.');

/** What turns texts into vectors. */
export const EmbedderConfig = z
  .strictObject({
    use: z.enum(['minilm', 'openai', 'none']).default('minilm').describe('minilm runs here; openai asks `url`; none: words only.'),
    url: modelUrl,
    model: z.string().min(1).optional().describe('Model that `url` embeds with.'),
    key: modelKey,
    dimensions: z.coerce
      .number()
      .int()
      .min(1)
      .max(4096)
      .optional()
      .describe('Dimensions to ask for; absent, those of the model, which costs one request when it is opened.'),
    batch: z.coerce.number().int().min(1).max(2048).default(64).describe('Most texts in one request.'),
    longest: z.coerce.number().int().min(100).default(8000).describe('Characters of a text that are sent: what the model reads of one.'),
    concurrency: z.coerce.number().int().min(1).max(64).default(4).describe('Requests of one call under way at once.'),
    timeout: modelTimeout.default(60),
    retries,
    perMinute,
  })
  .refine(({ use, model }) => use !== 'openai' || model !== undefined, {
    path: ['model'],
    message: 'is needed when embedder.use is openai',
  });
export type EmbedderConfig = z.infer<typeof EmbedderConfig>;

/** What writes answers. Without `model` and `cassette` there is none, whatever else is set. */
export const ChatConfig = z.strictObject({
  url: modelUrl,
  model: z.string().min(1).optional().describe('Model that answers. Absent, no model is ever asked.'),
  key: modelKey,
  timeout: modelTimeout.default(120),
  retries,
  perMinute,
  temperature: z.coerce.number().min(0).max(2).optional().describe('Sent when given.'),
  price: z
    .strictObject({ input: z.number().min(0), output: z.number().min(0) })
    .optional()
    .describe('What a million tokens cost, in your currency. Absent, answers have no cost.'),
  cassette: z
    .string()
    .min(1)
    .optional()
    .describe('File of recorded answers to answer from. With `model`, what is not in it is asked and recorded; without, it is an error.'),
});
export type ChatConfig = z.infer<typeof ChatConfig>;

/** What a system is opened with. */
export const SystemConfig = StoreConfig.extend({
  embedder: EmbedderConfig.prefault({}),
  chat: ChatConfig.prefault({}),
});
export type SystemConfig = z.infer<typeof SystemConfig>;

/** Whoever decides about specs over HTTP is known by a token of their own: a name that a request gives proves nothing. */
const Person = z.strictObject({
  token: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]{16,}$/, 'has to be at least 16 visible ASCII characters')
    .describe('Bearer token of this person alone.'),
  name: z.string().trim().min(1).describe('As Git knows them.'),
  email: z.email().describe('As approvals.yaml names them.'),
  kind: z.enum(['person', 'engine']).default('person').describe('Engines may ask for a review, and decide nothing.'),
});

export const Config = SystemConfig.extend({
  api: z
    .strictObject({
      host: z.string().min(1).default('127.0.0.1').describe('Address to listen on. Other than loopback needs a token.'),
      port: z.coerce.number().int().min(0).max(65_535).default(4000).describe('Port to listen on; 0 = any free one.'),
      token: z.string().min(1).optional().describe('Bearer token that requests must carry.'),
      people: z.array(Person).default([]).describe('Who may decide about specs over GraphQL, each with a token.'),
    })
    .refine(({ token, people }) => areDistinct([...(token === undefined ? [] : [token]), ...people.map((person) => person.token)]), {
      path: ['people'],
      message: 'need a token each that nobody else has',
    })
    .prefault({}),
  mcp: z
    .strictObject({
      host: z.string().min(1).default('127.0.0.1').describe('Address that `mcp --http` listens on. Other than loopback needs a token.'),
      port: z.coerce.number().int().min(0).max(65_535).default(4001).describe('Port that `mcp --http` listens on; 0 = any free one.'),
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
 * silently become ours. `OPENAI_API_KEY` and its like are, too: that a key lies around is no wish to send code somewhere.
 */
const VARIABLES: Readonly<Record<string, string>> = {
  SPECGRAPH_STORE: 'store',
  SPECGRAPH_LOG: 'log',
  SPECGRAPH_HOST: 'api.host',
  SPECGRAPH_PORT: 'api.port',
  SPECGRAPH_TOKEN: 'api.token',
  SPECGRAPH_EMBEDDER: 'embedder.use',
  SPECGRAPH_EMBEDDER_URL: 'embedder.url',
  SPECGRAPH_EMBEDDER_MODEL: 'embedder.model',
  SPECGRAPH_EMBEDDER_KEY: 'embedder.key',
  SPECGRAPH_EMBEDDER_DIMENSIONS: 'embedder.dimensions',
  SPECGRAPH_CHAT_URL: 'chat.url',
  SPECGRAPH_CHAT_MODEL: 'chat.model',
  SPECGRAPH_CHAT_KEY: 'chat.key',
  SPECGRAPH_CHAT_CASSETTE: 'chat.cassette',
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
    const origin = origins.get(setting) ?? file;
    return `${setting || 'settings'}${origin === undefined ? '' : ` (from ${origin})`}: ${message}`;
  });
  throw new PlatformError('BAD_INPUT', `The configuration is not valid. ${problems.join('; ')}.`, { details: { problems } });
}

const areDistinct = (texts: readonly string[]): boolean => new Set(texts).size === texts.length;

type Settings = Record<string, unknown>;

async function readSettings(file: string): Promise<Settings> {
  let content: unknown;
  try {
    const text = readFileSync(file, 'utf8');
    content = file.endsWith('.json') ? JSON.parse(text) : (await import('yaml')).parse(text);
  } catch (cause) {
    throw new PlatformError('BAD_INPUT', `Cannot read ${file}: ${withoutExcerpt(messageOf(cause))}`); // its cause has excerpts
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

function isPlainUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && username + password + search + hash === '';
}

/** What parsers say, without the text around the mistake: that may be a key or a password. */
const withoutExcerpt = (message: string): string =>
  message.replace(/, (\.\.\.)?".*"(\.\.\.)? is not valid JSON$/s, ' in JSON').replace(/:?\n.*$/s, '');
