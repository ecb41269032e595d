import type { Database } from '../db/database.ts';
import { type Config, readConfig, readEnvironment } from '../server/config.ts';
import { listenForInterruption } from './interrupt.ts';
import { openTerminal, type Terminal } from './terminal.ts';

/** What a command that works on the data of an alliance is given. */
export interface CommandContext {
  config: Config;
  database: Database;
  /** Names of the migrations that were applied when the database was opened. */
  migrated: string[];
  terminal: Terminal;
  /** Aborted when the person asks to stop. */
  signal: AbortSignal;
}

/**
 * Runs a command on the alliance of the environment: opens and migrates its database, does the work, and puts
 * everything away, also when it fails or is interrupted. With `sandbox` it is that of a sandbox. The work
 * gives the exit code, 0 when it says nothing.
 */
export async function onAlliance(
  options: { json?: boolean; sandbox?: boolean },
  // biome-ignore lint/suspicious/noConfusingVoidType: most commands end without saying a code.
  work: (context: CommandContext) => Promise<number | void>,
): Promise<void> {
  const interruption = listenForInterruption();
  const opened = openTerminal(options.json ?? false);
  const terminal = { ...opened, onProgress: interruption.breakAt(opened.onProgress) };
  const config = readConfig(options.sandbox ? { ...readEnvironment(), ALLIANCE_SANDBOX: 'yes' } : undefined);
  // Only now, so that help and a wrong command line are answered at once.
  const { openAlliance } = await import('./open-alliance.ts');
  const alliance = await openAlliance(config);
  try {
    interruption.signal.throwIfAborted();
    const { database, migrated } = alliance;
    const { signal } = interruption;
    const code = await interruption.orStop(work({ config, database, migrated, terminal, signal }));
    process.exitCode = code ?? 0;
  } finally {
    terminal.endProgress();
    await alliance.close();
  }
}
