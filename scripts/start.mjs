// @ts-check
/**
 * `npm start [-- PATH]`: from a clone to an answer. Installs, builds, ingests the sample system (or PATH) into an
 * embedded store, asks one question of impact, and serves the graph over GraphQL until Ctrl-C.
 */
import './bootstrap.mjs';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const sample = join(root, 'examples', 'image-upload');
// npm runs scripts in the package's folder; INIT_CWD is where the user typed the command.
const repository = process.argv[2] === undefined ? sample : resolve(process.env.INIT_CWD ?? '.', process.argv[2]);
const store = join(root, '.specgraph', `${basename(repository)}.db`);
const cli = join(root, 'dist', 'src', 'cli', 'main.js');

if (!existsSync(repository)) {
  console.error(`There is no folder ${repository}. Give the path of a repository: npm start -- ../my-repository`);
  process.exit(2);
}

specgraph('ingest', repository);
const target = repository === sample ? 'packages/storage/src/storage.ts#Storage.put' : await mostUsedDeclaration();
if (target === undefined) {
  console.log('No function is used by another file, so there is nothing to ask about yet.');
} else {
  console.log(`\n$ specgraph impact ${JSON.stringify(target)} --change add-required-parameter\n`);
  specgraph('impact', target, '--change', 'add-required-parameter');
}
serve();

/** @param {string} command @param {...string} args */
function specgraph(command, ...args) {
  const { status } = spawnSync(process.execPath, [cli, command, ...args, '--store', store], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** The function or method that most declarations of other files call, tests aside: worth a question in any repository. */
async function mostUsedDeclaration() {
  const { openSystem } = await import('../dist/src/index.js');
  const system = await openSystem({ store });
  try {
    const candidates = await system.find({ kinds: ['Function', 'Method'] }, { limit: 2000 });
    const product = candidates.filter(({ file }) => !/(^|\/)(tests?|__tests__|spec|e2e|fixtures)\//.test(file ?? ''));
    const files = new Map(product.map((node) => [node.id, node.file]));
    const edges = await system.edges({ to: [...files.keys()] }, 100_000);
    /** @type {Map<string, Set<string>>} */
    const callers = new Map();
    for (const { type, from, to } of edges) {
      if (type !== 'CALLS' || from.includes(`code:${files.get(to)}#`)) continue;
      callers.set(to, (callers.get(to) ?? new Set()).add(from));
    }
    const [first] = [...callers].sort(([a, x], [b, y]) => y.size - x.size || (a < b ? -1 : 1));
    return first?.[0];
  } finally {
    await system.close();
  }
}

function serve() {
  const name = target ?? 'ID';
  console.log(`
Three queries to paste at the address below (the store is ${relative(process.cwd(), store)}):

  { stats { generation nodes { kind count } edges { type count } } }

  { search(query: ${JSON.stringify(name.split('#').at(-1))}, first: 5) { score node { id kind } } }

  { impact(change: { target: ${JSON.stringify(name)}, kind: REMOVE }) { verdict impacted { effect file declaration reason } tests { file reason } } }
`);
  const server = spawn(process.execPath, [cli, 'serve', '--store', store, '--root', repository], { stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => server.kill(signal));
  server.on('exit', (code) => process.exit(code ?? 0));
}
