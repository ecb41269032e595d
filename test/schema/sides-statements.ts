import { sql } from 'kysely';
import { makeStatements } from '../../src/features/statement/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import type { World } from '../kit/world.ts';

const DAYS_40_MS = 40 * 86_400_000;

/** The first statements of a brand and of a creator who have ledger accounts; of two sides, those of two months. */
export async function makeSideStatements(
  world: World,
  { brandId, creatorId }: { readonly brandId: string; readonly creatorId: string },
): Promise<Record<string, string>> {
  const [last] = await world.database.rows(sql<{ at: Date }>`
    select greatest(max(last_posted_at), now()) as at from ledger_account`);
  const now = new Date((last?.at ?? new Date()).getTime() + DAYS_40_MS);
  await makeStatements(world.database, { now });
  const firstOf = async (partyId: string) => {
    const [row] = await world.database.rows(sql<{ id: string }>`
      select s.id from statement s where s.party_id = ${partyId} order by s.month limit 1`);
    return toGlobalId('Statement', row?.id ?? '');
  };
  return {
    'Statement, of the brand': await firstOf(brandId),
    'Statement, of the creator': await firstOf(creatorId),
  };
}
