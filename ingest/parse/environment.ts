import { configKeyId, type NodeId } from '../../graph/model/id.ts';
import type { Span } from '../../graph/model/provenance.ts';
import type { Facts } from '../facts.ts';
import type { ConfigKey } from '../keys.ts';
import { interpolationsOf, isConfigName, isSecretName, keptValue } from './config-value.ts';

/** Where something is said. */
export interface Place {
  readonly repo: string;
  readonly file: string;
  readonly span: Span;
}

/** Claims the node of a configuration key; undefined when the name cannot be one. `mention`: it is only read here. */
export function configKey(
  facts: Facts,
  { repo, file, span }: Place,
  name: string,
  props: { readonly default?: string; readonly secret?: true; readonly doc?: string; readonly mention?: true } = {},
): NodeId | undefined {
  if (!isConfigName(name)) return undefined;
  const id = configKeyId(repo, name);
  const secret = props.secret === true || isSecretName(name);
  const fallback = secret || props.default === undefined ? undefined : keptValue(name, props.default);
  return facts.node({
    id,
    kind: 'ConfigKey',
    name,
    repo,
    file,
    span,
    ...(props.mention ? { standing: 'mention' } : {}),
    props: {
      ...(fallback === undefined || fallback === '' ? {} : { default: fallback }),
      ...(secret ? { secret } : {}),
      ...(props.doc === undefined ? {} : { doc: props.doc }),
    },
  });
}

/** `by` gives a configuration key a value, or states that it exists. */
export function declareConfig(
  facts: Facts,
  place: Place,
  by: NodeId,
  name: string,
  rule: string,
  about: {
    readonly value?: string | undefined;
    readonly secret?: true | undefined;
    readonly ref?: ConfigKey['ref'] | undefined;
    /** The value is what one gets when nothing else is said. */
    readonly example?: true;
    readonly doc?: string | undefined;
  } = {},
): void {
  const id = configKey(facts, place, name, {
    ...(about.secret ? { secret: true } : {}),
    ...(about.example && about.value !== undefined ? { default: about.value } : {}),
    ...(about.doc === undefined ? {} : { doc: about.doc }),
  });
  if (id === undefined) return;
  const { line, col } = place.span;
  facts.edge(by, 'DECLARES', id, { line, col, file: place.file }, rule);
  const value = about.secret || about.value === undefined ? undefined : keptValue(name, about.value);
  facts.key({
    key: 'config',
    name,
    by,
    line,
    col,
    ...(value === undefined ? {} : { value }),
    ...(about.ref ? { ref: about.ref } : {}),
  });
}

/** `by` takes what `${NAME}` in the text stands for from its surroundings. */
export function readInterpolations(facts: Facts, place: Place, by: NodeId, text: string, rule: string): void {
  for (const { name, fallback } of interpolationsOf(text)) readConfig(facts, place, by, name, rule, fallback);
}

export function readConfig(facts: Facts, place: Place, by: NodeId, name: string, rule: string, fallback?: string): void {
  const id = configKey(facts, place, name, { mention: true, ...(fallback === undefined ? {} : { default: fallback }) });
  if (id !== undefined) facts.edge(by, 'READS_CONFIG', id, { ...place.span, file: place.file }, rule);
}
