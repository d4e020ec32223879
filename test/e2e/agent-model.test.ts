import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ThreadStatus } from '../../src/agent/thread/status.ts';
import { change, startOpenAIServer, type Behaviour } from '../openai-server.ts';
import { ROOT, specgraph, type RunOptions } from './cli.ts';

const REQUEST = `As a moderator, I want to hide a comment, so that nobody is insulted.

- The comment has to be archived for 30 days.
`;
let folder: string;
let example: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'agent model-'));
  example = path.join(folder, 'image-upload');
  cpSync(path.join(ROOT, 'examples/image-upload'), example, { recursive: true });
  const git = (...args: readonly string[]): unknown => execFileSync('git', args, { cwd: example });
  git('init', '-q');
  git('config', 'user.name', 'Pam');
  git('config', 'user.email', 'pam@acme');
  writeFileSync(path.join(example, 'specgraph.config.json'), JSON.stringify({ chat: { retries: 0, timeout: 20 } }));
  git('add', '-A');
  git('-c', 'commit.gpgsign=false', 'commit', '-q', '-m', 'Take images');
  expect(await run(['ingest', '.'])).toMatchObject({ code: 0 });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: readonly string[], options: RunOptions = {}) => specgraph(args, { cwd: example, ...options });

/** From the request to the review, with all questions left open. */
async function drafted(thread: string, options: RunOptions = {}): Promise<ThreadStatus> {
  const begun = await run(['agent', 'draft', '--from', '-', '--thread', thread, '--specs', `specs-${thread}`, '--json'], {
    ...options,
    input: REQUEST,
  });
  expect({ ...begun, stdout: '' }).toEqual({ code: 0, stdout: '', stderr: '' });
  const status = JSON.parse(begun.stdout) as ThreadStatus;
  if (status.gate?.name !== 'clarify') return status;
  const { code, stdout, stderr } = await run(['agent', 'resume', thread, '--specs', `specs-${thread}`, '--leave-open', '--json'], options);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as ThreadStatus;
}
const specOf = ({ spec }: ThreadStatus): string => readFileSync(path.join(example, spec?.path ?? ''), 'utf8');
const clearer: Behaviour = change((answer, request) => {
  const prompt = String(request.messages[1].content);
  const [, id, system] = /^## (AC-\S+)[^\n]*\n`+\nThe (.+) shall ensure that the comment is archived for 30 days\.$/m.exec(prompt) ?? [];
  const content = JSON.stringify({
    rewrites: [{ id, text: `The ${system} shall archive the comment for 30 days.` }],
    answers: [],
    missing: [],
    duplicates: [],
  });
  return { ...answer, choices: [{ ...answer.choices[0], message: { role: 'assistant', content } }] };
});

describe('specgraph agent draft with a model', () => {
  it('has it reword, tells what it did and cost, and asks it once for all processes', async () => {
    const server = await startOpenAIServer();
    try {
      server.script(clearer);
      const env = { SPECGRAPH_CHAT_URL: server.url, SPECGRAPH_CHAT_MODEL: 'little-chat' };
      const status = await drafted('worded', { env });
      expect(specOf(status)).toMatch(/shall archive the comment for 30 days\.$/m);
      expect(specOf(status)).toContain('generated: { engine: llm, model: little-chat-2026 }');
      const told = await run(['agent', 'status', 'worded', '--specs', 'specs-worded', '--timeline']);
      expect(told.stdout).toMatch(/note: little-chat: AC-\w+: said more clearly/);
      expect(told.stdout).toMatch(/refine +little-chat-2026 +from [0-9a-f]{8}.*, prompt [0-9a-f]{8}, 150 tokens/);
      const again = await run(['agent', 'resume', 'worded', '--specs', 'specs-worded', '--json'], { env });
      expect(JSON.parse(again.stdout)).toEqual(status);
      expect(server.received).toHaveLength(1);
    } finally {
      await server[Symbol.asyncDispose]();
    }
  }, 120_000);
});

const CUT = ['unshare', '-rn'] as const;
const { status: cut, stderr: refusal } = spawnSync(CUT[0], [CUT[1], 'true'], { encoding: 'utf8' });
if (cut !== 0) console.warn(`NOT TESTED: with the network cut. unshare is not permitted here: ${refusal?.trim() ?? 'not installed'}`);

describe.skipIf(cut !== 0)('with the network cut', () => {
  it('the rules carry on, and say so', async () => {
    const env = { SPECGRAPH_CHAT_URL: 'http://192.0.2.1:9/v1', SPECGRAPH_CHAT_MODEL: 'little-chat' };
    const [alone, plain] = [await drafted('alone', { env, through: [...CUT, process.execPath] }), await drafted('plain')];
    expect(alone).toMatchObject({ state: 'waiting', gate: { name: 'review-why' } });
    expect(alone.spec?.notes.join('\n')).toMatch(/little-chat: the rules' text stays, no answer \(unreachable\)/);
    expect(plain.spec?.notes.join('\n')).not.toContain("rules' text");
    const nameless = (one: ThreadStatus): string => specOf(one).replaceAll(/\b(?:alone|plain)\b/g, 'x');
    expect(nameless(alone)).toBe(nameless(plain));
    expect(nameless(alone)).toContain('engine: rules');
  }, 120_000);
});
