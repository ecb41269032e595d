import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { after, ContractWorld, NOW, type Party, why } from './parties.ts';

let its: ContractWorld;
let agency: Party;
let creator: Party;
let contractId: string;

beforeAll(async () => {
  its = await ContractWorld.open();
});
beforeEach(async () => {
  its.clock.set(NOW);
  ({ agency, creator, contractId } = await its.bond({ visibility: ['SHOWCASE', 'ORDERS', 'EARNINGS'] }));
});
afterAll(() => its.close());

const versions = async (by: Party = agency) => (await its.read(by, contractId)).versions.nodes;

describe('a change', () => {
  it('by either side closes the version in force and adds the next when the other side accepts', async () => {
    its.clock.set(after(1));
    const { result: up } = await its.propose(agency, contractId, {
      endsAt: after(90),
      visibility: ['LINKS', 'SHOWCASE'],
    });
    expect(up).toMatchObject({
      kind: 'CHANGE',
      state: 'PROPOSED',
      contract: { id: contractId },
      proposedBy: { organisationId: agency.globalId },
      lapsesAt: after(15),
      endsAt: after(90),
    });
    its.clock.set(after(2));
    expect(why(await its.answer(creator, 'contractAccept', up.id))).toBe('DONE');
    its.clock.set(after(3));
    const { result: down } = await its.propose(creator, contractId, { shareRate: 1000, visibility: [] });
    its.clock.set(after(4));
    const { result } = await its.answer(agency, 'contractAccept', down.id);
    expect(result).toMatchObject({ id: contractId, state: 'RUNNING', startsAt: NOW, endsAt: null });
    expect(await versions()).toEqual([
      { version: 3, shareRate: 1000, visibility: [], validFrom: after(4), validTo: null },
      {
        version: 2,
        shareRate: 2500,
        visibility: ['LINKS', 'SHOWCASE'],
        validFrom: after(2),
        validTo: after(4),
      },
      {
        version: 1,
        shareRate: 2000,
        visibility: ['SHOWCASE', 'ORDERS', 'EARNINGS'],
        validFrom: NOW,
        validTo: after(2),
      },
    ]);
    expect((await its.read(creator, contractId)).proposals.nodes).toEqual([
      { kind: 'CHANGE', state: 'ACCEPTED', decidedAt: after(4) },
      { kind: 'CHANGE', state: 'ACCEPTED', decidedAt: after(2) },
      { kind: 'INVITATION', state: 'ACCEPTED', decidedAt: NOW },
    ]);
    expect((await its.told(creator)).slice(2)).toEqual([
      'CONTRACT_CHANGE_PROPOSED',
      'CONTRACT_PROPOSAL_ACCEPTED',
      'CONTRACT_CHANGED',
      'CONTRACT_CHANGE_PROPOSED',
      'CONTRACT_PROPOSAL_ACCEPTED',
      'CONTRACT_CHANGED',
    ]);
  });

  it('that is declined, withdrawn or late changes nothing', async () => {
    const { result: one } = await its.propose(agency, contractId);
    expect(why(await its.answer(agency, 'contractAccept', one.id))).toBe('InvalidInput proposalId');
    await its.answer(creator, 'contractDecline', one.id);
    const { result: two } = await its.propose(creator, contractId);
    await its.answer(creator, 'contractWithdraw', two.id);
    const { result: three } = await its.propose(agency, contractId);
    its.clock.set(after(14));
    expect(why(await its.answer(creator, 'contractAccept', three.id))).toBe(
      'StateConflict LAPSED proposalId',
    );
    expect(await versions()).toHaveLength(1);
  });

  it('is the only open one of the contract, whoever proposes it, until it is answered or lapsed', async () => {
    await its.propose(agency, contractId);
    expect(why(await its.propose(creator, contractId))).toBe('ProposalOpen contractId');
    its.clock.set(after(14));
    expect(why(await its.propose(creator, contractId))).toBe('DONE');
  });

  it('is refused where it says nothing new or what cannot be', async () => {
    const refused = async (more: object) => why(await its.propose(agency, contractId, more));
    const same = { shareRate: 2000, visibility: ['EARNINGS', 'ORDERS', 'SHOWCASE'] };
    expect(await refused(same)).toBe('InvalidInput contractId');
    expect(await refused({ endsAt: NOW })).toBe('InvalidInput endsAt');
    expect(await refused({ visibility: ['LINKS', 'LINKS'] })).toBe('InvalidInput visibility');
    expect(await refused({ message: 'x'.repeat(1001) })).toBe('InvalidInput message');
    expect(await refused({ ...same, endsAt: after(9) })).toBe('DONE');
  });

  it('is for the sides of the contract, and for a running one', async () => {
    const operator = { ...agency, caller: await its.alliance.memberOf(its.alliance.id) };
    for (const other of [await its.agency(), await its.creator(), operator]) {
      expect(why(await its.propose(other, contractId))).toBe('NotFoundError contractId');
    }
    await its.end(agency, contractId);
    expect(why(await its.propose(agency, contractId))).toBe('StateConflict ENDING contractId');
    its.clock.set(after(7));
    expect(why(await its.propose(agency, contractId))).toBe('StateConflict ENDED contractId');
  });

  it('cannot make a contract last into that of another agency', async () => {
    const fixed = await its.bond({ endsAt: after(30) });
    const { result: next } = await its.invite(await its.agency(), fixed.creator, { startsAt: after(30) });
    expect(why(await its.answer(fixed.creator, 'contractAccept', next.id))).toBe('DONE');
    const { result } = await its.propose(fixed.agency, fixed.contractId, { endsAt: after(31) });
    expect(why(await its.answer(fixed.creator, 'contractAccept', result.id))).toBe(
      'AlreadyManaged proposalId',
    );
    expect((await its.read(fixed.creator, fixed.contractId)).endsAt).toBe(after(30));
  });
});

