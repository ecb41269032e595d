import 'reflect-metadata';
import { Command } from 'commander';
import { runData, runGrowth, runIntake, runMemory, runReads } from './commands.ts';
import { runSettle } from './settle.ts';

/** `npm run bench`: see docs/benchmark.md. */
const program = new Command('npm run bench --')
  .description(
    'Measures the alliance against hand-written SQL, PostGraphile 5 and a plain server, on one database. Without a ' +
      'command: the three reading operations on the small data.',
  )
  .showHelpAfterError()
  .showSuggestionAfterError()
  .addHelpText(
    'after',
    `
The data is made at the first run and kept: in .alliance-bench (or ALLIANCE_BENCH_DIR) by the embedded PostgreSQL, or in
databases named bench_* beside that of DATABASE_URL. The peers' packages are fetched into test/bench/node_modules at the
first run; npm ci --prefix test/bench does the same. Options of a command stand behind it: npm run bench -- reads --help.`,
  );

const PUBLISHES = 'write the figures into docs/benchmark';
const list = (text: string): string[] => text.split(',');
const numbers = (text: string): number[] => text.split(',').map(Number);

program
  .command('reads', { isDefault: true })
  .description('pool page, creator earnings and agency view, by every contender in turn')
  .option('--size <size>', 'tiny, tenth, small or large', 'small')
  .option('--rounds <number>', 'rounds', Number, 5)
  .option('--seconds <number>', 'seconds of one measurement', Number, 5)
  .option('--concurrency <numbers>', 'callers at once, by commas', numbers, [1, 16, 64])
  .option('--operations <names>', 'poolPage, creatorEarnings, agencyView; all when left out', list, [])
  .option(
    '--contenders <names>',
    'alliance, graphql-js, raw, postgraphile, plain; all when left out',
    list,
    [],
  )
  .option('--publish', PUBLISHES, false)
  .option('--strict', 'exit with 1 when a goal is missed', false)
  .option('--json', 'print the results as JSON', false)
  .action(runReads);

program
  .command('growth')
  .description('the same operations of this server on small and on large data, and how p50 and p99 grow')
  .option('--from <size>', 'the smaller data', 'small')
  .option('--to <size>', 'the larger data', 'large')
  .option('--rounds <number>', 'rounds', Number, 5)
  .option('--seconds <number>', 'seconds of one measurement', Number, 5)
  .option('--concurrency <numbers>', 'callers at once, by commas', numbers, [1, 16])
  .option('--publish', PUBLISHES, false)
  .option('--strict', 'exit with 1 when a goal is missed', false)
  .option('--json', 'print the results as JSON', false)
  .action(runGrowth);

program
  .command('memory')
  .description('the resident memory of this server under load, from the first to the last minute')
  .option('--size <size>', 'tiny, tenth, small or large', 'small')
  .option('--minutes <number>', 'how long', Number, 10)
  .option('--concurrency <number>', 'callers at once', Number, 64)
  .option('--publish', PUBLISHES, false)
  .option('--strict', 'exit with 1 when a goal is missed', false)
  .option('--json', 'print the results as JSON', false)
  .action(runMemory);

program
  .command('intake')
  .description('order events by the API, singly and by the thousand, against bare inserts of the same rows')
  .option('--size <size>', 'tiny, tenth, small or large', 'small')
  .option('--seconds <number>', 'seconds of one measurement', Number, 10)
  .option('--publish', PUBLISHES, false)
  .option('--strict', 'exit with 1 when a goal is missed', false)
  .option('--json', 'print the results as JSON', false)
  .action(runIntake);

program
  .command('settle')
  .description('settlement by worker processes, beside one bare INSERT … SELECT of the sums')
  .option('--lines <number>', 'lines that are due', '1000000')
  .option('--workers <numbers>', 'worker processes, by commas', '2')
  .action(runSettle);

program
  .command('data')
  .description('only make the data')
  .argument('<size>', 'tiny, tenth, small or large')
  .action(runData);

await program.parseAsync();
