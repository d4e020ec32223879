import { compare } from '../../../graph/model/edge.ts';
import type { Grounding, Plan, StepContext } from '../model.ts';

/** How the TypeScript of a system is written. */
export interface CodeStyle {
  readonly files: 'kebab' | 'camel' | 'pascal' | 'snake';
  /** `orders.service.ts`, not `orders-service.ts`. */
  readonly hasDottedRoles: boolean;
  /** What imports of files of its own end in. */
  readonly extension: '.ts' | '.js' | '';
  readonly units: 'class' | 'functions';
  /** Folder that the new code goes to; undefined where nothing tells. */
  readonly folder: string | undefined;
  readonly testFramework: string | undefined;
}

/** Files that are read for how they import. */
const MOST_READ = 40;
const IMPORTS = /\bfrom\s+(['"])(\.{1,2}\/[^'"\n]{1,300})\1/g;

/** The style of the code nearest to the feature, then of all of the repository; the usual one where there is none. */
export async function codeStyle({ graph: { reader }, repo }: StepContext, grounding: Grounding, plan: Plan): Promise<CodeStyle> {
  const modules = (await reader.find({ kinds: ['Module'], repo }, { limit: 5000 })).flatMap(({ file, ...node }) =>
    node.kind === 'Module' && file !== undefined && /\.[cm]?tsx?$/.test(file) && !/\.d\.[cm]?ts$/.test(file) ? [file] : [],
  );
  const near = [...new Set(grounding.things.filter(({ role }) => role === 'code').map(({ evidence }) => evidence.file))].filter((file) =>
    modules.includes(file),
  );
  const read = [...new Set([...near, ...modules.toSorted(compare)])].slice(0, MOST_READ);
  const counts = { '.ts': 0, '.js': 0, '': 0 };
  for (const file of read) {
    const text = (await reader.text(repo, file))?.text ?? '';
    for (const [, , path = ''] of text.matchAll(IMPORTS))
      counts[/\.[cm]?tsx?$/.test(path) ? '.ts' : /\.[cm]?jsx?$/.test(path) ? '.js' : '']++;
  }
  const names = modules.map((file) => file.slice(file.lastIndexOf('/') + 1).replace(/\.[cm]?tsx?$/, ''));
  const count = (form: RegExp): number => names.filter((name) => form.test(name)).length;
  const forms = [
    ['kebab', count(/^[a-z0-9]+(?:-[a-z0-9]+)+(?:\.[\w-]+)?$/)],
    ['camel', count(/^[a-z][a-z0-9]*(?:[A-Z][a-z0-9]*)+(?:\.[\w-]+)?$/)],
    ['pascal', count(/^(?:[A-Z][a-z0-9]+){2,}(?:\.[\w-]+)?$/)],
    ['snake', count(/^[a-z0-9]+(?:_[a-z0-9]+)+(?:\.[\w-]+)?$/)],
  ] as const;
  const services = await reader.find({ kinds: ['Class', 'Function'], repo }, { limit: 10_000 });
  const classes = services.filter(
    (node) => node.kind === 'Class' && /(?:Service|UseCase|Handler|Controller|Interactor)$/.test(node.name),
  ).length;
  const functions = services.filter((node) => node.kind === 'Function' && node.props.exported === true).length;
  const [test] = await reader.find({ kinds: ['TestFile'], repo }, { limit: 1 });
  return {
    files: forms.reduce((best, form) => (form[1] > best[1] ? form : best))[0],
    hasDottedRoles: count(/\.(?:service|controller|module|repository|handler)$/) * 10 >= names.length && names.length > 0,
    extension: counts['.ts'] > counts['.js'] && counts['.ts'] >= counts[''] ? '.ts' : counts[''] > counts['.js'] ? '' : '.js',
    units: classes > 0 || functions === 0 ? 'class' : 'functions',
    folder: folderOf(plan, near),
    // Files with global functions may be of any framework.
    testFramework: test?.kind === 'TestFile' && test.props.framework !== 'globals' ? test.props.framework : undefined,
  };
}

/** Where the plan puts new code, else where the nearest code is. */
function folderOf({ tasks }: Plan, near: readonly string[]): string | undefined {
  const planned = tasks.flatMap(({ kind, ownedFiles }) =>
    kind === 'code' ? ownedFiles.filter(({ isNew, path }) => isNew && /\.tsx?$/.test(path)) : [],
  )[0]?.path;
  const file = planned ?? near[0];
  return file === undefined ? undefined : file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.';
}
