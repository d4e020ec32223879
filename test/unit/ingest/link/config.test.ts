import { describe, expect, it } from 'vitest';
import { configLinker } from '../../../../ingest/link/config.ts';
import { linkFrom } from '../link-fixture.ts';

describe('the config linker', () => {
  it('links code to the variables it reads, declared or not, with every place', async () => {
    const { things, edge, arrows } = await linkFrom(
      {
        'src/config.ts': `export const port = Number(process.env.PORT ?? 3000);
export function url(): string {
  return process.env.API_URL! + process.env['API_URL'];
}
`,
      },
      [configLinker],
    );
    expect(things).toEqual(['ConfigKey env:API_URL', 'ConfigKey env:PORT']);
    expect(arrows()).toEqual(['src/config.ts#port READS_CONFIG env:PORT', 'src/config.ts#url READS_CONFIG env:API_URL']);
    expect(edge('src/config.ts#url READS_CONFIG env:API_URL')).toMatchObject({
      tier: 'compiler',
      rule: 'environment-read',
      sites: [
        { line: 3, file: 'src/config.ts' },
        { line: 3, file: 'src/config.ts' },
      ],
    });
  });

  it('knows the environment where it is handed in', async () => {
    const { arrows } = await linkFrom(
      {
        'src/config.ts': `export function read(env: NodeJS.ProcessEnv, other: Record<string, string>) {
  return { port: env.PORT ?? 3000, url: env['API_URL'], name: other.NAME };
}
export const config = read(process.env, {});
`,
      },
      [configLinker],
    );
    expect(arrows()).toEqual(['src/config.ts#read READS_CONFIG env:API_URL', 'src/config.ts#read READS_CONFIG env:PORT']);
  });

  it('follows a name through a function of the repository that reads it', async () => {
    const { arrows } = await linkFrom(
      {
        'src/required.ts': `export function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(name);
  return value;
}
`,
        'src/main.ts': `import { required } from './required.ts';\nexport const key = required('STRIPE_KEY');\n`,
      },
      [configLinker],
    );
    expect(arrows()).toEqual(['src/main.ts#key READS_CONFIG env:STRIPE_KEY']);
  });

  it('survives names that every object has', async () => {
    const { arrows } = await linkFrom(
      {
        'src/a.js': `const types = {};
export const isPlain = (o) => types.hasOwnProperty.call(o, 'x') && types.constructor.call(o) && process.env.constructor;
`,
      },
      [configLinker],
    );
    expect(arrows()).toEqual(['src/a.js#isPlain READS_CONFIG env:constructor']);
  });

  const optional = async (text: string): Promise<readonly string[]> => {
    const { nodes } = await linkFrom({ 'src/mail.ts': text }, [configLinker]);
    return nodes.flatMap(({ name, props }) => ('optional' in props && props.optional ? [name] : []));
  };

  it.each([
    ['a default', 'export const url = process.env.MAIL_URL ?? "smtp://localhost";'],
    ['an assigned default', 'export const url = (process.env["MAIL_URL"] ??= "smtp://localhost");'],
    ['a comparison with a text', 'export const isOn = process.env.MAIL_URL === "on";'],
    ['a choice', 'export const port = process.env.MAIL_URL ? 25 : 0;'],
    ['what is only done with it', 'export function send() { if (process.env.MAIL_URL) log(process.env.MAIL_URL); }'],
    ['what is not done without it', 'export function send() { if (!process.env.MAIL_URL || off) return; }'],
    ['a constant that is asked for', 'const url = process.env.MAIL_URL;\nexport const send = () => (url && off ? log(url) : undefined);'],
    ['a part that is asked for', 'export function a() { const { MAIL_URL: url } = process.env; return url === undefined ? 0 : log(url); }'],
    ['an error where it has some value', 'if (process.env.MAIL_URL === "required") throw new Error("no mail");\nexport {};'],
    [
      'a wrapper whose result it can do without',
      'const env = (name: string) => process.env[name];\nexport const isOn = () => env("MAIL_URL") === "on";',
    ],
    ['a default for what is no number', 'export const port = Number.parseInt(process.env.MAIL_URL, 10) || 25;'],
    ['a question whether it is a number', 'const n = +process.env.MAIL_URL;\nexport const port = isNaN(n) ? 25 : n;'],
    [
      'a default for what may be given',
      'export const f = (given?: string) => { const url = given ?? process.env.MAIL_URL; return url ?? "x"; };',
    ],
    ['an optional chain', 'export const hosts = process.env.MAIL_URL?.split(",");'],
    ['a part with a default', 'const { MAIL_URL = "" } = process.env;\nexport const send = () => log(MAIL_URL);'],
  ])('takes a variable for optional where code has %s', async (_, text) => {
    expect(await optional(text)).toEqual(['MAIL_URL']);
  });

  it.each([
    ['is used as it is', 'export const url = new URL(process.env.MAIL_URL!);'],
    ['ends the program without it', 'if (!process.env.MAIL_URL) process.exit(1);\nexport {};'],
    ['throws where it is not one value', 'if (process.env.MAIL_URL !== "on") throw new Error("MAIL_URL");\nexport {};'],
    ['throws without it and something else', 'if (!other || !process.env.MAIL_URL) throw new Error("MAIL_URL");\nexport {};'],
    ['is asked of a wrapper', 'const env = (name: string) => process.env[name];\nexport const url = () => new URL(env("MAIL_URL"));'],
    ['throws without it, later', 'const url = process.env.MAIL_URL;\nif (!url) { log(1); throw new Error("MAIL_URL"); }\nexport {};'],
    ['throws in its place', 'export const url = process.env.MAIL_URL ? 1 : fail();'],
    ['is held against what was given', 'export const isOwner = (token: string) => token === process.env.MAIL_URL;'],
    ['is itself the fallback', 'export const url = (given: string) => given || process.env.MAIL_URL;'],
    [
      'is asked for elsewhere',
      'export const isOn = () => Boolean(process.env.MAIL_URL);\nexport const url = () => new URL(process.env.MAIL_URL);',
    ],
  ])('takes it for needed where it %s', async (_, text) => {
    expect(await optional(text)).toEqual([]);
  });

  it('knows what types say there is', async () => {
    const { arrows } = await linkFrom(
      {
        'src/env.d.ts':
          'declare namespace NodeJS { interface ProcessEnv { MAIL_URL?: string; [name: string]: string | undefined } }\ninterface Other { X: string }\n',
      },
      [configLinker],
    );
    expect(arrows()).toEqual([expect.stringMatching(/^src\/env\.d\.ts\S* DECLARES env:MAIL_URL$/)]);
  });

  it('knows what code sets for others, but not what tests do', async () => {
    const { arrows } = await linkFrom(
      {
        'src/build.ts': `process.env.TELEMETRY = '0';
delete process.env.PROXY;
export const build = () => spawn('next', { env: { PHASE: 'build', TOKEN: process.env.TOKEN, lower: '1' } });
export const bundle = { define: { 'process.env.BUILD_ID': JSON.stringify(1), 'process.envs.X': 1 } };
`,
        'src/build.test.ts': `import { it } from 'vitest';\nprocess.env.PHASE_OF_TEST = '1';\nit('builds', () => {});\n`,
      },
      [configLinker],
    );
    expect(arrows()).toEqual([
      'src/build.ts DECLARES env:PROXY',
      'src/build.ts DECLARES env:TELEMETRY',
      'src/build.ts#build DECLARES env:PHASE',
      'src/build.ts#build READS_CONFIG env:TOKEN',
      'src/build.ts#bundle DECLARES env:BUILD_ID',
    ]);
  });
});
