import type { Command } from 'commander';
import { PlatformError } from '../../../graph/errors.ts';
import type { StoredDiagnostic } from '../../../graph/store/store.ts';
import type { System } from '../../system.ts';
import { JSON_OPTION, STORE_OPTION, toJson, type CliContext, type StoreOption } from '../context.ts';
import { visible } from '../../visible.ts';
import { bold, columns, count, dim, paintEffect } from '../style.ts';

const LEAST_NODE = [20, 19] as const;
const PAGE = 1000;
const SHOWN = 50;

interface Options extends StoreOption {
  readonly all?: boolean;
  readonly json?: boolean;
}

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly message: string;
}

export function addDoctor(program: Command, context: CliContext): void {
  program
    .command('doctor')
    .description('check the installation and the store, and list what could not be understood')
    .option('--all', 'list every diagnostic')
    .option(...STORE_OPTION)
    .option(...JSON_OPTION)
    .action(({ all = false, json, ...store }: Options) =>
      context.withSystem(store, async (system) => {
        const found = await checkStore(system);
        const checks = [checkNode(), found.check];
        const diagnostics = found.check.ok ? await readDiagnostics(system, all || json ? Infinity : SHOWN) : [];
        if (json) context.print(toJson({ checks, diagnostics }));
        else context.print(`${columns(checks.map(renderCheck), '')}${renderDiagnostics(diagnostics, found.diagnostics)}`);
        if (checks.some(({ ok }) => !ok)) context.fail(1);
      }),
    );
}

function checkNode(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
  return {
    name: 'Node.js',
    ok,
    message: ok ? process.versions.node : `${process.versions.node} is too old: use ${LEAST_NODE.join('.')} or newer`,
  };
}

async function checkStore(system: System): Promise<{ readonly check: Check; readonly diagnostics: number }> {
  try {
    const { generation, nodes, diagnostics } = await system.stats();
    const total = Object.values(nodes).reduce((sum, n) => sum + n, 0);
    const message = `${system.location}, generation ${generation}, ${count(nodes.Repository ?? 0, 'repository', 'repositories')}, ${count(total, 'node')}`;
    return { check: { name: 'Store', ok: true, message }, diagnostics };
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    return { check: { name: 'Store', ok: false, message: error.message }, diagnostics: 0 };
  }
}

async function readDiagnostics(system: System, most: number): Promise<readonly StoredDiagnostic[]> {
  const found: StoredDiagnostic[] = [];
  while (found.length < most) {
    const page = await system.diagnostics({
      limit: Math.min(PAGE, most - found.length),
      ...(found.length === 0 ? {} : { after: String(found.length) }),
    });
    found.push(...page);
    if (page.length < PAGE) break;
  }
  return found;
}

const renderCheck = ({ name, ok, message }: Check): readonly string[] => [
  paintEffect(ok ? 'compatible' : 'breaking', ok ? '✓' : '✗'),
  name,
  visible(message),
];

function renderDiagnostics(diagnostics: readonly StoredDiagnostic[], total: number): string {
  if (total === 0) return '\nEverything that was read was understood.\n';
  const rows = diagnostics.map(({ file, span, severity, code, message }) => [
    visible(file === undefined ? '' : span ? `${file}:${span.line}:${span.col}` : file),
    severity,
    `${visible(message)} ${dim(`[${code}]`)}`,
  ]);
  const more = total > diagnostics.length ? dim(`  … and ${total - diagnostics.length} more (--all shows them)\n`) : '';
  return `\n${bold(count(total, 'diagnostic'))}\n${columns(rows)}${more}`;
}
