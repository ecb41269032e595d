import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { finishContracts } from '../../src/features/contract/index.ts';
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
  ({ agency, creator, contractId } = await its.bond());
});
afterAll(() => its.close());

const finish = () => finishContracts(its.alliance.database, its.clock.now());
const stateAt = async (at: string): Promise<string> => {
  its.clock.set(at);
  return (await its.read(agency, contractId)).state;
};

describe('the end of a contract', () => {
  it.each([
    ['agency', () => agency],
    ['creator', () => creator],
  ] as const)('comes seven times 24 hours after the %s asks for it', async (_, side) => {
    its.clock.set(after(1));
    const { result } = await its.end(side(), contractId, { reason: '合作到此' });
    expect(result).toMatchObject({
      state: 'ENDING',
      endsAt: after(8),
      endAskedAt: after(1),
      endReason: '合作到此',
      endAskedBy: { organisationId: side().globalId },
      terms: { version: 1, validTo: after(8) },
    });
    expect(await stateAt(after(8, -1))).toBe('ENDING');
    expect(await stateAt(after(8))).toBe('ENDED');
  });

  it('comes at the moment that is wished for, but seven days after the request at the latest', async () => {
    expect((await its.end(agency, contractId, { endsAt: after(30) })).result.endsAt).toBe(after(7));
    const sooner = await its.bond();
    const wished = await its.end(sooner.agency, sooner.contractId, { endsAt: after(2) });
    expect(wished.result.endsAt).toBe(after(2));
    const now = await its.bond();
    const { result } = await its.end(now.creator, now.contractId, { endsAt: NOW });
    expect([result.state, result.endsAt]).toEqual(['ENDED', NOW]);
    expect((await its.told(now.agency)).slice(2)).toEqual(['CONTRACT_END_REQUESTED', 'CONTRACT_ENDED']);
  });

  it('that was agreed before and is sooner stands', async () => {
    const fixed = await its.bond({ endsAt: after(3) });
    const { result } = await its.end(fixed.agency, fixed.contractId);
    expect([result.state, result.endsAt]).toEqual(['ENDING', after(3)]);
    const over = await its.bond({ endsAt: after(3) });
    its.clock.set(after(3));
    expect(why(await its.end(over.agency, over.contractId))).toBe('StateConflict ENDED contractId');
    expect(await its.read(over.agency, over.contractId)).toMatchObject({ state: 'ENDED', endAskedBy: null });
  });

  it('can only be brought forward by a second request, of either side', async () => {
    await its.end(agency, contractId, { reason: 'first' });
    its.clock.set(after(1));
    expect(why(await its.end(creator, contractId))).toBe('StateConflict ENDING contractId');
    expect(why(await its.end(creator, contractId, { endsAt: after(7) }))).toBe(
      'StateConflict ENDING contractId',
    );
    const { result } = await its.end(creator, contractId, { endsAt: after(3) });
    expect(result).toMatchObject({
      endsAt: after(3),
      endAskedAt: after(1),
      endReason: null,
      endAskedBy: { organisationId: creator.globalId },
    });
  });

  it('comes at once where the contract has not begun', async () => {
    const other = await its.creator();
    const { result: proposal } = await its.invite(agency, other, { startsAt: after(9) });
    const { result: contract } = await its.answer(other, 'contractAccept', proposal.id);
    its.clock.set(after(1));
    const { result } = await its.end(other, contract.id);
    expect(result).toMatchObject({ state: 'ENDED', endsAt: after(1), terms: { validTo: after(9) } });
    // The time that it would have taken is free again.
    const { result: next } = await its.invite(await its.agency(), other);
    expect(why(await its.answer(other, 'contractAccept', next.id))).toBe('DONE');
  });

  it('is told to both sides once, with the exact moment, however late the chore is', async () => {
    await its.end(agency, contractId);
    its.clock.set(after(7, -1));
    await finish();
    expect((await its.told(creator)).at(-1)).toBe('CONTRACT_END_REQUESTED');
    its.clock.set(after(9));
    await Promise.all([finish(), finish()]);
    await finish();
    for (const side of [agency, creator]) {
      expect((await its.told(side)).slice(2)).toEqual(['CONTRACT_END_REQUESTED', 'CONTRACT_ENDED']);
    }
    const rows = await its.alliance.database.rows(sql<{ data: object }>`
      select data from outbox_event where kind = 'CONTRACT_ENDED' and ${agency.id}::uuid = any(party_ids)`);
    expect(rows).toEqual([{ data: { endedAt: after(7) } }]);
    expect((await its.read(agency, contractId)).endsAt).toBe(after(7));
  });

  it('of a term that was agreed is told as well', async () => {
    const fixed = await its.bond({ endsAt: after(20) });
    its.clock.set(after(20));
    await finish();
    expect((await its.told(fixed.agency)).at(-1)).toBe('CONTRACT_ENDED');
  });

  it('lets the proposed change lapse', async () => {
    const { result } = await its.propose(agency, contractId);
    its.clock.set(after(1));
    await its.end(creator, contractId);
    expect(await its.proposal(agency, result.id)).toMatchObject({ state: 'LAPSED', decidedAt: after(1) });
    expect(why(await its.answer(creator, 'contractAccept', result.id))).toBe(
      'StateConflict LAPSED proposalId',
    );
  });

  it('leaves room for another agency from that moment on, not before', async () => {
    await its.end(agency, contractId);
    const rival = await its.agency();
    const { result: early } = await its.invite(rival, creator, { startsAt: after(7, -1) });
    expect(why(await its.answer(creator, 'contractAccept', early.id))).toBe('AlreadyManaged proposalId');
    await its.answer(rival, 'contractWithdraw', early.id);
    const { result: then } = await its.invite(rival, creator, { startsAt: after(7) });
    expect(why(await its.answer(creator, 'contractAccept', then.id))).toBe('DONE');
  });

  it('is refused in the past, with an empty reason, and to third parties', async () => {
    expect(why(await its.end(agency, contractId, { endsAt: after(0, -1) }))).toBe('InvalidInput endsAt');
    expect(why(await its.end(agency, contractId, { reason: ' ' }))).toBe('InvalidInput reason');
    expect(why(await its.end(agency, contractId, { reason: 'x'.repeat(501) }))).toBe('InvalidInput reason');
    for (const other of [await its.agency(), await its.creator(), await its.brand()]) {
      expect(why(await its.end(other, contractId))).toBe('NotFoundError contractId');
    }
    expect((await its.read(agency, contractId)).state).toBe('RUNNING');
  });

  it('may be asked for by an operator, in the name of the alliance', async () => {
    const operator = { ...agency, caller: await its.alliance.memberOf(its.alliance.id) };
    const { result } = await its.end(operator, contractId, { reason: 'expelled' });
    expect(result.state).toBe('ENDING');
    const [asked] = await its.alliance.database.rows(
      sql<{ kind: string }>`select p.kind from creator_contract c join party p on p.id = c.end_asked_by
        where c.agency_id = ${agency.id}`,
    );
    expect(asked).toEqual({ kind: 'ALLIANCE' });
  });

  it('is the same for a call that is repeated', async () => {
    const idempotencyKey = 'end-it-once';
    const first = await its.end(agency, contractId, { idempotencyKey });
    its.clock.set(after(1));
    const again = await its.end(agency, contractId, { idempotencyKey });
    expect(again.result).toEqual(first.result);
  });
});

describe('the history', () => {
  it('lists past contracts beside the running one: all to the creator, to each agency its own', async () => {
    await its.end(agency, contractId, { endsAt: NOW });
    const rival = await its.agency();
    its.clock.set(after(1));
    const { result: proposal } = await its.invite(rival, creator);
    const { result: contract } = await its.answer(creator, 'contractAccept', proposal.id);
    const ofCreator = 'query ($id: ID!) { creator(id: $id) { contracts { nodes { id state } } } }';
    const list = async ({ caller }: Party) =>
      (await caller.query(ofCreator, { id: creator.globalId })).data.creator.contracts.nodes;
    const [old, running] = [
      { id: contractId, state: 'ENDED' },
      { id: contract.id, state: 'RUNNING' },
    ];
    expect(await list(creator)).toEqual([running, old]);
    expect(await list(agency)).toEqual([old]);
    expect(await list(rival)).toEqual([running]);
    expect(await list(await its.agency())).toEqual([]);
    const ofAgency = 'query ($id: ID!) { agency(id: $id) { contracts { nodes { id state } } } }';
    const { data } = await agency.caller.query(ofAgency, { id: agency.globalId });
    expect(data.agency.contracts.nodes).toEqual([old]);
  });
});
