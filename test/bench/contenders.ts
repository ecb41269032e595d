import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import flags from '../../src/node-flags.json' with { type: 'json' };
import { freePort } from '../kit/alliance-process.ts';
import type { Usage } from './contenders/child.ts';
import { POSTGRAPHILE_DIALECT } from './contenders/postgraphile-dialect.ts';
import { ALLIANCE_DIALECT, type Dialect, PLAIN_DIALECT, RAW_DIALECT } from './dialects.ts';
import { AUDIENCE, type BenchIssuer, ISSUER } from './issuer.ts';

/** One server that is measured: a process of its own on the database that all share. */
export interface Contender {
  readonly name: ContenderName;
  readonly about: string;
  readonly dialect: Dialect;
  /** Whether its answers are to be the same bytes as those of the alliance; else the same values. */
  readonly sameBytes: boolean;
  readonly script: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What V8 is told, as `npm start` tells it. */
  readonly flags?: readonly string[];
  /** A package that only this benchmark needs. */
  readonly needs?: string;
}

export const CONTENDER_NAMES = ['alliance', 'graphql-js', 'raw', 'postgraphile', 'plain'] as const;
export type ContenderName = (typeof CONTENDER_NAMES)[number];

export const CONTENDERS: readonly Contender[] = [
  {
    name: 'alliance',
    about: 'this server',
    dialect: ALLIANCE_DIALECT,
    sameBytes: true,
    script: 'alliance.ts',
    flags,
  },
  {
    name: 'graphql-js',
    about: 'this server with EXECUTOR=graphql-js',
    dialect: ALLIANCE_DIALECT,
    sameBytes: true,
    script: 'alliance.ts',
    flags,
    env: { EXECUTOR: 'graphql-js' },
  },
  {
    name: 'raw',
    about: 'fastify and pg, one prepared statement a request writes the JSON',
    dialect: RAW_DIALECT,
    sameBytes: true,
    script: 'raw.ts',
  },
  {
    name: 'postgraphile',
    about: 'PostGraphile 5 on the same tables',
    dialect: POSTGRAPHILE_DIALECT,
    sameBytes: false,
    script: 'postgraphile.mjs',
    env: { GRAPHILE_ENV: 'production' },
    needs: 'postgraphile',
  },
  {
    name: 'plain',
    about: 'Apollo, TypeGraphQL, MikroORM and dataloader, written as usual',
    dialect: PLAIN_DIALECT,
    sameBytes: false,
    script: 'plain.ts',
  },
];

/** Connections to PostgreSQL that each may have. */
export const POOL_SIZE = 10;
const START_PATIENCE_MS = 180_000;

const COMMON = {
  NODE_ENV: 'production',
  OIDC_ISSUER: ISSUER,
  OIDC_AUDIENCE: AUDIENCE,
  DATABASE_POOL_SIZE: String(POOL_SIZE),
};

/** Limits as high as they go: what is measured is work, not refusals. */
const UNLIMITED = {
  RATE_POINTS: '0',
  LIMIT_COST: '100000000',
  MAX_REQUESTS_IN_FLIGHT: '10000',
  LOG_LEVEL: 'error',
  SHUTDOWN_DELAY_SECONDS: '0',
};

/** Whether the packages that a contender needs are there. */
export const isInstalled = ({ needs }: Contender): boolean =>
  needs === undefined || existsSync(join(import.meta.dirname, 'node_modules', needs, 'package.json'));

/** A started contender. */
export class Running {
  private constructor(
    readonly contender: Contender,
    readonly port: number,
    private readonly child: ChildProcess,
  ) {}

  static async start(contender: Contender, databaseUrl: string, issuer: BenchIssuer): Promise<Running> {
    const port = await freePort();
    const child = fork(join(import.meta.dirname, 'contenders', contender.script), [], {
      execArgv: [...(contender.flags ?? []), '--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        ...COMMON,
        ...UNLIMITED,
        ...contender.env,
        DATABASE_URL: databaseUrl,
        OIDC_JWKS_URL: issuer.jwksUrl,
        PORT: String(port),
      },
    });
    const running = new Running(contender, port, child);
    await running.ready();
    return running;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/graphql`;
  }

  /** What it has used since it was started. */
  async usage(): Promise<Usage> {
    const said = once(this.child, 'message');
    this.child.send('usage');
    const [usage] = await said;
    return usage as Usage;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
  }

  private async ready(): Promise<void> {
    const deadline = Date.now() + START_PATIENCE_MS;
    while (Date.now() < deadline) {
      if (this.child.exitCode !== null) break;
      const answered = await fetch(this.url).then(
        () => true,
        () => false,
      );
      if (answered) return;
      await sleep(50);
    }
    this.child.kill();
    throw new Error(`${this.contender.name} did not start.`);
  }
}

/** Starts contenders one after the other; stops all when one does not start. */
export async function startAll(
  contenders: readonly Contender[],
  databaseUrl: string,
  issuer: BenchIssuer,
): Promise<Running[]> {
  const running: Running[] = [];
  try {
    for (const contender of contenders) running.push(await Running.start(contender, databaseUrl, issuer));
  } catch (error) {
    await stopAll(running);
    throw error;
  }
  return running;
}

export const stopAll = (running: readonly Running[]): Promise<unknown> =>
  Promise.all(running.map((each) => each.stop()));
