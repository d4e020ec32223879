// @ts-check
/**
 * Holds the import directions of .dependency-cruiser.mjs in the current folder, and fails when it could not read the
 * modules: with a compiler it does not know, dependency-cruiser reports no violation because it saw no import.
 */
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const LAYERS = ['graph', 'ingest', 'src'];

const options = await extractDepcruiseOptions(resolve('.dependency-cruiser.mjs'));
const { output } = await cruise(LAYERS, { ...options, validate: true }, undefined, { tsConfig: extractTSConfig(resolve('tsconfig.json')) });
if (typeof output === 'string') throw new Error('dependency-cruiser returned a report instead of a result; check options.outputType.');

const problems = output.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}\n    ${commentOf(rule.name)}`);

const counts = LAYERS.map((layer) => {
  const files = readdirSync(layer, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts')).length;
  const modules = output.modules.filter((module) => module.source.startsWith(`${layer}/`));
  const imports = modules.reduce((sum, module) => sum + module.dependencies.length, 0);
  if (modules.length < files || files === 0) problems.push(`not read: ${modules.length} of the ${files} modules of ${layer}/ were seen`);
  if (imports < modules.length) problems.push(`not read: only ${imports} imports seen in the ${modules.length} modules of ${layer}/`);
  return `${layer} ${modules.length} modules, ${imports} imports`;
});

/** @param {string} name */
function commentOf(name) {
  return options.ruleSet?.forbidden?.find((rule) => rule.name === name)?.comment ?? '';
}

for (const problem of problems) console.error(problem);
console.log(`import directions: ${counts.join('; ')}; ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
