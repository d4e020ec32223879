// Checks the labels of a folder, not any answer: node bench/conflicts/check.mjs FOLDER
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';

const folder = resolve(process.argv.slice(2).find((arg) => !arg.startsWith('-')) ?? join(dirname(fileURLToPath(import.meta.url)), 'a'));
const layers = ['request', 'policy', 'adr', 'contract', 'spec', 'nfr'];
const pairs = [
  'request-policy',
  'request-adr',
  'request-contract',
  'request-spec',
  'request-nfr',
  'policy-adr',
  'policy-contract',
  'policy-spec',
  'policy-nfr',
  'adr-contract',
  'adr-spec',
  'adr-nfr',
  'contract-spec',
  'contract-nfr',
  'spec-spec',
  'spec-nfr',
  'nfr-nfr',
];
const keys = ['id', 'system', 'files', 'edits', 'request', 'contradicts', 'layers', 'members', 'why'];
const errors = [];
const count = (text, part) => (part ? text.split(part).length - 1 : 0);

function filesOf(root, folder = root) {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory()
        ? filesOf(root, path)
        : [[relative(root, path).split('\\').join('/'), readFileSync(path, 'utf8')]];
    });
}

/** What stands in the file: objects, or why it cannot be read. */
function parse(path, text) {
  if (!['.yaml', '.yml'].includes(extname(path))) return { value: null };
  const doc = parseDocument(text, { uniqueKeys: true });
  const wrong = [...doc.errors, ...doc.warnings];
  return wrong.length ? { error: wrong[0].message } : { value: doc.toJS() };
}

/** The layer a place belongs to; texts of specs are told apart by the part they stand in. */
function layerOf(where, quote, text) {
  if (where === 'request') return 'request';
  if (/(^|\/)adr\//.test(where)) return 'adr';
  if (/(openapi|asyncapi)[^/]*\.ya?ml$/.test(where)) return 'contract';
  if (/(^|\/)polic(y|ies)\//.test(where) || where.endsWith('.policy.yaml')) return 'policy';
  if (!where.endsWith('.spec.yaml')) return `?${where}`;
  const before = text
    .slice(0, text.indexOf(quote))
    .split('\n')
    .filter((line) => /^[A-Za-z]+:/.test(line));
  return before.at(-1)?.startsWith('nfrs:') ? 'nfr' : 'spec';
}

/** Sound enough to be read as what it says it is. */
function soundness(path, value) {
  if (path.endsWith('.spec.yaml')) {
    for (const key of ['feature', 'specVersion', 'owner', 'description', 'acceptance']) if (value?.[key] === undefined) return `no ${key}`;
    if (value.description.length < 20) return 'description too short';
    if (!/^[A-Za-z][A-Za-z0-9_-]{1,63}$/.test(value.feature)) return 'feature';
    const items = [...value.acceptance, ...Object.values(value.nfrs ?? {}).flat()];
    for (const item of items)
      if (typeof item !== 'string' && typeof item?.text !== 'string') return `an item is no text: ${JSON.stringify(item)}`;
    const ids = items.map((item) => item.id).filter(Boolean);
    if (new Set(ids).size !== ids.length) return 'an id stands twice';
  } else if (path.endsWith('.policy.yaml')) {
    if (!value?.policy || !value.rules?.length) return 'no policy or rules';
    for (const rule of value.rules) if (typeof rule.statement !== 'string' || !rule.id) return 'a rule without id or statement';
    if (new Set(value.rules.map((rule) => rule.id)).size !== value.rules.length) return 'a rule id stands twice';
  } else if (/openapi[^/]*\.yaml$/.test(path)) {
    const empty = JSON.stringify(value).match(/"([^"]+)":null/); // what a comma in a flow mapping makes
    if (empty) return `nothing at: ${empty[1]}`;
    if (!value?.openapi || !value.info?.title || !value.info.version || !value.paths) return 'not OpenAPI';
    for (const ref of JSON.stringify(value).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      if (ref[1].split('/').reduce((at, key) => at?.[key.replaceAll('~1', '/')], value) === undefined) return `no ${ref[1]}`;
    }
  }
  return null;
}

function inspect(id, texts) {
  for (const [path, text] of texts) {
    const { value, error } = parse(path, text);
    const wrong = error ?? (value ? soundness(path, value) : null);
    if (wrong) errors.push(`${id}: ${path}: ${wrong}`);
  }
}

const systems = new Map(
  readdirSync(join(folder, 'systems'))
    .sort()
    .map((name) => [name, filesOf(join(folder, 'systems', name))]),
);
for (const [name, files] of systems) inspect(name, files);

const cases = readFileSync(join(folder, 'cases.jsonl'), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line, at) => {
    try {
      return JSON.parse(line);
    } catch (error) {
      errors.push(`line ${at + 1}: ${error.message}`);
      return null;
    }
  })
  .filter(Boolean);

