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
});
