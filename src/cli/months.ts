import { type Command, InvalidArgumentError } from 'commander';
import { onAlliance } from './command.ts';
import { presentOf } from './open-clock.ts';
import { parts } from './parts.ts';

type Listed = Awaited<ReturnType<Awaited<ReturnType<typeof parts.months>>['listMonths']>>;

/** `alliance months`: the months that order lines and clicks lie in; old ones are put away and brought back. */
export function addMonths(program: Command): void {
  const months = program
    .command('months')
    .description('List the months that order lines, what hangs on them, and clicks lie in.')
    .option('--json', 'print the months as JSON')
    .action((options: { json?: boolean }) =>
      onAlliance(options, async ({ database, terminal }) => {
        const { listMonths } = await parts.months();
        const list = await listMonths(database);
        terminal.answer(list, table(list));
      }),
    );
  months
    .command('detach')
    .description(
      'Put a month away, whose lines are all closed and paid: its tables stay, and nothing reads them.',
    )
    .argument('<month>', 'such as 2025-10', month)
    .action((name: string) =>
      onAlliance({}, async ({ database, terminal }) => {
        const { detachMonth } = await parts.putAwayMonths();
        const { lines } = await detachMonth(database, name, await presentOf(database));
        terminal.answer(
          { month: name, lines },
          `Detached ${name} with ${lines} lines: its tables end in _${name.replace('-', '_')}.`,
        );
      }),
    );
  months
    .command('attach')
    .description('Bring a month back that was detached.')
    .argument('<month>', 'such as 2025-10', month)
    .action((name: string) =>
      onAlliance({}, async ({ database, terminal }) => {
        const { attachMonth } = await parts.putAwayMonths();
        const { lines } = await attachMonth(database, name);
        terminal.answer({ month: name, lines }, `Attached ${name} with ${lines} lines.`);
      }),
    );
}

function table(list: Listed): string {
  const rows = [
    ['month', 'state', 'lines, about', 'rows, about', 'MB'],
    ...list.map(({ month: name, state, lines, rows: count, bytes }) => [
      name ?? '-',
      state,
      String(lines),
      String(count),
      String((bytes + 524_288n) / 1_048_576n),
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: string[]) =>
    row.map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ');
  return rows.map(line).join('\n');
}

function month(text: string): string {
  if (!/^20\d\d-(0[1-9]|1[0-2])$/.test(text))
    throw new InvalidArgumentError('It must be a month like 2025-10.');
  return text;
}
