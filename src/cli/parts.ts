// TypeGraphQL's decorators, which every feature carries, want this before they are evaluated.
import 'reflect-metadata';
import type { Database } from '../db/database.ts';
import type { OnProgress } from '../kernel/progress.ts';

/**
 * What the commands start, imported only when it is needed: `alliance --help` and a wrong option answer at once, and
 * the server's code loads while PostgreSQL starts.
 */
export const parts = {
  server: () => import('../server/server.ts'),
  schema: () => import('../server/schema.ts'),
  demo: () => import('../../seeds/demo.ts'),
  demoIdentities: () => import('../../seeds/demo/identities.ts'),
  replay: () => import('../../seeds/online-retail/replay.ts'),
  verify: () => load<{ verify: Verify }>('../checks/verify.ts'),
};

type Verify = (
  database: Database,
  options: { onProgress?: OnProgress },
) => Promise<{ checks: number; failures: { check: string; message: string }[] }>;

async function load<Part>(path: string): Promise<Part> {
  return (await import(path)) as Part;
}
