import { rule } from '../../graphql/access.ts';
import { isMember, isOperator } from '../../graphql/actor.ts';

interface Claimed {
  readonly brandId: string;
  readonly creatorId: string | null;
}

/** A claim concerns the shop's side, and the creator whose commission goes with it. */
export const visibleClaim = rule<Claimed>(
  'the brand, the creator who is credited with the line, and operators',
  (actor, { brandId, creatorId }) =>
    isMember(actor, brandId) || isMember(actor, creatorId) || isOperator(actor),
);

/** What a buyer says and shows is the shop's side's. */
export const claimEvidence = rule<Claimed>(
  'the brand and operators',
  (actor, { brandId }) => isMember(actor, brandId) || isOperator(actor),
);
