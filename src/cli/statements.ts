import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { SetUpError } from '../kernel/set-up-error.ts';
import { onAlliance } from './command.ts';
import { presentOf } from './open-clock.ts';
import { parts } from './parts.ts';

/** `alliance statements`: makes the statements of the months that are over; `alliance statement`: gives one out. */
export function addStatements(program: Command): void {
  program
    .command('statements')
    .description(
      'Make the statements of every month that is over; safe to run again, and in several processes.',
    )
    .option('--month <month>', 'make no later month than this, such as 2026-07', month)
    .option('--json', 'print how many were made and which months are complete as JSON')
    .action((options: { month?: string; json?: boolean }) =>
      onAlliance(options, async ({ database, terminal, signal }) => {
        const { makeStatements } = await parts.statements();
        const { onProgress } = terminal;
        const made = await makeStatements(database, {
          month: options.month,
          now: await presentOf(database),
          onProgress,
          signal,
        });
        const months = made.months.length === 0 ? 'No further month' : made.months.join(', ');
        terminal.answer(made, `Made ${made.statements} statements. Completed: ${months}.`);
      }),
    );
  addStatement(program);
}

interface OneOptions {
  readonly csv?: boolean;
  readonly orderLines?: boolean;
  readonly json?: boolean;
  readonly out?: string;
}

function addStatement(program: Command): void {
  program
    .command('statement')
    .description('Give a statement out by its number, as CSV or JSON.')
    .argument('<number>', 'such as GA-2026-07-000123')
    .option('--csv', 'a row for each line')
    .option('--order-lines', 'a row for each order line behind it, as CSV')
    .option('--json', 'all figures, their hash and all lines as JSON')
    .option('--out <file>', 'write it to this file instead of standard output')
    .action((number: string, options: OneOptions) => {
      const form = formOf(options);
      return onAlliance({ json: true }, async ({ database }) => {
        const { openFile, readStatement } = await parts.statements();
        const whole = await readStatement(database, number);
        if (whole === undefined) throw new SetUpError(`There is no statement ${number}.`);
        // The page is not given out here, and only it has links.
        const links = { csv: '', orderLinesCsv: '', json: '', timeZone: 'UTC' };
        const { content } = openFile(database, whole, form, links);
        if (options.out === undefined) await pipeline(content, process.stdout, { end: false });
        else await pipeline(content, createWriteStream(options.out));
      });
    });
}

function formOf({ csv, orderLines, json }: OneOptions): 'csv' | 'lines.csv' | 'json' {
  const forms = [csv && 'csv', orderLines && 'lines.csv', json && 'json'].filter(
    (form) => form !== undefined,
  );
  const [form] = forms as ('csv' | 'lines.csv' | 'json')[];
  if (form === undefined || forms.length > 1)
    throw new SetUpError('Say one of --csv, --order-lines and --json.');
  return form;
}

function month(text: string): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text))
    throw new InvalidArgumentError('It must be a month like 2026-07.');
  return text;
}
