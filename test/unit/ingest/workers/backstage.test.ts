import { describe, expect, it } from 'vitest';
import { backstageFormat } from '../../../../ingest/workers/backstage.ts';
import { readFormat } from '../read-format.ts';

const CATALOGUE = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: booking-service
  description: Takes bookings.
spec:
  type: service
  lifecycle: production
  owner: group:default/bookings
  system: parcels
  providesApis: [booking-api]
  consumesApis: [api:default/tracking-api]
  dependsOn: [resource:bookings-db, component:mailer]
  subcomponentOf: shop
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: { name: booking-api }
spec:
  type: openapi
  owner: user:ana
  system: parcels
  definition: { $text: ./openapi.yaml }
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: { name: legacy-api }
spec: { type: grpc, owner: bookings, definition: "syntax = ..." }
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata: { name: bookings-db }
spec: { type: database, owner: bookings, dependencyOf: [component:reports] }
---
apiVersion: backstage.io/v1alpha1
kind: System
metadata: { name: parcels }
spec: { owner: bookings, domain: logistics }
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: bookings, annotations: { github.com/team-slug: acme/bookings } }
spec: { type: team, parent: engineering, profile: { email: bookings@acme.example } }
`;
const FILES = {
  'services/booking/catalog-info.yaml': CATALOGUE,
  'services/booking/openapi.yaml': 'openapi: 3.0.0\ninfo: { title: Booking, version: "1" }\n',
};

describe('the backstage worker', () => {
  it('states what the catalogue knows, and leaves contracts of the repository to state themselves', async () => {
    const { things, nodes } = await readFormat(backstageFormat, FILES);
    expect(things).toEqual([
      'Api shop//api:legacy',
      'Resource shop//res:resource/bookings-db',
      'Resource shop//res:system/parcels',
      'Service shop//svc:booking-service',
      'Team shop//team:bookings',
    ]);
    expect(nodes[0]?.props).toEqual({ type: 'service', lifecycle: 'production', doc: 'Takes bookings.' });
    expect(nodes.at(-1)?.props).toEqual({ email: 'bookings@acme.example' });
  });

  it('states owners, parts and dependencies', async () => {
    const { arrows } = await readFormat(backstageFormat, FILES);
    expect(arrows).toEqual([
      'shop//api:booking OWNED_BY shop//team:ana',
      'shop//api:legacy OWNED_BY shop//team:bookings',
      'shop//res:domain/logistics CONTAINS shop//res:system/parcels',
      'shop//res:resource/bookings-db OWNED_BY shop//team:bookings',
      'shop//res:system/parcels CONTAINS shop//api:booking',
      'shop//res:system/parcels CONTAINS shop//svc:booking-service',
      'shop//res:system/parcels OWNED_BY shop//team:bookings',
      'shop//svc:booking-service DEPENDS_ON shop//res:resource/bookings-db',
      'shop//svc:booking-service DEPENDS_ON shop//svc:mailer',
      'shop//svc:booking-service OWNED_BY shop//team:bookings',
      'shop//svc:reports DEPENDS_ON shop//res:resource/bookings-db',
      'shop//svc:shop CONTAINS shop//svc:booking-service',
      'shop//team:bookings ALIASES shop//team:@acme/bookings',
      'shop//team:engineering CONTAINS shop//team:bookings',
    ]);
  });

  it('publishes the service with its folder and contracts, and the names of contracts', async () => {
    const { keys } = await readFormat(backstageFormat, FILES);
    expect(keys).toEqual([
      expect.objectContaining({ key: 'service', folder: 'services/booking', provides: ['booking-api'], consumes: ['tracking-api'] }),
      expect.objectContaining({ key: 'api', id: 'shop//api:booking', name: 'booking-api' }),
      expect.objectContaining({ key: 'api', id: 'shop//api:legacy', name: 'legacy-api' }),
    ]);
  });

  it('gives no folder to components that share a file', async () => {
    const component = (name: string) => `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: ${name} }\nspec: {}\n`;
    const { keys } = await readFormat(backstageFormat, { 'catalog/all.yaml': `${component('a')}---\n${component('b')}` });
    expect(keys.map((key) => 'folder' in key)).toEqual([false, false]);
  });

  it.each([
    [
      'wrong types',
      'apiVersion: backstage.io/v1\nkind: Component\nmetadata: { name: x }\nspec: { owner: [1, null], dependsOn: {a: b}, providesApis: 3, system: {} }',
    ],
    ['no name', 'apiVersion: backstage.io/v1\nkind: API\nmetadata: 1\nspec: x'],
    ['unknown kinds', 'apiVersion: backstage.io/v1\nkind: Template\nmetadata: { name: x }\nspec: {}'],
  ])('survives %s', async (_, text) => {
    expect((await readFormat(backstageFormat, { 'catalog-info.yaml': text })).diagnostics).toEqual([]);
  });

  it('survives itself as a definition', async () => {
    const text = 'apiVersion: backstage.io/v1\nkind: API\nmetadata: { name: x }\nspec: { definition: { $text: ./catalog-info.yaml } }';
    expect((await readFormat(backstageFormat, { 'catalog-info.yaml': text })).keys).toHaveLength(1);
  });
});
