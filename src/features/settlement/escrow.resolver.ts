import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access } from '../../graphql/access.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow } from '../../graphql/named-row.ts';
import { invalid, type Payload, payloadOf } from '../../graphql/user-errors.ts';
import { brandById } from '../brand/index.ts';
import { EscrowDepositInput, EscrowTooLow, EscrowWithdrawInput } from './escrow.types.ts';
import { escrowEntry, type LedgerEntryRow } from './history.loaders.ts';
import { LedgerEntry } from './history.types.ts';
import { type EscrowMovement, moveEscrow } from './move-escrow.ts';
import { operatorsOfMoney } from './settlement.access.ts';

const DepositPayload = payloadOf('escrowDeposit', 'entry', () => LedgerEntry);
const WithdrawPayload = payloadOf('escrowWithdraw', 'entry', () => LedgerEntry, [EscrowTooLow]);

const enteredBefore = () =>
  invalid(['input', 'reference'], 'Money of this brand was entered under this reference before.');

const options = {
  idOf: ({ transactionId }: LedgerEntryRow) => transactionId,
  find: (tx: MutationTx, id: string) => tx.loaders.one(escrowEntry, id),
  // The id is made of the reference, so that either of the two may be what a second call runs into.
  constraints: { escrow_movement_pkey: enteredBefore, a_reference_moves_money_once: enteredBefore },
};

@Resolver()
export class EscrowResolver {
  @Access(operatorsOfMoney)
  @Mutation(() => DepositPayload, {
    description:
      'Enters money that a brand has paid in, and tells the brand. Gives the entry in its escrow, with the balance after ' +
      'it. For operators with money:write.',
  })
  escrowDeposit(
    @Arg('input', () => EscrowDepositInput) input: EscrowDepositInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<LedgerEntryRow>> {
    return mutate(context, { ...options, operation: 'escrowDeposit', input }, (tx) =>
      move(tx, 'DEPOSIT', input, context.clock.now()),
    );
  }

  @Access(operatorsOfMoney)
  @Mutation(() => WithdrawPayload, {
    description:
      'Enters money that goes back to a brand out of its escrow, never more than there is, and tells the brand. For ' +
      'operators with money:write.',
  })
  escrowWithdraw(
    @Arg('input', () => EscrowWithdrawInput) input: EscrowWithdrawInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<LedgerEntryRow>> {
    return mutate(context, { ...options, operation: 'escrowWithdraw', input }, (tx) =>
      move(tx, 'WITHDRAWAL', input, context.clock.now()),
    );
  }
}

async function move(
  tx: MutationTx,
  kind: EscrowMovement['kind'],
  input: EscrowDepositInput,
  now: Date,
): Promise<LedgerEntryRow> {
  const brand = await namedRow(tx, input.brandId, { field: 'brandId', type: 'Brand', load: brandById });
  const { amountMinor, currency, reference } = input;
  const id = await moveEscrow(tx, { kind, brand, amountMinor, currency, reference }, now);
  const entry = await tx.loaders.one(escrowEntry, id);
  if (entry === undefined) throw new Error(`The entry of ${id}, which was just posted, is not found.`);
  return entry;
}
