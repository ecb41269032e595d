import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { mayWrite } from '../../graphql/actor.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow, readAgain } from '../../graphql/named-row.ts';
import { type Payload, payloadOf, unknown } from '../../graphql/user-errors.ts';
import { fromGlobalId, NO_ID } from '../../kernel/ids.ts';
import { partyById } from '../account/index.ts';
import { ownsMoney } from './payout.access.ts';
import { methodById, payoutById, type ReadMethod } from './payout.loaders.ts';
import {
  NoPayoutMethod,
  Payout,
  PayoutAboveBalance,
  PayoutBelowMinimum,
  PayoutMethod,
} from './payout.types.ts';
import { PayoutMethodRetireInput, PayoutMethodSetInput, PayoutRequestInput } from './payout-input.types.ts';
import type { PayoutRow } from './payout-rows.ts';
import { requestPayout } from './request-payout.ts';
import { retireMethod, setMethod } from './set-method.ts';

const SetPayload = payloadOf('payoutMethodSet', 'payoutMethod', () => PayoutMethod);
const RetirePayload = payloadOf('payoutMethodRetire', 'payoutMethod', () => PayoutMethod);
const RequestPayload = payloadOf('payoutRequest', 'payout', () => Payout, [
  NoPayoutMethod,
  PayoutAboveBalance,
  PayoutBelowMinimum,
]);

const foundMethod = {
  idOf: ({ id }: ReadMethod) => id,
  find: (tx: MutationTx, id: string) => tx.loaders.one(methodById, id),
};
const foundPayout = {
  idOf: ({ id }: PayoutRow) => id,
  find: (tx: MutationTx, id: string) => tx.loaders.one(payoutById, id),
};

@Resolver()
export class PayoutResolver {
  @Access(signedIn)
  @Mutation(() => SetPayload, {
    description:
      'Sets the account that a creator or agency is paid to, in place of the one before. Only for itself, with money:write.',
  })
  payoutMethodSet(
    @Arg('input', () => PayoutMethodSetInput) input: PayoutMethodSetInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ReadMethod>> {
    return mutate(context, { ...foundMethod, operation: 'payoutMethodSet', input }, async (tx) => {
      const now = context.clock.now();
      const kinds = ['Creator', 'Agency', 'Alliance'];
      const partyId = await ownParty(tx, context, input.partyId, 'partyId', kinds);
      return readAgain(tx, methodById, await setMethod(tx, { ...input, partyId }, now), now);
    });
  }

  @Access(signedIn)
  @Mutation(() => RetirePayload, {
    description:
      'Retires an account: nothing new is paid to it. For its owner and operators, with money:write.',
  })
  payoutMethodRetire(
    @Arg('input', () => PayoutMethodRetireInput) input: PayoutMethodRetireInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ReadMethod>> {
    return mutate(context, { ...foundMethod, operation: 'payoutMethodRetire', input }, async (tx) => {
      const now = context.clock.now();
      const method = await namedRow(tx, input.payoutMethodId, {
        field: 'payoutMethodId',
        type: 'PayoutMethod',
        load: methodById,
        allows: ({ partyId }) => mayWrite(context.actor, partyId, 'money:write'),
      });
      await retireMethod(tx, method.id, now);
      return readAgain(tx, methodById, method.id, now);
    });
  }

  @Access(signedIn)
  @Mutation(() => RequestPayload, {
    description:
      'Pays a balance out, or a part of it, to the account that the payee has set. Only for the payee itself, with money:write.',
  })
  payoutRequest(
    @Arg('input', () => PayoutRequestInput) input: PayoutRequestInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<PayoutRow>> {
    return mutate(context, { ...foundPayout, operation: 'payoutRequest', input }, async (tx) => {
      const payeeId = await ownParty(tx, context, input.payeeId, 'payeeId', ['Creator', 'Agency']);
      const { currencyCode: currency, amountMinor } = input;
      return requestPayout(tx, { payeeId, currency, amountMinor }, context.clock.now());
    });
  }
}

/** The party behind the id of an organisation that the caller decides the money of. */
async function ownParty(
  tx: MutationTx,
  { actor }: RequestContext,
  globalId: string,
  field: string,
  kinds: readonly string[],
): Promise<string> {
  const named = fromGlobalId(globalId);
  const party = await tx.loaders.one(partyById, named?.id ?? NO_ID);
  const isNamed =
    party !== undefined && kinds.includes(named?.type ?? '') && party.kind === named?.type.toUpperCase();
  if (!isNamed || !ownsMoney(actor, party.id)) throw unknown(['input', field], 'party');
  return party.id;
}
