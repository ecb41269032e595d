import { type RawBuilder, sql } from 'kysely';
import { isOperator, partyIds } from '../../graphql/actor.ts';
import { keyset, limitOf } from '../../graphql/connection.ts';
import { oneByKey, pageByKey, type ReadScope, select } from '../../graphql/loaders.ts';
import { newestOf } from '../../graphql/table-loaders.ts';
import { CREATOR_COLUMNS, type NamedCreator } from '../creator/index.ts';
import type { ContractRow, ContractTermsRow } from './contract.entity.ts';
import { type ContractState, contractStateAt } from './contract-state.ts';

/** One version of a contract's terms as it is read. */
export type ReadTerms = Pick<
  ContractTermsRow,
  'version' | 'shareBp' | 'visibility' | 'validFrom' | 'validTo'
> & { readonly contractId: string };

/** A contract as it is read: with how it stands, and its latest terms. */
export interface ReadContract extends Omit<ContractRow, 'endedAt' | 'endAskedAt'> {
  readonly endAskedAt: Date | null;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly state: ContractState;
  /** The terms in force; before the contract begins the first to come, after its end the last. */
  readonly terms: ReadTerms & { readonly id: string };
}

const CONTRACT_COLUMNS = [
  'id',
  'agencyId',
  'creatorId',
  'createdAt',
  'endAskedBy',
  'endAskedAt',
  'endReason',
] as const;
const TERMS_COLUMNS = ['version', 'shareBp', 'visibility', 'validFrom', 'validTo'] as const;
const READ_COLUMNS = [...CONTRACT_COLUMNS, 'startsAt', 'endsAt', 'state', 'terms'];

type FlatContract = Omit<ReadContract, 'state' | 'terms'> &
  Omit<ReadTerms, 'contractId'> & { readonly termsId: string };

/** Reads contracts that stand as `t` in the source, with their first and last versions. */
async function readContracts(
  { sql: db, now }: ReadScope,
  source: RawBuilder<unknown>,
): Promise<ReadContract[]> {
  const rows = await db.rows(sql<FlatContract>`
    select ${select('t', CONTRACT_COLUMNS)}, f.valid_from as "startsAt", coalesce(t.ended_at, v.valid_to) as "endsAt",
      v.id as "termsId", ${select('v', TERMS_COLUMNS)}
    from ${source}
    join contract_terms f on f.contract_id = t.id and f.version = 1
    cross join lateral (select * from contract_terms where contract_id = t.id order by version desc limit 1) v
    order by t.id desc`);
  return rows.map(({ termsId, version, shareBp, visibility, validFrom, validTo, ...contract }) => ({
    ...contract,
    state: contractStateAt(contract, now),
    terms: { id: termsId, contractId: contract.id, version, shareBp, visibility, validFrom, validTo },
  }));
}

/** A contract whatever its state is. */
export const contractById = oneByKey<ReadContract>({
  name: 'contractById',
  columns: READ_COLUMNS,
  read: (ids, scope) =>
    readContracts(scope, sql`(select * from creator_contract where id = any(${ids}::uuid[])) t`),
  keyOf: (row) => row.id,
});

/** The contract of a creator that is in force now: one at most, held by the database. */
export const contractInForce = oneByKey<ReadContract>({
  name: 'contractInForce',
  columns: READ_COLUMNS,
  read: (ids, scope) =>
    readContracts(
      scope,
      sql`(select c.* from creator_contract c join contract_terms i on i.contract_id = c.id
        where i.creator_id = any(${ids}::uuid[])
          and tstzrange(i.valid_from, i.valid_to) @> ${scope.now}::timestamptz) t`,
    ),
  keyOf: (row) => row.creatorId,
});

/** The contracts of one side, past ones too, newest first; of a creator's those that the caller is a side of. */
const contractsOf = (name: string, column: 'agencyId' | 'creatorId') =>
  pageByKey<ReadContract>({
    name,
    columns: READ_COLUMNS,
    read: (keys, page, _filter, scope) => {
      const { where, order } = keyset([{ sql: sql`c.id`, type: 'uuid' }], 'desc', page);
      const mine = sql`${partyIds(scope.actor)}::uuid[]`;
      const on = sql.ref(column === 'agencyId' ? 'c.agency_id' : 'c.creator_id');
      return readContracts(
        scope,
        sql`unnest(${keys}::uuid[]) k (id) cross join lateral (select c.* from creator_contract c
          where ${on} = k.id and (${isOperator(scope.actor)} or c.agency_id = any(${mine}) or c.creator_id = any(${mine}))
            and ${where} order by ${order} ${limitOf(page)}) t`,
      );
    },
    keyOf: (row) => row[column],
    cursorOf: (row) => [row.id],
  });

export const contractsOfAgency = contractsOf('contractsOfAgency', 'agencyId');
export const contractsOfCreator = contractsOf('contractsOfCreator', 'creatorId');

/** All versions of a contract's terms, newest first. */
export const versionsOfContract = newestOf<ReadTerms>({
  name: 'versionsOfContract',
  table: 'contract_terms',
  key: 'contractId',
  columns: [...TERMS_COLUMNS, 'contractId'],
  by: 'version',
});

type CreatorUnderContract = NamedCreator & { readonly contractId: string };

/** The creators that an agency manages now, newest contract first. */
export const creatorsOfAgency = pageByKey<CreatorUnderContract>({
  name: 'creatorsOfAgency',
  columns: [...CREATOR_COLUMNS, 'name', 'managedBy', 'visibility'],
  read: (keys, page, _filter, { sql: db, now }) => {
    const { where, order } = keyset([{ sql: sql`c.contract_id`, type: 'uuid' }], 'desc', page);
    return db.rows(sql<CreatorUnderContract>`
      select ${select('t', CREATOR_COLUMNS)}, p.name, r.agency_id as "managedBy", r.visibility,
        r.contract_id as "contractId"
      from unnest(${keys}::uuid[]) k (id)
      cross join lateral (select c.* from contract_terms c
        where c.agency_id = k.id and tstzrange(c.valid_from, c.valid_to) @> ${now}::timestamptz and ${where}
        order by ${order} ${limitOf(page)}) r
      join creator t on t.id = r.creator_id join party p on p.id = t.id
      order by r.contract_id desc`);
  },
  keyOf: (row) => row.managedBy ?? '',
  cursorOf: (row) => [row.contractId],
});
