import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTRACT_VISIBILITIES } from '../../src/features/creator/index.ts';
import { ContractWorld, type Party } from '../contract/parties.ts';
import type { Caller, Json } from '../kit/alliance.ts';

const MOST = 20;

let its: ContractWorld;
let operator: Caller;
let agency: Party;
let creatorIds: string[];

/** Twenty creators of one agency, each with a change agreed, one proposed and an invitation by a second agency. */
beforeAll(async () => {
  its = await ContractWorld.open();
  operator = await its.alliance.memberOf(its.alliance.id);
  agency = await its.agency();
  const rival = await its.agency();
  creatorIds = [];
  for (let i = 0; i < MOST; i++) {
    const creator = await its.creator();
    creatorIds.push(creator.globalId);
    const { result: invitation } = await its.invite(agency, creator, { visibility: CONTRACT_VISIBILITIES });
    const { result: contract } = await its.answer(creator, 'contractAccept', invitation.id);
    const { result: change } = await its.propose(creator, contract.id);
    its.clock.advance(1);
    await its.answer(agency, 'contractAccept', change.id);
    await its.propose(agency, contract.id, { shareRate: 100 });
    await its.invite(rival, creator);
  }
});
afterAll(() => its.close());

interface Budget {
  readonly name: string;
  readonly atMost: number;
  readonly query: (first: number) => string;
  readonly parents: (data: Json) => Json[];
  readonly check: (parent: Json) => void;
}

const ofAgency = (first: number, list: string, fields: string) =>
  `{ agency(id: "${agency.globalId}") { ${list}(first: ${first}) { nodes { ${fields} } } } }`;

const BUDGETS: Budget[] = [
  {
    name: 'agency, contracts with creator, versions and proposals with who proposed',
    atMost: 6,
    query: (first) =>
      ofAgency(
        first,
        'contracts',
        `state terms { shareRate } creator { name } agency { name } versions { nodes { version } }
        proposals { nodes { kind state proposedBy { name } } }`,
      ),
    parents: (data) => data.agency.contracts.nodes,
    check: ({ versions, proposals }) => {
      expect(versions.nodes).toHaveLength(2);
      expect(proposals.nodes.map(({ kind, state }: Json) => `${kind} ${state}`)).toEqual([
        'CHANGE PROPOSED',
        'CHANGE ACCEPTED',
        'INVITATION ACCEPTED',
      ]);
    },
  },
  {
    name: 'agency, open proposals with creator and contract',
    atMost: 4,
    query: (first) =>
      ofAgency(first, 'contractProposals', 'shareRate creator { name } contract { state }').replace(
        'first:',
        'state: PROPOSED, first:',
      ),
    parents: (data) => data.agency.contractProposals.nodes,
    check: ({ contract }) => expect(contract).toEqual({ state: 'RUNNING' }),
  },
  {
    name: 'agency, creators with contract in force, history, invitations and agency',
    atMost: 6,
    query: (first) =>
      ofAgency(
        first,
        'creators',
        `contractInForce { terms { version } } contracts { nodes { state agency { name } } }
        contractProposals(state: PROPOSED) { nodes { agency { name } } }`,
      ),
    parents: (data) => data.agency.creators.nodes,
    check: ({ contractInForce, contracts, contractProposals }) => {
      expect(contractInForce).toEqual({ terms: { version: 2 } });
      expect(contracts.nodes).toHaveLength(1);
      expect(contractProposals.nodes).toHaveLength(2);
    },
  },
];

describe('statements of a list of contracts', () => {
  it.each(BUDGETS)(`$name: $atMost at most, as many for one as for ${MOST}`, async (budget) => {
    const ask = async (first: number) => {
      const { data, errors, statements } = await operator.query(budget.query(first));
      expect(errors).toBeUndefined();
      const parents = budget.parents(data);
      expect(parents).toHaveLength(first);
      for (const parent of parents) budget.check(parent);
      return statements.length;
    };
    const [one, many] = [await ask(1), await ask(MOST)];
    expect(many).toBe(one);
    expect(many).toBeLessThanOrEqual(budget.atMost);
  });

  it.each(['contracts', 'contractProposals', 'creators'])('pages through %s without a gap', async (list) => {
    const found: string[] = [];
    for (let after: string | null = null; found.length < 60; ) {
      const query = `query ($after: String) { agency(id: "${agency.globalId}") {
        ${list}(first: 7, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } }`;
      const { data }: { data: Json } = await agency.caller.query(query, { after });
      found.push(...data.agency[list].nodes.map(({ id }: Json) => id));
      if (!data.agency[list].pageInfo.hasNextPage) break;
      after = data.agency[list].pageInfo.endCursor;
    }
    expect(new Set(found).size).toBe(list === 'contractProposals' ? 60 : MOST);
    if (list === 'creators') expect(found).toEqual(creatorIds.toReversed());
  });
});
