import { readFile } from 'node:fs/promises';
import { unitId, type UnitDelta } from '../../graph/model/delta.ts';
import { declarationId, moduleId } from '../../graph/model/id.ts';
import type { SourceWorker } from '../../ingest/worker.ts';

/**
 * A worker for a language with two sentences: `NAME` declares a variable, `NAME reads PATH#OTHER` also uses another one.
 * Lines that begin with `!` are not understood.
 */
export function createNoteWorker(onExtract: (path: string) => void = () => undefined): SourceWorker {
  return {
    name: 'note',
    claims: (path) => path.endsWith('.note'),
    open: ({ name: repo, root }) => ({
      async *extract({ files, previous }) {
        for (const { path, hash } of files) {
          if (!path.endsWith('.note') || previous.get(path)?.hash === hash) continue;
          onExtract(path);
          const lines = (await readFile(`${root}/${path}`, 'utf8')).split('\n').filter((line) => line !== '');
          const nodes: UnitDelta['nodes'] = [
            { id: moduleId(repo, path), kind: 'Module', name: path, repo, file: path, props: { language: 'note' } },
          ];
          const edges: UnitDelta['edges'] = [];
          const diagnostics: UnitDelta['diagnostics'] = [];
          for (const [index, text] of lines.entries()) {
            const at = { line: index + 1, col: 1 };
            if (text.startsWith('!')) {
              diagnostics.push({ code: 'parse-failure', severity: 'error', message: text, file: path });
              continue;
            }
            const [name = '', , target] = text.split(' ');
            const id = declarationId(repo, path, name);
            const span = { ...at, endLine: at.line, endCol: 2 };
            if (!nodes.some((node) => node.id === id)) nodes.push({ id, kind: 'Variable', name, repo, file: path, span, props: {} });
            const [file = '', other = ''] = target?.split('#') ?? [];
            const to = declarationId(repo, file, other);
            if (target && !edges.some((edge) => edge.from === id && edge.to === to))
              edges.push({ from: id, type: 'READS', to, tier: 'declared', confidence: 1, sites: [at] });
          }
          yield {
            unit: { id: unitId(repo, 'note', path), repo, worker: 'note', path, hash, state: '', keys: '' },
            nodes,
            edges,
            diagnostics,
          };
        }
      },
      [Symbol.dispose]: () => undefined,
    }),
  };
}
