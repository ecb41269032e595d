import { sql } from 'kysely';
import { keyset } from '../../graphql/connection.ts';
import { manyByKey, oneByKey, pageByKey, select } from '../../graphql/loaders.ts';
import { CREATOR_COLUMNS, type NamedCreator } from '../creator/index.ts';
import type { ContractTermsRow } from './contract.entity.ts';

/** The creators that an agency manages now, newest contract first. */
export const creatorsOfAgency = pageByKey<NamedCreator & { contractTermsId: string }>({
  name: 'creatorsOfAgency',
  columns: [...CREATOR_COLUMNS, 'name'],
  read: (keys, page, _filter, { sql: db, now }) => {
    const { where, order } = keyset([{ sql: sql`c.id`, type: 'uuid' }], 'desc', page);
    return db.rows(sql<NamedCreator & { contractTermsId: string }>`
      select ${select('t', CREATOR_COLUMNS)}, p.name, r.agency_id as "managedBy", r.visibility, r.id as "contractTermsId"
      from unnest(${keys}::uuid[]) k (id)
      cross join lateral (select c.* from contract_terms c
        where c.agency_id = k.id and tstzrange(c.valid_from, c.valid_to) @> ${now}::timestamptz and ${where}
        order by ${order} limit ${page.first + 1}) r
      join creator t on t.id = r.creator_id join party p on p.id = t.id
      order by r.id desc`);
  },
  keyOf: (row) => row.managedBy ?? '',
  cursorOf: (row) => [row.contractTermsId],
});

/** A contract's version in force, with the two sides. */
export type CurrentContract = Omit<ContractTermsRow, 'id'> & {
  readonly id: string;
  readonly termsId: string;
};

/** The contract of a creator that is in force now: one at most, held by the database. */
export const contractsOfCreator = manyByKey<CurrentContract>({
  name: 'contractsOfCreator',
  columns: ['id', 'termsId', 'agencyId', 'creatorId', 'shareBp', 'visibility', 'validFrom', 'validTo'],
  read: (keys, { sql: db, now }) => db.rows(currentContracts(sql`creator_id = any(${keys}::uuid[])`, now)),
  keyOf: (row) => row.creatorId,
});

export const contractById = oneByKey<CurrentContract>({
  name: 'contractById',
  columns: contractsOfCreator.columns,
  read: (keys, { sql: db, now }) => db.rows(currentContracts(sql`contract_id = any(${keys}::uuid[])`, now)),
  keyOf: (row) => row.id,
});

const currentContracts = (condition: ReturnType<typeof sql>, now: Date) => sql<CurrentContract>`
  select contract_id as id, id as "termsId", agency_id as "agencyId", creator_id as "creatorId", share_bp as "shareBp",
    visibility, valid_from as "validFrom", valid_to as "validTo"
  from contract_terms where ${condition} and tstzrange(valid_from, valid_to) @> ${now}::timestamptz`;
