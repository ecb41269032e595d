import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { newId } from '../../kernel/ids.ts';
import { BeltRow } from './belt.entity.ts';

export interface NewBelt {
  readonly id?: string;
  readonly name: string;
  readonly region: string;
  readonly agencyId: string;
  readonly about: string;
}

/** Enters an industrial belt that an agency runs; no two have one name. Gives its id. */
export async function foundBelt(tx: Tx, belt: NewBelt): Promise<string> {
  const row = tx.em.create(BeltRow, { ...belt, id: belt.id ?? newId() });
  await tx.em.flush();
  return row.id;
}

/** Changes what a belt says of itself; what is left out stays. */
export async function changeBelt(
  tx: Tx,
  id: string,
  change: Partial<Pick<NewBelt, 'name' | 'region' | 'about'>>,
): Promise<void> {
  const { name = null, region = null, about = null } = change;
  await tx.rows(sql`
    update industrial_belt set name = coalesce(${name}::text, name), region = coalesce(${region}::text, region),
      about = coalesce(${about}::text, about)
    where id = ${id}`);
}
