import { type RawBuilder, sql } from 'kysely';
import { oneByKey, select } from '../../graphql/loaders.ts';
import type { PolicyRow } from './account.entity.ts';
import { POLICY_COLUMNS } from './alliance-policy.ts';

/** Selects versions of the alliance's policy by a condition on `t`. */
export const policiesWhere = (condition: RawBuilder<unknown>) => sql<PolicyRow>`
  select ${select('t', POLICY_COLUMNS)} from alliance_policy t where ${condition}`;

export const policyById = oneByKey<PolicyRow>({
  name: 'alliancePolicyById',
  columns: POLICY_COLUMNS,
  read: (ids, { sql: db }) => db.rows(policiesWhere(sql`t.id = any(${ids}::uuid[])`)),
  keyOf: (row) => row.id,
});
