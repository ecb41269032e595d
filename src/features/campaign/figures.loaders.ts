import { sql } from 'kysely';
import { oneByKey } from '../../graphql/loaders.ts';
import { faultsNow } from './enrolment.loaders.ts';
import { enrolmentTables, stateAt } from './in-force.ts';

/** What was sold through a campaign in one currency. */
export interface CampaignSales {
  readonly currency: string;
  readonly orderLines: number;
  readonly gmvMinor: bigint;
  readonly feeMinor: bigint;
}

/** What has become of a campaign so far. */
export interface CampaignFigures {
  readonly id: string;
  readonly enrolled: number;
  readonly pending: number;
  readonly approved: number;
  readonly rejected: number;
  readonly invalid: number;
  readonly links: number;
  readonly creators: number;
  readonly sales: readonly CampaignSales[];
}

type Row = Omit<CampaignFigures, 'sales'> & { readonly sales: readonly Record<string, string>[] };

/**
 * The lines won by the enrolments `en` of campaigns. The brand's terms that are frozen on a line are the first agency's,
 * also where the creator picked from a second one, whose part stands beside them.
 */
const wonLines = sql`
  select en.campaign_id, en.agency_id, t.brand_id, t.line_id from en
  join enrolment_terms v on v.enrolment_id = en.id
  join frozen_terms t on t.enrolment_terms_id = v.id and t.brand_id = en.brand_id
  union all
  select en.campaign_id, en.agency_id, t.brand_id, t.line_id from en
  join enrolment_terms v on v.enrolment_id = en.id
  join frozen_terms t on t.second_terms_id = v.id and t.brand_id = en.brand_id
  where en.parent_id is not null`;

/** The figures of campaigns, with one statement for all of them. */
export const figuresOfCampaign = oneByKey<CampaignFigures>({
  name: 'figuresOfCampaign',
  columns: ['id', 'enrolled', 'pending', 'approved', 'rejected', 'invalid', 'links', 'creators', 'sales'],
  read: async (ids, { sql: db, now }) => {
    const rows = await db.rows(sql<Row>`
      with en as materialized (
        select e.id, e.campaign_id, e.agency_id, e.brand_id, e.parent_id, ${stateAt(now)} as state,
          ${faultsNow(now)} <> '{}' as invalid
        from ${enrolmentTables} where e.campaign_id = any(${ids}::uuid[])
      ), enrolled as (
        select campaign_id, count(*)::int as enrolled, count(*) filter (where state = 'PENDING')::int as pending,
          count(*) filter (where state = 'APPROVED')::int as approved,
          count(*) filter (where state in ('REJECTED', 'REJECTED_FOR_GOOD'))::int as rejected,
          count(*) filter (where invalid)::int as invalid
        from en group by campaign_id
      ), promoted as (
        select en.campaign_id, count(p.link_id)::int as links, count(distinct p.creator_id)::int as creators
        from en join lateral (
          select l.id as link_id, l.creator_id from promotion_link l where l.enrolment_id = en.id
          union all
          select null, i.creator_id from showcase_item i where i.enrolment_id = en.id) p on true
        group by en.campaign_id
      ), sold as (
        select w.campaign_id, l.currency, count(*) as lines, sum(l.goods_paid_minor) as gmv, coalesce(sum(n.net), 0) as fee
        from (${wonLines}) w
        join order_line l on l.brand_id = w.brand_id and l.id = w.line_id
          and l.paid_at is not null and l.state <> 'CANCELLED'
        left join lateral (select sum(n.net_minor) as net from waterfall_node n
          where n.brand_id = w.brand_id and n.line_id = w.line_id and n.payee_id = w.agency_id
            and n.role in ('RECRUITER', 'SECOND_RECRUITER')) n on true
        group by w.campaign_id, l.currency
      )
      select k.id, coalesce(e.enrolled, 0) as enrolled, coalesce(e.pending, 0) as pending,
        coalesce(e.approved, 0) as approved, coalesce(e.rejected, 0) as rejected, coalesce(e.invalid, 0) as invalid,
        coalesce(p.links, 0) as links, coalesce(p.creators, 0) as creators,
        coalesce((select jsonb_agg(jsonb_build_object('currency', s.currency, 'lines', s.lines::text,
          'gmv', s.gmv::text, 'fee', s.fee::text) order by s.currency) from sold s where s.campaign_id = k.id), '[]') as sales
      from unnest(${ids}::uuid[]) k (id)
      left join enrolled e on e.campaign_id = k.id left join promoted p on p.campaign_id = k.id`);
    return rows.map((row) => ({ ...row, sales: row.sales.map(toSales) }));
  },
  keyOf: (row) => row.id,
});

const toSales = ({
  currency = '',
  lines = '0',
  gmv = '0',
  fee = '0',
}: Record<string, string>): CampaignSales => ({
  currency,
  orderLines: Number(lines),
  gmvMinor: BigInt(gmv),
  feeMinor: BigInt(fee),
});
