import type { GenerationTarget } from './target.ts';

/** In the order in which a hand-off lists them. The only place that names targets; each is loaded when used. */
const TARGETS = {
  openapi: async () => (await import('./openapi.ts')).openapi,
  graphql: async () => (await import('./graphql.ts')).graphql,
  asyncapi: async () => (await import('./asyncapi.ts')).asyncapi,
  typescript: async () => (await import('./typescript.ts')).typescript,
  vitest: async () => (await import('./vitest.ts')).vitest,
  compose: async () => (await import('./compose.ts')).compose,
  terraform: async () => (await import('./terraform.ts')).terraform,
  manual: async () => (await import('./manual.ts')).manual,
} as const satisfies Readonly<Record<string, () => Promise<GenerationTarget>>>;

export const loadTargets = (): Promise<readonly GenerationTarget[]> => Promise.all(Object.values(TARGETS).map((load) => load()));
