import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { keyset, limitOf, type Page } from '../../graphql/connection.ts';
import { type Key, type PageByKey, pageByKey, type ReadScope } from '../../graphql/loaders.ts';
import { holdsLock, type OfferKind } from '../plan/index.ts';
import { termsFor } from './terms-for.ts';

/** What a creator has a right to for a product: the rate kept, and what would apply without it. */
export interface HeldLock {
  /** The parent whose list it stands in. */
  readonly key: string;
  readonly lockId: string;
  readonly kind: OfferKind;
  readonly offerId: string;
  readonly creatorId: string;
  readonly productId: string;
  readonly keptBp: number | null;
  readonly otherwiseBp: number | null;
  readonly applies: boolean;
  readonly lockedFrom: Date;
  readonly lockedUntil: Date;
}

/** A lock with who holds it on what, before its terms are looked up. */
type Holding = Omit<HeldLock, 'keptBp' | 'otherwiseBp' | 'applies'> & {
  readonly termsId: string;
  readonly brandId: string;
  readonly enrolmentId: string | null;
};

const COLUMNS = ['lockId', 'kind', 'offerId', 'creatorId', 'productId', 'keptBp', 'otherwiseBp', 'applies'];
const NO_CREATOR = '00000000-0000-0000-0000-000000000000';

const order = (page: Page) =>
  keyset(
    [
      { sql: sql`r.locked_until`, type: 'timestamptz' },
      { sql: sql`r.id`, type: 'uuid' },
      { sql: sql`i.creator_id`, type: 'uuid' },
      { sql: sql`i.product_id`, type: 'uuid' },
    ],
    'asc',
    page,
  );

/** Held by whoever has the item in the showcase; of an enrolment, by those who picked the product from it. */
const held = (now: Date) => sql`i.removed_at is null
  and ${holdsLock({ lock: 'r', creator: sql`i.creator_id`, product: sql`i.product_id`, at: sql`${now}::timestamptz` })}
  and (r.kind <> 'CAMPAIGN' or exists (select from enrolment e
    where e.id = i.enrolment_id and coalesce(e.parent_id, e.id) = r.offer_id))`;

/** A lock that is not over, and keeps something: the plan does not pay all that again in the version that follows. */
const isOfUse = (now: Date) => sql`r.locked_until > ${now} and r.locked_until > r.locked_from
  and not exists (select from plan_terms kept join plan_terms later on later.plan_id = kept.plan_id
    where kept.id = r.terms_id and r.creator_id is null and kept.boost_bp is null and kept.tier_bp = '{}'
      and later.commission_bp >= kept.commission_bp
      and tstzrange(later.valid_from, later.valid_to) @> greatest(${now}::timestamptz, r.locked_from))`;

const SELECTED = sql`k.id as key, r.id as "lockId", r.kind, r.offer_id as "offerId", r.terms_id as "termsId",
  r.brand_id as "brandId", i.creator_id as "creatorId", i.product_id as "productId",
  i.enrolment_id as "enrolmentId", r.locked_from as "lockedFrom", r.locked_until as "lockedUntil"`;

/** The locks of one creator: those on the products in the showcase, and on the brands of these. */
export const rateLocksOfCreator = heldLocks('rateLocksOfCreator', (keys, page, now) => {
  const place = order(page);
  return sql<Holding>`
    select h.* from unnest(${keys}::uuid[]) k (id)
    cross join lateral (
      select ${SELECTED} from showcase_item i
      cross join lateral (
        select l.* from rate_lock l where l.product_id = i.product_id
        union all select l.* from rate_lock l where l.brand_id = i.brand_id and l.product_id is null) r
      where i.creator_id = k.id and ${isOfUse(now)} and ${held(now)} and ${place.where}
      order by ${place.order} ${limitOf(page)}) h`;
});

/** The locks that others hold by what a brand, or one plan of it, has offered: page by page along the locks. */
const locksAlong = (name: string, column: 'brand_id' | 'offer_id') =>
  heldLocks(name, (keys, page, now) => {
    const place = order(page);
    const [, lockId = NO_CREATOR, creatorId = NO_CREATOR] = page.after ?? [];
    return sql<Holding>`
      select h.* from unnest(${keys}::uuid[]) k (id)
      cross join lateral (
        select ${SELECTED} from rate_lock r
        cross join lateral (
          select * from (select i.creator_id, i.product_id, i.enrolment_id, i.removed_at from showcase_item i
            where i.product_id = r.product_id and i.creator_id >= case when r.id = ${lockId} then ${creatorId}::uuid
              else ${NO_CREATOR}::uuid end and ${held(now)} and ${place.where}
            order by i.creator_id ${limitOf(page)}) of_product
          union all
          select i.creator_id, i.product_id, i.enrolment_id, i.removed_at
          from plan_creator n join showcase_item i on i.creator_id = n.creator_id and i.brand_id = r.brand_id
          where r.product_id is null and n.plan_id = r.offer_id and ${held(now)} and ${place.where}
          group by i.id) i
        where ${sql.ref(`r.${column}`)} = k.id and ${isOfUse(now)}
        order by ${place.order} ${limitOf(page)}) h`;
  });

export const rateLocksOfBrand = locksAlong('rateLocksOfBrand', 'brand_id');
export const rateLocksOfPlan = locksAlong('rateLocksOfPlan', 'offer_id');

type Query = (keys: readonly Key[], page: Page, now: Date) => RawBuilder<Holding>;

function heldLocks(name: string, query: Query): PageByKey<HeldLock> {
  return pageByKey<HeldLock>({
    name,
    columns: COLUMNS,
    read: async (keys, page, _filter, scope) =>
      withRates(scope, await scope.sql.rows(query(keys, page, scope.now))),
    keyOf: ({ key }) => key,
    cursorOf: ({ lockedUntil, lockId, creatorId, productId }) => [lockedUntil, lockId, creatorId, productId],
  });
}

/** Looks up what each lock keeps and what would apply without it: now, or when a lock that is to come begins. */
async function withRates({ sql: db, now }: ReadScope, holdings: readonly Holding[]): Promise<HeldLock[]> {
  const answers = await ask(db, holdings, now);
  return holdings.map(({ termsId, brandId: _brand, enrolmentId: _enrolment, ...lock }, i) => {
    const { winner, losers } = answers[i] ?? { winner: null, losers: [] };
    const offers = winner === null ? [] : [winner, ...losers.map(({ offer }) => offer)];
    const kept = offers.find((offer) => offer.termsId === termsId && offer.lockedUntil !== null);
    const other = losers.find(({ offer, because }) => because === 'NOT_HIGHER' && offer.lockedUntil === null);
    const otherwise = winner?.lockedUntil === null ? winner : other?.offer;
    return {
      ...lock,
      keptBp: kept?.commissionBp ?? null,
      otherwiseBp: otherwise?.commissionBp ?? null,
      applies: winner !== null && winner === kept,
    };
  });
}

const ask = (db: Sql, holdings: readonly Holding[], now: Date) =>
  termsFor(
    db,
    holdings.map(({ creatorId, productId, brandId, enrolmentId, lockedFrom }) => {
      const at = lockedFrom > now ? lockedFrom : now;
      return { creatorId, productId, brandId, enrolmentId, at };
    }),
  );
