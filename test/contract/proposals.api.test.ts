import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApiKey } from '../../src/features/account/index.ts';
import { lapseProposals } from '../../src/features/contract/index.ts';
import { newId } from '../../src/kernel/ids.ts';
import type { Json } from '../kit/alliance.ts';
import { after, ContractWorld, DAY_MS, NOW, type Party, why } from './parties.ts';

let its: ContractWorld;
let agency: Party;
let creator: Party;

beforeAll(async () => {
  its = await ContractWorld.open();
});
beforeEach(async () => {
  its.clock.set(NOW);
  [agency, creator] = [await its.agency(), await its.creator()];
});
afterAll(() => its.close());

const invite = (more: object = {}) => its.invite(agency, creator, more);
const lapse = () => lapseProposals(its.alliance.database, its.clock.now());

describe('an invitation', () => {
  it('becomes a contract with its first terms when the creator accepts it', async () => {
    const { result: proposal } = await invite({ endsAt: after(100), message: '一起做' });
    expect(proposal).toEqual({
      id: proposal.id,
      kind: 'INVITATION',
      state: 'PROPOSED',
      shareRate: 2000,
      visibility: ['SHOWCASE', 'ORDERS'],
      startsAt: null,
      endsAt: after(100),
      message: '一起做',
      declineReason: null,
      proposedAt: NOW,
      lapsesAt: after(14),
      decidedAt: null,
      contract: null,
      agency: { id: agency.globalId },
      creator: { id: creator.globalId },
      proposedBy: { organisationId: agency.globalId },
    });
    its.clock.advance(DAY_MS);
    const { result: contract } = await its.answer(creator, 'contractAccept', proposal.id);
    expect(contract).toEqual({
      id: contract.id,
      state: 'RUNNING',
      signedAt: after(1),
      startsAt: after(1),
      endsAt: after(100),
      endAskedAt: null,
      endReason: null,
      endAskedBy: null,
      terms: {
        version: 1,
        shareRate: 2000,
        visibility: ['SHOWCASE', 'ORDERS'],
        validFrom: after(1),
        validTo: after(100),
      },
    });
    expect(await its.proposal(agency, proposal.id)).toMatchObject({
      state: 'ACCEPTED',
      decidedAt: after(1),
      contract: { id: contract.id },
    });
    const news = ['CONTRACT_INVITED', 'CONTRACT_PROPOSAL_ACCEPTED'];
    expect([await its.told(agency), await its.told(creator)]).toEqual([news, news]);
  });

  it('may be for later: the contract is COMING until its beginning, to the millisecond', async () => {
    const { result: proposal } = await invite({ startsAt: after(30) });
    const { result: contract } = await its.answer(creator, 'contractAccept', proposal.id);
    expect([contract.state, contract.startsAt]).toEqual(['COMING', after(30)]);
    const inForce = 'query ($id: ID!) { creator(id: $id) { contractInForce { id } } }';
    const now = async () =>
      (await creator.caller.query(inForce, { id: creator.globalId })).data.creator.contractInForce;
    its.clock.set(after(30, -1));
    expect([(await its.read(creator, contract.id)).state, await now()]).toEqual(['COMING', null]);
    its.clock.set(after(30));
    expect([(await its.read(creator, contract.id)).state, await now()]).toEqual([
      'RUNNING',
      { id: contract.id },
    ]);
  });

  it('that is accepted after the beginning that it named holds from the acceptance', async () => {
    const { result: proposal } = await invite({ startsAt: after(2) });
    its.clock.set(after(3));
    const { result } = await its.answer(creator, 'contractAccept', proposal.id);
    expect([result.state, result.startsAt]).toEqual(['RUNNING', after(3)]);
  });

  it('lapses after 14 days, also while the chore is late, and is stamped with the exact moment', async () => {
    const { result: one } = await invite();
    its.clock.set(after(14, -1));
    expect(await its.proposal(creator, one.id)).toMatchObject({ state: 'PROPOSED', decidedAt: null });
    its.clock.set(after(14));
    expect(await its.proposal(creator, one.id)).toMatchObject({ state: 'LAPSED', decidedAt: after(14) });
    expect(why(await its.answer(creator, 'contractAccept', one.id))).toBe('StateConflict LAPSED proposalId');
    its.clock.set(after(16));
    await lapse();
    await lapse();
    expect(await its.proposal(creator, one.id)).toMatchObject({ state: 'LAPSED', decidedAt: after(14) });
    expect(await its.told(creator)).toEqual(['CONTRACT_INVITED', 'CONTRACT_PROPOSAL_LAPSED']);
  });

  it('may be accepted in the last millisecond', async () => {
    const { result } = await invite();
    its.clock.set(after(14, -1));
    expect(why(await its.answer(creator, 'contractAccept', result.id))).toBe('DONE');
  });

  it('lapses no later than the end that it names', async () => {
    const { result } = await invite({ endsAt: after(3) });
    expect(result.lapsesAt).toBe(after(3));
    its.clock.set(after(3));
    expect(why(await its.answer(creator, 'contractAccept', result.id))).toBe(
      'StateConflict LAPSED proposalId',
    );
  });

  it('is the only open one of the agency to the creator, until it is answered or lapsed', async () => {
    const { result } = await invite();
    expect(why(await invite())).toBe('ProposalOpen creatorId');
    expect(why(await its.invite(await its.agency(), creator))).toBe('DONE');
    await its.answer(creator, 'contractDecline', result.id);
    expect(why(await invite())).toBe('DONE');
    // Nothing has moved the lapsed one yet: inviting does.
    its.clock.advance(14 * DAY_MS);
    expect(why(await invite())).toBe('DONE');
  });

  it('is declined with a reason, or withdrawn, once', async () => {
    const { result: one } = await invite();
    const declined = await its.answer(creator, 'contractDecline', one.id, { reason: '暂不签约' });
    expect(declined.result).toMatchObject({ state: 'DECLINED', declineReason: '暂不签约', decidedAt: NOW });
    for (const name of ['contractAccept', 'contractDecline'] as const) {
      expect(why(await its.answer(creator, name, one.id))).toBe('StateConflict DECLINED proposalId');
    }
    const { result: two } = await invite();
    expect((await its.answer(agency, 'contractWithdraw', two.id)).result.state).toBe('WITHDRAWN');
    expect(why(await its.answer(creator, 'contractAccept', two.id))).toBe(
      'StateConflict WITHDRAWN proposalId',
    );
    expect(await its.told(creator)).toEqual([
      'CONTRACT_INVITED',
      'CONTRACT_PROPOSAL_DECLINED',
      'CONTRACT_INVITED',
      'CONTRACT_PROPOSAL_WITHDRAWN',
    ]);
  });

  it('is refused where what it says cannot be', async () => {
    const refused = async (more: object) => why(await invite(more));
    expect(await refused({ startsAt: after(0, -1) })).toBe('InvalidInput startsAt');
    expect(await refused({ endsAt: NOW })).toBe('InvalidInput endsAt');
    expect(await refused({ startsAt: after(2), endsAt: after(2) })).toBe('InvalidInput endsAt');
    expect(await refused({ visibility: ['ORDERS', 'ORDERS'] })).toBe('InvalidInput visibility');
    expect(await refused({ message: 'x'.repeat(1001) })).toBe('InvalidInput message');
    expect(await refused({ message: '\u0000' })).toBe('InvalidInput message');
    expect(await refused({ shareRate: 10_001 })).toBe('BAD_USER_INPUT');
    expect(await refused({ visibility: ['BANK_ACCOUNT'] })).toBe('BAD_USER_INPUT');
    expect(await refused({ endsAt: '0000-01-01T00:00:00Z' })).toBe('InvalidInput endsAt');
    expect(await refused({ visibility: [null] })).toBe('BAD_USER_INPUT');
    expect(await refused({ creatorId: agency.globalId })).toBe('NotFoundError creatorId');
    const far = { startsAt: '9999-12-31T23:59:58Z', endsAt: '9999-12-31T23:59:59Z' };
    expect(await refused({ visibility: [], shareRate: 0, ...far })).toBe('DONE');
  });

  it('needs the certificate, when it is made and when it is accepted', async () => {
    const { result } = await invite();
    its.clock.set('2100-01-02T00:00:00Z');
    expect(why(await its.invite(agency, await its.creator()))).toBe('AgencyNotCertified agencyId');
    its.clock.set(NOW);
    const { database } = its.alliance;
    await database.rows(
      sql`update agency_certificate set valid_to = ${after(1)} where agency_id = ${agency.id}`,
    );
    its.clock.set(after(1));
    expect(why(await its.answer(creator, 'contractAccept', result.id))).toBe('AgencyNotCertified proposalId');
  });

  it('is refused between those of whom one has blocked the other, also when it is accepted', async () => {
    const { result } = await invite();
    const stranger = await its.creator();
    for (const blocked of [creator, stranger]) {
      await its.alliance.database.rows(sql`
        insert into party_block (id, blocker_id, blocked_id, reason, blocked_at, takes_effect_at, running_until)
        values (${newId()}, ${agency.id}, ${blocked.id}, 'x', ${NOW}, ${NOW}, ${NOW})`);
    }
    expect(why(await its.invite(agency, stranger))).toBe('Blocked creatorId');
    expect(why(await its.answer(creator, 'contractAccept', result.id))).toBe('Blocked proposalId');
  });
});

