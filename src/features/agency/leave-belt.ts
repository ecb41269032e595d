import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import type { NamedBrand } from '../brand/index.ts';
import type { BeltRow } from './belt.entity.ts';
import { moveBrand } from './move-brand.ts';

/** Ends that a brand belongs to its belt. A BELT_MERCHANT keeps one always: it can only move to another. */
export async function leaveBelt(
  tx: Tx,
  brand: Pick<NamedBrand, 'id' | 'kind'>,
  belt: Pick<BeltRow, 'id' | 'agencyId'>,
  now: Date,
): Promise<void> {
  if (brand.kind === 'BELT_MERCHANT') {
    const message = 'A merchant of an industrial belt always has one. Ask another belt to take the brand in.';
    throw wrongState(['input', 'brandId'], 'BELT_MERCHANT', message);
  }
  const still = await tx.rows(
    sql`select from brand where id = ${brand.id} and belt_id = ${belt.id} for update`,
  );
  if (still.length === 0)
    throw wrongState(['input', 'brandId'], 'NO_BELT', 'The brand has just left this belt.');
  await moveBrand(tx, brand.id, null, now);
  const subject = { type: 'Brand', id: brand.id };
  await announce(tx, [{ kind: 'BELT_LEFT', subject, to: [brand.id, belt.agencyId] }], now);
}
