import { Kind, visit, type DocumentNode } from 'graphql';
import type { Source } from '../../file-worker.ts';
import { apiName } from '../../parse/api-name.ts';
import { folderOf } from '../../parse/paths.ts';

const MANIFESTS = [
  'package.json',
  'go.mod',
  'pyproject.toml',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
  'Cargo.toml',
  'Gemfile',
  'composer.json',
  'mix.exs',
];
const BUILT_IN = /^(?:ID|Int|Float|String|Boolean)$/;
const ROOT = /^(?:Query|Mutation|Subscription)$/;

/**
 * The name of the schema that a file is part of. A file that is a whole schema, with roots and every type they lead to,
 * is known by its path as other contracts are. Pieces of a schema go by the package around them, so that all pieces of
 * one package are one schema, with the whole in `<package>/schema.graphql` where there is one.
 */
export function schemaName({ repo, path, other }: Source, document: DocumentNode): string {
  if (isWhole(document)) return apiName(path, undefined, repo);
  for (let folder = path; folder !== '';) {
    folder = folderOf(folder);
    const prefix = folder === '' ? '' : `${folder}/`;
    if (MANIFESTS.some((manifest) => other(`${prefix}${manifest}`) !== undefined))
      return apiName(`${prefix}schema.graphql`, undefined, repo);
  }
  // Without packages, the folder.
  return apiName(`${path.slice(0, path.lastIndexOf('/') + 1)}schema.graphql`, undefined, repo);
}

function isWhole(document: DocumentNode): boolean {
  const defined = new Set<string>();
  const named = new Set<string>();
  let hasRoot = false;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.SCHEMA_DEFINITION || (definition.kind === Kind.OBJECT_TYPE_DEFINITION && ROOT.test(definition.name.value)))
      hasRoot = true;
    if ('name' in definition && definition.name) defined.add(definition.name.value);
  }
  visit(document, { NamedType: ({ name }) => void named.add(name.value) });
  return hasRoot && [...named].every((name) => BUILT_IN.test(name) || defined.has(name));
}
