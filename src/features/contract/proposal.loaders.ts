import { type RawBuilder, sql } from 'kysely';
import { keyset, limitOf } from '../../graphql/connection.ts';
import { oneByKey, pageByKey, select } from '../../graphql/loaders.ts';
import type { ContractProposalRow } from './contract.entity.ts';
import type { ProposalState } from './proposal-state.ts';

const PLAIN_COLUMNS = [
  'id',
  'kind',
  'agencyId',
  'creatorId',
  'contractId',
  'proposedBy',
  'shareBp',
  'visibility',
  'startsAt',
  'endsAt',
  'message',
  'declineReason',
  'proposedAt',
  'lapsesAt',
] as const;
const COLUMNS = [...PLAIN_COLUMNS, 'state', 'decidedAt'];

/** The state at this moment: what was to be answered before now has lapsed, also while the chore is late. */
const stateOf = (alias: string, now: Date): RawBuilder<string> => {
  const of = (column: string) => sql.ref(`${alias}.${column}`);
  return sql`case when ${of('state')} = 'PROPOSED' and ${of('lapses_at')} <= ${now}::timestamptz then 'LAPSED'
    else ${of('state')} end`;
};

const columns = (now: Date) => sql`${select('t', PLAIN_COLUMNS)}, ${stateOf('t', now)} as state,
  case when t.state = 'PROPOSED' and t.lapses_at <= ${now}::timestamptz then t.lapses_at else t.decided_at end
    as "decidedAt"`;

export const proposalById = oneByKey<ContractProposalRow>({
  name: 'proposalById',
  columns: COLUMNS,
  read: (ids, { sql: db, now }) =>
    db.rows(sql<ContractProposalRow>`
      select ${columns(now)} from contract_proposal t where t.id = any(${ids}::uuid[])`),
  keyOf: (row) => row.id,
});

/** Which proposals a list is to hold. */
export interface ProposalFilter {
  readonly state?: ProposalState | null;
}

/** Proposals by one of their sides or by their contract, newest first. */
const proposalsOf = (name: string, column: 'agencyId' | 'creatorId' | 'contractId') =>
  pageByKey<ContractProposalRow, ProposalFilter>({
    name,
    columns: COLUMNS,
    read: (keys, page, { state }, { sql: db, now }) => {
      const { where, order } = keyset([{ sql: sql`p.id`, type: 'uuid' }], 'desc', page);
      const on = { agencyId: 'p.agency_id', creatorId: 'p.creator_id', contractId: 'p.contract_id' }[column];
      const wanted = state == null ? sql`true` : sql`${stateOf('p', now)} = ${state}`;
      return db.rows(sql<ContractProposalRow>`
        select ${columns(now)} from unnest(${keys}::uuid[]) k (id)
        cross join lateral (select p.* from contract_proposal p
          where ${sql.ref(on)} = k.id and ${wanted} and ${where}
          order by ${order} ${limitOf(page)}) t
        order by t.id desc`);
    },
    keyOf: (row) => row[column] ?? '',
    cursorOf: (row) => [row.id],
  });

export const proposalsOfAgency = proposalsOf('proposalsOfAgency', 'agencyId');
export const proposalsOfCreator = proposalsOf('proposalsOfCreator', 'creatorId');
export const proposalsOfContract = proposalsOf('proposalsOfContract', 'contractId');
