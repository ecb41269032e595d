import { statSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { SetUpError } from '../kernel/set-up-error.ts';
import { onAlliance } from './command.ts';
import { parts } from './parts.ts';

/** `alliance replay online-retail`: sends real orders through the intake. */
export function addReplay(program: Command): void {
  program
    .command('replay')
    .description('Send the orders of a real shop through the same intake as any order.')
    .command('online-retail')
    .description(
      'The UCI data set "Online Retail" (541,909 rows); safe to run again, which then changes nothing.',
    )
    .argument('<file.csv.gz>', 'the data set as gzipped CSV')
    .option('--rows <N>', 'stop after so many rows', wholeNumber)
    .option('--settle', 'run the midnights of the data, too, each settling what is due by then')
    .option('--json', 'print the figures as JSON, in pence')
    .action((file: string, options: { rows?: number; settle?: boolean; json?: boolean }) => {
      refuseMissing(file);
      return onAlliance(options, async ({ database, terminal }) => {
        const { replayOnlineRetail } = await parts.replay();
        const figures = await replayOnlineRetail(database, file, {
          rows: options.rows,
          settle: options.settle,
          onProgress: terminal.onProgress,
        });
        // So that what is asked next of the figures of brands and creators, or proves them, finds them counted.
        await (await parts.insight()).countInsight(database, new Date());
        terminal.answer(figures, describe(figures));
      });
    });
}

function describe(figures: object): string {
  return Object.entries(figures)
    .map(
      ([name, value]) =>
        `${name}: ${typeof value === 'object' ? describe(value).replaceAll('\n', ', ') : value}`,
    )
    .join('\n');
}

function refuseMissing(file: string): void {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new SetUpError(`There is no file ${file}.`);
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return Number(text);
}
