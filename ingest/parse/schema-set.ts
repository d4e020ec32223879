/** Where a file that describes a database stands in the story that such files tell together. */
export interface SchemaPlace {
  /** Files of one set describe one database. */
  readonly set: string;
  /** Sorts by code unit, schema files before migrations. */
  readonly order: string;
  readonly migration: boolean;
  /** It undoes a migration, or only checks one: nothing of it is applied. */
  readonly undo: boolean;
  /** Kind of database, where a folder or the file's name says so. */
  readonly technology?: string;
}

/** Folders below which a project keeps what concerns its database: what stands above them is the project. */
const DATA_FOLDER =
  /^(?:db|dbs|database|databases|data|prisma|migrations?|migrate|sql|schemas?|ddl|drizzle|supabase|flyway|liquibase|sqitch|deploy|revert|verify|knex|src|resources|scripts|docker|initdb|docker-entrypoint-initdb\.d|postgres(?:ql)?|pg|mysql|mariadb|sqlite3?|mssql|sqlserver)$/i;
const MIGRATION_FOLDER = /^(?:.*[-_.])?(?:migrations?|migrate|changelogs?|changesets?|drizzle|deploy|patches|upgrades?|versions)$/i;
const FLYWAY = /^([VBR])([\d._]*)__/;
/** A number of at least three digits, or a date, before a name. */
const NUMBERED = /^(?:\d{3,}|\d{4}-\d{2}-\d{2})(?:[-_.T]|$)/;
const MARKED = /^\s*--\s*(?:\+goose|\+migrate|migrate:|liquibase formatted|@up|up migration)/im;
const UNDO_NAME = /(?:^|[-_.])(?:down|undo|rollback|revert)(?:\.sql)?$/i;
const UNDO_FOLDER = /^(?:down|undo|rollbacks?|revert|verify)$/i;

const TECHNOLOGIES: readonly (readonly [RegExp, string])[] = [
  [/^(?:postgres(?:ql)?|pg|pgsql)$/i, 'postgresql'],
  [/^(?:mysql|mariadb)$/i, 'mysql'],
  [/^sqlite3?$/i, 'sqlite'],
  [/^(?:mssql|sqlserver)$/i, 'sqlserver'],
];

export function schemaPlace(path: string, text: string): SchemaPlace {
  const folders = path.split('/');
  const file = folders.pop() ?? '';
  const base = file.replace(/\.\w+$/, '');
  const technology = [...folders, ...base.split(/[-_.]/)].flatMap(
    (part) => TECHNOLOGIES.find(([pattern]) => pattern.test(part))?.[1] ?? [],
  )[0];
  const below = folders.findIndex((folder) => DATA_FOLDER.test(folder) || MIGRATION_FOLDER.test(folder));
  const project = (below < 0 ? folders : folders.slice(0, below)).join('/');
  const migration =
    !file.endsWith('.prisma') &&
    (folders.some((folder) => MIGRATION_FOLDER.test(folder)) ||
      FLYWAY.test(base) ||
      NUMBERED.test(base) ||
      MARKED.test(text.slice(0, 5000)));
  // prisma/migrations/20240101120000_init/migration.sql: the folder has the version.
  const named = /^(?:migration|up|down|index)$/i.test(base) ? (folders.at(-1) ?? base) : base;
  return {
    set: technology === undefined ? project : `${project}#${technology}`,
    order: migration ? `1 ${versionOf(named)} ${path}` : `0 ${natural(path)}`,
    migration,
    undo: UNDO_NAME.test(base) || /^U[\d._]+__/.test(base) || folders.some((folder) => UNDO_FOLDER.test(folder)),
    ...(technology === undefined ? {} : { technology }),
  };
}

/** Digits such that numbers sort as numbers. */
const natural = (text: string): string => text.replaceAll(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, '').padStart(20, '0'));

function versionOf(name: string): string {
  const flyway = FLYWAY.exec(name);
  if (!flyway) return natural(name);
  // Repeatable migrations come last; V1 before V1.1, whatever is between the numbers.
  return flyway[1] === 'R' ? `~${natural(name)}` : natural((flyway[2] ?? '').replaceAll(/[._]+/g, '.').replace(/\.$/, ''));
}

const DOWN = /^[ \t]*--[ \t/]*(?:\+\w+[ \t]+|migrate:|@)?[ \t]*(?:down|undo|rollback)(?:[ \t]+migration)?[ \t]*(?:script)?[-\s]*$/i;
const UP = /^[ \t]*--[ \t/]*(?:\+\w+[ \t]+|migrate:|@)?[ \t]*up(?:[ \t]+migration)?\b[^a-z]*/i;

/** The text with sections that undo a migration blanked out, so that offsets stay what they are. */
export function withoutUndo(text: string): string {
  if (!/^[ \t]*--.*(?:down|undo|rollback)/im.test(text)) return text;
  let undoing = false;
  return text
    .split('\n')
    .map((line) => {
      if (DOWN.test(line) || /^[ \t]*--[ \t]*(?:\+\w+[ \t]+|migrate:)down\b/i.test(line)) undoing = true;
      else if (UP.test(line)) undoing = false;
      return undoing ? line.replaceAll(/[^\r]/g, ' ') : line;
    })
    .join('\n');
}
