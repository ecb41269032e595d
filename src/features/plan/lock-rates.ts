import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { newId } from '../../kernel/ids.ts';
import { startOfDayAfter } from '../../kernel/local-time.ts';
import type { AllianceRules } from '../account/index.ts';
import type { OfferKind } from './resolve-terms.ts';

/** Something that creators lose at a moment: a rate that is cut, an offer that ends, or that it names them. */
export interface Ending {
  readonly kind: OfferKind;
  /** The plan, or for CAMPAIGN the enrolment. */
  readonly offerId: string;
  /** The version that is in force until the moment. */
  readonly termsId: string;
  readonly brandId: string;
  /** Null for SHOP_TARGETED. */
  readonly productId: string | null;
  /** The one creator whom it no longer names; null when it ends for everybody whom it reached. */
  readonly creatorId: string | null;
  readonly at: Date;
}

/**
 * Lets those who promote the product keep what ends, for the days of the alliance's policy: until the start of the
 * local day so many days after the ending (TikTok Shop's affiliate plans keep a rate for 30 days so). One row per
 * ending, whomever it reaches; nothing at all when the policy gives no days.
 */
export async function lockRates(
  tx: Sql,
  { policy, timeZone }: AllianceRules,
  endings: readonly Ending[],
): Promise<void> {
  if (policy.rateLockDays === 0 || endings.length === 0) return;
  const column = <Value>(value: (ending: Ending) => Value) => endings.map(value);
  await tx.rows(sql`
    insert into rate_lock (id, kind, offer_id, terms_id, brand_id, product_id, creator_id, locked_from, locked_until)
    select * from unnest(
      ${column(() => newId())}::uuid[],
      ${column(({ kind }) => kind)}::text[],
      ${column(({ offerId }) => offerId)}::uuid[],
      ${column(({ termsId }) => termsId)}::uuid[],
      ${column(({ brandId }) => brandId)}::uuid[],
      ${column(({ productId }) => productId)}::uuid[],
      ${column(({ creatorId }) => creatorId)}::uuid[],
      ${column(({ at }) => at)}::timestamptz[],
      ${column(({ at }) => startOfDayAfter(at, policy.rateLockDays, timeZone))}::timestamptz[]) e`);
}

/** Empties the locks of an offer that have not begun: their endings will not be, or be other ones. They stay as a record. */
export async function withdrawLocks(tx: Sql, offerId: string, now: Date): Promise<void> {
  await tx.rows(sql`
    update rate_lock set locked_until = locked_from where offer_id = ${offerId} and locked_from > ${now}`);
}

/** Empties the locks for everybody that were to begin at these moments, since the offers end earlier. One statement. */
export async function withdrawLocksAt(
  tx: Sql,
  endings: readonly Pick<Ending, 'offerId' | 'at'>[],
): Promise<void> {
  if (endings.length === 0) return;
  await tx.rows(sql`
    update rate_lock r set locked_until = r.locked_from
    from unnest(
      ${endings.map(({ offerId }) => offerId)}::uuid[],
      ${endings.map(({ at }) => at)}::timestamptz[]
    ) e (offer_id, at)
    where r.offer_id = e.offer_id and r.locked_from = e.at and r.creator_id is null`);
}