describe('who may', () => {
  it('answer is the other side, and withdraw the side that proposes', async () => {
    const { result } = await invite();
    expect(why(await its.answer(agency, 'contractAccept', result.id))).toBe('InvalidInput proposalId');
    expect(why(await its.answer(agency, 'contractDecline', result.id))).toBe('InvalidInput proposalId');
    expect(why(await its.answer(creator, 'contractWithdraw', result.id))).toBe('InvalidInput proposalId');
  });

  it('act at all are the two sides: for all others, operators and lookers-on there is nothing', async () => {
    const { result } = await invite();
    const { alliance } = its;
    const { token } = await alliance.database.transaction((tx) =>
      createApiKey(tx, { partyId: creator.id, name: 'App', scopes: ['read'] }, 'test', new Date(NOW)),
    );
    const others: Json = {
      stranger: await its.creator(),
      rival: await its.agency(),
      brand: await its.brand(),
      operator: { caller: await alliance.memberOf(alliance.id) },
      'viewer of the creator': { caller: await alliance.memberOf(creator.id, 'CREATOR', 'VIEWER') },
      'reading key of the creator': { caller: alliance.withHeader(`Bearer ${token}`) },
    };
    for (const [who, party] of Object.entries<Party>(others)) {
      for (const name of ['contractAccept', 'contractDecline', 'contractWithdraw'] as const) {
        expect([who, name, why(await its.answer(party, name, result.id))]).toEqual([
          who,
          name,
          'NotFoundError proposalId',
        ]);
      }
      expect([who, why(await its.invite(agency, creator, {}, party.caller))]).toEqual([
        who,
        'NotFoundError agencyId',
      ]);
    }
    expect((await its.proposal(creator, result.id)).state).toBe('PROPOSED');
  });

  it('repeat a call gets the first answer again, and with another content nothing', async () => {
    const idempotencyKey = 'the-same-key';
    const first = await invite({ idempotencyKey });
    const again = await invite({ idempotencyKey });
    expect(again.result).toEqual(first.result);
    expect(why(await invite({ idempotencyKey, shareRate: 1 }))).toBe('IdempotencyKeyReused idempotencyKey');
    const accept = () => its.answer(creator, 'contractAccept', first.result.id, { idempotencyKey });
    const one = await accept();
    expect((await accept()).result).toEqual(one.result);
    expect(await its.told(creator)).toEqual(['CONTRACT_INVITED', 'CONTRACT_PROPOSAL_ACCEPTED']);
  });
});

