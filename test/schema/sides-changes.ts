import { sql } from 'kysely';
import { announce } from '../../src/db/outbox.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { caughtUp } from '../kit/feed.ts';
import type { World } from '../kit/world.ts';

/** An event that is for the brand alone, and one that is for the creator alone. */
export async function makeSideChanges(
  world: World,
  { brandId, creatorId }: { readonly brandId: string; readonly creatorId: string },
): Promise<Record<string, string>> {
  const tell = async (type: string, id: string): Promise<string> => {
    const told = { kind: 'WEBHOOK_DISABLED', subject: { type, id }, to: [id] } as const;
    await world.tx((tx) => announce(tx, [told], new Date()));
    const [event] = await world.database.rows(sql<{ id: string }>`
      select id from outbox_event where kind = 'WEBHOOK_DISABLED' and subject_id = ${id} order by id desc limit 1`);
    await caughtUp(world.database);
    return toGlobalId('ChangeEvent', event?.id ?? '');
  };
  return {
    'ChangeEvent, of the brand': await tell('Brand', brandId),
    'ChangeEvent, of the creator': await tell('Creator', creatorId),
  };
}
