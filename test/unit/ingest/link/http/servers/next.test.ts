import { describe, expect, it } from 'vitest';
import { served } from '../routes-of.ts';

describe('routes of Next.js', () => {
  it('are where their files are', async () => {
    const { lines, route } = await served({
      'src/app/(shop)/api/carts/[id]/route.ts': `
import { NextResponse } from 'next/server';
export async function GET() { return NextResponse.json({ id: 1 }); }
export const DELETE = async (request: Request) => { const { reason } = await request.json(); return new Response(reason); };
export const revalidate = 60;
`,
      'src/app/api/files/[...path]/route.ts': `export async function POST() { return new Response(); }\n`,
      'pages/api/users/index.ts': `
import type { NextApiRequest, NextApiResponse } from 'next';
export default function handler(req: NextApiRequest, res: NextApiResponse) { res.status(200).json({ name: req.body.name }); }
export const config = { api: {} };
`,
      'src/app/page.tsx': `export default function Page() { return null; }\n`,
      'src/features/route.ts': `export function GET() {}\n`,
    });
    expect(lines).toEqual([
      'ALL /api/users pages/api/users/index.ts#handler',
      'DELETE /api/carts/{id} src/app/(shop)/api/carts/[id]/route.ts#DELETE',
      'GET /api/carts/{id} src/app/(shop)/api/carts/[id]/route.ts#GET',
      'POST /api/files/{path} src/app/api/files/[...path]/route.ts#POST',
    ]);
    expect(route('ALL /api/users').exchange.body.reads).toHaveLength(1);
    expect(route('DELETE /api/carts/{id}').exchange.body.reads.flatMap(({ value }) => value.result?.reads ?? [])).toMatchObject([
      { path: 'reason' },
    ]);
  });

  it('leave a file alone that hands everything to another server', async () => {
    const { lines } = await served({
      'app/api/[...route]/route.ts': `
import { Hono } from 'hono';
import { handle } from 'hono/vercel';
const app = new Hono().basePath('/api');
app.get('/hello', (c) => c.json({ message: 'hi' }));
export const GET = handle(app);
export const POST = handle(app);
`,
    });
    expect(lines).toEqual(['GET /api/hello app/api/[...route]/route.ts@5']);
  });
});
