import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { mayWrite, type Scope } from '../../graphql/actor.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow, readAgain } from '../../graphql/named-row.ts';
import { type Payload, payloadOf, unknown } from '../../graphql/user-errors.ts';
import { factKey, idOfType, NO_ID } from '../../kernel/ids.ts';
import { lineById } from '../order/index.ts';
import { creditSharer, stopSharer } from './credit-sharer.ts';
import { makeShareLink } from './make-share-link.ts';
import { setSharing } from './set-sharing.ts';
import {
  type ShareLinkRow,
  type SharerRow,
  type SharingTermsRow,
  shareLinkById,
  sharerById,
  sharingTermsById,
} from './sharing.loaders.ts';
import {
  ShareCreditAboveBalance,
  ShareCreditReportInput,
  ShareLink,
  ShareLinkCreateInput,
  Sharer,
  SharerStopInput,
  SharingSetInput,
  SharingTerms,
} from './sharing.types.ts';

const SetPayload = payloadOf('sharingSet', 'sharingTerms', () => SharingTerms);
const LinkPayload = payloadOf('shareLinkCreate', 'shareLink', () => ShareLink);
const CreditPayload = payloadOf('shareCreditReport', 'sharer', () => Sharer, [ShareCreditAboveBalance]);
const StopPayload = payloadOf('sharerStop', 'sharer', () => Sharer);

const foundSharer = {
  idOf: ({ id }: SharerRow) => id,
  find: (tx: MutationTx, id: string) => tx.loaders.one(sharerById, id),
};

@Resolver()
export class SharingResolver {
  @Access(signedIn)
  @Mutation(() => SetPayload, {
    description:
      'Sets what the brand gives to buyers who share: a raise at once, a cut at the next midnight. For the brand and operators ' +
      'with cooperation:write.',
  })
  sharingSet(
    @Arg('input', () => SharingSetInput) input: SharingSetInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<SharingTermsRow>> {
    const found = {
      idOf: ({ id }: SharingTermsRow) => id,
      find: (tx: MutationTx, id: string) => tx.loaders.one(sharingTermsById, id),
    };
    return mutate(context, { ...found, operation: 'sharingSet', input }, async (tx) => {
      const now = context.clock.now();
      const brandId = idOfType(input.brandId, 'Brand') ?? NO_ID;
      if (!mayWrite(context.actor, brandId, 'cooperation:write'))
        throw unknown(['input', 'brandId'], 'brand');
      const id = await setSharing(tx, { brandId, rateBp: input.rate }, now);
      return readAgain(tx, sharingTermsById, id, now);
    });
  }

  @Access(signedIn)
  @Mutation(() => LinkPayload, {
    description:
      'Makes the link by which a buyer shares what they have bought and kept, or gives the one that is there. For the brand and ' +
      'operators with orders:write.',
  })
  shareLinkCreate(
    @Arg('input', () => ShareLinkCreateInput) input: ShareLinkCreateInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ShareLinkRow>> {
    const found = {
      idOf: ({ id }: ShareLinkRow) => id,
      find: (tx: MutationTx, id: string) => tx.loaders.one(shareLinkById, id),
    };
    return mutate(context, { ...found, operation: 'shareLinkCreate', input }, async (tx) => {
      const now = context.clock.now();
      const line = await tx.loaders.one(lineById, factKey(input.orderLineId, 'OrderLine'));
      if (line === undefined || !mayWrite(context.actor, line.brandId, 'orders:write'))
        throw unknown(['input', 'orderLineId'], 'order line');
      const id = await makeShareLink(tx, line, now);
      return readAgain(tx, shareLinkById, id, now);
    });
  }

  @Access(signedIn)
  @Mutation(() => CreditPayload, {
    description:
      'Reports what the shop has given to a buyer for sharing, such as credit in the shop, at most what was put aside for them; as ' +
      'much comes back to the escrow of the brand. For the brand and operators with money:write.',
  })
  shareCreditReport(
    @Arg('input', () => ShareCreditReportInput) input: ShareCreditReportInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<SharerRow>> {
    return ofSharer(context, 'shareCreditReport', 'money:write', input, (tx, sharerId, now) =>
      creditSharer(tx, { sharerId, amountMinor: input.amountMinor }, now),
    );
  }

  @Access(signedIn)
  @Mutation(() => StopPayload, {
    description:
      'Lets a buyer share no more; what their links have brought until then is theirs. For the brand and operators with ' +
      'cooperation:write.',
  })
  sharerStop(
    @Arg('input', () => SharerStopInput) input: SharerStopInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<SharerRow>> {
    return ofSharer(context, 'sharerStop', 'cooperation:write', input, (tx, sharerId, now) =>
      stopSharer(tx, { sharerId, reason: input.reason }, now),
    );
  }
}

function ofSharer(
  context: RequestContext,
  operation: string,
  scope: Scope,
  input: ShareCreditReportInput | SharerStopInput,
  work: (tx: MutationTx, id: string, now: Date) => Promise<void>,
): Promise<Payload<SharerRow>> {
  return mutate(context, { ...foundSharer, operation, input }, async (tx) => {
    const now = context.clock.now();
    const { id } = await namedRow(tx, input.sharerId, {
      field: 'sharerId',
      type: 'Sharer',
      load: sharerById,
      allows: ({ brandId }) => mayWrite(context.actor, brandId, scope),
    });
    await work(tx, id, now);
    return readAgain(tx, sharerById, id, now);
  });
}
