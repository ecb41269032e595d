import { type Command, InvalidArgumentError } from 'commander';
import { newId } from '../kernel/ids.ts';
import { SetUpError } from '../kernel/set-up-error.ts';
import { onAlliance } from './command.ts';
import { openClock } from './open-clock.ts';
import { parts } from './parts.ts';

interface AdvanceOptions {
  readonly by?: Length;
  readonly to?: Date;
  readonly json?: boolean;
}

interface Length {
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
}

/** `alliance sandbox advance`: moves the clock of a sandbox, also while its server runs. */
export function addSandbox(program: Command): void {
  const sandbox = program.command('sandbox').description('Work with the virtual clock of a sandbox.');
  sandbox
    .command('advance')
    .description('Move the clock forward, and do on the way all that time makes necessary.')
    .option('--by <length>', 'so far, such as 8d, 12h, 30m or 1d12h', toLength)
    .option('--to <time>', 'to this moment, in ISO 8601', toMoment)
    .option('--json', 'print {"fromAt", "now"} as JSON')
    .action((options: AdvanceOptions) =>
      onAlliance({ ...options, sandbox: true }, async ({ config, database, terminal, signal }) => {
        const { readClock, moveClock } = await parts.sandbox();
        if ((await readClock(database)) === undefined) throw notThere();
        const clock = await openClock(config, { database });
        if (clock === undefined) throw notThere();
        try {
          const { by, to } = options;
          const onStop = (): void => signal.throwIfAborted();
          const { fromAt } = await database.transaction((tx) =>
            moveClock(tx, clock, newId(), { by, to }, { onStop }),
          );
          const now = clock.now();
          terminal.answer({ fromAt, now }, `It is ${now.toISOString()} in the sandbox.`);
        } catch (error) {
          const { Refusal } = await import('../graphql/user-errors.ts');
          throw error instanceof Refusal ? new SetUpError(error.message) : error;
        } finally {
          await clock.close();
        }
      }),
    );
}

const notThere = (): SetUpError =>
  new SetUpError('This is no sandbox: start one with "npm start -- --sandbox" first.');

function toLength(text: string): Length {
  const parts = /^(?=.)(?:(\d{1,4})d)?(?:(\d{1,5})h)?(?:(\d{1,6})m)?$/.exec(text);
  if (parts === null) throw new InvalidArgumentError('It must be a length like 8d, 12h, 30m or 1d12h.');
  const [days, hours, minutes] = [1, 2, 3].map((i) => Number(parts[i] ?? 0));
  return { days: days ?? 0, hours: hours ?? 0, minutes: minutes ?? 0 };
}

function toMoment(text: string): Date {
  const time = /^\d{4}-\d\d-\d\dT/.test(text) ? new Date(text) : new Date(Number.NaN);
  if (Number.isNaN(time.getTime()))
    throw new InvalidArgumentError('It must be a time like 2026-11-25T00:00:00Z.');
  return time;
}
