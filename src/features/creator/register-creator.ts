import type { Tx } from '../../db/database.ts';
import type { Actor } from '../../graphql/actor.ts';
import { registerParty } from '../account/index.ts';
import { CreatorRow } from './creator.entity.ts';
import { tierOf } from './creator-tier.ts';

export interface NewCreator {
  readonly id?: string;
  readonly name: string;
  readonly city: string;
  readonly about: string;
  readonly followers: bigint;
}

/** Enters a creator; the person who calls becomes the owner. Gives the id. */
export async function registerCreator(
  tx: Tx,
  creator: NewCreator,
  actor: Actor | undefined,
  now: Date,
): Promise<string> {
  const id = await registerParty(tx, { id: creator.id, kind: 'CREATOR', name: creator.name }, actor, now);
  const { city, about, followers } = creator;
  tx.em.create(CreatorRow, { id, tier: tierOf(followers), city, about, followers });
  await tx.em.flush();
  return id;
}
