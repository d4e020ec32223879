import { isDeclaration, type Node } from '../model/node.ts';

/** Bits of {@link SnapshotColumns.flags}. Append only: they are stored. */
export const NODE_FLAGS = {
  exported: 1 << 0,
  default: 1 << 1,
  private: 1 << 2,
  protected: 1 << 3,
  static: 1 << 4,
  abstract: 1 << 5,
  optional: 1 << 6,
  readonly: 1 << 7,
  async: 1 << 8,
  accessor: 1 << 9,
  /** Has a written type, or a signature with a written return type. */
  hasType: 1 << 10,
  hasSignature: 1 << 11,
  /** A package that is not part of the system. */
  external: 1 << 12,
  /** A signature has optional or rest parameters, or may have: its type is written elsewhere. */
  optionalParameters: 1 << 13,
  /** A decorator stands on it: a framework may call it. */
  decorated: 1 << 14,
} as const;

const BOOLEAN_PROPS = ['exported', 'default', 'static', 'abstract', 'optional', 'readonly', 'async', 'accessor'] as const;

/** The flags of a node, as a bit mask of {@link NODE_FLAGS}. */
export function flagsOf(node: Node): number {
  if (node.kind === 'Package') {
    return (node.props.private ? NODE_FLAGS.private : 0) | (node.props.external ? NODE_FLAGS.external : 0);
  }
  if (!isDeclaration(node)) return 0;
  const { props } = node;
  let flags = 0;
  for (const name of BOOLEAN_PROPS) if (props[name]) flags |= NODE_FLAGS[name];
  if (props.visibility !== undefined) flags |= NODE_FLAGS[props.visibility];
  if (props.signatures?.length) flags |= NODE_FLAGS.hasSignature;
  if (props.type !== undefined || props.signatures?.some((signature) => signature.returns !== undefined)) flags |= NODE_FLAGS.hasType;
  if (props.decorators) flags |= NODE_FLAGS.decorated;
  if (props.signatures?.some(({ parameters }) => parameters.some(({ optional, rest }) => optional || rest)))
    flags |= NODE_FLAGS.optionalParameters;
  if (!props.signatures && /\?:|\.\.\./.test(props.type ?? '')) flags |= NODE_FLAGS.optionalParameters;
  return flags;
}

/** The numeric content of a snapshot. Node columns are indexed by node number, edge columns by edge number. */
export interface SnapshotColumns {
  /** Index into `NODE_KINDS`. */
  readonly kind: Uint8Array;
  /** Simple name, interned: equal numbers are equal names. */
  readonly name: Int32Array;
  /** File path, interned per path (not per repository); -1 = none. */
  readonly file: Int32Array;
  /** The node that CONTAINS this one; -1 = none. */
  readonly parent: Int32Array;
  /** First and last line of the node; 0 = none. */
  readonly line: Int32Array;
  readonly endLine: Int32Array;
  /** Bit mask of {@link NODE_FLAGS}. */
  readonly flags: Uint32Array;

  readonly edgeFrom: Int32Array;
  readonly edgeTo: Int32Array;
  /** -1 = none. */
  readonly edgeVia: Int32Array;
  /** Index into `EDGE_TYPES`. */
  readonly edgeType: Uint8Array;
  /** Index into `TIERS`. */
  readonly edgeTier: Uint8Array;
  /** Percent. */
  readonly edgeConfidence: Uint8Array;
  /** Site facts that hold at one site or more. */
  readonly edgeFactsAny: Int32Array;
  /** Site facts that hold at every site; 0 without sites. */
  readonly edgeFactsAll: Int32Array;
  /** Fewest and most arguments of the sites that have an argument count; -1 = none has. */
  readonly edgeMinArgs: Int16Array;
  readonly edgeMaxArgs: Int16Array;
  /** File of the first site, as in `file`; -1 = the file of the `from` node. */
  readonly edgeFile: Int32Array;
  /** Position of the first site; 0 = no site. */
  readonly edgeLine: Int32Array;
  readonly edgeCol: Int32Array;
  /** Line of the last site; 0 = no site. */
  readonly edgeLastLine: Int32Array;

  /** Edges out of n are `outOffsets[n]` up to `outOffsets[n + 1]`. */
  readonly outOffsets: Int32Array;
  /** Edges into n are `inEdges[inOffsets[n]]` up to `inEdges[inOffsets[n + 1] - 1]`, ascending. */
  readonly inOffsets: Int32Array;
  readonly inEdges: Int32Array;
  /** Edges via n, likewise. */
  readonly viaOffsets: Int32Array;
  readonly viaEdges: Int32Array;
}

/** Strings in one block of UTF-8; string i is bytes `offsets[i]` up to `offsets[i + 1]`, decoded when asked for. */
export interface StringTable {
  readonly offsets: Uint32Array;
  readonly bytes: Uint8Array;
}

export interface SnapshotTexts {
  readonly ids: StringTable;
  readonly names: StringTable;
  readonly files: StringTable;
}

/**
 * One generation of a graph as compressed sparse rows: everything that traversals need, in typed arrays. Nodes are
 * numbered by rank of their id in code-unit order, edges by (from, type, to, via). Immutable.
 */
export interface Snapshot extends SnapshotColumns {
  readonly generation: number;
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly texts: SnapshotTexts;
  /** The id of node i. */
  id(node: number): string;
  /** The number of the node with that id; -1 = there is none. */
  indexOf(id: string): number;
  nameText(node: number): string;
  fileText(node: number): string | undefined;
  /** File of the edge's first site. */
  edgeFileText(edge: number): string | undefined;
}

export function createSnapshot(generation: number, columns: SnapshotColumns, texts: SnapshotTexts): Snapshot {
  const nodeCount = columns.kind.length;
  const idText = textReader(texts.ids);
  const nameText = textReader(texts.names);
  const fileText = textReader(texts.files);
  const fileOf = (file: number): string | undefined => (file < 0 ? undefined : fileText(file));
  return {
    ...columns,
    generation,
    nodeCount,
    edgeCount: columns.edgeFrom.length,
    texts,
    id: idText,
    indexOf(id) {
      let low = 0;
      let high = nodeCount - 1;
      while (low <= high) {
        const middle = (low + high) >>> 1;
        const text = idText(middle);
        if (text === id) return middle;
        if (text < id) low = middle + 1;
        else high = middle - 1;
      }
      return -1;
    },
    nameText: (node) => nameText(columns.name[node]!),
    fileText: (node) => fileOf(columns.file[node]!),
    edgeFileText(edge) {
      const file = columns.edgeFile[edge]!;
      return fileOf(file < 0 ? columns.file[columns.edgeFrom[edge]!]! : file);
    },
  };
}

function textReader({ offsets, bytes }: StringTable): (index: number) => string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (index) => buffer.toString('utf8', offsets[index], offsets[index + 1]);
}
