import type { Terminal } from '../../src/cli/terminal.ts';
import { CONTENDERS } from './contenders.ts';
import type { World } from './data.ts';
import type { Goal } from './goals.ts';
import { AROUND_S, measure } from './measure.ts';
import { OPERATION_NAMES } from './operations.ts';
import { withArmed } from './reads.ts';

/** The most memory that a minute has seen, and how much was answered in it. */
export interface Minute {
  readonly rssMb: number;
  readonly perSecond: number;
}

const MOST_MB = 300;
/** Beyond this it is growth, and not the garbage of the moment. */
const MOST_GROWTH = 1.1;
const REQUESTS_EACH = 64;
/** So long one operation is asked for before the next one. */
const SLICE_SECONDS = 10;

/** Has this server answer all three operations in turn, a few seconds each, and looks at its memory after each. */
export function watchMemory(
  world: World,
  { minutes, concurrency }: { minutes: number; concurrency: number },
  terminal: Terminal,
): Promise<Minute[]> {
  const ours = CONTENDERS.filter(({ name }) => name === 'alliance');
  return withArmed(ours, world, REQUESTS_EACH, async ([armed]) => {
    if (armed === undefined) throw new Error('The server is not there.');
    const slices = 60 / SLICE_SECONDS;
    const seen: Minute[] = [];
    for (let minute = 0; minute < minutes; minute++) {
      let [rssMb, requests, seconds] = [0, 0, 0];
      for (let slice = 0; slice < slices; slice++) {
        const operation = OPERATION_NAMES[slice % OPERATION_NAMES.length] ?? 'poolPage';
        const load = { connections: concurrency, seconds: SLICE_SECONDS - AROUND_S };
        const measured = await measure(armed.running, armed.shots[operation], load);
        rssMb = Math.max(rssMb, measured.rssMb);
        requests += measured.requests;
        seconds += load.seconds;
        terminal.onProgress({
          step: 'Under load',
          done: minute * slices + slice + 1,
          total: minutes * slices,
        });
      }
      seen.push({ rssMb, perSecond: requests / seconds });
    }
    terminal.endProgress();
    return seen;
  });
}

export function memoryGoals(minutes: readonly Minute[]): Goal[] {
  const [first, last] = [minutes[0], minutes.at(-1)];
  if (first === undefined || last === undefined) return [];
  return [
    {
      what: 'the most resident memory, in MB',
      measured: Math.max(...minutes.map(({ rssMb }) => rssMb)),
      bound: 'at most',
      wanted: MOST_MB,
    },
    {
      what: 'the last minute of the first',
      measured: last.rssMb / first.rssMb,
      bound: 'at most',
      wanted: MOST_GROWTH,
    },
  ];
}
