import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { select } from '../../graphql/loaders.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import type { CampaignRow } from './campaign.entity.ts';
import { takesProducts } from './campaign.loaders.ts';
import { moveEnded } from './end-enrolments.ts';

const COLUMNS = [
  'id',
  'agencyId',
  'pays',
  'places',
  'placesTaken',
  'commitmentDays',
  'secondLevelOpen',
  'opensAt',
  'closesAt',
  'closedAt',
] as const;

/** A campaign under a row lock, as it is with all that has ended taken out of it. */
export type LockedCampaign = Pick<CampaignRow, (typeof COLUMNS)[number]> & {
  readonly takesProducts: boolean;
};

/**
 * Locks a campaign until the transaction ends and takes out of it what has ended. Whoever needs campaigns and
 * enrolments locks the campaign first, so that no two wait for each other.
 */
export async function lockCampaign(tx: Tx, id: string, now: Date): Promise<LockedCampaign> {
  await tx.rows(sql`select from recruiting_campaign where id = ${id} for no key update`);
  await moveEnded(tx, now, id);
  const [row] = await tx.rows(sql<LockedCampaign>`
    select ${select('t', COLUMNS)}, ${takesProducts('t', now)} as "takesProducts" from recruiting_campaign t where id = ${id}`);
  if (row === undefined) throw new Error(`The campaign ${id} is gone.`);
  return row;
}

/** Refuses what only a campaign that takes products now can do. */
export function refuseClosed(campaign: LockedCampaign, now: Date, path: readonly string[]): void {
  if (campaign.takesProducts) return;
  const state = campaign.closedAt == null && campaign.opensAt > now ? 'NOT_OPEN' : 'CLOSED';
  throw wrongState(path, state, 'The campaign takes no products now.');
}
