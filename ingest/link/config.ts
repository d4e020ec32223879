import { configKeyId } from '../../graph/model/id.ts';
import type { EnvironmentKey, LinkKeys, Published } from '../keys.ts';
import { evaluatorOf } from './evaluate.ts';
import type { Linker, Links } from './linker.ts';
import { createLinks } from './links.ts';
import { testModules } from './test-modules.ts';

/**
 * Environment variables that code reads. The key is claimed although nothing may declare it: that is worth knowing. Who
 * declares it claims it, too, and is then what names it.
 */
export const configLinker: Linker = { name: 'config', link };

function link(repo: string, keys: LinkKeys): Links {
  const links = createLinks();
  const reads = [...readsOf(keys)].filter((read) => read.repo === repo);
  // Where one place asks whether there is a value, others of the same declaration are reached when there is.
  const asked = new Set(reads.flatMap((read) => (read.fallback ? [placeOf(read)] : [])));
  const needed = new Set(reads.flatMap((read) => (asked.has(placeOf(read)) ? [] : [read.name])));
  for (const { file, name, from, line, col } of reads) {
    const id = configKeyId(repo, name);
    const span = { line, col, endLine: line, endCol: col + name.length };
    links.node({ id, kind: 'ConfigKey', name, repo, file, span, standing: 'mention', props: needed.has(name) ? {} : { optional: true } });
    links.edge({
      from,
      type: 'READS_CONFIG',
      to: id,
      tier: 'compiler',
      confidence: 1,
      rule: 'environment-read',
      sites: [{ line, col, file }],
    });
  }
  const isTest = testModules(keys);
  for (const { repo: at, file, value } of keys.of('environment')) {
    const { name, from, line, col, sets } = value;
    // What tests set is known to nobody else.
    if (!sets || name === undefined || at !== repo || isTest(repo, file)) continue;
    const id = configKeyId(repo, name);
    const span = { line, col, endLine: line, endCol: col + name.length };
    links.node({ id, kind: 'ConfigKey', name, repo, file, span, standing: 'mention', props: {} });
    links.edge({ from, type: 'DECLARES', to: id, tier: 'compiler', confidence: 1, rule: 'environment-set', sites: [{ line, col, file }] });
  }
  return links.done();
}

const placeOf = ({ file, from, name }: Read): string => `${file}\n${from}\n${name}`;

interface Read extends Pick<Published<EnvironmentKey>, 'repo' | 'file'> {
  readonly name: string;
  readonly from: string;
  readonly line: number;
  readonly col: number;
  readonly fallback: boolean;
}

/** `process.env.NAME`, and `required('NAME')` where a function of the repository reads what it is given. */
function* readsOf(keys: LinkKeys): Iterable<Read> {
  const evaluator = evaluatorOf(keys);
  for (const { repo, file, value } of keys.of('environment')) {
    const { name, from, line, col, parameter, fallback = false, sets } = value;
    if (sets) continue;
    if (name !== undefined) yield { repo, file, name, from, line, col, fallback };
    if (parameter === undefined) continue;
    for (const { repo: at, file: callerFile, value: call } of evaluator.callsOf(from)) {
      const given = call.args[parameter] && evaluator.reduce(call.args[parameter]);
      if (given?.is === 'text' && /^[A-Za-z_]\w*$/.test(given.text))
        yield {
          repo: at,
          file: callerFile,
          name: given.text,
          from: call.from,
          line: call.line,
          col: call.col,
          fallback: fallback || call.fallback === true || call.args.length > parameter + 1,
        };
    }
  }
}
