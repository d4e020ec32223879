import type { NodeId } from '../../../../graph/model/id.ts';
import type { CallKey, Expr, LinkKeys, Published } from '../../../keys.ts';
import { evaluatorOf } from '../../evaluate.ts';
import { originOf } from '../../origin.ts';
import { entryOf } from '../dialect.ts';
import { joinPaths, pathText, type PathText } from '../path-text.ts';
import { testModules } from '../../test-modules.ts';
import { lastName } from '../routers.ts';

/** What an application puts before the paths of its controllers. */
export interface NestApplication {
  /** The whole paths of a route with this path and version. */
  paths(path: string, version: Expr | undefined, method: string): readonly PathText[];
}

export interface NestApplications {
  /** The applications that a controller is served by. */
  of(repo: string, file: string, controller: NodeId): readonly NestApplication[];
}

interface Application {
  readonly repo: string;
  readonly file: string;
  prefix?: { readonly text: PathText; readonly exclude: readonly Excluded[] };
  versioning?: { readonly prefix: string; readonly versions: readonly string[] };
}

interface Excluded {
  readonly path: RegExp;
  readonly method?: string;
}

export function nestApplications(keys: LinkKeys): NestApplications {
  const evaluator = evaluatorOf(keys);
  const isTest = testModules(keys);
  const applications: Application[] = [];
  const settings: { readonly call: Published<CallKey>; readonly name: string }[] = [];
  const modules = modulePaths(keys);
  for (const call of keys.of('call')) {
    const { callee } = call.value;
    if (isTest(call.repo, call.file)) continue;
    if (callee.is === 'external' && callee.package === '@nestjs/core' && callee.path.join('.') === 'NestFactory.create') {
      if (!applications.some(({ repo, file }) => repo === call.repo && file === call.file))
        applications.push({ repo: call.repo, file: call.file });
      continue;
    }
    const name = lastName(callee)?.name;
    if (name === 'setGlobalPrefix' || name === 'enableVersioning') settings.push({ call, name });
  }
  for (const { call, name } of settings) {
    const near = nearest(applications, call.repo, call.file);
    if (near.length === 0) applications.push({ repo: call.repo, file: call.file });
    for (const application of nearest(applications, call.repo, call.file)) {
      const args = call.value.args.map(evaluator.reduce);
      if (name === 'setGlobalPrefix' && args[0])
        application.prefix = { text: configured(args[0], keys), exclude: excluded(entryOf(args[1], 'exclude')) };
      else if (name === 'enableVersioning') {
        const versioning = versioningOf(args[0]);
        if (versioning) application.versioning = versioning;
      }
    }
  }

  return {
    of(repo, file, controller) {
      const near = nearest(applications, repo, file);
      const found: readonly Application[] = near.length > 0 ? near : [{ repo, file }];
      return found.map(({ prefix, versioning }) => ({
        paths(path, version, method) {
          const inModule = joinPaths({ text: modules.get(controller) ?? '', certain: true }, { text: path, certain: true });
          const isExcluded = prefix?.exclude.some(
            (each) => each.path.test(normal(inModule.text)) && (each.method === undefined || each.method === method),
          );
          const before = prefix && isExcluded !== true ? prefix.text : { text: '', certain: true };
          return versionsOf(version, versioning).map((each) => [before, { text: each, certain: true }, inModule].reduce(joinPaths));
        },
      }));
    },
  };
}

/** Those whose file shares the most folders with a file. */
function nearest(applications: readonly Application[], repo: string, file: string): readonly Application[] {
  const own = applications.filter((application) => application.repo === repo);
  const shared = (other: string): number => {
    const [a, b] = [other.split('/').slice(0, -1), file.split('/').slice(0, -1)];
    let same = 0;
    while (same < a.length && a[same] === b[same]) same++;
    return same;
  };
  const most = Math.max(0, ...own.map((application) => shared(application.file)));
  return own.filter((application) => shared(application.file) === most);
}

const normal = (path: string): string =>
  `/${path
    .split('/')
    .filter((part) => part !== '')
    .join('/')}`;

function excluded(list: Expr | undefined): readonly Excluded[] {
  return (list?.is === 'list' ? list.items : []).flatMap((item): Excluded[] => {
    const path = item.is === 'text' ? item : entryOf(item, 'path');
    if (path?.is !== 'text') return [];
    const method = entryOf(item, 'method');
    const name = method?.is === 'external' ? method.path.at(-1) : undefined;
    return [{ path: patternOf(path.text), ...(name === undefined || name === 'ALL' ? {} : { method: name }) }];
  });
}

