import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'autocannon';
import type { Running } from './contenders.ts';
import type { Shot } from './shots.ts';

/** What one contender did with one operation at one concurrency in one round. */
export interface Measured {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMsPerRequest: number;
  readonly rssMb: number;
  readonly requests: number;
}

export interface Load {
  /** So many callers, each again as soon as it has its answer. */
  readonly connections: number;
  readonly seconds: number;
}

const PATIENCE_S = 30;
/** Callers begin at places of the list that are so far apart, so that they do not all ask the same at once. */
const APART = 7;

const LONGEST_S = 60;

/**
 * Callers load for so long before anything counts: those who begin at the same moment get their first answers at the same moment
 * too, and what is under way at the end is not counted, so that without it whoever answers many at once would seem slower.
 */
const LEAD_S = 2;
/** And they go on for a while after, so that the last answer that counts was under load too. */
const TAIL_S = 1;
/** How much longer a measurement takes than what of it counts. */
export const AROUND_S = LEAD_S + TAIL_S;

/** Loads a contender with shots, over and over; longer when nothing was answered yet. Throws for an answer with errors. */
export async function measure(running: Running, shots: readonly Shot[], load: Load): Promise<Measured> {
  for (let { seconds } = load; ; seconds *= 2) {
    const measured = await measureOnce(running, shots, { ...load, seconds });
    if (measured !== undefined) return measured;
    if (seconds * 2 > LONGEST_S)
      throw new Error(`${running.contender.name} has answered nothing in ${seconds} seconds.`);
  }
}

async function measureOnce(
  running: Running,
  shots: readonly Shot[],
  { connections, seconds }: Load,
): Promise<Measured | undefined> {
  const { default: autocannon } = await import('autocannon');
  const requests = shots.map(({ body, headers }) => ({ method: 'POST', body, headers }));
  let callers = 0;
  let wrong: string | undefined;
  // autocannon's own histogram has whole milliseconds only.
  const times: number[] = [];
  const span = { began: Number.POSITIVE_INFINITY, ended: Number.POSITIVE_INFINITY };
  const used = usageOf(running, span, seconds);
  const instance = autocannon({
    url: running.url,
    connections,
    duration: LEAD_S + seconds + TAIL_S,
    timeout: PATIENCE_S,
    requests,
    setupClient: (client: Client) => {
      const from = (callers++ * APART) % requests.length;
      client.setRequests([...requests.slice(from), ...requests.slice(0, from)].map((each) => ({ ...each })));
    },
    verifyBody: (body: string | Buffer) => {
      const text = String(body);
      const isRight = text.startsWith('{"data":') && !text.includes('"errors":');
      if (!isRight) wrong ??= text.slice(0, 500);
      return isRight;
    },
  });
  instance.on('response', (_client: Client, _status: number, _bytes: number, ms: number) => {
    const now = performance.now();
    if (now >= span.began && now < span.ended) times.push(ms);
  });
  const [{ errors, timeouts, non2xx }, { cpuMs, rssMb }] = await Promise.all([instance, used]);
  if (wrong !== undefined || errors + timeouts + non2xx > 0) {
    const faults = JSON.stringify({ errors, timeouts, non2xx });
    throw new Error(`${running.contender.name} does not answer as it should: ${faults} ${wrong ?? ''}`);
  }
  if (times.length === 0) return undefined;
  return {
    perSecond: (times.length * 1000) / (span.ended - span.began),
    p50Ms: percentile(times, 50),
    p99Ms: percentile(times, 99),
    cpuMsPerRequest: cpuMs / times.length,
    rssMb,
    requests: times.length,
  };
}

/** Marks when counting begins and ends, and says what the contender has used between. */
async function usageOf(running: Running, span: { began: number; ended: number }, seconds: number) {
  await sleep(LEAD_S * 1000);
  const before = await running.usage();
  span.began = performance.now();
  await sleep(seconds * 1000);
  span.ended = performance.now();
  const { cpuMs, rssMb } = await running.usage();
  return { cpuMs: cpuMs - before.cpuMs, rssMb };
}

/** The time below which so many of a hundred lie. */
export function percentile(times: readonly number[], percent: number): number {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
