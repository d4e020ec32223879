import { makeId } from '../../../graph/model/id.ts';
import type { Source, SourceFacts } from '../../file-worker.ts';
import { linesOf } from '../../parse/lines.ts';
import { folderOf } from '../../parse/paths.ts';

const MANIFEST = /(?:^|\/)(?:go\.mod|Cargo\.toml)$/;
const GO_MODULE = /^module[ \t]+"?([^\s"]{1,300})/m;
const CRATE = /^\[package\][^[]*?^name[ \t]*=[ \t]*"([^"\n]{1,100})"/ms;

/** `go.mod` and `Cargo.toml` say by which name the modules below them are imported. */
export const isManifest = (path: string): boolean => MANIFEST.test(path);

export function readManifest({ repo, path, text }: Source): SourceFacts {
  const found = (path.endsWith('go.mod') ? GO_MODULE : CRATE).exec(text);
  const name = found?.[1];
  if (!found || name === undefined) return { nodes: [], edges: [], diagnostics: [] };
  const id = makeId({ repo, scheme: 'pkg', path: name });
  const at = text.indexOf(name, found.index);
  const span = linesOf(text).span(at, at + name.length);
  return {
    nodes: [{ id, kind: 'Package', name, repo, file: path, span, props: {} }],
    edges: [
      {
        from: makeId({ repo, scheme: 'repo', path: repo }),
        type: 'CONTAINS',
        to: id,
        tier: 'declared',
        confidence: 1,
        sites: [{ line: span.line, col: span.col, file: path }],
      },
    ],
    diagnostics: [],
    keys: [{ key: 'package', id, name, folder: folderOf(path) }],
  };
}
