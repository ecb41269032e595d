import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import type { UserErrorValue } from '../../graphql/user-errors.ts';

/**
 * Takes as many of the wanted places of a campaign as are free, and gives how many. One statement, which the check
 * `a_campaign_takes_no_more_than_its_places` holds.
 */
export async function takePlaces(tx: Sql, campaignId: string, wanted: number): Promise<number> {
  if (wanted === 0) return 0;
  const [row] = await tx.rows(sql<{ taken: number }>`
    with before as (select places_taken from recruiting_campaign where id = ${campaignId} for no key update)
    update recruiting_campaign g
    set places_taken = g.places_taken + least(${wanted}::int, coalesce(g.places - g.places_taken, ${wanted}::int))
    from before where g.id = ${campaignId}
    returning g.places_taken - before.places_taken as taken`);
  return row?.taken ?? 0;
}

export const campaignFull = (places: number, path: readonly string[]): UserErrorValue => ({
  __typename: 'CampaignFull',
  message: `All ${places} places of the campaign are taken.`,
  path,
  places,
});
