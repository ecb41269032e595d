import 'reflect-metadata';
import { openDatabase } from '../../src/db/database.ts';
import { entities } from '../../src/entities.ts';
import { runExports } from '../../src/features/bulk/index.ts';
import { buildAllianceSchema } from '../../src/server/schema.ts';
import { TestClock } from '../kit/clock.ts';
import { NOON } from './noon.ts';

/** A worker that runs exports in small chunks until it is killed, and ends with its parent. */
const database = await openDatabase(process.env.DATABASE_URL ?? '', { entities, poolSize: 2 });
process.once('disconnect', () => process.exit(0));
await runExports(database, {
  schema: buildAllianceSchema(),
  clock: new TestClock(NOON),
  leaseMs: 1_000,
  chunkBytes: 1,
});
