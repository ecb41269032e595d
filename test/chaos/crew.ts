import { setTimeout as sleep } from 'node:timers/promises';
import type { FastClock } from './fast-clock.ts';
import type { KilledPostgres } from './postgres.ts';
import { KilledProcess } from './processes.ts';
import { CALLBACK_SECRET } from './provider-double.ts';
import type { WorkerNews } from './worker-steps.ts';

export type Victim = 'server' | 'worker' | 'postgres' | 'session of postgres';

export interface CrewOptions {
  readonly postgres: KilledPostgres;
  readonly database: string;
  readonly port: number;
  readonly providerUrl: string;
  readonly clock: FastClock;
  /** A folder for their logs. */
  readonly folder: string;
}

const WORKERS = 2;
const START_PATIENCE_MS = 90_000;

/** The processes of the alliance: a server, two workers, and what each worker is at. */
export class Crew {
  readonly #server: KilledProcess;
  readonly #workers: KilledProcess[];
  /** What each worker has begun and not yet done, and when. */
  readonly #steps: ({ readonly step: string; readonly since: number } | undefined)[] = [];
  /** How many rounds each worker has come through in all. */
  readonly rounds: number[] = Array(WORKERS).fill(0);
  /** Steps that failed, by step: while PostgreSQL is away, they must. */
  readonly failures = new Map<string, number>();
  lastFailure = '';

  constructor(private readonly options: CrewOptions) {
    const { port, folder, clock, providerUrl } = options;
    const env = { DATABASE_URL: options.postgres.urlOf(options.database), PAYOUT_PROVIDER_URL: providerUrl };
    const server = { ALLIANCE_DEMO: 'no', ALLIANCE_DATA_DIR: folder, PAYOUT_PROVIDER_TOKEN: 'chaos' };
    this.#server = new KilledProcess(
      'server',
      ['src/cli.ts', 'serve', '--no-worker', '--port', String(port)],
      { ...env, ...server, PAYOUT_CALLBACK_SECRET: CALLBACK_SECRET },
    );
    this.#workers = Array.from({ length: WORKERS }, (_, i) => {
      const hear = (message: unknown) => this.#hear(i, message as WorkerNews);
      return new KilledProcess(
        `worker ${i + 1}`,
        ['test/chaos/worker-process.ts'],
        { ...env, CHAOS_CLOCK: String(clock) },
        hear,
      );
    });
  }

  async start(): Promise<void> {
    for (const one of [this.#server, ...this.#workers]) one.start();
    await this.#answers();
  }

  /** What the workers are at now. */
  underWay(): string[] {
    return this.#steps.flatMap((at) => (at === undefined ? [] : [at.step]));
  }

  /** Throws when one of them has ended although it was not killed here. */
  checkAlive(): void {
    const ended = [this.#server, ...this.#workers].filter(({ endedByItself }) => endedByItself);
    if (ended.length > 0) throw new Error(`It ended by itself: ${ended.map(({ name }) => name).join(', ')}.`);
  }

  /** Kills one of them, or PostgreSQL, and starts it again. */
  async killAndRestart(victim: Victim, index: number): Promise<void> {
    const { postgres } = this.options;
    switch (victim) {
      case 'server':
        await this.#server.kill();
        this.#server.start();
        return this.#answers();
      case 'worker': {
        const worker = this.#workers[index % WORKERS] as KilledProcess;
        await worker.kill();
        this.#steps[index % WORKERS] = undefined;
        return worker.start();
      }
      case 'postgres':
        await postgres.kill();
        return postgres.restart();
      case 'session of postgres': {
        const session = await postgres.someSession();
        if (session !== undefined) await postgres.killSession(session);
      }
    }
  }

  async stop(): Promise<void> {
    for (const one of [this.#server, ...this.#workers]) await one.kill();
  }

  /** All that there is to say of them when something hangs. */
  async describe(): Promise<string> {
    const sessions = await this.options.postgres.activity().catch((error: unknown) => String(error));
    return [
      ...[this.#server, ...this.#workers].map((one) => one.tail()),
      ...this.#workers.map(({ name }, i) => `${name}: ${this.rounds[i]} rounds, ${this.#stepOf(i)}`),
      `sessions: ${JSON.stringify(sessions, null, 1)}`,
      `the last failure of a worker: ${this.lastFailure}`,
    ].join('\n');
  }

  #stepOf(index: number): string {
    const at = this.#steps[index];
    return at === undefined ? 'between two steps' : `at ${at.step} for ${Date.now() - at.since} ms`;
  }

  #hear(index: number, { step, is, message }: WorkerNews): void {
    this.#steps[index] = is === 'begun' ? { step, since: Date.now() } : undefined;
    if (is === 'done' && step === 'asking for payouts') this.rounds[index] = (this.rounds[index] ?? 0) + 1;
    if (is !== 'failed') return;
    this.failures.set(step, (this.failures.get(step) ?? 0) + 1);
    this.lastFailure = `${step}: ${message}`;
  }

  async #answers(): Promise<void> {
    const deadline = Date.now() + START_PATIENCE_MS;
    for (;;) {
      const response = await fetch(`http://127.0.0.1:${this.options.port}/healthz`).catch(() => undefined);
      if (response?.ok) return;
      this.checkAlive();
      if (Date.now() > deadline) throw new Error(`The server does not come back. ${this.#server.tail()}`);
      await sleep(50);
    }
  }
}
