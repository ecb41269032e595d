import { rule } from '../../graphql/access.ts';
import { type Actor, isMember, isOperator, isSignedIn } from '../../graphql/actor.ts';
import type { StoryRow } from './story.loaders.ts';

export type SeenStory = Pick<StoryRow, 'brandId' | 'agencyId' | 'inForce' | 'listed'>;

/** What waits, was refused or has ended is between its parties; what is verified is seen wherever the product is. */
export const seesStory = (actor: Actor, { brandId, agencyId, inForce, listed }: SeenStory): boolean =>
  isMember(actor, brandId) ||
  (agencyId !== null && isMember(actor, agencyId)) ||
  isOperator(actor) ||
  (isSignedIn(actor) && inForce && listed);

export const visibleStory = rule<SeenStory>(
  'whoever may see the product while it is verified; else the brand, the agency of the belt and operators',
  seesStory,
);
