#!/usr/bin/env node
/**
 * Scores answers to "who uses the changed part" against labels.jsonl: node bench/used-by/score.mjs --answers FILE
 * FILE has one line a case: {"case":"NN-slug","breaking":true,"users":["clients/web"],"unknown":["clients/x"]}
 * Exit code 0: the bar is met; 1: it is not; 2: the labels or the answers cannot be read. README.md has the rules.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const BAR = 0.95;

/**
 * @typedef {{ case: string, breaking: boolean, users: { client: string }[], notUsers: string[], maybe?: string[] }} Label
 * @typedef {{ case: string, breaking?: boolean, users?: string[], unknown?: string[] }} Answer
 */

/** @param {string} message @returns {never} */
function refuse(message) {
  console.error(message);
  process.exit(2);
}

/** @param {string | URL} file @returns {unknown[]} */
function readLines(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, at) => {
      if (line.trim() === '') return [];
      try {
        return [JSON.parse(line)];
      } catch {
        return refuse(`${String(file)}:${at + 1} is not JSON`);
      }
    });
}

const { values } = parseArgs({ options: { answers: { type: 'string' } } });
if (!values.answers) refuse('usage: node bench/used-by/score.mjs --answers FILE');

const labels = /** @type {Label[]} */ (readLines(new URL('labels.jsonl', import.meta.url)));
/** @type {Map<string, Answer>} */
const answers = new Map();
for (const answer of /** @type {Answer[]} */ (readLines(values.answers))) {
  if (answers.has(answer.case)) refuse(`${answer.case} is answered twice`);
  if (!labels.some((label) => label.case === answer.case)) refuse(`${answer.case} is no case`);
  answers.set(answer.case, answer);
}

/** @type {Record<'downgraded' | 'hedged' | 'invented' | 'vague' | 'unanswered', string[]>} */
const problems = { downgraded: [], hedged: [], invented: [], vague: [], unanswered: [] };
let right = 0;
let breakingRight = 0;

for (const label of labels) {
  const answer = answers.get(label.case);
  if (!answer) problems.unanswered.push(label.case);
  const trim = (/** @type {string} */ client) => client.replace(/\/+$/, '');
  const users = new Set((answer?.users ?? []).map(trim));
  const unknown = new Set((answer?.unknown ?? []).map(trim));
  const labelled = new Set(label.users.map((user) => user.client));
  const maybe = new Set(label.maybe);
  const before = Object.values(problems).flat().length;
  const at = (/** @type {string} */ client) => `${label.case}: ${client}`;

  // Saying nothing of a client is saying that it is safe: wrong for a user, and for one of whom that cannot be known.
  for (const client of [...labelled, ...maybe]) {
    if (!users.has(client) && !unknown.has(client)) problems.downgraded.push(at(client));
    else if (labelled.has(client) && !users.has(client)) problems.hedged.push(at(client));
  }
  for (const client of users) if (!labelled.has(client) && !maybe.has(client)) problems.invented.push(at(client));
  for (const client of unknown) if (!labelled.has(client) && !maybe.has(client) && !users.has(client)) problems.vague.push(at(client));

  if (answer && Object.values(problems).flat().length === before) right += 1;
  if (answer && answer.breaking === label.breaking) breakingRight += 1;
}

const share = right / labels.length;
console.log(`who uses the changed part: ${right} of ${labels.length} cases right (${share.toFixed(3)}, bar ${BAR})`);
console.log(`breaking or not: ${breakingRight} of ${labels.length} right (not part of the bar)`);
const TITLES = {
  downgraded: 'downgraded, a user (or a possible one) said to be safe; must be 0',
  hedged: 'hedged, a user said to be unknown',
  invented: 'invented, said to be a user and is none',
  vague: 'vague, said to be unknown and is no user',
  unanswered: 'unanswered',
};
for (const [problem, where] of Object.entries(problems)) {
  console.log(`${where.length} ${TITLES[/** @type {keyof typeof TITLES} */ (problem)]}`);
  for (const line of where) console.log(`  ${line}`);
}
process.exitCode = share >= BAR && problems.downgraded.length === 0 && problems.unanswered.length === 0 ? 0 : 1;
