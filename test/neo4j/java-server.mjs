import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SOURCE = fileURLToPath(new URL('./Neo4jServer.java', import.meta.url));
const OPEN_MODULES = ['java.nio', 'java.lang', 'sun.nio.ch', 'java.io'].map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`);
const START_MILLISECONDS = 120_000;

/** The newest Java on this machine that Neo4j runs on, with the Neo4j version for it; undefined when there is none. */
export async function findJava() {
  const homes = [process.env['JAVA_HOME'], ...(await javaHomes('/usr/lib/jvm')), ...(await javaHomes('/Library/Java/JavaVirtualMachines'))];
  const candidates = [...homes.filter((home) => home !== undefined).map((home) => join(home, 'bin', 'java')), 'java'];
  const found = candidates.map((command) => ({ command, major: majorVersion(command) })).filter(({ major }) => major >= 17);
  const best = found.sort((a, b) => b.major - a.major)[0];
  return best && { command: best.command, neo4j: best.major >= 21 ? '2026.09.0' : '5.26.30' };
}

async function javaHomes(folder) {
  if (!existsSync(folder)) return [];
  const names = await readdir(folder);
  return names.flatMap((name) => [join(folder, name), join(folder, name, 'Contents', 'Home')]);
}

function majorVersion(command) {
  try {
    // A JDK, not a bare runtime: the server's main class is run from source.
    const text = execFileSync(command, ['--list-modules'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return Number(/^jdk\.compiler@(\d+)/m.exec(text)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Folder with Neo4j's jars, fetched from Maven Central once and kept in `~/.cache/specgraph`. */
async function fetchNeo4j(version) {
  const cache = join(homedir(), '.cache', 'specgraph');
  const folder = join(cache, `neo4j-${version}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'fetch-'));
  try {
    await writeFile(
      join(work, 'pom.xml'),
      `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>specgraph</groupId><artifactId>neo4j-for-tests</artifactId><version>1</version><packaging>pom</packaging>
<dependencies><dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>${version}</version></dependency></dependencies>
</project>`,
    );
    const copy = run('mvn', ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib'], { cwd: work, timeout: 300_000 });
    await copy.catch((error) => {
      const reason = error.code === 'ENOENT' ? 'Maven (mvn) is not installed' : `${error.stdout}${error.stderr}`.trim().slice(0, 500);
      throw new Error(`Neo4j ${version} could not be fetched from Maven Central: ${reason}.`, { cause: error });
    });
    // Renaming makes the folder appear complete; a process that fetched at the same time may have been first.
    await rename(join(work, 'lib'), folder).catch((error) => {
      if (!existsSync(folder)) throw error;
    });
    return folder;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Starts a server with an empty home of its own on a loopback port; `stop` kills it and deletes the home. */
export async function startJavaServer({ port, java }) {
  const jars = await fetchNeo4j(java.neo4j);
  const home = await mkdtemp(join(tmpdir(), 'specgraph-neo4j-'));
  const bolt = port ?? (await freePort());
  const server = spawn(
    java.command,
    [
      '-Xmx1g',
      '-XX:+UseSerialGC',
      ...OPEN_MODULES,
      '--enable-native-access=ALL-UNNAMED',
      '-cp',
      join(jars, '*'),
      SOURCE,
      home,
      String(bolt),
    ],
    // The server ends with its standard input, so it cannot outlive a process that is killed.
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const stop = async () => {
    if (server.exitCode === null && server.signalCode === null) {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGKILL');
      await ended;
    }
    await rm(home, { recursive: true, force: true });
  };
  try {
    await ready(server);
  } catch (error) {
    await stop();
    throw error;
  }
  return { uri: `bolt://127.0.0.1:${bolt}`, stop };
}

function ready(server) {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error(`Neo4j did not start in time:\n${output}`)), START_MILLISECONDS);
    const listen = (chunk) => {
      output = (output + chunk).slice(-10_000);
      if (!/^ready$/m.test(output)) return;
      clearTimeout(timer);
      resolve(undefined);
    };
    server.stdout.on('data', listen);
    server.stderr.on('data', listen);
    server.once('error', reject);
    server.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`Neo4j ended with ${code}:\n${output}`));
    });
  });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
