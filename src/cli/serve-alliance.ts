import { createServer } from 'node:net';
import { type Clock, systemClock } from '../kernel/clock.ts';
import { SetUpError } from '../kernel/set-up-error.ts';
import type { Config } from '../server/config.ts';
import type { AllianceServer } from '../server/server.ts';
import { type Interruption, listenForInterruption } from './interrupt.ts';
import { isFounded } from './is-founded.ts';
import { keepOpen } from './keep-open.ts';
import type { OpenAlliance } from './open-alliance.ts';
import { openClock } from './open-clock.ts';
import { longestEnd, type Operations, openOperations } from './operations.ts';
import { parts } from './parts.ts';
import { startLoopsOf } from './start-loops.ts';
import { startWorkerOf } from './start-worker.ts';
import { openTerminal } from './terminal.ts';
import { welcome } from './welcome.ts';

type ServerModule = Awaited<ReturnType<typeof parts.server>>;

/**
 * The composition root: database, migrations, demo, server and worker, and the way back. A sandbox has a clock in place
 * of the worker's hours, which would go by real time. Ends when the person stops it;
 * throws SetUpError when it cannot start, or when its database is lost.
 */
export async function serveAlliance(config: Config, { worker }: { worker: boolean }): Promise<void> {
  listenForInterruption();
  await refuseTakenPort(config);
  // The server's code is read while PostgreSQL starts; its failure is told when it is waited for.
  const server = parts.server();
  server.catch(() => undefined);
  await keepOpen(config, async ({ alliance, interruption, onClose, orEnd }) => {
    const clock = await openClock(config, alliance);
    if (clock) onClose(() => clock.close());
    await orEnd(fillWhenEmpty(config, alliance, interruption, clock));
    interruption.limitTo(longestEnd(config));
    const operations = await openOperations(config, alliance.database, clock);
    onClose(() => operations.close());
    const { startServer } = await server;
    const running = await startOnPort({ config, alliance, clock, operations, startServer });
    let working: { stop(): Promise<void> } | undefined;
    // Jobs come to their stop while the last requests are answered.
    onClose(async () => {
      await Promise.all([running.close(interruption.hurry), working?.stop()]);
    });
    if (worker) {
      working = clock
        ? await startLoopsOf(config, alliance, clock)
        : await startWorkerOf(config, alliance, operations);
    }
    return welcome(config, running, clock);
  });
}

async function fillWhenEmpty(
  config: Config,
  { database }: OpenAlliance,
  interruption: Interruption,
  clock: Clock = systemClock,
): Promise<void> {
  if (await isFounded(database)) return;
  if (!config.demo) {
    const { foundByConfig } = await import('./found.ts');
    await foundByConfig(database, config, clock.now());
    return;
  }
  const { seedDemo } = await parts.demo();
  const terminal = openTerminal(false);
  terminal.note('Filling the empty alliance with the demo …');
  try {
    await seedDemo(database, { now: clock.now(), onProgress: interruption.breakAt(terminal.onProgress) });
  } finally {
    terminal.endProgress();
  }
}

interface Start {
  readonly config: Config;
  readonly alliance: OpenAlliance;
  readonly clock: Clock | undefined;
  readonly operations: Operations;
  readonly startServer: ServerModule['startServer'];
}

async function startOnPort({
  config,
  alliance,
  clock,
  operations,
  startServer,
}: Start): Promise<AllianceServer> {
  const { demoIdentities } = config.demo ? await parts.demoIdentities() : { demoIdentities: [] };
  const { database } = alliance;
  const { health, observers } = operations;
  try {
    return await startServer({ config, database, demoIdentities, clock, health, observers });
  } catch (error) {
    throw explainListenError(error, config);
  }
}

/** Asks for the port before anything is started, because the demo of a first start takes a while. */
function refuseTakenPort(config: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => reject(explainListenError(error, config)));
    probe.listen({ host: config.host, port: config.port }, () => probe.close(() => resolve()));
  });
}

function explainListenError(error: unknown, { host, port }: Config): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new SetUpError(
        `Port ${port} of ${host} is taken (by an alliance that runs already?): ` +
          `stop what uses it, or set PORT to another, for example PORT=${port + 1}.`,
      );
    case 'EACCES':
      return new SetUpError(`Port ${port} is closed to this account: set PORT to one from 1024 on.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new SetUpError(
        `HOST=${host} is no address of this machine: set it to 127.0.0.1, 0.0.0.0 or ::.`,
      );
    default:
      return error;
  }
}
