import { type Command, InvalidArgumentError } from 'commander';
import { onAlliance } from './command.ts';
import { presentOf } from './open-clock.ts';
import { parts } from './parts.ts';

/** `alliance settle`: settles what is due, as the worker does every hour. */
export function addSettle(program: Command): void {
  program
    .command('settle')
    .description('Settle every line that is due, each once; it may be stopped at any moment and run again.')
    .option('--as-of <time>', 'settle what is due by then, in ISO 8601; now when left out', moment)
    .option('--json', 'print the lines, batches and amounts (minor units by currency) as JSON')
    .action(({ asOf: given, json }: { asOf?: Date; json?: boolean }) =>
      onAlliance({ json }, async ({ database, terminal, signal }) => {
        const { runAmounts, settleDue } = await parts.settlement();
        const now = await presentOf(database);
        const asOf = given ?? now;
        const run = await settleDue(database, { asOf, now, signal, onProgress: terminal.onProgress });
        const amounts = await runAmounts(database, run.runId);
        terminal.answer({ asOf, ...run, amounts }, describe(run, amounts));
      }),
    );
}

type Settlement = Awaited<ReturnType<typeof parts.settlement>>;
type Run = Awaited<ReturnType<Settlement['settleDue']>>;
type Amounts = Awaited<ReturnType<Settlement['runAmounts']>>;

function describe({ lines, batches }: Run, amounts: Amounts): string {
  if (lines === 0) return 'No line is due.';
  const sums = Object.entries(amounts).map(
    ([currency, { payeesMinor, feesMinor, reservesMinor }]) =>
      `${currency}, in minor units: ${payeesMinor} to payees, of which ${reservesMinor} are kept back; ${feesMinor} in fees.`,
  );
  return [`Settled ${lines} lines in ${batches} batches.`, ...sums].join('\n');
}

function moment(text: string): Date {
  const time = /^\d{4}-\d\d-\d\d(T.*)?$/.test(text) ? new Date(text) : new Date(Number.NaN);
  if (Number.isNaN(time.getTime())) {
    throw new InvalidArgumentError('It must be a time like 2026-11-25T00:00:00Z.');
  }
  return time;
}