/** `auth/(.*)`, `auth/*path`, `users/:id`. */
function patternOf(path: string): RegExp {
  const parts = normal(path).split(/(\(\.\*\)|\{?\*\w*\}?|:\w+)/);
  const text = parts.map((part) =>
    /^(\(\.\*\)|\{?\*\w*\}?)$/.test(part) ? '.*' : /^:\w+$/.test(part) ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`),
  );
  return new RegExp(`^${text.join('')}$`);
}

/** Versions that are part of the URL; undefined for the other ways to tell them. */
function versioningOf(options: Expr | undefined): Application['versioning'] {
  const type = entryOf(options, 'type');
  const isUri = (type?.is === 'external' && type.path.at(-1) === 'URI') || (type?.is === 'literal' && type.text === '0');
  if (!isUri) return undefined;
  const prefix = entryOf(options, 'prefix');
  return {
    prefix: prefix?.is === 'text' ? prefix.text : prefix?.is === 'literal' && prefix.text === 'false' ? '' : 'v',
    versions: versionTexts(entryOf(options, 'defaultVersion')),
  };
}

function versionsOf(version: Expr | undefined, versioning: Application['versioning']): readonly string[] {
  if (!versioning) return [''];
  const own = version ? versionTexts(version) : versioning.versions;
  return own.length === 0 ? [''] : own.map((each) => (each === '' ? '' : `${versioning.prefix}${each}`));
}

/** Of texts, and of `VERSION_NEUTRAL`, which is none. */
function versionTexts(expr: Expr | undefined): readonly string[] {
  if (!expr) return [];
  if (expr.is === 'list') return expr.items.flatMap(versionTexts);
  if (expr.is === 'text' || expr.is === 'literal') return [expr.text];
  return expr.is === 'external' ? [''] : [];
}

/** A prefix as written, or as the configuration says: `config.getOrThrow('app.apiPrefix')`. */
function configured(expr: Expr, keys: LinkKeys): PathText {
  if (expr.is !== 'call') return pathText(expr, keys);
  const name = lastName(expr.callee)?.name;
  const [key, fallback] = expr.args;
  if ((name !== 'get' && name !== 'getOrThrow') || key?.is !== 'text') return pathText(expr, keys);
  const found = configuredBy(key.text.split('.'), keys);
  const environment = /^[A-Z][A-Z0-9_]*$/.test(key.text)
    ? ({ is: 'environment', name: key.text, ...(fallback ? { fallback } : {}) } as const)
    : undefined;
  return pathText(found ?? environment ?? fallback ?? expr, keys);
}

/** The member of a configuration that `registerAs(namespace, () => ({…}))` or a factory that is loaded makes. */
function configuredBy(path: readonly string[], keys: LinkKeys): Expr | undefined {
  const { reduce } = evaluatorOf(keys);
  const [namespace = '', ...rest] = path;
  for (const { value } of keys.of('call')) {
    const origin = originOf(value.callee);
    const [name, factory] = value.args;
    if (origin?.package !== '@nestjs/config' || origin.steps[0] !== 'registerAs' || name?.is !== 'text' || name.text !== namespace)
      continue;
    const returned = factory?.is === 'function' ? factory.returns : factory && reduce({ is: 'call', callee: factory, args: [] });
    const member = returned && memberOf(reduce(returned), rest);
    if (member) return member;
  }
  for (const { file, value } of keys.of('value')) {
    if (!value.returns || !/config/i.test(file)) continue;
    const member = memberOf(reduce(value.returns), path);
    if (member) return member;
  }
  return undefined;
}

function memberOf(expr: Expr, path: readonly string[]): Expr | undefined {
  let at: Expr | undefined = expr;
  for (const step of path) at = entryOf(at, step);
  return at;
}

/** `RouterModule.register([{ path, module, children }])`: the path of each controller's module. */
function modulePaths(keys: LinkKeys): ReadonlyMap<NodeId, string> {
  const { reduce } = evaluatorOf(keys);
  const byModule = new Map<NodeId, string>();
  const walk = (expr: Expr, before: PathText): void => {
    const list = expr.is === 'declared' ? reduce(expr) : expr;
    for (const item of list.is === 'list' ? list.items : []) {
      const path = entryOf(item, 'path');
      const whole = path ? joinPaths(before, pathText(reduce(path), keys)) : before;
      const module = item.is === 'declared' ? item : entryOf(item, 'module');
      if (module?.is === 'declared') byModule.set(module.id, whole.text);
      const children = entryOf(item, 'children');
      if (children) walk(children, whole);
    }
  };
  for (const { value } of keys.of('call')) {
    const { callee } = value;
    if (callee.is === 'external' && callee.package === '@nestjs/core' && callee.path[0] === 'RouterModule' && value.args[0])
      walk(value.args[0], { text: '', certain: true });
  }
  const found = new Map<NodeId, string>();
  if (byModule.size === 0) return found;
  for (const { value } of keys.of('decorated')) {
    const path =
      value.on === 'class' && value.decorator.is === 'external' && value.decorator.path.at(-1) === 'Module'
        ? byModule.get(value.id)
        : undefined;
    if (path === undefined) continue;
    const controllers = entryOf(value.args[0], 'controllers');
    for (const controller of controllers?.is === 'list' ? controllers.items : [])
      if (controller.is === 'declared') found.set(controller.id, path);
  }
  return found;
}
