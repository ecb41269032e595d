import type { Database } from '../db/database.ts';
import type { OnProgress } from '../kernel/progress.ts';
import type { Config } from '../server/config.ts';

/**
 * What the commands start, imported only when it is needed: `alliance --help` and a wrong option answer at once, and
 * the server's code loads while PostgreSQL starts.
 */
export const parts = {
  server: () => load<{ startServer: StartServer }>('../server/server.ts'),
  demo: () => load<{ seedDemo: SeedDemo }>('../../seeds/demo.ts'),
  verify: () => load<{ verify: Verify }>('../checks/verify.ts'),
  replay: () => load<{ replayOnlineRetail: Replay }>('../../seeds/online-retail/replay.ts'),
  schema: () => load<{ printAllianceSchema(): Promise<string> }>('../graphql/print-schema.ts'),
};

/** A server that answers requests. */
export interface RunningServer {
  url: string;
  /** Whom one may be in the demo. */
  identities?: { id: string; title: string; organisation: string | null }[];
  close(): Promise<void>;
}

type StartServer = (options: { config: Config; database: Database }) => Promise<RunningServer>;
type SeedDemo = (database: Database, options: { onProgress?: OnProgress }) => Promise<object>;
type Verify = (
  database: Database,
  options: { onProgress?: OnProgress },
) => Promise<{ checks: number; failures: { check: string; message: string }[] }>;
type Replay = (
  database: Database,
  file: string,
  options: { rows?: number; onProgress?: OnProgress },
) => Promise<object>;

async function load<Part>(path: string): Promise<Part> {
  return (await import(path)) as Part;
}
