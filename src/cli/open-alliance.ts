import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, openDatabase } from '../db/database.ts';
import { startEmbedded } from '../db/embedded.ts';
import { migrate } from '../db/migrate.ts';
import { checkServer } from '../db/preflight.ts';
import { entities } from '../entities.ts';
import type { Config } from '../server/config.ts';

const CLOSE_PATIENCE_MS = 2_000;

/** The database of an alliance, open and migrated. */
export interface OpenAlliance {
  database: Database;
  /** Its address, for what has connections of its own. It may hold a password. */
  url: string;
  /** Names of the migrations that were applied just now. */
  migrated: string[];
  /**
   * Closes the database, and stops the embedded PostgreSQL when nobody else uses it. With an aborted signal it does not
   * wait for work on it.
   */
  close(hurry?: AbortSignal): Promise<void>;
}

/**
 * The one way from a configuration to a database: the server of `DATABASE_URL`, or the embedded one, started or
 * shared with whoever runs on the same folder; migrated in both cases. `onLost` is told when the embedded one ended
 * by itself.
 */
export async function openAlliance(config: Config, onLost?: () => void): Promise<OpenAlliance> {
  const server = await obtainServer(config, onLost);
  let database: Database | undefined;
  const close = async (hurry?: AbortSignal) => {
    // Work that was interrupted may hold a connection for long; stopping the server or the process cuts it off.
    const closed = database?.close().catch(() => undefined);
    if (!hurry?.aborted) await Promise.race([closed, sleep(CLOSE_PATIENCE_MS, null, { ref: false })]);
    await server.release();
  };
  try {
    database = await openDatabase(server.url, {
      entities,
      poolSize: config.databasePoolSize,
      readers: config.databaseReaders,
    });
    return { database, url: server.url, migrated: await migrate(database), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function obtainServer(
  config: Config,
  onLost?: () => void,
): Promise<{ url: string; release(): Promise<void> }> {
  if (!config.databaseUrl) return startEmbedded({ dataFolder: config.dataFolder, onLost });
  await checkServer(config.databaseUrl);
  return { url: config.databaseUrl, release: async () => undefined };
}
