import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow } from '../../graphql/named-row.ts';
import { payloadOf } from '../../graphql/user-errors.ts';
import { actsFor, sideOrAlliance } from './contract.access.ts';
import { contractById, type ReadContract } from './contract.loaders.ts';
import { CreatorContract } from './contract.types.ts';
import { ContractEndInput, ContractNarrowVisibilityInput } from './contract-inputs.types.ts';
import { endContract } from './end-contract.ts';
import { narrowVisibility } from './narrow-visibility.ts';

const EndPayload = payloadOf('contractEnd', 'contract', () => CreatorContract);
const NarrowPayload = payloadOf('contractNarrowVisibility', 'contract', () => CreatorContract);

/** How a contract is named by an input. */
export const namedContract = (tx: MutationTx, id: string, allows: (contract: ReadContract) => boolean) =>
  namedRow(tx, id, { field: 'contractId', type: 'CreatorContract', load: contractById, allows });

/** How a contract is found again when a call is repeated. */
export const foundContract = {
  idOf: ({ id }: ReadContract) => id,
  find: (tx: MutationTx, id: string) => tx.loaders.one(contractById, id),
};

@Resolver()
export class ContractResolver {
  @Access(signedIn)
  @Mutation(() => EndPayload, {
    description:
      'Ends a contract, for either side: seven days from now at the latest. Asking again can only bring it forward.',
  })
  contractEnd(@Arg('input', () => ContractEndInput) input: ContractEndInput, @Ctx() context: RequestContext) {
    return mutate(context, { ...foundContract, operation: 'contractEnd', input }, async (tx) => {
      const contract = await namedContract(
        tx,
        input.contractId,
        (row) => sideOrAlliance(context.actor, row) !== undefined,
      );
      const askedBy = sideOrAlliance(context.actor, contract) ?? '';
      const { endsAt, reason } = input;
      return endContract(tx, contract, { askedBy, endsAt, reason }, context.clock.now());
    });
  }

  @Access(signedIn)
  @Mutation(() => NarrowPayload, {
    description: 'Takes back consent of a creator in part, at once. Opening more needs a proposal.',
  })
  contractNarrowVisibility(
    @Arg('input', () => ContractNarrowVisibilityInput) input: ContractNarrowVisibilityInput,
    @Ctx() context: RequestContext,
  ) {
    const options = { ...foundContract, operation: 'contractNarrowVisibility', input };
    return mutate(context, options, async (tx) => {
      const mine = ({ creatorId }: ReadContract) => actsFor(context.actor, creatorId);
      const contract = await namedContract(tx, input.contractId, mine);
      return narrowVisibility(tx, contract, input.visibility, context.clock.now());
    });
  }
}
