import type { Database } from '../../db/database.ts';
import { countScores } from './count-scores.ts';
import { dealCards } from './deal-cards.ts';
import { keepAdmission } from './keep-admission.ts';
import { moveMemberships } from './move-membership.ts';

/**
 * What trust needs once a day: scores counted anew, then who is admitted to new plans and to Trust Buy by them, then the cards
 * of buyers.
 */
export async function keepTrust(database: Database, now: Date): Promise<{ scores: number }> {
  const scores = await countScores(database, now);
  await keepAdmission(database, now);
  await moveMemberships(database, now);
  await dealCards(database, now);
  return { scores };
}
