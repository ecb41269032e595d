import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../src/db/database.ts';
import { announce } from '../../src/db/outbox.ts';
import { entities } from '../../src/entities.ts';
import { newId } from '../../src/kernel/ids.ts';

/** Writers that commit after a random while, so that what begins first is often there last. Ends with its parent. */
const database = await openDatabase(process.env.DATABASE_URL ?? '', { entities, poolSize: 12 });
const partyId = process.env.PARTY_ID ?? '';
const lanes = Number(process.env.LANES);
process.once('disconnect', () => process.exit(0));

async function write(lane: string): Promise<never> {
  for (let no = 0; ; no++) {
    await database.transaction(async (tx) => {
      const subject = { type: 'Brand', id: partyId };
      const told = (part: number) => ({
        kind: 'PARTY_UNBLOCKED' as const,
        subject,
        to: [partyId],
        data: { lane, no, part },
      });
      await announce(tx, [told(0), told(1)], new Date());
      await sleep(Math.random() * 40);
      await announce(tx, [told(2)], new Date());
      await sleep(Math.random() * 20);
    });
  }
}
await Promise.all(Array.from({ length: lanes }, () => write(newId())));
