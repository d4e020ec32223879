import { parseId } from '../../graph/model/id.ts';
import type { Linker } from './linker.ts';
import { createLinks } from './links.ts';

/** Adds to modules how often they changed and who changed them. A module that is gone is none, whatever was changed. */
export const historyLinker: Linker = {
  name: 'history',
  link(repo, keys) {
    const links = createLinks();
    const modules = new Set(keys.of('declares').flatMap((key) => (key.repo === repo ? [key.value.module] : [])));
    for (const { repo: at, value } of keys.of('history')) {
      const file = parseId(value.module)?.path;
      if (at !== repo || file === undefined || !modules.has(value.module)) continue;
      const { changes, authors } = value;
      // The worker of its language says all the rest.
      links.node({
        id: value.module,
        kind: 'Module',
        name: file.slice(file.lastIndexOf('/') + 1),
        repo,
        file,
        props: { language: file.slice(file.lastIndexOf('.') + 1), changes, authors: [...authors] },
      });
    }
    return links.done();
  },
};
