import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import type { Checks } from '../../graphql/checks.ts';
import { newId } from '../../kernel/ids.ts';
import { lockPenalised } from '../account/index.ts';
import { suspendInPool } from '../plan/index.ts';
import type { PenaltyKind } from './finding-state.ts';

/** What is given for a finding that was upheld. */
export interface NewPenalty {
  readonly id?: string;
  readonly kind: PenaltyKind;
  /** When a suspension ends; null for the others. */
  readonly endsAt: Date | null;
}

const LONGEST_MS = 366 * 86_400_000;
const NOTE = 'The brand is suspended or expelled for exaggerated claims.';

/** Notes what is wrong with a penalty. */
export function checkPenalty(checks: Checks, { kind, endsAt }: NewPenalty, now: Date): void {
  const lasts = endsAt === null ? 0 : endsAt.getTime() - now.getTime();
  checks.that(
    kind === 'SUSPENDED' ? lasts > 0 && lasts <= LONGEST_MS : endsAt === null,
    'penalty.endsAt',
    'A suspension ends within the next 366 days; the other penalties have no end.',
  );
}

/**
 * Locks whoever is to be given a penalty, and takes what a brand has in the pool out of it where it is suspended or expelled;
 * it resumes its products when that is over. Before the finding is locked: whoever saves or reports the text of a product
 * locks the product first, and then what was found in it.
 */
export async function lockForPenalty(
  tx: Sql,
  partyId: string,
  { kind }: NewPenalty,
  now: Date,
): Promise<void> {
  await lockPenalised(tx, partyId);
  if (kind === 'WARNING') return;
  const listed = await tx.rows(sql<{ id: string }>`
    select id from product where brand_id = ${partyId} and state = 'LISTED' order by id for no key update`);
  if (listed.length === 0) return;
  await suspendInPool(
    tx,
    listed.map(({ id }) => id),
    NOTE,
    now,
  );
}

/**
 * Gives a penalty for a finding that was upheld, to a party that is locked for it. Who is suspended or expelled begins
 * nothing new: each of the use cases asks `refusePenalised`.
 */
export async function givePenalty(
  tx: Sql,
  { id: findingId, partyId }: { readonly id: string; readonly partyId: string },
  { id = newId(), kind, endsAt }: NewPenalty,
  now: Date,
): Promise<void> {
  await tx.rows(sql`
    insert into claim_penalty (id, finding_id, party_id, kind, given_at, ends_at)
    values (${id}, ${findingId}, ${partyId}, ${kind}, ${now}, ${endsAt})`);
  const subject = { type: 'ClaimPenalty', id };
  const data = { kind, endsAt: endsAt?.toISOString() ?? null };
  await announce(tx, [{ kind: 'PENALTY_GIVEN', subject, to: [partyId], data }], now);
}
