import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow } from '../../graphql/named-row.ts';
import { payloadOf, type UserErrorValue } from '../../graphql/user-errors.ts';
import { Blocked } from '../account/index.ts';
import { AgencyNotCertified, agencyById } from '../agency/index.ts';
import { creatorById } from '../creator/index.ts';
import { acceptProposal } from './accept-proposal.ts';
import { answerProposal, requireOtherSide, requireProposer } from './answer-proposal.ts';
import { actsFor, sideOf } from './contract.access.ts';
import type { ContractProposalRow } from './contract.entity.ts';
import { foundContract, namedContract } from './contract.resolver.ts';
import { CreatorContract } from './contract.types.ts';
import {
  ContractDeclineInput,
  ContractInviteInput,
  ContractProposalInput,
  ContractProposeChangeInput,
} from './contract-inputs.types.ts';
import { inviteCreator } from './invite-creator.ts';
import { proposalById } from './proposal.loaders.ts';
import { AlreadyManaged, ContractProposal, ProposalOpen } from './proposal.types.ts';
import { proposeChange } from './propose-change.ts';

const proposal = () => ContractProposal;
const InvitePayload = payloadOf('contractInvite', 'proposal', proposal, [
  ProposalOpen,
  AgencyNotCertified,
  Blocked,
]);
const ChangePayload = payloadOf('contractProposeChange', 'proposal', proposal, [ProposalOpen]);
const AcceptPayload = payloadOf('contractAccept', 'contract', () => CreatorContract, [
  AlreadyManaged,
  AgencyNotCertified,
  Blocked,
]);
const DeclinePayload = payloadOf('contractDecline', 'proposal', proposal);
const WithdrawPayload = payloadOf('contractWithdraw', 'proposal', proposal);

const told = (__typename: string, path: string[], message: string) => (): UserErrorValue => ({
  __typename,
  message,
  path,
});

/** What the constraints of the database say to whoever runs into them. */
const ONE_INVITATION = {
  one_open_invitation_per_agency_and_creator: told(
    'ProposalOpen',
    ['input', 'creatorId'],
    'The agency has invited this creator already: the invitation is open.',
  ),
};
const ONE_CHANGE = {
  one_open_change_per_contract: told(
    'ProposalOpen',
    ['input', 'contractId'],
    'A change of this contract is proposed already: it is to be answered or withdrawn first.',
  ),
};
const ONE_AGENCY = {
  one_managing_agency_at_a_time: told(
    'AlreadyManaged',
    ['input', 'proposalId'],
    'The creator has a managing agency in that time. A creator has one at a time.',
  ),
};

/** How a proposal is found again when a call is repeated, and read after it was written. */
const found = {
  idOf: ({ id }: ContractProposalRow) => id,
  find: (tx: MutationTx, id: string) => tx.loaders.one(proposalById, id),
};

async function readAgain(tx: MutationTx, id: string, now: Date): Promise<ContractProposalRow> {
  tx.loaders.renew(now);
  const row = await tx.loaders.one(proposalById, id);
  if (row === undefined) throw new Error(`The proposal ${id} is gone.`);
  return row;
}

@Resolver()
export class ProposalResolver {
  @Access(signedIn)
  @Mutation(() => InvitePayload, {
    description:
      'Invites a creator into a contract, for a certified agency. The creator has 14 days to answer.',
  })
  contractInvite(
    @Arg('input', () => ContractInviteInput) input: ContractInviteInput,
    @Ctx() context: RequestContext,
  ) {
    const options = { ...found, operation: 'contractInvite', input, constraints: ONE_INVITATION };
    return mutate(context, options, async (tx) => {
      const now = context.clock.now();
      const agency = await namedRow(tx, input.agencyId, {
        field: 'agencyId',
        type: 'Agency',
        load: agencyById,
        allows: ({ id }) => actsFor(context.actor, id),
      });
      const invited = { field: 'creatorId', type: 'Creator', load: creatorById };
      const creator = await namedRow(tx, input.creatorId, invited);
      const { shareRate: shareBp, visibility, startsAt, endsAt, message } = input;
      const terms = { shareBp, visibility, startsAt, endsAt, message };
      const id = await inviteCreator(tx, { agencyId: agency.id, creatorId: creator.id, ...terms }, now);
      return readAgain(tx, id, now);
    });
  }

  @Access(signedIn)
  @Mutation(() => ChangePayload, {
    description:
      'Proposes other terms for a running contract, for either side. The other has 14 days to answer.',
  })
  contractProposeChange(
    @Arg('input', () => ContractProposeChangeInput) input: ContractProposeChangeInput,
    @Ctx() context: RequestContext,
  ) {
    const options = { ...found, operation: 'contractProposeChange', input, constraints: ONE_CHANGE };
    return mutate(context, options, async (tx) => {
      const now = context.clock.now();
      const mine = (row: { agencyId: string; creatorId: string }) => sideOf(context.actor, row) !== undefined;
      const contract = await namedContract(tx, input.contractId, mine);
      const { shareRate: shareBp, visibility, endsAt = null, message } = input;
      const proposedBy = sideOf(context.actor, contract) ?? '';
      const change = { proposedBy, next: { shareBp, visibility, endsAt }, message };
      return readAgain(tx, await proposeChange(tx, contract, change, now), now);
    });
  }

  @Access(signedIn)
  @Mutation(() => AcceptPayload, {
    description:
      'Agrees to a proposal, for the other side. A creator who has a managing agency at that time is refused, by the ' +
      'database itself.',
  })
  contractAccept(
    @Arg('input', () => ContractProposalInput) input: ContractProposalInput,
    @Ctx() context: RequestContext,
  ) {
    const options = { ...foundContract, operation: 'contractAccept', input, constraints: ONE_AGENCY };
    return mutate(context, options, async (tx) => {
      const row = await namedProposal(tx, context, input.proposalId);
      requireOtherSide(context.actor, row);
      return acceptProposal(tx, row, context.clock.now());
    });
  }

  @Access(signedIn)
  @Mutation(() => DeclinePayload, { description: 'Refuses a proposal, for the other side.' })
  contractDecline(
    @Arg('input', () => ContractDeclineInput) input: ContractDeclineInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, { ...found, operation: 'contractDecline', input }, async (tx) => {
      const now = context.clock.now();
      const row = await namedProposal(tx, context, input.proposalId);
      requireOtherSide(context.actor, row);
      await answerProposal(tx, row, { to: 'DECLINED', reason: input.reason }, now);
      return readAgain(tx, row.id, now);
    });
  }

  @Access(signedIn)
  @Mutation(() => WithdrawPayload, { description: 'Takes a proposal back, for the side that has made it.' })
  contractWithdraw(
    @Arg('input', () => ContractProposalInput) input: ContractProposalInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, { ...found, operation: 'contractWithdraw', input }, async (tx) => {
      const now = context.clock.now();
      const row = await namedProposal(tx, context, input.proposalId);
      requireProposer(context.actor, row);
      await answerProposal(tx, row, { to: 'WITHDRAWN' }, now);
      return readAgain(tx, row.id, now);
    });
  }
}

const namedProposal = (tx: MutationTx, { actor }: RequestContext, id: string) =>
  namedRow(tx, id, {
    field: 'proposalId',
    type: 'ContractProposal',
    load: proposalById,
    allows: (row) => sideOf(actor, row) !== undefined,
  });
