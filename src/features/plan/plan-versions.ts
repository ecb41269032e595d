import { sql } from 'kysely';
import type { Sql, Tx } from '../../db/database.ts';
import { select } from '../../graphql/loaders.ts';
import { newId } from '../../kernel/ids.ts';
import type { AllianceRules } from '../account/index.ts';
import { type Ending, lockRates, withdrawLocks } from './lock-rates.ts';
import type { PlanRow, PlanTermsRow } from './plan.entity.ts';
import type { RateTerms } from './rate-of.ts';

export const TERMS_COLUMNS = [
  'id',
  'planId',
  'version',
  'commissionBp',
  'boostBp',
  'tierAfter',
  'tierBp',
  'validFrom',
  'validTo',
] as const;

/** A version as it is read. */
export type ReadTerms = PlanTermsRow & RateTerms;

/** The version in force, or the first one of a plan that is not open yet, and the one that is to follow it. */
export interface Versions {
  readonly current: ReadTerms;
  readonly next: ReadTerms | null;
}

/** The versions of a plan that are not over. Under the plan's lock; one statement. */
export async function readVersions(tx: Sql, planId: string, now: Date): Promise<Versions> {
  const [current, next] = await tx.rows(sql<ReadTerms>`
    select ${select('t', TERMS_COLUMNS)} from plan_terms t
    where t.plan_id = ${planId} and (t.valid_to is null or (t.valid_to > t.valid_from and t.valid_to > ${now}))
    order by t.valid_from`);
  if (current === undefined) throw new Error(`The plan ${planId} has no terms.`);
  return { current, next: next ?? null };
}

/** Takes a version back that has not come into force: it stays with an empty interval. */
export const emptyVersion = (tx: Sql, id: string) =>
  tx.rows(sql`update plan_terms set valid_to = valid_from where id = ${id}`);

export const endVersion = (tx: Sql, id: string, at: Date | null) =>
  tx.rows(sql`update plan_terms set valid_to = ${at} where id = ${id}`);

export async function addVersion(tx: Sql, planId: string, rates: RateTerms, from: Date, to: Date | null) {
  const { commissionBp, boostBp, tierAfter, tierBp } = rates;
  await tx.rows(sql`
    insert into plan_terms (id, plan_id, version, commission_bp, boost_bp, tier_after, tier_bp, valid_from, valid_to)
    select ${newId()}, ${planId}, max(version) + 1, ${commissionBp}, ${boostBp}, ${[...tierAfter]}::int[],
      ${[...tierBp]}::int[], ${from}, ${to}
    from plan_terms where plan_id = ${planId}`);
}

/** Moves the end of a plan, with those of its last version and of the creators named until then. */
export async function moveEnd(tx: Tx, plan: PlanRow, end: Date | null, now: Date): Promise<void> {
  const { id } = plan;
  plan.closesAt = end;
  await tx.em.flush();
  await tx.rows(sql`
    update plan_creator set closes_at = case when dropped then least(closes_at, ${end}) else ${end} end
    where plan_id = ${id} and (closes_at is null or closes_at > ${now})`);
  await tx.rows(sql`update plan_terms set valid_to = valid_from
    where plan_id = ${id} and valid_from >= ${end} and valid_from > ${now}`);
  await tx.rows(sql`
    update plan_terms set valid_to = ${end}
    where id = (select id from plan_terms where plan_id = ${id} and (valid_to is null or valid_to > valid_from)
      order by valid_from desc limit 1)`);
}

/** Whether the plan ends sooner than was announced: who promotes the product loses what they could count on. */
export const endsEarly = ({ closesAt, announcedClosesAt }: PlanRow): boolean =>
  closesAt != null && (announcedClosesAt == null || closesAt < announcedClosesAt);

/**
 * Writes anew what creators will lose under a plan by what is scheduled now: a cut, an end sooner than the one
 * announced, and being named. What was written for an earlier schedule is emptied, since the last word counts.
 */
export async function lockScheduled(tx: Sql, plan: PlanRow, rules: AllianceRules, now: Date): Promise<void> {
  await withdrawLocks(tx, plan.id, now);
  if (plan.opensAt > now) return;
  const { current, next } = await readVersions(tx, plan.id, now);
  const { id: offerId, kind, brandId, closesAt } = plan;
  const productId = plan.productId ?? null;
  const ending = (at: Date, creatorId: string | null = null): Ending => {
    const termsId = next !== null && next.validFrom < at ? next.id : current.id;
    return { kind, offerId, termsId, brandId, productId, creatorId, at };
  };
  const dropped = await tx.rows(sql<{ creatorId: string; at: Date }>`
    select creator_id as "creatorId", closes_at as at from plan_creator
    where plan_id = ${offerId} and dropped and closes_at > ${now} order by creator_id`);
  const endings = dropped.map(({ creatorId, at }) => ending(at, creatorId));
  if (next !== null) endings.push(ending(next.validFrom));
  if (closesAt != null && endsEarly(plan)) endings.push(ending(closesAt));
  await lockRates(tx, rules, endings);
}
