import { type RawBuilder, sql } from 'kysely';

/** What is asked of a lock, each as SQL: the alias of the `rate_lock` row, the creator, the product, the moment. */
export interface LockQuestion {
  readonly lock: string;
  readonly creator: RawBuilder<unknown>;
  readonly product: RawBuilder<unknown>;
  readonly at: RawBuilder<unknown>;
}

/**
 * The condition that a creator holds a rate lock at a moment: the product was in the showcase when the lock began and
 * has stayed there without a break, and what ended had reached this creator until then. It says nothing of the lock's
 * own time, nor of the product being one that the lock covers: whoever asks joins by that.
 */
export function holdsLock(question: LockQuestion): RawBuilder<boolean> {
  const { lock, creator, product, at } = question;
  const r = (column: string) => sql.ref(`${lock}.${column}`);
  return sql<boolean>`(
    (${r('creator_id')} is null or ${r('creator_id')} = ${creator})
    and exists (select from showcase_item held
      where held.creator_id = ${creator} and held.product_id = ${product}
        and held.picked_at < ${r('locked_from')} and (held.removed_at is null or held.removed_at > ${at})
        and (${r('kind')} <> 'CAMPAIGN' or ${wasPicked(question)})
        and not ${wasBlocked(question)})
    and (${r('kind')} in ('OPEN', 'CAMPAIGN') or exists (select from plan_creator named
      where named.plan_id = ${r('offer_id')} and named.creator_id = ${creator}
        and named.opens_at < ${r('locked_from')}
        and (named.closes_at is null or named.closes_at >= ${r('locked_from')}))))`;
}

/** A campaign reached those who had the product or a link from it, or from a second-level agency's below it. */
const wasPicked = ({ lock, creator }: LockQuestion) => sql`exists (select from enrolment picked
  where (picked.id = ${sql.ref(`${lock}.offer_id`)} or picked.parent_id = ${sql.ref(`${lock}.offer_id`)})
    and (picked.id = held.enrolment_id or exists (select from promotion_link l
      where l.creator_id = ${creator} and l.enrolment_id = picked.id
        and l.created_at < ${sql.ref(`${lock}.locked_from`)})))`;

/** Whom the brand's offers no longer reached when one of them ended has lost nothing by that. */
const wasBlocked = ({ lock, creator }: LockQuestion) => {
  const began = sql.ref(`${lock}.locked_from`);
  return sql`exists (select from party_block b
    where b.blocker_id = ${sql.ref(`${lock}.brand_id`)} and b.blocked_id = ${creator}
      and b.takes_effect_at < ${began} and (b.lifted_at is null or b.lifted_at >= ${began})
      and not (b.running_until >= ${began} and held.picked_at < b.takes_effect_at))`;
};
