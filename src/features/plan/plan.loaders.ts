import { type RawBuilder, sql } from 'kysely';
import { isOperator, partyIds } from '../../graphql/actor.ts';
import { keyset } from '../../graphql/connection.ts';
import { oneByKey, pageByKey, type ReadScope, select } from '../../graphql/loaders.ts';
import type { PlanRow } from './plan.entity.ts';

/** A plan as it is read: with the rate in force, and whether it names the caller. */
export type ReadPlan = PlanRow & {
  readonly commissionBp: number | null;
  readonly namesViewer: boolean;
};

const COLUMNS = ['id', 'brandId', 'productId', 'kind', 'title', 'opensAt', 'closesAt', 'createdAt'] as const;
const READ_COLUMNS = [...COLUMNS, 'commissionBp', 'namesViewer'] as const;

/** Selects plans by a condition on `t`, with the terms in force now. */
const plansWhere = (condition: RawBuilder<unknown>, { actor, now }: ReadScope) => sql<ReadPlan>`
  select ${select('t', COLUMNS)}, m.commission_bp as "commissionBp", n.plan_id is not null as "namesViewer"
  from plan t
  left join plan_terms m on m.plan_id = t.id and tstzrange(m.valid_from, m.valid_to) @> ${now}::timestamptz
  left join lateral (select c.plan_id from plan_creator c
    where c.plan_id = t.id and c.creator_id = any(${partyIds(actor)}::uuid[]) limit 1) n on true
  where ${condition}`;

export const planById = oneByKey<ReadPlan>({
  name: 'planById',
  columns: READ_COLUMNS,
  read: (ids, scope) => scope.sql.rows(plansWhere(sql`t.id = any(${ids}::uuid[])`, scope)),
  keyOf: (row) => row.id,
});

/** The OPEN plan of a product that is in force now. */
export const openPlanOfProduct = oneByKey<ReadPlan>({
  name: 'openPlanOfProduct',
  columns: READ_COLUMNS,
  read: (ids, scope) =>
    scope.sql.rows(
      plansWhere(
        sql`t.product_id = any(${ids}::uuid[]) and t.kind = 'OPEN'
          and tstzrange(t.opens_at, t.closes_at) @> ${scope.now}::timestamptz`,
        scope,
      ),
    ),
  keyOf: (row) => row.productId ?? '',
});

/** The plans on a product or of a brand that the caller may see: OPEN ones, one's own, and those that name one. */
const plansOf = (name: string, column: 'brandId' | 'productId') =>
  pageByKey<ReadPlan>({
    name,
    columns: READ_COLUMNS,
    read: (keys, page, _filter, { sql: db, actor, now }) => {
      const { where, order } = keyset([{ sql: sql`p.id`, type: 'uuid' }], 'desc', page);
      const mine = sql`${partyIds(actor)}::uuid[]`;
      const on = sql.ref(column === 'brandId' ? 'p.brand_id' : 'p.product_id');
      return db.rows(sql<ReadPlan>`
        select ${select('t', COLUMNS)}, m.commission_bp as "commissionBp", t.named as "namesViewer"
        from unnest(${keys}::uuid[]) k (id)
        cross join lateral (
          select p.*, exists (select from plan_creator c where c.plan_id = p.id and c.creator_id = any(${mine})) as named
          from plan p
          where ${on} = k.id and ${where} and (p.kind = 'OPEN' or p.brand_id = any(${mine}) or ${isOperator(actor)}
            or exists (select from plan_creator c where c.plan_id = p.id and c.creator_id = any(${mine})))
          order by ${order} limit ${page.first + 1}) t
        left join plan_terms m on m.plan_id = t.id and tstzrange(m.valid_from, m.valid_to) @> ${now}::timestamptz
        order by t.id desc`);
    },
    keyOf: (row) => row[column] ?? '',
    cursorOf: (row) => [row.id],
  });

export const plansOfProduct = plansOf('plansOfProduct', 'productId');
export const plansOfBrand = plansOf('plansOfBrand', 'brandId');
