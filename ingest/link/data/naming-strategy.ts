import type { Expr, LinkKeys } from '../../keys.ts';

const DEEPEST = 6;

/** Repositories whose ORM is told to write names in snake case: `namingStrategy: new SnakeNamingStrategy()`, `casing: 'snake_case'`. */
export function snakeRepos(keys: LinkKeys): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (repo: string, expr: Expr | undefined): void => {
    if (expr && !found.has(repo) && tells(expr, 0)) found.add(repo);
  };
  for (const { repo, value } of keys.of('call')) for (const argument of value.args) look(repo, argument);
  for (const { repo, value } of keys.of('decorated')) if (value.on === 'class') for (const argument of value.args) look(repo, argument);
  for (const { repo, value } of keys.of('value')) {
    look(repo, value.value);
    look(repo, value.returns);
  }
  return found;
}

function tells(expr: Expr, depth: number): boolean {
  if (depth > DEEPEST) return false;
  switch (expr.is) {
    case 'object':
      return Object.entries(expr.entries).some(([name, entry]) =>
        name === 'namingStrategy'
          ? namesSnake(entry)
          : (name === 'casing' && entry.is === 'text' && entry.text === 'snake_case') ||
            (name === 'underscored' && entry.is === 'literal' && entry.text === 'true' && depth > 0) ||
            tells(entry, depth + 1),
      );
    case 'list':
      return expr.items.some((item) => tells(item, depth + 1));
    case 'call':
      return expr.args.some((argument) => tells(argument, depth + 1));
    default:
      return false;
  }
}

function namesSnake(expr: Expr): boolean {
  if (expr.is === 'call') return namesSnake(expr.callee);
  if (expr.is === 'declared') return /snake/i.test(expr.id);
  return expr.is === 'external' && expr.path.some((step) => /snake/i.test(step));
}