const seen = new Set();
const tally = new Map();
for (const item of cases) {
  const { id, system, files = {}, edits = [], request, contradicts, members, why } = item;
  const wrong = (text) => errors.push(`${id}: ${text}`);
  if (seen.has(id)) wrong('id stands twice');
  seen.add(id);
  for (const key of Object.keys(item)) if (!keys.includes(key)) wrong(`unknown key ${key}`);
  if (!systems.has(system)) {
    wrong(`no system ${system}`);
    continue;
  }
  if (typeof contradicts !== 'boolean' || !why || !(request === null || typeof request === 'string')) wrong('contradicts, why or request');

  const texts = new Map(systems.get(system));
  for (const [path, text] of Object.entries(files)) {
    if (texts.get(path) === text) wrong(`${path} is not changed`);
    texts.set(path, text);
  }
  for (const { path, find, replace } of edits) {
    const text = texts.get(path);
    if (text === undefined) {
      wrong(`no file ${path}`);
      continue;
    }
    if (count(text, find) !== 1) wrong(`${path}: found ${count(text, find)} times: ${find}`);
    if (find === replace) wrong(`${path}: an edit that changes nothing`);
    texts.set(path, text.split(find).join(replace));
  }
  inspect(id, texts);

  if (members.length < 2 || (!contradicts && members.length !== 2)) wrong(`${members.length} members`);
  if (new Set(members.map((member) => `${member.where}\n${member.quote}`)).size !== members.length) wrong('a member stands twice');
  const found = members.map(({ where, quote }) => {
    const text = where === 'request' ? request : texts.get(where);
    if (text === undefined || text === null) {
      wrong(`no text at ${where}`);
      return '?';
    }
    if (count(text, quote) !== 1) wrong(`${where}: quoted ${count(text, quote)} times: ${quote}`);
    return layerOf(where, quote, text);
  });
  if (request !== null && !members.some((member) => member.where === 'request')) wrong('a request that is no member');
  const of = (list) => [...new Set(list)].sort((a, b) => layers.indexOf(a) - layers.indexOf(b));
  if (of(found).join() !== of(item.layers).join()) wrong(`layers ${item.layers}, but members are ${found}`);
  const sorted = [...found].sort((a, b) => layers.indexOf(a) - layers.indexOf(b));
  const key = sorted.length === 2 ? sorted.join('-') : `3: ${sorted.join('-')}`;
  const at = tally.get(key) ?? [0, 0];
  at[contradicts ? 0 : 1]++;
  tally.set(key, at);
}

const yes = cases.filter((item) => item.contradicts).length;
if (!process.argv.includes('--partial')) {
  if (yes !== 50 || cases.length !== 100) errors.push(`${yes} contradictions and ${cases.length - yes} near-misses`);
  for (const pair of pairs) if (!tally.has(pair)) errors.push(`no case of ${pair}`);
}
if (!existsSync(join(folder, 'README.md'))) errors.push('no README.md');

console.log(`${cases.length} cases in ${systems.size} systems: ${yes} contradictions, ${cases.length - yes} near-misses`);
for (const key of [...pairs, ...[...tally.keys()].filter((key) => !pairs.includes(key)).sort()]) {
  const [c, n] = tally.get(key) ?? [0, 0];
  console.log(`  ${key.padEnd(28)} ${String(c).padStart(3)} ${String(n).padStart(3)}`);
}
for (const error of errors) console.error(error);
process.exitCode = errors.length ? 1 : 0;
