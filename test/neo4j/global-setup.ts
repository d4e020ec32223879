import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { findJava, startJavaServer, type Neo4jServer } from './java-server.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** Bolt URL, with credentials if the server asks for them; null when there is no Neo4j on this machine. */
    neo4jUri: string | null;
  }
}

const IMAGE = 'neo4j:2026.09.0-community';
const DOCKER_ANSWERS_MILLISECONDS = 5000;
const CONTAINER_MILLISECONDS = 180_000;

const HOW_TO_ENABLE = [
  'Enable them in one of these ways, then run npm test again:',
  '  - start Docker, or',
  '  - install a JDK (21 or newer; 17 works) and Maven, or',
  '  - set NEO4J_URI (NEO4J_USERNAME, NEO4J_PASSWORD) to an EMPTY database: it is wiped.',
];

let server: Neo4jServer | undefined;
let skipped: readonly string[] = [];

/** Provides `neo4jUri`. SPECGRAPH_NEO4J=required makes it an error that there is none. */
export async function setup(project: TestProject): Promise<void> {
  const given = givenUri();
  if (given !== undefined) {
    project.provide('neo4jUri', given);
    return;
  }
  const reasons: string[] = [];
  for (const start of [startContainer, startWithJava]) {
    try {
      server = await start();
      project.provide('neo4jUri', server.uri);
      return;
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  const report = ['The Neo4j suites did not run: there is no Neo4j.', ...reasons.map((reason) => `  - ${reason}`), ...HOW_TO_ENABLE];
  if (process.env['SPECGRAPH_NEO4J'] === 'required') throw new Error(report.join('\n'));
  skipped = report;
  project.provide('neo4jUri', null);
}

export async function teardown(): Promise<void> {
  await server?.stop();
  if (skipped.length > 0) process.stderr.write(box(skipped));
}

function givenUri(): string | undefined {
  const { NEO4J_URI: uri, NEO4J_USERNAME: user = 'neo4j', NEO4J_PASSWORD: password } = process.env;
  if (uri === undefined || password === undefined) return uri;
  return uri.replace('://', `://${encodeURIComponent(user)}:${encodeURIComponent(password)}@`);
}

async function startContainer(): Promise<Neo4jServer> {
  const version = promisify(execFile)('docker', ['version', '--format', '{{.Server.Version}}'], { timeout: DOCKER_ANSWERS_MILLISECONDS });
  await version.catch(() => {
    throw new Error('No Docker engine answers.');
  });
  const { Neo4jContainer } = await import('@testcontainers/neo4j');
  const starting = new Neo4jContainer(IMAGE).withPassword('specgraph-tests').start();
  const container = await Promise.race([starting, expire(CONTAINER_MILLISECONDS)]).catch((error: unknown) => {
    // Should it come up after all, nobody needs it any more.
    starting.then((late) => late.stop()).catch(() => undefined);
    throw new Error(`Docker answers but ${IMAGE} does not start: ${String(error)}`);
  });
  const uri = container.getBoltUri().replace('://', `://${container.getUsername()}:${container.getPassword()}@`);
  return { uri, stop: async () => void (await container.stop()) };
}

async function startWithJava(): Promise<Neo4jServer> {
  const java = await findJava();
  if (java === undefined) throw new Error('No JDK 17 or newer found.');
  return startJavaServer({ java });
}

function expire(milliseconds: number): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`not within ${milliseconds / 1000} s`)), milliseconds).unref();
  });
}

function box(lines: readonly string[]): string {
  const width = Math.max(...lines.map((line) => line.length));
  const edge = '#'.repeat(width + 6);
  return ['', edge, ...lines.map((line) => `## ${line.padEnd(width)} ##`), edge, ''].join('\n');
}
