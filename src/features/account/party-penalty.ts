import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { wrongState } from '../../graphql/user-errors.ts';

/** SQL: whether penalty `y` suspends or expels its party at a moment. A suspension ends by the clock. */
const holds = (at: Date) =>
  sql`y.kind <> 'WARNING' and y.lifted_at is null and (y.ends_at is null or y.ends_at > ${at}::timestamptz)`;

/** SQL: whether a party is suspended or expelled at a moment (domain.md, "Trust"). */
export const isPenalised = (party: RawBuilder<unknown>, at: Date) => sql<boolean>`exists (
  select from claim_penalty y where y.party_id = ${party} and ${holds(at)})`;

/** Locks a party that is given a penalty: what it is just beginning comes before, and what it begins later finds it. */
export async function lockPenalised(tx: Sql, partyId: string): Promise<void> {
  await tx.rows(sql`select from party where id = ${partyId} for no key update`);
}

/**
 * Refuses what a party that is suspended or expelled may not begin. A penalty that is just being given is waited for. The
 * state of the refusal is SUSPENDED or EXPELLED. Two statements.
 */
export async function refusePenalised(
  tx: Sql,
  partyId: string,
  now: Date,
  path: readonly string[],
): Promise<void> {
  await tx.rows(sql`select from party where id = ${partyId} for share`);
  const [row] = await tx.rows(sql<{ name: string; kind: string; endsAt: Date | null }>`
    select p.name, y.kind, y.ends_at as "endsAt" from claim_penalty y join party p on p.id = y.party_id
    where y.party_id = ${partyId} and ${holds(now)} order by y.ends_at desc nulls first limit 1`);
  if (row === undefined) return;
  const until = row.endsAt === null ? 'was expelled' : `is suspended until ${row.endsAt.toISOString()}`;
  throw wrongState(path, row.kind, `${row.name} ${until} for exaggerated claims, and begins nothing new.`);
}
