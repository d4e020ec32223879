import { describe, expect, it } from 'vitest';
import { served } from '../routes-of.ts';

describe('procedures of tRPC', () => {
  it('have the path under which clients call them', async () => {
    const { lines, route } = await served({
      'src/trpc.ts': `
import { initTRPC } from '@trpc/server';
const t = initTRPC.create();
export const router = t.router;
export const publicProcedure = t.procedure;
`,
      'src/songs.ts': `
import { z } from 'zod';
import { publicProcedure, router } from './trpc.ts';
export const songs = router({
  byId: publicProcedure.input(z.object({ id: z.string() })).query(({ input }) => ({ id: input.id })),
  add: publicProcedure.input(z.object({ title: z.string() })).mutation(async ({ input }) => {
    return { title: input.title };
  }),
});
`,
      'src/app.ts': `
import { publicProcedure, router } from './trpc.ts';
import { songs } from './songs.ts';
export const appRouter = router({ health: publicProcedure.query(() => 'ok'), songs, nested: router({ songs }) });
`,
    });
    expect(lines).toEqual([
      'MUTATION nested.songs.add src/songs.ts#songs@6',
      'MUTATION songs.add src/songs.ts#songs@6',
      'QUERY health src/app.ts#appRouter@4',
      'QUERY nested.songs.byId src/songs.ts#songs@5',
      'QUERY songs.byId src/songs.ts#songs@5',
    ]);
    expect(route('QUERY songs.byId').exchange.body.schemas).toHaveLength(1);
  });
});
