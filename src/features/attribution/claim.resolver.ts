import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access, operatorsOnly, signedIn } from '../../graphql/access.ts';
import { mayWrite } from '../../graphql/actor.ts';
import { connectionOf, PageArgs, toConnection, toPage } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow, readAgain } from '../../graphql/named-row.ts';
import { type Payload, payloadOf, unknown } from '../../graphql/user-errors.ts';
import { idOfType, NO_ID } from '../../kernel/ids.ts';
import { operatorsOfOrders } from '../order/index.ts';
import { type AttributionClaimRow, attributionClaimById, openAttributionClaims } from './claim.loaders.ts';
import {
  AttributionClaim,
  AttributionClaimConcedeInput,
  AttributionClaimDecideInput,
  AttributionClaimOpenInput,
} from './claim.types.ts';
import { type AttributionDecision, decideAttributionClaim } from './decide-claim.ts';
import { CLAIMED_ALREADY, openAttributionClaim } from './open-claim.ts';

const OpenPayload = payloadOf('attributionClaimOpen', 'attributionClaim', () => AttributionClaim);
const DecidePayload = payloadOf('attributionClaimDecide', 'attributionClaim', () => AttributionClaim);
const ConcedePayload = payloadOf('attributionClaimConcede', 'attributionClaim', () => AttributionClaim);
const ClaimConnection = connectionOf(AttributionClaim);

const found = {
  idOf: ({ id }: AttributionClaimRow) => id,
  find: (tx: MutationTx, id: string) => tx.loaders.one(attributionClaimById, id),
  constraints: { one_attribution_claim_per_line_and_creator: () => CLAIMED_ALREADY },
};

@Resolver()
export class AttributionClaimResolver {
  @Access(operatorsOnly)
  @Query(() => ClaimConnection, {
    description: 'The claims on order lines that wait for a decision, the oldest first.',
  })
  async openAttributionClaims(@Args(() => PageArgs) args: PageArgs, @Ctx() { database }: RequestContext) {
    const page = toPage(args, 'openAttributionClaims');
    return toConnection(await database.rows(openAttributionClaims(page)), page, ({ id }) => [id]);
  }

  @Access(signedIn)
  @Mutation(() => OpenPayload, {
    description:
      'Claims an order line that is credited to nobody, at most 30 days after it was placed. For creators with cooperation:write.',
  })
  attributionClaimOpen(
    @Arg('input', () => AttributionClaimOpenInput) input: AttributionClaimOpenInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<AttributionClaimRow>> {
    return mutate(context, { ...found, operation: 'attributionClaimOpen', input }, async (tx) => {
      const now = context.clock.now();
      const creatorId = idOfType(input.creatorId, 'Creator') ?? NO_ID;
      const { actor } = context;
      const isOwn = actor.seats.some(({ partyId }) => partyId === creatorId);
      if (!isOwn || !mayWrite(actor, creatorId, 'cooperation:write'))
        throw unknown(['input', 'creatorId'], 'creator');
      const brandId = idOfType(input.brandId, 'Brand') ?? NO_ID;
      const id = await openAttributionClaim(tx, { ...input, creatorId, brandId }, now);
      return readAgain(tx, attributionClaimById, id, now);
    });
  }

  @Access(operatorsOfOrders)
  @Mutation(() => DecidePayload, {
    description:
      'Decides a claim, once. Where it is upheld, the line is credited to the creator by the terms of when it was placed, and its ' +
      'commission is posted for all that has happened since.',
  })
  attributionClaimDecide(
    @Arg('input', () => AttributionClaimDecideInput) input: AttributionClaimDecideInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<AttributionClaimRow>> {
    const { outcome, note } = input;
    return decide(context, 'attributionClaimDecide', input, () => true, { outcome, note, by: 'OPERATOR' });
  }

  @Access(signedIn)
  @Mutation(() => ConcedePayload, {
    description: 'Upholds a claim on a line of the brand, at its cost. For the brand with orders:write.',
  })
  attributionClaimConcede(
    @Arg('input', () => AttributionClaimConcedeInput) input: AttributionClaimConcedeInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<AttributionClaimRow>> {
    const { actor } = context;
    const allows = ({ brandId }: AttributionClaimRow) =>
      mayWrite(actor, brandId, 'orders:write') && actor.seats.some(({ partyId }) => partyId === brandId);
    const note = input.note?.trim() || null;
    return decide(context, 'attributionClaimConcede', input, allows, {
      outcome: 'UPHELD',
      note,
      by: 'BRAND',
    });
  }
}

function decide(
  context: RequestContext,
  operation: string,
  input: { readonly attributionClaimId: string; readonly idempotencyKey: string },
  allows: (claim: AttributionClaimRow) => boolean,
  decision: Omit<AttributionDecision, 'claimId'>,
): Promise<Payload<AttributionClaimRow>> {
  return mutate(context, { ...found, operation, input }, async (tx) => {
    const now = context.clock.now();
    const { id } = await namedRow(tx, input.attributionClaimId, {
      field: 'attributionClaimId',
      type: 'AttributionClaim',
      load: attributionClaimById,
      allows,
    });
    await decideAttributionClaim(tx, { ...decision, claimId: id }, now);
    return readAgain(tx, attributionClaimById, id, now);
  });
}
