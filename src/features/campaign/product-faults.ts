import { type RawBuilder, sql } from 'kysely';
import { isPenalised } from '../account/index.ts';

/** Why a product does not fit the campaign that it is, or would be, enrolled in. */
export type Fault =
  | 'PRODUCT_NOT_LISTED'
  | 'BRAND_RESTRICTED'
  | 'PRODUCT_RESTRICTED'
  | 'OUT_OF_STOCK'
  | 'CATEGORY_NOT_CALLED_FOR'
  | 'COMMISSION_BELOW_MINIMUM'
  | 'SERVICE_FEE_BELOW_MINIMUM'
  | 'BLOCKED'
  | 'WINDOW_OVER';

/** The lowest commission `c.bp` that campaign `g` takes for product `p`: of the deepest category that it calls for. */
export const categoryMinimum = sql`left join lateral (
  select cc.min_commission_bp as bp from category own
  join campaign_category cc on cc.campaign_id = g.id and cc.category_id = any(own.path)
  join category called on called.id = cc.category_id
  where own.id = p.category_id order by called.level desc limit 1) c on true`;

/** What a product is judged by: its rates as SQL, and whether the campaign's own categories and minima are for it. */
export interface Judged {
  readonly commission: RawBuilder<unknown>;
  readonly serviceFee: RawBuilder<unknown>;
  readonly hasMinima: RawBuilder<boolean>;
  readonly now: Date;
}

/**
 * SQL: what is wrong with product `p` of brand `b` in campaign `g`, beside `categoryMinimum`, as a list of faults.
 * Whether the window is over is for the caller to add, since it is no fault of one that was approved within it.
 */
export const productFaults = ({ commission, serviceFee, hasMinima, now }: Judged) => sql<
  Fault[]
>`array_remove(array[
  case when p.state <> 'LISTED' then 'PRODUCT_NOT_LISTED' end,
  case when b.restricted or ${isPenalised(sql`b.id`, now)} then 'BRAND_RESTRICTED' end,
  case when p.restricted then 'PRODUCT_RESTRICTED' end,
  case when not exists (select from sku s where s.product_id = p.id and s.stock > 0) then 'OUT_OF_STOCK' end,
  case when ${hasMinima} and c.bp is null and exists (select from campaign_category cc where cc.campaign_id = g.id)
    then 'CATEGORY_NOT_CALLED_FOR' end,
  case when ${hasMinima} and ${commission} < c.bp then 'COMMISSION_BELOW_MINIMUM' end,
  case when ${hasMinima} and ${serviceFee} < g.min_service_fee_bp then 'SERVICE_FEE_BELOW_MINIMUM' end,
  case when exists (select from party_block x
    where ((x.blocker_id = b.id and x.blocked_id = g.agency_id) or (x.blocker_id = g.agency_id and x.blocked_id = b.id))
      and x.blocked_at <= ${now} and (x.lifted_at is null or x.lifted_at > ${now})) then 'BLOCKED' end
], null)`;
