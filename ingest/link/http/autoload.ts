import { posix } from 'node:path';
import { parseId } from '../../../graph/model/id.ts';
import type { Expr } from '../../keys.ts';
import { entryOf } from './dialect.ts';

/** The folder, as written, of which `@fastify/autoload` registers every plugin; undefined for other plugins. */
export function autoloaded(plugin: Expr, options: Expr | undefined): string | undefined {
  if (plugin.is !== 'external' || !/^(@fastify\/autoload|fastify-autoload)$/.test(plugin.package)) return undefined;
  const folder = entryOf(options, 'dir');
  return folder && writtenPath(folder);
}

/** `join(__dirname, 'routes')`, `` `${here}/routes` ``, `fileURLToPath(new URL('routes', import.meta.url))`. */
function writtenPath(expr: Expr): string | undefined {
  switch (expr.is) {
    case 'text':
      return expr.text;
    case 'join': {
      const last = expr.parts.at(-1);
      return last?.is === 'text' ? last.text.replace(/^\//, '') : undefined;
    }
    case 'call': {
      const texts = expr.args.flatMap((argument) =>
        argument.is === 'text' || argument.is === 'call' ? (writtenPath(argument) ?? []) : [],
      );
      return texts.length > 0 ? texts.join('/') : undefined;
    }
    default:
      return undefined;
  }
}

/** A folder as seen from a file, with a slash at its end. */
export const joinFolders = (file: string, folder: string): string => `${posix.join(posix.dirname(file), folder)}/`.replace(/^\.\//, '');

/** The file in which a router stands that is a parameter of a function. */
export function moduleOf(key: string): { readonly repo: string | undefined; readonly path: string } | undefined {
  const match = /^(?:parameter|function) (.+?)(?::\d+)? 0 ?$/.exec(key);
  const parts = match ? parseId(match[1]!) : undefined;
  return parts?.scheme === 'code' ? { repo: parts.repo, path: parts.path } : undefined;
}

/** What autoload puts before the routes of a file: its folders, of which `_id` is a parameter. Hooks have no routes. */
export function autoloadPrefix(path: string): string | undefined {
  if (/(^|\/)\.?autohooks\.[cm]?[jt]s$/.test(path)) return undefined;
  const folders = path.split('/').slice(0, -1);
  return folders.map((folder) => folder.replace(/^_+/, ':')).join('/');
}