describe('the list of proposals', () => {
  const list = async (party: Party, type: string, state: string | null) => {
    const query = `query ($id: ID!, $state: ContractProposalState) {
      node(id: $id) { ... on ${type} { contractProposals(state: $state) { nodes { id } } } } }`;
    const { data } = await party.caller.query(query, { id: party.globalId, state });
    return data.node.contractProposals.nodes.map(({ id }: Json) => id);
  };

  it('holds those of a side, newest first, by their state at this moment', async () => {
    const { result: one } = await invite();
    await its.answer(creator, 'contractDecline', one.id);
    its.clock.advance(1);
    const { result: two } = await invite();
    for (const [party, type] of [[agency, 'Agency'] as const, [creator, 'Creator'] as const]) {
      expect(await list(party, type, null)).toEqual([two.id, one.id]);
      expect(await list(party, type, 'PROPOSED')).toEqual([two.id]);
      expect(await list(party, type, 'DECLINED')).toEqual([one.id]);
      expect(await list(party, type, 'LAPSED')).toEqual([]);
    }
    its.clock.advance(14 * DAY_MS);
    expect(await list(creator, 'Creator', 'PROPOSED')).toEqual([]);
    expect(await list(creator, 'Creator', 'LAPSED')).toEqual([two.id]);
  });
});