describe('consent taken back', () => {
  it('holds at once, by the creator alone, as a version of its own', async () => {
    its.clock.set(after(1));
    const { result } = await its.narrow(creator, contractId, ['ORDERS']);
    expect(result.terms).toEqual({
      version: 2,
      shareRate: 2000,
      visibility: ['ORDERS'],
      validFrom: after(1),
      validTo: null,
    });
    expect((await its.told(agency)).at(-1)).toBe('CONTRACT_CHANGED');
    expect((await its.narrow(creator, contractId, [])).result.terms).toMatchObject({
      version: 3,
      visibility: [],
    });
  });

  it('cannot open anything, nor leave all as it is', async () => {
    for (const parts of [
      ['SHOWCASE', 'ORDERS', 'EARNINGS'],
      ['SHOWCASE', 'LINKS'],
      ['ORDERS', 'ORDERS'],
    ]) {
      expect([parts, why(await its.narrow(creator, contractId, parts))]).toEqual([
        parts,
        'InvalidInput visibility',
      ]);
    }
    expect(await versions()).toHaveLength(1);
  });

  it('is for the creator: not for the agency, an operator or another creator', async () => {
    const operator = { ...creator, caller: await its.alliance.memberOf(its.alliance.id) };
    for (const other of [agency, operator, await its.creator()]) {
      expect(why(await its.narrow(other, contractId, []))).toBe('NotFoundError contractId');
    }
  });

  it('withdraws what the creator had proposed and would open it again, not what the agency asks', async () => {
    const { result: own } = await its.propose(creator, contractId, { visibility: ['SHOWCASE', 'EARNINGS'] });
    await its.narrow(creator, contractId, ['SHOWCASE', 'ORDERS']);
    expect((await its.proposal(creator, own.id)).state).toBe('WITHDRAWN');
    expect(why(await its.answer(agency, 'contractAccept', own.id))).toBe(
      'StateConflict WITHDRAWN proposalId',
    );
    const { result: less } = await its.propose(creator, contractId, { visibility: ['SHOWCASE'] });
    await its.narrow(creator, contractId, ['SHOWCASE']);
    expect((await its.proposal(creator, less.id)).state).toBe('PROPOSED');
    await its.answer(creator, 'contractWithdraw', less.id);
    const { result: asked } = await its.propose(agency, contractId, { visibility: ['EARNINGS'] });
    await its.narrow(creator, contractId, []);
    expect((await its.proposal(agency, asked.id)).state).toBe('PROPOSED');
  });

  it('may come before the contract begins: the first terms never hold then', async () => {
    const other = await its.creator();
    const { result: proposal } = await its.invite(agency, other, { startsAt: after(5) });
    const { result: contract } = await its.answer(other, 'contractAccept', proposal.id);
    const { result } = await its.narrow(other, contract.id, ['ORDERS']);
    expect([result.state, result.startsAt]).toEqual(['COMING', after(5)]);
    const { nodes } = (await its.read(other, contract.id)).versions;
    expect(nodes).toMatchObject([
      { version: 2, visibility: ['ORDERS'], validFrom: after(5), validTo: null },
      { version: 1, validFrom: after(5), validTo: after(5) },
    ]);
  });
});
