// @ts-check
/** The labelled cases of bench/conflicts: applied to a system, and where their members stand. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @typedef {{ where: string, quote: string }} Member
 * @typedef {{ id: string, system: string, files?: Record<string, string>, edits?: { path: string, find: string, replace: string }[],
 *   request: string | null, contradicts: boolean, layers: string[], members: Member[] }} Case
 * @typedef {{ file: string, line: number, endLine: number, quote: string }} Evidence
 */

/**
 * The systems of a half as they are, which contradict themselves nowhere, then its cases, of the systems that are wanted.
 * @param {string} folder @param {readonly string[]} systems @returns {Case[]}
 */
export function readCases(folder, systems) {
  /** @type {Case[]} */
  const bases = systems.map((system) => ({
    id: `${system} as it is`,
    system,
    request: null,
    contradicts: false,
    layers: ['base'],
    members: [],
  }));
  /** @type {Case[]} */
  const labelled = readFileSync(path.join(folder, 'cases.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((row) => JSON.parse(row));
  return [...bases, ...labelled.filter(({ system }) => systems.includes(system))];
}

/**
 * The system of a case with its edits, as a tree in a working folder, and where its store goes, which is not there yet.
 * @param {string} work @param {string} folder @param {Case} one
 */
export function layOut(work, folder, one) {
  const root = path.join(work, 'tree');
  const store = path.join(work, 'graph.db');
  rmSync(root, { recursive: true, force: true });
  rmSync(store, { recursive: true, force: true });
  cpSync(path.join(folder, 'systems', one.system), root, { recursive: true });
  edit(root, one);
  return { root, store };
}

/** @param {string} root @param {Case} one */
function edit(root, { files = {}, edits = [] }) {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  for (const { path: file, find, replace } of edits) {
    const text = readFileSync(path.join(root, file), 'utf8');
    writeFileSync(path.join(root, file), text.split(find).join(replace));
  }
}

/** @param {string} root @param {Case} one @param {Member} member */
export function placeOf(root, { request }, { where, quote }) {
  const text = where === 'request' ? (request ?? '') : readFileSync(path.join(root, where), 'utf8');
  const start = text.indexOf(quote);
  const line = text.slice(0, start).split('\n').length;
  return { where, start, end: start + quote.length, line, endLine: line + quote.split('\n').length - 1, text };
}

/** @param {Evidence} evidence @param {ReturnType<typeof placeOf>} place */
export function covers({ file, line, endLine, quote }, place) {
  if (file !== place.where) return false;
  if (file !== 'request') return line <= place.endLine && endLine >= place.line;
  const start = place.text.indexOf(quote);
  return start < place.end && start + quote.length > place.start;
}
