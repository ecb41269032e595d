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
 * has stayed there without a break, and the ending reached this creator. It says nothing of the lock's own time, nor of
 * the product being one that the lock covers: whoever asks joins by that.
 */
export function holdsLock({ lock, creator, product, at }: LockQuestion): RawBuilder<boolean> {
  const r = (column: string) => sql.ref(`${lock}.${column}`);
  return sql<boolean>`(
    (${r('creator_id')} is null or ${r('creator_id')} = ${creator})
    and exists (select from showcase_item held
      where held.creator_id = ${creator} and held.product_id = ${product}
        and held.picked_at < ${r('locked_from')} and (held.removed_at is null or held.removed_at > ${at}))
    and (${r('kind')} in ('OPEN', 'CAMPAIGN') or exists (select from plan_creator named
      where named.plan_id = ${r('offer_id')} and named.creator_id = ${creator}
        and named.opens_at < ${r('locked_from')}
        and (named.closes_at is null or named.closes_at >= ${r('locked_from')}))))`;
}
