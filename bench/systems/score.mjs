#!/usr/bin/env node
// Scores answers to the labelled changes of a seeded system.
//   node bench/systems/score.mjs parcels --emit-questions
//   node bench/systems/score.mjs parcels --answers FILE [--verbose] [--json]
// What counts as right, wrong and neither is written in README.md beside this file.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';

const USAGE = 'usage: score.mjs SYSTEM (--emit-questions | --answers FILE [--verbose] [--json])';
const GROUPS = ['field', 'operation', 'column', 'event', 'config', 'other'];
const TEST_FILE = /(?:^|\/)(?:test|tests|__tests__)\/|\.(?:test|spec)\.[cm]?[jt]sx?$/;

const readJsonLines = (file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '')
    .map(({ line, number }) => {
      try {
        return JSON.parse(line);
      } catch (error) {
        throw new Error(`${file}:${number} is not JSON: ${error.message}`, { cause: error });
      }
    });

/** A whole test file is the unit: its cases and helpers count as the file. */
function nameOf({ ref, id, file }) {
  const name = ref ?? id ?? (file === undefined ? undefined : `test:${file}`);
  if (name === undefined) return undefined;
  if (name.startsWith('test:')) return name.split('#')[0];
  const path = name.startsWith('code:') ? name.slice('code:'.length).split('#')[0] : undefined;
  return path !== undefined && TEST_FILE.test(path) ? `test:${path}` : name;
}

const escape = (text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

/** Exact, except that `allowed` may hold `*`. */
function matcher(patterns) {
  const exact = new Set(patterns.filter((pattern) => !pattern.includes('*')));
  const globs = patterns
    .filter((pattern) => pattern.includes('*'))
    .map((pattern) => new RegExp(`^${pattern.split('*').map(escape).join('.*')}$`));
  return (name) => exact.has(name) || globs.some((glob) => glob.test(name));
}

function scoreChange(label, answer) {
  const expected = [
    ...label.impacted.map(({ ref, why, or = [] }) => ({ ref, why, names: [ref, ...or] })),
    ...label.tests.map((ref) => ({ ref, why: 'test', names: [ref] })),
  ];
  const said = new Set();
  for (const item of answer?.impacted ?? []) if (item.effect !== 'compatible') said.add(nameOf(item));
  for (const item of answer?.tests ?? []) said.add(nameOf(item));
  said.delete(undefined);
  const right = new Set(expected.flatMap(({ names }) => names));
  const denied = new Set(label.notImpacted ?? []);
  const isAllowed = matcher(label.allowed ?? []);
  const missed = expected.filter(({ names }) => !names.some((name) => said.has(name)));
  const wrong = [...said].filter((name) => !right.has(name) && (denied.has(name) || !isAllowed(name))).sort();
  return {
    label,
    answered: answer !== undefined,
    expected: expected.length,
    found: expected.length - missed.length,
    missed,
    wrong,
    named: wrong.filter((name) => denied.has(name)),
  };
}

const ratio = (part, whole) => (whole === 0 ? 1 : part / whole);
const mean = (numbers) => (numbers.length === 0 ? 0 : numbers.reduce((sum, number) => sum + number, 0) / numbers.length);

function summary(results) {
  const sum = (pick) => results.reduce((total, result) => total + pick(result), 0);
  const [expected, found, wrong] = [sum((r) => r.expected), sum((r) => r.found), sum((r) => r.wrong.length)];
  return {
    changes: results.length,
    expected,
    found,
    wrong,
    recall: ratio(found, expected),
    precision: ratio(found, found + wrong),
    meanRecall: mean(results.map((r) => ratio(r.found, r.expected))),
    meanPrecision: mean(results.map((r) => ratio(r.found, r.found + r.wrong.length))),
    complete: results.filter((r) => r.missed.length === 0).length,
    deniedNamed: sum((r) => r.named.length),
  };
}

const percent = (value) => value.toFixed(3).replace(/^0/, '').padStart(5);
const row = (name, s) =>
  [
    name.padEnd(14),
    String(s.changes).padStart(7),
    String(s.expected).padStart(8),
    String(s.found).padStart(6),
    String(s.wrong).padStart(6),
    percent(s.recall),
    percent(s.precision),
    percent(s.meanRecall).padStart(9),
    percent(s.meanPrecision).padStart(9),
    String(s.complete).padStart(8),
    String(s.deniedNamed).padStart(7),
  ].join(' ');

function printVerbose(results) {
  for (const { label, answered, expected, found, missed, wrong, named } of results) {
    console.log(
      `\n${label.id} ${label.change} ${label.target}: ${found}/${expected} found, ${wrong.length} false${answered ? '' : ' (no answer)'}`,
    );
    for (const { ref, why } of missed) console.log(`  missed ${ref}  (${why})`);
    for (const name of wrong) console.log(`  false  ${name}${named.includes(name) ? '  (labelled as not impacted)' : ''}`);
  }
  console.log('');
}

function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      answers: { type: 'string' },
      verbose: { type: 'boolean' },
      json: { type: 'boolean' },
      'emit-questions': { type: 'boolean' },
    },
  });
  const [system] = positionals;
  if (system === undefined || (values.answers === undefined && !values['emit-questions'])) throw new Error(USAGE);
  const labels = readJsonLines(fileURLToPath(new URL(`${system}.labels.jsonl`, import.meta.url)));
  if (values['emit-questions']) {
    for (const { id, target, change } of labels) console.log(JSON.stringify({ id, target, change }));
    return;
  }
  const answers = new Map(readJsonLines(values.answers).map((answer) => [answer.id, answer]));
  const results = labels.map((label) => scoreChange(label, answers.get(label.id)));
  const groups = Object.fromEntries(GROUPS.map((group) => [group, summary(results.filter(({ label }) => label.group === group))]));
  const far = summary(results.filter(({ label }) => label.hops >= 4));
  const all = summary(results);
  if (values.json) {
    console.log(
      JSON.stringify({
        system,
        all,
        far,
        groups,
        changes: results.map((r) => ({ id: r.label.id, ...summary([r]), missed: r.missed.map(({ ref }) => ref), wrong: r.wrong })),
      }),
    );
    return;
  }
  if (values.verbose) printVerbose(results);
  console.log('group          changes expected  found  false   rec  prec  mean rec mean prec complete  denied');
  for (const [group, s] of Object.entries(groups)) console.log(row(group, s));
  console.log(row('hops >= 4', far));
  console.log(row('all', all));
  const silent = results.filter(({ answered }) => !answered).length;
  if (silent > 0) console.log(`${silent} changes have no answer and count as missed.`);
}

try {
  main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
