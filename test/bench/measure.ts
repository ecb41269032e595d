import { performance } from 'node:perf_hooks';
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
  const before = await running.usage();
  const began = performance.now();
  let ended = began;
  const instance = autocannon({
    url: running.url,
    connections,
    duration: seconds,
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
    ended = performance.now();
    times.push(ms);
  });
  const { errors, timeouts, non2xx } = await instance;
  const after = await running.usage();
  if (wrong !== undefined || errors + timeouts + non2xx > 0) {
    const faults = JSON.stringify({ errors, timeouts, non2xx });
    throw new Error(`${running.contender.name} does not answer as it should: ${faults} ${wrong ?? ''}`);
  }
  if (times.length === 0) return undefined;
  return {
    perSecond: (times.length * 1000) / (ended - began),
    p50Ms: percentile(times, 50),
    p99Ms: percentile(times, 99),
    cpuMsPerRequest: (after.cpuMs - before.cpuMs) / times.length,
    rssMb: after.rssMb,
    requests: times.length,
  };
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
