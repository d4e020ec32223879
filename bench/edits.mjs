// @ts-check
/**
 * Random, seeded edits of a repository, of the kinds that people make. Edits add up; what is deleted or broken is put
 * back by a later edit of the same kind, so that the repository stays one.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { filesBelow, walk } from './walk.mjs';

export const EDIT_KINDS = /** @type {const} */ ([
  'edit body',
  'rename',
  'move file',
  'delete file',
  'add file',
  'change signature',
  'break syntax or repair',
  'edit tsconfig',
]);

/** Files that may be missing, and files that may be broken, at the same time. */
const PENDING = 3;
const FUNCTION =
  /^([ \t]*(?:export )?(?:default )?(?:async )?function (\w+)\()|^([ \t]+(?:public |private |protected |static |async )*(?!if|for|while|switch|catch|return|super)(\w+)\()(?=[^;]*?\)[^;]*?\{\s*$)/gm;
const EXPORTED = /^export (?:default )?(?:abstract )?(?:async )?(?:function|class|interface|type|const|enum) (\w+)/gm;
const TSCONFIG_FLAGS = [
  'strictNullChecks',
  'noImplicitAny',
  'noUncheckedIndexedAccess',
  'noImplicitReturns',
  'strictPropertyInitialization',
];

/** Makes edits in the sources below `root`; `random` gives numbers from 0 (included) to 1 (excluded). */
export function createEditor(/** @type {string} */ root, /** @type {() => number} */ random) {
  /** @type {{ file: string, text: string }[]} */
  const deleted = [];
  /** @type {{ file: string, text: string }[]} */
  const broken = [];
  let serial = 0;
  const { pick, read, write } = filesBelow(root, random);
  const sources = () => walk(root).filter((file) => /(?<!\.d)\.tsx?$/.test(file) && !broken.some((other) => other.file === file));
  const withMatch = (/** @type {RegExp} */ pattern) => {
    for (;;) {
      const file = pick(sources());
      const matches = [...read(file).matchAll(pattern)];
      if (matches.length > 0) return { file, match: pick(matches) };
    }
  };
  const insert = (/** @type {string} */ file, /** @type {number} */ at, /** @type {string} */ text) => {
    const before = read(file);
    write(file, before.slice(0, at) + text + before.slice(at));
  };

  /** @type {Record<typeof EDIT_KINDS[number], () => string>} */
  const edits = {
    'edit body'() {
      const { file, match } = withMatch(/^[ \t]+(?:return|const|await) .*;$/gm);
      insert(file, match.index, `    void ${serial};\n`);
      return file;
    },
    rename() {
      const { file, match } = withMatch(EXPORTED);
      const [name, renamed] = [/** @type {string} */ (match[1]), `${match[1]}${serial}`];
      const everywhere = random() < 0.5;
      for (const other of everywhere ? sources() : [file]) {
        const before = read(other);
        const after = before.replaceAll(new RegExp(String.raw`\b${name}\b`, 'g'), renamed);
        if (after !== before) write(other, after);
      }
      return `${name} of ${file} to ${renamed}${everywhere ? ' everywhere' : ' there only'}`;
    },
    'move file'() {
      const file = pick(sources());
      const to = path.join(path.dirname(pick(sources())), `moved-${serial}-${path.basename(file).replace(/^(moved-\d+-)+/, '')}`);
      renameSync(path.join(root, file), path.join(root, to));
      return `${file} to ${to}`;
    },
    'delete file'() {
      const restored = deleted.length >= PENDING ? deleted.shift() : undefined;
      if (restored) {
        write(restored.file, restored.text);
        return `${restored.file} restored`;
      }
      const file = pick(sources());
      deleted.push({ file, text: read(file) });
      rmSync(path.join(root, file));
      return file;
    },
    'add file'() {
      const { file, match } = withMatch(EXPORTED);
      const added = path.join(path.dirname(file), `added-${serial}.ts`);
      const from = `./${path.basename(file).replace(/\.tsx?$/, '')}`;
      write(
        added,
        `import * as origin from '${from}';\n\nexport const added${serial} = (): unknown => origin;\nexport type Added${serial} = typeof origin & { readonly name: '${match[1]}' };\n`,
      );
      return added;
    },
    'change signature'() {
      const { file, match } = withMatch(FUNCTION);
      insert(file, match.index + /** @type {string} */ (match[1] ?? match[3]).length, `added${serial}: string, `);
      return `${match[2] ?? match[4]} of ${file}`;
    },
    'break syntax or repair'() {
      const repaired = broken.length >= PENDING || random() < 0.3 ? broken.shift() : undefined;
      if (repaired) {
        write(repaired.file, repaired.text);
        return `${repaired.file} repaired`;
      }
      const file = pick(sources());
      const text = read(file);
      broken.push({ file, text });
      write(file, `${text.slice(0, Math.floor(text.length * random()))}\n}{ (${text.slice(Math.floor(text.length * random()))}`);
      return file;
    },
    'edit tsconfig'() {
      const file = existsSync(path.join(root, 'tsconfig.json')) ? 'tsconfig.json' : 'tsconfig.base.json';
      const config = JSON.parse(read(file));
      const flag = pick(TSCONFIG_FLAGS);
      config.compilerOptions[flag] = !config.compilerOptions[flag];
      write(file, `${JSON.stringify(config, null, 2)}\n`);
      return `${flag} ${config.compilerOptions[flag]}`;
    },
  };

  return {
    /** Makes one edit of a kind; returns what was done, for people. */
    edit(/** @type {typeof EDIT_KINDS[number]} */ kind) {
      serial++;
      return edits[kind]();
    },
  };
}
