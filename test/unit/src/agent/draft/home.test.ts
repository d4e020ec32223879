import { describe, expect, it } from 'vitest';
import type { GraphReader } from '../../../../../graph/store/store.ts';
import { homeOf, type Package } from '../../../../../src/agent/draft/home.ts';
import type { GroundedThing } from '../../../../../src/agent/model.ts';

const packageIn = (folder: string): Package => ({ id: `pkg:${folder}`, name: folder.replace(/.*\/(?=.)/, '').replace('/', ''), folder });
const PACKAGES = ['', 'packages/contracts/', 'services/orders/', 'apps/web/'].map(packageIn);
const around = (file: string): Package | undefined =>
  PACKAGES.filter(({ folder }) => file.startsWith(folder)).toSorted((a, b) => b.folder.length - a.folder.length)[0];

const thing = (file: string, score: number, role: GroundedThing['role'] = 'code'): GroundedThing => ({
  ...{ id: file, kind: 'Function', name: file, role, reason: '', score, governs: [] },
  evidence: { node: file, file, line: 1, endLine: 1, sha: '', quote: file },
});
const ORDERS = { id: 'svc:orders', kind: 'Service', name: 'order-service' };

/** A workspace whose service uses its contracts. */
function reader(services: readonly { readonly id: string }[]): GraphReader {
  const edges = [
    { from: 'svc:orders', to: 'pkg:services/orders/', type: 'DEPLOYED_AS' },
    { from: 'pkg:services/orders/', to: 'pkg:packages/contracts/', type: 'DEPENDS_ON' },
  ];
  return {
    find: () => Promise.resolve(services),
    edges: ({ from, to, types = [] }: { from?: readonly string[]; to?: readonly string[]; types?: readonly string[] }) =>
      Promise.resolve(
        edges.filter(
          (edge) => types.includes(edge.type) && (from ?? [edge.from]).includes(edge.from) && (to ?? [edge.to]).includes(edge.to),
        ),
      ),
  } as unknown as GraphReader;
}
const nameOf = async (things: readonly GroundedThing[], services = [ORDERS]): Promise<string | undefined> => {
  const home = await homeOf(things, around, 'shop', reader(services));
  return home?.service?.name ?? home?.name;
};

describe('where a feature belongs', () => {
  it('is the service that uses a library, not the library', async () => {
    expect(await nameOf([thing('packages/contracts/order.ts', 1)])).toBe('order-service');
    expect(await nameOf([thing('packages/contracts/order.ts', 1), thing('services/orders/order.ts', 0.6)])).toBe('order-service');
  });

  it('is what most of the nearest things are in; an operation tells more than code', async () => {
    expect(await nameOf([thing('apps/web/form.ts', 1), thing('services/orders/openapi.yaml', 0.9, 'operation')])).toBe('order-service');
    expect(await nameOf([thing('apps/web/form.ts', 1), thing('apps/web/page.ts', 1), thing('services/orders/order.ts', 0.9)])).toBe('web');
    expect(await nameOf([thing('apps/web/form.ts', 1), thing('services/orders/order.ts', 0.2)])).toBe('web');
  });

  it('is no workspace as long as a package of it has to do with it', async () => {
    expect(await nameOf([thing('contracts/events.yaml', 1, 'event'), thing('apps/web/form.ts', 0.6)])).toBe('web');
  });

  it('is the library itself where nothing that runs uses it, and unknown where nothing is found', async () => {
    expect(await nameOf([thing('packages/contracts/order.ts', 1)], [])).toBe('contracts');
    expect(await nameOf([])).toBeUndefined();
    expect(await nameOf([thing('services/orders/order.test.ts', 1, 'test')])).toBeUndefined();
  });
});
