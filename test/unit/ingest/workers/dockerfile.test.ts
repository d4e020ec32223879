import { describe, expect, it } from 'vitest';
import { dockerfileFormat } from '../../../../ingest/workers/dockerfile.ts';
import { readFormat } from '../read-format.ts';

const BOOKING = `# syntax=docker/dockerfile:1
ARG NODE_VERSION=20
FROM --platform=$BUILDPLATFORM node:\${NODE_VERSION}-alpine AS build
ARG GIT_SHA
ARG NPM_TOKEN=abc
ENV PORT=3000 \\
    GREETING="hello world"
ENV MODE production
COPY . .
FROM gcr.io/distroless/nodejs20@sha256:0123456789abcdef
COPY --from=build /app /app
COPY --from=0 /x /x
COPY --from=busybox:1.36 /bin/sh /bin/sh
EXPOSE $PORT 9229/tcp
FROM scratch
`;

describe('the dockerfile worker', () => {
  it('states the images it builds on, by name without tag, and no stage of its own', async () => {
    const { arrows, nodes } = await readFormat(dockerfileFormat, { 'services/booking/Dockerfile': BOOKING });
    expect(arrows.filter((arrow) => arrow.includes('DEPENDS_ON'))).toEqual([
      'shop//res:image/services/booking/Dockerfile DEPENDS_ON shop//res:image/busybox',
      'shop//res:image/services/booking/Dockerfile DEPENDS_ON shop//res:image/gcr.io/distroless/nodejs20',
      'shop//res:image/services/booking/Dockerfile DEPENDS_ON shop//res:image/node',
    ]);
    expect(nodes.find(({ id }) => id === 'shop//res:image/node')?.props).toEqual({ type: 'image', image: 'node:20-alpine' });
    expect(nodes[0]).toMatchObject({ name: 'booking', props: { ports: ['3000', '9229'] } });
  });

  it('tells variables that it sets from arguments that it takes, and keeps no secret', async () => {
    const { arrows, keys } = await readFormat(dockerfileFormat, { Dockerfile: BOOKING });
    expect(arrows.filter((arrow) => /env:/.test(arrow))).toEqual([
      'shop//res:image/Dockerfile DECLARES shop//env:GREETING',
      'shop//res:image/Dockerfile DECLARES shop//env:MODE',
      'shop//res:image/Dockerfile DECLARES shop//env:NODE_VERSION',
      'shop//res:image/Dockerfile DECLARES shop//env:NPM_TOKEN',
      'shop//res:image/Dockerfile DECLARES shop//env:PORT',
      'shop//res:image/Dockerfile READS_CONFIG shop//env:GIT_SHA',
      'shop//res:image/Dockerfile READS_CONFIG shop//env:NODE_VERSION',
      'shop//res:image/Dockerfile READS_CONFIG shop//env:NPM_TOKEN',
    ]);
    const values = Object.fromEntries(keys.flatMap((key) => (key.key === 'config' ? [[key.name, key.value]] : [])));
    expect(values).toEqual({ NODE_VERSION: '20', NPM_TOKEN: undefined, PORT: '3000', GREETING: 'hello world', MODE: 'production' });
    expect(keys.at(-1)).toMatchObject({ key: 'image', folder: '' });
  });

  it('claims Dockerfiles, and not what is about them', () => {
    const claimed = ['Dockerfile', 'a/Dockerfile.dev', 'web.dockerfile', 'Containerfile'];
    expect(claimed.filter((path) => dockerfileFormat.claims(path))).toEqual(claimed);
    expect(
      ['Dockerfile.md', 'Dockerfile.dockerignore', 'src/dockerfile.ts', 'dockerfiles/x'].filter((path) => dockerfileFormat.claims(path)),
    ).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['an image that only the build knows', 'FROM ${BASE}'],
    ['broken instructions', 'FROM\nENV\nARG =\nCOPY --from=\nEXPOSE "\nENV =x\n\0'],
    ['a byte order mark and CRLF', '\uFEFFFROM scratch\r\nENV A=1\r\n'],
    ['many lines that go on', `FROM scratch\nENV ${'A=1 \\\n'.repeat(5000)}`],
  ])('survives %s', async (_, text) => {
    const { diagnostics, nodes } = await readFormat(dockerfileFormat, { Dockerfile: text });
    expect(diagnostics).toEqual([]);
    expect(nodes[0]?.id).toBe('shop//res:image/Dockerfile');
  });

  it('does not read what is no Dockerfile by its size', async () => {
    const { diagnostics, nodes } = await readFormat(dockerfileFormat, { Dockerfile: `FROM a\n${'# x\n'.repeat(200_000)}` });
    expect(diagnostics).toEqual([expect.objectContaining({ code: 'too-large' })]);
    expect(nodes).toEqual([]);
  });
});
