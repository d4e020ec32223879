import type { ChangeKind, DetectedChange } from '../../graph/query/change.ts';

/** What happened to a part of an operation; those without a field are of the operation as a whole. */
export const CONTRACT_CHANGES = [
  'operation-removed',
  'operation-added',
  'operation-moved', // another path or method
  'deprecated',
  'field-removed',
  'field-added',
  'field-required', // of a request: it has to be sent
  'field-optional', // of a response: it may be missing or null
  'type-changed',
  'value-removed', // of an enumeration
  'value-added',
  'constraint-tightened',
  'status-removed',
  'media-type-removed',
  'security-added',
  'security-removed',
  'other',
] as const;
export type ContractChangeKind = (typeof CONTRACT_CHANGES)[number];

/** Where a secret is sent. Names of headers in lower case. */
export interface Credential {
  readonly in: 'header' | 'query' | 'cookie';
  readonly name: string;
}

export interface ContractChange {
  readonly kind: ContractChangeKind;
  /** Id of the operation as it was; as it is, when it was added. */
  readonly operation: string;
  /** `response.200.email`, `request.query.limit`. */
  readonly field?: string;
  /** A value of an enumeration, a status, a media type, a security scheme, a new limit. */
  readonly value?: string;
  /** Of a changed way to sign in: what has to be sent now, or is no longer accepted. All of one of these lists. */
  readonly credentials?: readonly (readonly Credential[])[];
  /** Of a removed status: what is answered in its place has no body. */
  readonly bodyGone?: true;
  readonly breaking: boolean;
  /** The rule of oasdiff that says so; absent where only the fields were compared. */
  readonly rule?: string;
  /** For people. */
  readonly detail: string;
}

/** How a change of a contract is asked of the graph; undefined when nothing depends on it there. */
const ASKED: Readonly<Record<ContractChangeKind, ChangeKind | undefined>> = {
  'operation-removed': 'remove',
  'operation-added': undefined,
  'operation-moved': 'rename',
  deprecated: undefined,
  'field-removed': 'remove',
  'field-added': undefined,
  'field-required': 'make-required',
  'field-optional': 'make-optional',
  'type-changed': 'change-type',
  'value-removed': 'change-type',
  'value-added': 'change-type',
  'constraint-tightened': 'change-type',
  'status-removed': undefined,
  'media-type-removed': undefined,
  'security-added': 'change-type',
  'security-removed': undefined,
  other: undefined,
};

/** The same change as the graph is asked about it. A new field that has to be sent changes what its operation takes. */
export function askedOf({ kind, operation, field, breaking, detail }: ContractChange, file: string): DetectedChange | undefined {
  const isNewDemand = kind === 'field-added' && breaking;
  const change = isNewDemand ? 'add-required-parameter' : ASKED[kind];
  if (change === undefined) return undefined;
  const id = field === undefined || isNewDemand ? operation : `${operation} ${field}`;
  return { id, file, declaration: id.slice(id.indexOf('#') + 1), change, detail };
}
