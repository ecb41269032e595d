import { Command } from 'commander';
import { addMigrate } from './migrate.ts';
import { addMonths } from './months.ts';
import { addOperator } from './operator.ts';
import { addReconcile } from './reconcile.ts';
import { addReplay } from './replay.ts';
import { reportFailure } from './report-failure.ts';
import { addSandbox } from './sandbox.ts';
import { addSchema } from './schema.ts';
import { addSeed } from './seed.ts';
import { addServe } from './serve.ts';
import { addSettle } from './settle.ts';
import { addSimulate } from './simulate.ts';
import { addStatements } from './statements.ts';
import { describeVariables } from './variables.ts';
import { addVerify } from './verify.ts';
import { addWorker } from './worker.ts';

/** Runs `alliance` with these arguments and leaves the exit code in the process. */
export async function run(args: string[]): Promise<void> {
  const program = new Command('alliance')
    .description('Run and inspect a goods alliance.')
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText('after', () => `\n${describeVariables()}`);
  for (const add of [
    addServe,
    addWorker,
    addMigrate,
    addMonths,
    addSeed,
    addOperator,
    addReconcile,
    addReplay,
    addSandbox,
    addSchema,
    addSettle,
    addSimulate,
    addStatements,
    addVerify,
  ])
    add(program);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    const code = await reportFailure(error, args.includes('--json'));
    process.exitCode = code;
    // After an interruption the work that was left lying may keep the process alive.
    if (code > 128) process.exit(code);
  }
}
