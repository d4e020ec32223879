import { createSnapshot, type Snapshot, type SnapshotColumns, type SnapshotTexts } from './csr.ts';

/** `SGSN` as the machine that wrote it sees it: a reader of the other byte order does not recognise it. */
const MAGIC = 0x4e534753;
/** Raised whenever {@link LAYOUT}, the meaning of a column, or an order that columns depend on changes. */
const VERSION = 2;

const ARRAYS = { u8: Uint8Array, i16: Int16Array, i32: Int32Array, u32: Uint32Array } as const;

interface ArrayOf {
  readonly u8: Uint8Array;
  readonly i16: Int16Array;
  readonly i32: Int32Array;
  readonly u32: Uint32Array;
}

/** The sections of an encoded snapshot, in order. */
const LAYOUT = [
  ['kind', 'u8'],
  ['name', 'i32'],
  ['file', 'i32'],
  ['parent', 'i32'],
  ['line', 'i32'],
  ['endLine', 'i32'],
  ['flags', 'u32'],
  ['edgeFrom', 'i32'],
  ['edgeTo', 'i32'],
  ['edgeVia', 'i32'],
  ['edgeType', 'u8'],
  ['edgeTier', 'u8'],
  ['edgeConfidence', 'u8'],
  ['edgeFactsAny', 'i32'],
  ['edgeFactsAll', 'i32'],
  ['edgeMinArgs', 'i16'],
  ['edgeMaxArgs', 'i16'],
  ['edgeFile', 'i32'],
  ['edgeLine', 'i32'],
  ['edgeCol', 'i32'],
  ['edgeLastLine', 'i32'],
  ['outOffsets', 'i32'],
  ['inOffsets', 'i32'],
  ['inEdges', 'i32'],
  ['viaOffsets', 'i32'],
  ['viaEdges', 'i32'],
  ['idOffsets', 'u32'],
  ['idBytes', 'u8'],
  ['nameOffsets', 'u32'],
  ['nameBytes', 'u8'],
  ['fileOffsets', 'u32'],
  ['fileBytes', 'u8'],
] as const;

type Layout = (typeof LAYOUT)[number];
type Sections = { readonly [S in Layout as S[0]]: ArrayOf[S[1]] };

/** Header words: magic, version, generation, total bytes; then the byte length of each section. */
const HEADER_BYTES = (4 + LAYOUT.length) * Uint32Array.BYTES_PER_ELEMENT;
/** Sections begin at multiples of this, so that views need no copy. */
const ALIGNMENT = 4;

const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** Writes a snapshot as one block of bytes, for machines of the same byte order. */
export function encodeSnapshot(snapshot: Snapshot): Uint8Array {
  const { ids, names, files } = snapshot.texts;
  const sections: Sections = {
    ...snapshot,
    idOffsets: ids.offsets,
    idBytes: ids.bytes,
    nameOffsets: names.offsets,
    nameBytes: names.bytes,
    fileOffsets: files.offsets,
    fileBytes: files.bytes,
  };
  const lengths = LAYOUT.map(([name]) => sections[name].byteLength);
  const total = lengths.reduce((sum, length) => sum + aligned(length), HEADER_BYTES);
  const bytes = new Uint8Array(total);
  new Uint32Array(bytes.buffer, 0, 4 + LAYOUT.length).set([MAGIC, VERSION, snapshot.generation, total, ...lengths]);
  let at = HEADER_BYTES;
  for (const [name] of LAYOUT) {
    const { buffer, byteOffset, byteLength } = sections[name];
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += aligned(byteLength);
  }
  return bytes;
}

/**
 * Reads what {@link encodeSnapshot} wrote, without copying or parsing: the snapshot is views on `bytes`, which must not
 * change afterwards. Undefined when the bytes are not a complete snapshot of this version and byte order.
 */
export function decodeSnapshot(bytes: Uint8Array): Snapshot | undefined {
  if (bytes.byteLength < HEADER_BYTES) return undefined;
  const source = bytes.byteOffset % ALIGNMENT === 0 ? bytes : bytes.slice();
  const buffer = source.buffer as ArrayBuffer;
  const { byteOffset } = source;
  const header = new Uint32Array(buffer, byteOffset, 4 + LAYOUT.length);
  const [magic, version, generation, total] = header;
  if (magic !== MAGIC || version !== VERSION || total !== bytes.byteLength) return undefined;
  let at = HEADER_BYTES;
  const entries = LAYOUT.map(([name, type], index) => {
    const length = header[4 + index]!;
    const ArrayType = ARRAYS[type];
    const view = new ArrayType(buffer, byteOffset + at, length / ArrayType.BYTES_PER_ELEMENT);
    at += aligned(length);
    return [name, view] as const;
  });
  const { idOffsets, idBytes, nameOffsets, nameBytes, fileOffsets, fileBytes, ...columns } = Object.fromEntries(
    entries,
  ) as unknown as Sections;
  const texts: SnapshotTexts = {
    ids: { offsets: idOffsets, bytes: idBytes },
    names: { offsets: nameOffsets, bytes: nameBytes },
    files: { offsets: fileOffsets, bytes: fileBytes },
  };
  return createSnapshot(generation!, columns satisfies SnapshotColumns, texts);
}
