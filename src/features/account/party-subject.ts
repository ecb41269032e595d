import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import type { PartyKind } from '../../graphql/actor.ts';

const TYPES: Readonly<Record<PartyKind, string>> = {
  ALLIANCE: 'Alliance',
  BRAND: 'Brand',
  AGENCY: 'Agency',
  CREATOR: 'Creator',
};

/** Organisations as what events are about, each by its id. One statement. */
export async function partySubjects(
  tx: Sql,
  ids: readonly string[],
): Promise<(id: string) => { readonly type: string; readonly id: string }> {
  const rows = await tx.rows(sql<{ id: string; kind: PartyKind }>`
    select id, kind from party where id = any(${[...new Set(ids)]}::uuid[])`);
  const kinds = new Map(rows.map(({ id, kind }) => [id, kind]));
  return (id) => ({ type: TYPES[kinds.get(id) ?? 'CREATOR'], id });
}
