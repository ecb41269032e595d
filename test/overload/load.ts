import { execFileSync } from 'node:child_process';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { dataFolder, freePort, startProcess } from '../kit/alliance-process.ts';

/** An alliance with its demo in a process of its own, as `npm start` makes it, and what a load needs of it. */
export interface LoadedAlliance {
  readonly port: number;
  /** An Authorization header of somebody of the demo. */
  headerOf(identity: string): Promise<string>;
  /** The value of one of its metrics. */
  metric(name: string): Promise<number>;
  /** Its memory in MB. */
  memoryMb(): number;
  stop(): Promise<void>;
}

export async function startLoadedAlliance(env: Record<string, string>): Promise<LoadedAlliance> {
  const folder = dataFolder();
  const [port, metricsPort] = [await freePort(), await freePort()];
  const alliance = startProcess('main', ['--no-worker'], {
    ALLIANCE_DATA_DIR: folder.path,
    PORT: String(port),
    METRICS_PORT: String(metricsPort),
    ...env,
  });
  await alliance.says(/graphiql/);
  return {
    port,
    async headerOf(identity) {
      const response = await fetch(`http://127.0.0.1:${port}/demo/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ identity }),
      });
      const { token } = (await response.json()) as { token: string };
      return `Bearer ${token}`;
    },
    async metric(name) {
      const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
      return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    },
    memoryMb: () =>
      Number(execFileSync('ps', ['-o', 'rss=', '-p', String(alliance.child.pid)]).toString()) / 1024,
    async stop() {
      alliance.interrupt();
      await alliance.ended;
      await folder.remove();
    },
  };
}

/** One answer: its status, 0 where there was none, and how long it took. */
export interface Shot {
  readonly status: number;
  readonly ms: number;
}

/** Sends requests over connections that are kept. */
export class Gun {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1_000 });

  constructor(
    private readonly port: number,
    /** Whoever it is: all of 127.0.0.0/8 is this machine. */
    private readonly address = '127.0.0.1',
  ) {}

  fire(body: string | Buffer, headers: Record<string, string> = {}): Promise<Shot> {
    const began = performance.now();
    return new Promise((resolve) => {
      const done = (status: number) => resolve({ status, ms: performance.now() - began });
      const sent = request(
        {
          port: this.port,
          host: '127.0.0.1',
          localAddress: this.address,
          path: '/graphql',
          method: 'POST',
          agent: this.#agent,
          headers: {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
            ...headers,
          },
        },
        (response) => {
          response.resume();
          // A server that refuses a body need not read it to the end.
          response.once('close', () => done(response.statusCode ?? 0));
        },
      );
      sent.once('error', () => done(0));
      sent.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** So many at once, each again when it is answered. */
export async function closedLoop(
  concurrency: number,
  seconds: number,
  fire: () => Promise<Shot>,
): Promise<Shot[]> {
  const shots: Shot[] = [];
  const end = performance.now() + seconds * 1000;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (performance.now() < end) shots.push(await fire());
    }),
  );
  return shots;
}

/** So many a second, whether they are answered or not. */
export async function openLoop(
  perSecond: number,
  seconds: number,
  fire: () => Promise<Shot>,
): Promise<Shot[]> {
  const shots: Promise<Shot>[] = [];
  const began = performance.now();
  for (let elapsed = 0; elapsed < seconds; elapsed = (performance.now() - began) / 1000) {
    while (shots.length < elapsed * perSecond) shots.push(fire());
    await sleep(5);
  }
  return Promise.all(shots);
}

/** The value below which so many of a hundred lie. */
export function percentile(shots: readonly Shot[], percent: number): number {
  const sorted = shots.map(({ ms }) => ms).sort((one, other) => one - other);
  return (
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0) * 10) /
    10
  );
}

/** How often each status came. */
export function statuses(shots: readonly Shot[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of shots) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** Writes figures to standard output. */
export function print(figures: object): void {
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
}
