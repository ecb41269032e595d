import type { Tx } from '../../db/database.ts';
import type { Actor } from '../../graphql/actor.ts';
import { registerParty } from '../account/index.ts';
import { type BrandKind, BrandRow } from './brand.entity.ts';

export interface NewBrand {
  readonly id?: string;
  readonly name: string;
  readonly kind: BrandKind;
  readonly currency: string;
  readonly city: string;
  readonly about: string;
  /** The industrial belt; a BELT_MERCHANT must have one. */
  readonly beltId?: string;
}

/** Enters a brand; the person who calls becomes its owner. Gives its id. */
export async function registerBrand(
  tx: Tx,
  brand: NewBrand,
  actor: Actor | undefined,
  now: Date,
): Promise<string> {
  const id = await registerParty(tx, { id: brand.id, kind: 'BRAND', name: brand.name }, actor, now);
  const { kind, currency, city, about } = brand;
  tx.em.create(BrandRow, {
    id,
    kind,
    currency,
    city,
    about,
    beltId: brand.beltId ?? null,
    restricted: false,
  });
  await tx.em.flush();
  return id;
}
