import 'reflect-metadata';
import { openDatabase } from '../../src/db/database.ts';
import { entities } from '../../src/entities.ts';
import { deliverDue } from '../../src/features/webhook/index.ts';
import { systemClock } from '../../src/kernel/clock.ts';

/** A worker that delivers webhooks until it is killed, and ends with its parent. */
const database = await openDatabase(process.env.DATABASE_URL ?? '', { entities, poolSize: 2 });
process.once('disconnect', () => process.exit(0));
for (;;)
  await deliverDue(database, { settings: { allowInside: true, secretKey: undefined }, clock: systemClock });
