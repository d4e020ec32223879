import path from 'node:path';
import type { Diagnostic, Span } from '../../graph/model/provenance.ts';
import type { Source } from '../file-worker.ts';
import { isRecord, memberOf, readTrees, type Segment, type Tree, type TreePath, textOf } from './tree.ts';

/** A value in a document, and the way to it. */
export interface Place {
  readonly file: string;
  readonly value: unknown;
  /** `<file>#<JSON pointer>`. */
  readonly key: string;
  /** Absent at the root of a document. */
  readonly parent?: Place;
  readonly segment: Segment;
}

/** The place of an entry of a map or list; its value is undefined where there is none. */
export const childOf = (parent: Place, segment: Segment): Place => ({
  file: parent.file,
  value: typeof segment === 'number' ? (Array.isArray(parent.value) ? parent.value[segment] : undefined) : memberOf(parent.value, segment),
  key: `${parent.key}/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`,
  parent,
  segment,
});

export const placeAt = (root: Place, at: TreePath): Place => at.reduce(childOf, root);

export function pathOf(place: Place): TreePath {
  const segments: Segment[] = [];
  for (let at = place; at.parent; at = at.parent) segments.unshift(at.segment);
  return segments;
}

/** The `$ref` of a value, where it is one. */
export const refOf = ({ value }: Place): string | undefined => textOf(memberOf(value, '$ref'));

/** Files that one document may draw in, and diagnostics of one code that it may give. */
const MOST_FILES = 5000;
const MOST_DIAGNOSTICS = 100;
/** References in a row before one gives up on their end. */
const MOST_HOPS = 50;
const READABLE = /\.(json|ya?ml)$/i;
const REMOTE = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i;
/** Maps that hold examples, where a `$ref` is text. */
const EXAMPLES = new Set(['example', 'examples', 'default', 'enum', 'const', 'value', 'payloadExample']);

/** Documents that refer to each other with `$ref`, beginning with one. */
export class References {
  readonly root: Place;
  readonly #source: Source;
  readonly #documents = new Map<string, { readonly tree: Tree; readonly root: Place } | undefined>();
  readonly #diagnostics = new Map<string, Diagnostic>();
  /** By the value that refers. */
  readonly #targets = new Map<unknown, Place | undefined>();
  readonly #names = new Map<string, ReadonlyMap<string, Place>>();
  readonly #counts = new Map<string, number>();

  constructor(source: Source, tree: Tree) {
    this.#source = source;
    this.root = this.#enter(source.path, tree);
  }

