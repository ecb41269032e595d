import { type RawBuilder, sql } from 'kysely';
import { isOperator, partyIds } from '../../graphql/actor.ts';
import { keyset, limitOf } from '../../graphql/connection.ts';
import { oneByKey, pageByKey, type ReadScope, select, selectAsked } from '../../graphql/loaders.ts';
import { newestOf } from '../../graphql/table-loaders.ts';
import { CREATOR_COLUMNS, type NamedCreator } from '../creator/index.ts';
import type { PlanRow } from './plan.entity.ts';
import { type ReadTerms, TERMS_COLUMNS } from './plan-versions.ts';

/** A plan as it is read: with the rate in force, and whether it names the caller, now or until its end. */
export type ReadPlan = PlanRow & {
  readonly commissionBp: number | null;
  readonly namesViewer: boolean;
};

const COLUMNS = [
  'id',
  'brandId',
  'productId',
  'kind',
  'title',
  'opensAt',
  'closesAt',
  'announcedClosesAt',
  'createdAt',
] as const;
const READ_COLUMNS = [...COLUMNS, 'commissionBp', 'namesViewer'] as const;

/** Whether the plan `p` names one of the parties at the moment, or did so until it ended. */
const isNamed = (plan: string, parties: readonly string[], now: Date) => sql<boolean>`exists (
  select from plan_creator c where c.plan_id = ${sql.ref(`${plan}.id`)} and c.creator_id = any(${parties}::uuid[])
    and (not c.dropped or c.closes_at > ${now}))`;

/** Selects plans by a condition on `t`, with the terms in force now. */
const plansWhere = (condition: RawBuilder<unknown>, scope: ReadScope) => sql<ReadPlan>`
  select ${selectAsked('t', COLUMNS, scope, 'id', 'productId')}, m.commission_bp as "commissionBp",
    ${isNamed('t', partyIds(scope.actor), scope.now)} as "namesViewer"
  from plan t
  left join plan_terms m on m.plan_id = t.id and tstzrange(m.valid_from, m.valid_to) @> ${scope.now}::timestamptz
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
    read: (keys, page, _filter, scope) => {
      const { sql: db, actor, now } = scope;
      const { where, order } = keyset([{ sql: sql`p.id`, type: 'uuid' }], 'desc', page);
      const mine = sql`${partyIds(actor)}::uuid[]`;
      const named = isNamed('p', partyIds(actor), now);
      const on = sql.ref(column === 'brandId' ? 'p.brand_id' : 'p.product_id');
      return db.rows(sql<ReadPlan>`
        select ${selectAsked('t', COLUMNS, scope, 'id', column)}, m.commission_bp as "commissionBp", t.named as "namesViewer"
        from unnest(${keys}::uuid[]) k (id)
        cross join lateral (
          select p.*, ${named} as named
          from plan p
          where ${on} = k.id and ${where} and (p.kind = 'OPEN' or p.brand_id = any(${mine}) or ${isOperator(actor)}
            or ${named})
          order by ${order} ${limitOf(page)}) t
        left join plan_terms m on m.plan_id = t.id and tstzrange(m.valid_from, m.valid_to) @> ${now}::timestamptz
        order by t.id desc`);
    },
    keyOf: (row) => row[column] ?? '',
    cursorOf: (row) => [row.id],
  });

export const plansOfProduct = plansOf('plansOfProduct', 'productId');
export const plansOfBrand = plansOf('plansOfBrand', 'brandId');

/** The version of a plan that is in force now. */
export const termsInForce = oneByKey<ReadTerms>({
  name: 'termsInForce',
  columns: TERMS_COLUMNS,
  read: (ids, { sql: db, now }) =>
    db.rows(sql<ReadTerms>`
      select ${select('t', TERMS_COLUMNS)} from plan_terms t
      where t.plan_id = any(${ids}::uuid[]) and tstzrange(t.valid_from, t.valid_to) @> ${now}::timestamptz`),
  keyOf: (row) => row.planId,
});

/** The version of a plan that is to come into force: the first one of a plan that is not open yet, or one that cuts. */
export const termsScheduled = oneByKey<ReadTerms>({
  name: 'termsScheduled',
  columns: TERMS_COLUMNS,
  read: (ids, { sql: db, now }) =>
    db.rows(sql<ReadTerms>`
      select ${select('t', TERMS_COLUMNS)} from plan_terms t
      where t.plan_id = any(${ids}::uuid[]) and t.valid_from > ${now}
        and (t.valid_to is null or t.valid_to > t.valid_from)`),
  keyOf: (row) => row.planId,
});

/** All versions of a plan, newest first. */
export const versionsOfPlan = newestOf<ReadTerms>({
  name: 'versionsOfPlan',
  table: 'plan_terms',
  key: 'planId',
  columns: TERMS_COLUMNS,
  by: 'version',
});

/** A creator whom a plan names. */
type Named = NamedCreator & { readonly planId: string };

/** The creators whom a plan names now; of one that is not open yet, those whom it will name. */
export const creatorsOfPlan = pageByKey<Named>({
  name: 'creatorsOfPlan',
  columns: [...CREATOR_COLUMNS, 'name', 'managedBy', 'visibility'],
  read: (keys, page, _filter, { sql: db, now }) => {
    const { where, order } = keyset([{ sql: sql`c.creator_id`, type: 'uuid' }], 'desc', page);
    return db.rows(sql<Named>`
      select n.plan_id as "planId", ${select('t', CREATOR_COLUMNS)}, p.name, m.agency_id as "managedBy", m.visibility
      from unnest(${keys}::uuid[]) k (id)
      cross join lateral (select c.plan_id, c.creator_id from plan_creator c
        where c.plan_id = k.id and (c.closes_at is null or (c.closes_at > ${now} and c.closes_at > c.opens_at)) and ${where}
        order by ${order} ${limitOf(page)}) n
      join creator t on t.id = n.creator_id join party p on p.id = t.id
      left join contract_terms m on m.creator_id = t.id and tstzrange(m.valid_from, m.valid_to) @> ${now}::timestamptz
      order by n.creator_id desc`);
  },
  keyOf: (row) => row.planId,
  cursorOf: (row) => [row.id],
});
