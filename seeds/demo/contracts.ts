import {
  acceptProposal,
  answerProposal,
  contractById,
  endContract,
  finishContracts,
  inviteCreator,
  lapseProposals,
  narrowVisibility,
  proposalById,
  proposeChange,
} from '../../src/features/contract/index.ts';
import { ANONYMOUS } from '../../src/graphql/actor.ts';
import type { OneByKey } from '../../src/graphql/loaders.ts';
import { type MutationTx, withLoaders } from '../../src/graphql/mutate.ts';
import { type ContractStep, contractSteps } from './content/contract-stories.ts';
import { demoId, keyOf } from './ids.ts';
import { ago, forEachItem, type Seeding } from './seeding.ts';

/** Tells the stories of contracts step by step, oldest first, then what time alone has ended. */
export async function seedContractStories(seeding: Seeding): Promise<void> {
  const oldestFirst = contractSteps.toSorted((a, b) => b.days - a.days);
  await forEachItem(seeding, 'Contract stories', oldestFirst, (step) => {
    const at = ago(seeding, step.days);
    return take(seeding, withLoaders(seeding.tx, ANONYMOUS, at), step, at);
  });
  await lapseProposals(seeding.within, seeding.now);
  await finishContracts(seeding.within, seeding.now);
}

async function take(seeding: Seeding, tx: MutationTx, step: ContractStep, at: Date): Promise<unknown> {
  const sides = { agencyId: demoId(step.agency), creatorId: demoId(step.creator) };
  const contractId = demoId(keyOf.contract(step));
  const contract = () => mustFind(tx, contractById, contractId);
  const day = (days?: number) => (days === undefined ? null : ago(seeding, days));
  switch (step.step) {
    case 'INVITE': {
      const { shareBp, visibility, message } = step;
      const times = { startsAt: day(step.startsDays), endsAt: day(step.endsDays) };
      const id = demoId(keyOf.proposal(step));
      return inviteCreator(tx, { id, ...sides, shareBp, visibility, message, ...times }, at);
    }
    case 'PROPOSE': {
      const { shareBp, visibility, message } = step;
      const next = { shareBp, visibility, endsAt: day(step.endsDays) };
      const id = demoId(keyOf.proposal(step));
      const change = { id, proposedBy: demoId(step[step.by]), next, message };
      return proposeChange(tx, await contract(), change, at);
    }
    case 'ACCEPT':
      return acceptProposal(tx, await lastProposal(tx, step), at, contractId);
    case 'DECLINE':
      return answerProposal(tx, await lastProposal(tx, step), { to: 'DECLINED', reason: step.reason }, at);
    case 'WITHDRAW':
      return answerProposal(tx, await lastProposal(tx, step), { to: 'WITHDRAWN' }, at);
    case 'NARROW':
      return narrowVisibility(tx, await contract(), step.visibility, at);
    case 'END':
      return endContract(tx, await contract(), { askedBy: demoId(step[step.by]), reason: step.reason }, at);
  }
}

/** What the two have proposed last before this step. */
function lastProposal(tx: MutationTx, { agency, creator, days }: ContractStep) {
  const before = contractSteps.filter(
    (each) => each.agency === agency && each.creator === creator && each.days > days,
  );
  const proposal = before.findLast(({ step }) => step === 'INVITE' || step === 'PROPOSE');
  if (proposal === undefined) throw new Error(`${agency} and ${creator} have nothing to answer`);
  return mustFind(tx, proposalById, demoId(keyOf.proposal(proposal)));
}

async function mustFind<Row>(tx: MutationTx, load: OneByKey<Row>, id: string): Promise<Row> {
  const row = await tx.loaders.one(load, id);
  if (row === undefined) throw new Error(`${load.name} finds no ${id}`);
  return row;
}