  get diagnostics(): readonly Diagnostic[] {
    return [...this.#diagnostics.values()];
  }

  report(code: string, severity: Diagnostic['severity'], message: string, place: Place): void {
    const count = this.#counts.get(code) ?? 0;
    if (count >= MOST_DIAGNOSTICS) return;
    const key = `${code} ${place.key} ${message}`;
    if (this.#diagnostics.has(key)) return;
    this.#counts.set(code, count + 1);
    this.#diagnostics.set(key, { code, severity, message, file: place.file, span: this.spanOf(place) });
  }

  /** From the key of the place to its end. */
  spanOf(place: Place): Span {
    return this.#documents.get(place.file)!.tree.spanOf(pathOf(place));
  }

  /** Where the `$ref` of a value leads; undefined where it has none, or it leads nowhere, which is reported. */
  target(place: Place): Place | undefined {
    const ref = refOf(place);
    if (ref === undefined) return undefined;
    if (!this.#targets.has(place.value)) this.#targets.set(place.value, this.#find(ref, place));
    return this.#targets.get(place.value);
  }

  #find(ref: string, place: Place): Place | undefined {
    const hash = ref.indexOf('#');
    const [file, fragment] = hash < 0 ? [ref, ''] : [ref.slice(0, hash), ref.slice(hash + 1)];
    const embedded = REMOTE.test(file) ? this.#named(place.file).get(file) : undefined;
    if (REMOTE.test(file) && !embedded) {
      this.report('remote-ref', 'info', `Refers to ${ref}, which is outside of the repository and not followed.`, place);
      return undefined;
    }
    const document = embedded ?? this.#open(file === '' ? place.file : relativeTo(place.file, decoded(file)), ref, place);
    if (!document) return undefined;
    if (fragment !== '' && !fragment.startsWith('/')) {
      const anchored = this.#named(document.file).get(`#${fragment}`);
      if (!anchored) this.report('unresolved-ref', 'warning', `Refers to ${ref}, but no schema of the file has this anchor.`, place);
      return anchored;
    }
    const segments = fragment === '' ? [] : fragment.slice(1).split('/').map(unescaped);
    const around = file === '' && segments.length > 0 ? embeddedAround(place) : undefined;
    const found = this.#walk(document, segments) ?? (around && this.#walk(around, segments));
    if (!found)
      this.report(
        'unresolved-ref',
        'warning',
        `Refers to ${ref}, which does not exist. Correct the reference, or add what it names.`,
        place,
      );
    return found;
  }

  /** The end of a chain of references; the place itself where it is none, undefined where the chain leads nowhere. */
  follow(place: Place): Place | undefined {
    let at: Place | undefined = place;
    for (let hops = 0; at && refOf(at) !== undefined; hops++) {
      if (hops === MOST_HOPS) {
        this.report('cyclic-ref', 'warning', `Refers to ${refOf(place)!}, which leads back to itself and never to a value.`, place);
        return undefined;
      }
      at = this.target(at);
    }
    return at;
  }

  /** Follows every reference of the first document once, so that those which lead nowhere are reported wherever they stand. */
  check(): void {
    for (const place of everywhere(this.root)) this.target(place);
  }

  /** Schemas of a file that have a URI (`$id`) or, with `#` before it, an anchor: bundles of schemas refer to each other so. */
  #named(file: string): ReadonlyMap<string, Place> {
    let names = this.#names.get(file);
    if (names) return names;
    names = new Map(
      [...everywhere(this.#documents.get(file)!.root)].flatMap((place) => {
        const [id, anchor] = [idOf(place.value), memberOf(place.value, '$anchor')];
        return [
          ...(id === undefined ? [] : [[id.replace(/(.)#$/, '$1'), place] as const]),
          ...(typeof anchor === 'string' ? [[`#${anchor}`, place] as const] : []),
        ];
      }),
    );
    this.#names.set(file, names);
    return names;
  }

  #enter(file: string, tree: Tree): Place {
    const root = { file, value: tree.value, key: `${file}#`, segment: '' };
    this.#documents.set(file, { tree, root });
    return root;
  }

  #open(file: string, ref: string, place: Place): Place | undefined {
    if (this.#documents.has(file)) return this.#documents.get(file)?.root;
    if (!READABLE.test(file)) {
      this.report('foreign-ref', 'info', `Refers to ${ref}, which is neither YAML nor JSON and not followed.`, place);
      return undefined;
    }
    if (this.#documents.size >= MOST_FILES) {
      this.report('too-many-files', 'warning', `Refers to more than ${MOST_FILES} files; further ones are not read.`, place);
      return undefined;
    }
    const text = file.startsWith('../') ? undefined : this.#source.other(file);
    if (text === undefined) {
      this.report('unresolved-ref', 'warning', `Refers to ${ref}, but the repository has no file ${file}.`, place);
      return undefined;
    }
    const { trees, diagnostics } = readTrees(text, file);
    for (const diagnostic of diagnostics) this.#diagnostics.set(JSON.stringify(diagnostic), diagnostic);
    if (trees[0]) return this.#enter(file, trees[0]);
    this.#documents.set(file, undefined);
    return undefined;
  }

  /** Like a JSON pointer, but through references on the way, as most tools do. */
  #walk(root: Place, segments: readonly string[]): Place | undefined {
    let at: Place | undefined = root;
    for (const segment of segments) {
      for (let hops = 0; at && !has(at.value, segment); hops++) {
        if (hops === MOST_HOPS || refOf(at) === undefined) return undefined;
        at = this.#direct(at);
      }
      if (!at) return undefined;
      at = childOf(at, Array.isArray(at.value) ? Number(segment) : segment);
    }
    return at;
  }

  /** The target of a reference met on the way of another one: only within its file, so that the search ends. */
  #direct(place: Place): Place | undefined {
    const ref = refOf(place) ?? '';
    const document = this.#documents.get(place.file)?.root;
    if (!document || !ref.startsWith('#/')) return undefined;
    let at = document;
    for (const segment of ref.slice(2).split('/').map(unescaped)) {
      if (!has(at.value, segment)) return undefined;
      at = childOf(at, Array.isArray(at.value) ? Number(segment) : segment);
    }
    return at;
  }
}

/** Every map and list below a place but for examples and extensions, each once. */
function* everywhere(root: Place): Iterable<Place> {
  const seen = new Set<unknown>();
  const open: Place[] = [root];
  for (let place = open.pop(); place; place = open.pop()) {
    const { value } = place;
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    yield place;
    const named = isRecord(place.parent?.value) && (place.segment === 'properties' || place.segment === 'patternProperties');
    const keys: readonly Segment[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
    for (const key of keys)
      if (named || typeof key === 'number' || !(EXAMPLES.has(key) || key.startsWith('x-'))) open.push(childOf(place, key));
  }
}

/** `$id`, or `id` up to draft 4. */
const idOf = (value: unknown): string | undefined => textOf(memberOf(value, '$id') ?? memberOf(value, 'id'));

/** The nearest schema around a place that is a resource of its own within the document. */
function embeddedAround(place: Place): Place | undefined {
  let at = place.parent;
  while (at?.parent && !REMOTE.test(idOf(at.value) ?? '')) at = at.parent;
  return at?.parent && at;
}

const has = (value: unknown, segment: string): boolean =>
  Array.isArray(value) ? /^\d+$/.test(segment) && Number(segment) < value.length : isRecord(value) && Object.hasOwn(value, segment);

/** `%` escapes as far as they are well formed. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const unescaped = (segment: string): string => decoded(segment).replaceAll('~1', '/').replaceAll('~0', '~');
const relativeTo = (from: string, file: string): string =>
  path.posix.normalize(file.startsWith('/') ? file.slice(1) : path.posix.join(path.posix.dirname(from), file));
