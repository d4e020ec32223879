// @ts-check
/**
 * Random, seeded edits of everything in a repository that is not TypeScript: contracts, schemas, migrations, deployment,
 * documents, specs. They know nothing of the formats: a line, a word or a value is changed as people change them.
 */
import { appendFileSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { filesBelow, walk } from './walk.mjs';

export const TEXT_EDIT_KINDS = /** @type {const} */ ([
  'add line',
  'remove line',
  'change value',
  'rename word there',
  'rename word everywhere',
  'move text file',
  'delete text file or restore',
  'copy text file',
  'break text or repair',
  'ignore or not',
]);

/** Files that may be missing, and files that may be broken, at the same time. */
const PENDING = 3;
const SOURCE = /\.[cm]?[jt]sx?$/;
const WORD = /[A-Za-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)*/g;
/** Values that mean something to a format, each with what it may be instead. */
const VALUES = [
  ['true', 'false'],
  ['string', 'integer', 'number', 'boolean'],
  ['text', 'uuid', 'timestamptz'],
  ['String', 'Int', 'ID'],
  ['get', 'post', 'put', 'delete'],
  ['GET', 'POST', 'PUT', 'DELETE'],
  ['must', 'should'],
  ['accepted', 'superseded', 'proposed', 'rejected'],
  ['string', 'bytes', 'int32'],
];

/**
 * Makes edits in the texts below `root`. `kindOf` names the kind of a file, so that a kind of which there is one file is
 * edited as often as one of which there are twenty. `random` gives numbers from 0 (included) to 1 (excluded).
 * @param {string} root
 * @param {() => number} random
 * @param {(file: string) => string} kindOf
 */
export function createTextEditor(root, random, kindOf) {
  /** @type {{ file: string, text: string }[]} */
  const deleted = [];
  /** @type {{ file: string, text: string }[]} */
  const broken = [];
  /** @type {Map<string, string>} Kinds of files that were moved or added. */
  const kinds = new Map();
  /** @type {string | undefined} */
  let ignored;
  let serial = 0;
  const { pick, read, write } = filesBelow(root, random);
  const kind = (/** @type {string} */ file) => kinds.get(file) ?? kindOf(file);
  const isWhole = (/** @type {string} */ file) => !broken.some((other) => other.file === file);
  const texts = () =>
    walk(root, { hidden: true }).filter(
      (file) =>
        !SOURCE.test(file) && file !== ignored && path.basename(file) !== '.specgraphignore' && isWhole(file) && read(file).trim() !== '',
    );
  const pickFile = () => {
    const files = texts();
    const chosen = pick([...new Set(files.map(kind))].sort());
    return pick(files.filter((file) => kind(file) === chosen));
  };
  const pickLine = (/** @type {string} */ file) => {
    const lines = read(file).split('\n');
    return { lines, at: pick([...lines.keys()].filter((at) => lines[at]?.trim() !== '')) };
  };
  const pickWord = () => {
    const file = pickFile();
    const words = [...new Set(read(file).match(WORD) ?? [])].filter((word) => word.length > 3);
    return { file, word: words.length > 0 ? pick(words) : undefined };
  };
  const rename = (/** @type {readonly string[]} */ files, /** @type {string} */ word, /** @type {string} */ renamed) => {
    const pattern = new RegExp(String.raw`(?<![\w-])${word}(?![\w-])`, 'g');
    for (const file of files) {
      const before = read(file);
      const after = before.replaceAll(pattern, renamed);
      if (after !== before) write(file, after);
    }
  };
  /** The same folder or that of another text, the same ending: most formats go by it. */
  const placeFor = (/** @type {string} */ file, /** @type {string} */ prefix) => {
    const folder = path.dirname(random() < 0.5 ? file : pick(texts()));
    const name = path.basename(file).replace(/^((?:moved|added)-\d+-)+/, '');
    return path.join(folder, random() < 0.3 && !name.startsWith('.') ? `${prefix}-${serial}-${name}` : name);
  };

  /** @type {Record<typeof TEXT_EDIT_KINDS[number], () => string>} */
  const edits = {
    'add line'() {
      const file = pickFile();
      const { lines, at } = pickLine(file);
      const line = lines[at] ?? '';
      const words = line.match(WORD) ?? [''];
      const word = pick(words);
      lines.splice(at + 1, 0, line.replace(word, `${word}x${serial}`));
      write(file, lines.join('\n'));
      return `${file}:${at + 2}`;
    },
    'remove line'() {
      const file = pickFile();
      const { lines, at } = pickLine(file);
      lines.splice(at, 1);
      write(file, lines.join('\n'));
      return `${file}:${at + 1}`;
    },
    'change value'() {
      for (let tries = 0; tries < 100; tries++) {
        const file = pickFile();
        const text = read(file);
        const found = [...text.matchAll(/\b\w+\b/g)].flatMap((match) => {
          if (/^\d+$/.test(match[0])) return [{ match, to: String(Number(match[0]) + 1) }];
          const values = VALUES.find((each) => each.includes(match[0]));
          return values ? [{ match, to: pick(values.filter((value) => value !== match[0])) }] : [];
        });
        if (found.length === 0) continue;
        const { match, to } = pick(found);
        write(file, text.slice(0, match.index) + to + text.slice(match.index + match[0].length));
        return `${match[0]} to ${to} in ${file}`;
      }
      return edits['add line']();
    },
    'rename word there'() {
      const { file, word } = pickWord();
      if (word === undefined) return edits['add line']();
      rename([file], word, `${word}x${serial}`);
      return `${word} of ${file}`;
    },
    'rename word everywhere'() {
      const { file, word } = pickWord();
      if (word === undefined) return edits['add line']();
      rename(walk(root, { hidden: true }), word, `${word}${serial}`);
      return `${word} of ${file}`;
    },
    'move text file'() {
      for (;;) {
        const file = pickFile();
        const to = placeFor(file, 'moved');
        if (walk(root, { hidden: true }).includes(to)) continue;
        mkdirSync(path.dirname(path.join(root, to)), { recursive: true });
        renameSync(path.join(root, file), path.join(root, to));
        kinds.set(to, kind(file));
        return `${file} to ${to}`;
      }
    },
    'delete text file or restore'() {
      const restored = deleted.length >= PENDING || random() < 0.3 ? deleted.shift() : undefined;
      if (restored) {
        write(restored.file, restored.text);
        return `${restored.file} restored`;
      }
      const file = pickFile();
      deleted.push({ file, text: read(file) });
      rmSync(path.join(root, file));
      return file;
    },
    'copy text file'() {
      for (;;) {
        const file = pickFile();
        const to = placeFor(file, 'added');
        if (walk(root, { hidden: true }).includes(to)) continue;
        write(to, read(file));
        kinds.set(to, kind(file));
        return `${file} to ${to}`;
      }
    },
    'break text or repair'() {
      const repaired = broken.length >= PENDING || random() < 0.3 ? broken.shift() : undefined;
      if (repaired) {
        write(repaired.file, repaired.text);
        return `${repaired.file} repaired`;
      }
      const file = pickFile();
      const text = read(file);
      broken.push({ file, text });
      write(file, `${text.slice(0, Math.floor(text.length * random()))}\n]{"' - (:\n${text.slice(Math.floor(text.length * random()))}`);
      return file;
    },
    'ignore or not'() {
      const rules = path.join(root, '.specgraphignore');
      if (ignored !== undefined) {
        rmSync(rules);
        const before = ignored;
        ignored = undefined;
        return `${before} no longer`;
      }
      ignored = pickFile();
      appendFileSync(rules, `/${ignored}\n`);
      return ignored;
    },
  };

  return {
    /** Makes one edit of a kind; returns what was done, for people. */
    edit(/** @type {typeof TEXT_EDIT_KINDS[number]} */ kind) {
      serial++;
      return edits[kind]();
    },
  };
}
