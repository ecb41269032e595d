import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access, operatorsOnly, signedIn } from '../../graphql/access.ts';
import { mayWrite } from '../../graphql/actor.ts';
import { connectionOf, PageArgs, toConnection, toPage } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { type Payload, payloadOf, unknown } from '../../graphql/user-errors.ts';
import { factKey, toGlobalId } from '../../kernel/ids.ts';
import { lineById, operatorsOfOrders } from '../order/index.ts';
import { type ClaimRow, claimById, openClaims } from './claim.loaders.ts';
import {
  TrustClaim,
  TrustClaimConcedeInput,
  TrustClaimDecideInput,
  TrustClaimOpenInput,
} from './claim.types.ts';
import { type ClaimDecision, decideClaim } from './decide-claim.ts';
import { OPEN_ALREADY, openClaim } from './open-claim.ts';

const OpenPayload = payloadOf('trustClaimOpen', 'trustClaim', () => TrustClaim);
const DecidePayload = payloadOf('trustClaimDecide', 'trustClaim', () => TrustClaim);
const ConcedePayload = payloadOf('trustClaimConcede', 'trustClaim', () => TrustClaim);
const ClaimConnection = connectionOf(TrustClaim);

const found = {
  // A claim lies with its brand: its key is both ids.
  idOf: ({ id, brandId }: ClaimRow) => toGlobalId('TrustClaim', id, brandId),
  find: (tx: MutationTx, id: string) => tx.loaders.one(claimById, factKey(id, 'TrustClaim')),
  constraints: { one_open_claim_of_a_kind_per_line: () => OPEN_ALREADY },
};

@Resolver()
export class ClaimResolver {
  @Access(operatorsOnly)
  @Query(() => ClaimConnection, { description: 'The claims that wait for a decision, the oldest first.' })
  async openTrustClaims(@Args(() => PageArgs) args: PageArgs, @Ctx() { database }: RequestContext) {
    const page = toPage(args, 'openTrustClaims');
    return toConnection(await database.rows(openClaims(page)), page, ({ id }) => [id]);
  }

  @Access(signedIn)
  @Mutation(() => OpenPayload, {
    description:
      'Opens the claim of a buyer under a protection of an order line, which is not settled before the decision. For the ' +
      'brand, its shop system and operators with orders:write.',
  })
  trustClaimOpen(
    @Arg('input', () => TrustClaimOpenInput) input: TrustClaimOpenInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ClaimRow>> {
    const { actor, clock } = context;
    return mutate(context, { ...found, operation: 'trustClaimOpen', input }, async (tx) => {
      const line = await tx.loaders.one(lineById, factKey(input.orderLineId, 'OrderLine'));
      if (line === undefined || !mayWrite(actor, line.brandId, 'orders:write'))
        throw unknown(['input', 'orderLineId'], 'order line');
      const now = clock.now();
      const openedBy = actor.seats[0]?.partyId ?? line.brandId;
      const id = await openClaim(tx, line, { ...input, openedBy }, now);
      return written(tx, line.brandId, id, now);
    });
  }

  @Access(operatorsOfOrders)
  @Mutation(() => DecidePayload, {
    description:
      'Decides a claim, once. What is upheld for goods is entered as a refund of the line, and moves its commission ' +
      'and, after settlement, the ledger as any refund does.',
  })
  trustClaimDecide(
    @Arg('input', () => TrustClaimDecideInput) input: TrustClaimDecideInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ClaimRow>> {
    return decide(context, 'trustClaimDecide', input, () => true, decisionOf(input));
  }

  @Access(signedIn)
  @Mutation(() => ConcedePayload, {
    description: 'Upholds a claim in whole, at the cost of the brand. For the brand with orders:write.',
  })
  trustClaimConcede(
    @Arg('input', () => TrustClaimConcedeInput) input: TrustClaimConcedeInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ClaimRow>> {
    const { actor } = context;
    const allows = ({ brandId }: ClaimRow) =>
      mayWrite(actor, brandId, 'orders:write') && actor.seats.some(({ partyId }) => partyId === brandId);
    const note = input.note?.trim() || null;
    const decision = { outcome: 'UPHELD', payer: 'BRAND', upheldMinor: null, by: 'BRAND', note } as const;
    return decide(context, 'trustClaimConcede', input, allows, decision);
  }
}

function decisionOf({ outcome, payer, upheldMinor, note }: TrustClaimDecideInput): ClaimDecision {
  if (outcome === 'DISMISSED') return { outcome, note };
  return { outcome, payer: payer ?? 'BRAND', upheldMinor: upheldMinor ?? null, note, by: 'OPERATOR' };
}

function decide(
  context: RequestContext,
  operation: string,
  input: { readonly claimId: string; readonly idempotencyKey: string },
  allows: (claim: ClaimRow) => boolean,
  decision: ClaimDecision,
): Promise<Payload<ClaimRow>> {
  return mutate(context, { ...found, operation, input }, async (tx) => {
    const claim = await tx.loaders.one(claimById, factKey(input.claimId, 'TrustClaim'));
    if (claim === undefined || !allows(claim)) throw unknown(['input', 'claimId'], 'claim');
    const now = context.clock.now();
    await decideClaim(tx, claim, decision, now);
    return written(tx, claim.brandId, claim.id, now);
  });
}

async function written(tx: MutationTx, brandId: string, id: string, now: Date): Promise<ClaimRow> {
  tx.loaders.renew(now);
  const row = await tx.loaders.one(claimById, [brandId, id]);
  if (row === undefined) throw new Error(`The claim ${id}, which was just written, is not found.`);
  return row;
}
