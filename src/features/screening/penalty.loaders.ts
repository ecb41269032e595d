import { sql } from 'kysely';
import { keyset, limitOf, type Page } from '../../graphql/connection.ts';
import { oneByKey, select, selectAsked } from '../../graphql/loaders.ts';
import { newestOf, rowById } from '../../graphql/table-loaders.ts';
import type { AppealState, PenaltyKind } from './finding-state.ts';

/** A penalty with its appeal. It holds over [givenAt, endsAt) and until it is lifted. */
export interface PenaltyRow {
  readonly id: string;
  readonly findingId: string;
  readonly partyId: string;
  readonly kind: PenaltyKind;
  readonly givenAt: Date;
  readonly endsAt: Date | null;
  readonly liftedAt: Date | null;
  readonly appealState: AppealState | null;
  readonly appealText: string | null;
  readonly appealedAt: Date | null;
  readonly appealNote: string | null;
  readonly appealDecidedAt: Date | null;
}

const COLUMNS = [
  'id',
  'findingId',
  'partyId',
  'kind',
  'givenAt',
  'endsAt',
  'liftedAt',
  'appealState',
  'appealText',
  'appealedAt',
  'appealNote',
  'appealDecidedAt',
] as const;

const PENALTIES = { table: 'claim_penalty', columns: COLUMNS } as const;
export const penaltyById = rowById<PenaltyRow>({ name: 'claimPenaltyById', ...PENALTIES });
export const penaltiesOfParty = newestOf<PenaltyRow>({
  name: 'claimPenaltiesOfParty',
  key: 'partyId',
  ...PENALTIES,
});

export const penaltyOfFinding = oneByKey<PenaltyRow>({
  name: 'claimPenaltyOfFinding',
  columns: COLUMNS,
  read: (ids, scope) =>
    scope.sql.rows(sql<PenaltyRow>`
      select ${selectAsked('t', COLUMNS, scope, 'findingId')} from claim_penalty t where t.finding_id = any(${ids}::uuid[])`),
  keyOf: ({ findingId }) => findingId,
});

/** SQL: a page of the penalties whose appeals wait for a decision, the oldest first. */
export function openAppeals(page: Page) {
  const { where, order } = keyset([{ sql: sql`t.id`, type: 'uuid' }], 'asc', page);
  return sql<PenaltyRow>`
    select ${select('t', COLUMNS)} from claim_penalty t where t.appeal_state = 'OPEN' and ${where}
    order by ${order} ${limitOf(page)}`;
}
