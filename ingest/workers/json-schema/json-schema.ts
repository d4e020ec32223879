import { jsonSchemaId } from '../../../graph/model/id.ts';
import type { Source, SourceFacts, SourceFormat } from '../../file-worker.ts';
import { ContractFacts, unparsed } from '../../parse/contract-facts.ts';
import { isSchema, saysSchema, SCHEMA_FILE } from '../../parse/json-schema.ts';
import { NamedSchemas, type NamedSchema } from '../../parse/named-schemas.ts';
import { childOf, References, type Place } from '../../parse/references.ts';
import { entriesOf, isRecord, memberOf, readTrees, textOf } from '../../parse/tree.ts';
import { baseName } from '../../parse/paths.ts';

const JSON_KEY = /"\$schema"\s*:\s*"https?:\/\/json-schema\.org\//;
const YAML_KEY = /^\uFEFF?["']?\$schema["']?[ \t]*:[ \t]*["']?https?:\/\/json-schema\.org\//m;

/** Files that are a JSON Schema, by their name or their `$schema`: the schema, its definitions and their properties. */
export const jsonSchema: SourceFormat = {
  name: 'json-schema',
  version: 1,
  claims: (path) => /\.(json|ya?ml)$/i.test(path),
  recognises: (text, path) => SCHEMA_FILE.test(path) || JSON_KEY.test(text) || YAML_KEY.test(text),
  read,
};

function read(source: Source): SourceFacts {
  const { repo, path, text } = source;
  const { trees, diagnostics } = readTrees(text, path);
  const [tree] = trees;
  if (!tree) return { nodes: diagnostics.length > 0 ? [unparsed(repo, path, diagnostics)] : [], edges: [], diagnostics };
  if (!isStandalone(tree.value, path)) return { nodes: [], edges: [], diagnostics: [] };
  const references = new References(source, tree);
  const facts = new ContractFacts();
  const id = jsonSchemaId(repo, path);
  const title = textOf(memberOf(tree.value, 'title')) ?? baseName(path);
  const schemas = new NamedSchemas(repo, references, [
    { name: '', title, id, place: references.root },
    ...definitionsOf(repo, references.root),
  ]);
  schemas.state(facts, id);
  references.check();
  return { nodes: facts.nodes, edges: facts.edges, diagnostics: [...diagnostics, ...references.diagnostics] };
}

const isStandalone = (value: unknown, path: string): boolean =>
  isRecord(value) &&
  (saysSchema(value) || SCHEMA_FILE.test(path)) &&
  !['openapi', 'swagger', 'asyncapi'].some((key) => typeof memberOf(value, key) === 'string');

function definitionsOf(repo: string, root: Place): readonly NamedSchema[] {
  return ['definitions', '$defs'].flatMap((keyword) => {
    const definitions = childOf(root, keyword);
    return entriesOf(definitions.value)
      .filter(([, value]) => isSchema(value))
      .map(([name]) => {
        const pointer = `/${keyword}/${name}`;
        return { name: pointer, title: name, id: jsonSchemaId(repo, root.file, pointer), place: childOf(definitions, name) };
      });
  });
}
