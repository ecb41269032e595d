import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access, operatorsOnly } from '../../graphql/access.ts';
import { connectionOf, PageArgs, toConnection, toPage } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow } from '../../graphql/named-row.ts';
import { type Payload, payloadOf } from '../../graphql/user-errors.ts';
import { correctPayout } from './correct-payout.ts';
import { listBatches, listPayouts } from './list-payouts.ts';
import { makeBatch } from './make-batch.ts';
import { operatorsOfMoney } from './payout.access.ts';
import { batchById, payoutById } from './payout.loaders.ts';
import { BankAnswerMismatch, Payout, PayoutBatch } from './payout.types.ts';
import {
  PayoutBatchAnswerInput,
  PayoutBatchMakeInput,
  PayoutCorrectInput,
  PayoutsArgs,
} from './payout-input.types.ts';
import type { PayoutBatchRow, PayoutRow } from './payout-rows.ts';
import { readBankAnswer } from './read-bank-answer.ts';

const MakePayload = payloadOf('payoutBatchMake', 'batch', () => PayoutBatch);
const AnswerPayload = payloadOf('payoutBatchAnswer', 'batch', () => PayoutBatch, [BankAnswerMismatch]);
const CorrectPayload = payloadOf('payoutCorrect', 'payout', () => Payout);
const PayoutConnection = connectionOf(Payout);
const BatchConnection = connectionOf(PayoutBatch);

const foundBatch = {
  idOf: ({ id }: PayoutBatchRow) => id,
  find: (tx: MutationTx, id: string) => tx.loaders.one(batchById, id),
};

@Resolver()
export class PayoutOperationsResolver {
  @Access(operatorsOnly)
  @Query(() => PayoutConnection, { description: 'The payouts of all payees, newest first.' })
  async payouts(@Args(() => PayoutsArgs) args: PayoutsArgs, @Ctx() { database }: RequestContext) {
    const page = toPage(args, 'payouts');
    return toConnection(await listPayouts(database, page, args), page, ({ id }) => [id]);
  }

  @Access(operatorsOnly)
  @Query(() => BatchConnection, { description: 'The files that were made for the bank, newest first.' })
  async payoutBatches(@Args(() => PageArgs) args: PageArgs, @Ctx() { database }: RequestContext) {
    const page = toPage(args, 'payoutBatches');
    return toConnection(await listBatches(database, page), page, ({ id }) => [id]);
  }

  @Access(operatorsOfMoney)
  @Mutation(() => MakePayload, {
    description:
      'Puts all payouts of a currency that wait for the bank into a file. For operators with money:write.',
  })
  payoutBatchMake(
    @Arg('input', () => PayoutBatchMakeInput) input: PayoutBatchMakeInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<PayoutBatchRow>> {
    return mutate(context, { ...foundBatch, operation: 'payoutBatchMake', input }, (tx) =>
      makeBatch(tx, input.currencyCode, context.clock.now()),
    );
  }

  @Access(operatorsOfMoney)
  @Mutation(() => AnswerPayload, {
    description:
      "Reads a bank's answer to a file and moves its payouts: all of it or nothing. For operators with money:write.",
  })
  payoutBatchAnswer(
    @Arg('input', () => PayoutBatchAnswerInput) input: PayoutBatchAnswerInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<PayoutBatchRow>> {
    return mutate(context, { ...foundBatch, operation: 'payoutBatchAnswer', input }, async (tx) => {
      const { batch } = await readBankAnswer(tx, input.xml, context.clock.now());
      return batch;
    });
  }

  @Access(operatorsOfMoney)
  @Mutation(() => CorrectPayload, {
    description:
      'Ends a payout the other way round, where its first end turned out to be wrong. For operators with money:write.',
  })
  payoutCorrect(
    @Arg('input', () => PayoutCorrectInput) input: PayoutCorrectInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<PayoutRow>> {
    const options = {
      operation: 'payoutCorrect',
      input,
      idOf: ({ id }: PayoutRow) => id,
      find: (tx: MutationTx, id: string) => tx.loaders.one(payoutById, id),
    };
    return mutate(context, options, async (tx) => {
      const naming = { field: 'payoutId', type: 'Payout', load: payoutById };
      const { id: payoutId } = await namedRow(tx, input.payoutId, naming);
      const { toState: to, reason } = input;
      return correctPayout(tx, { payoutId, to, reason }, context.clock.now());
    });
  }
}
