import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fromGlobalId, toGlobalId } from '../../src/kernel/ids.ts';
import { act, type Outcome, said } from '../api/act.ts';
import type { Caller } from '../kit/alliance.ts';
import { approved, call, MIDNIGHT, MORNING, makeScene, opened, pending, read, type Scene } from './scene.ts';

let scene: Scene;
let secondId: string;
let second: Caller;

beforeAll(async () => {
  scene = await makeScene();
  secondId = await scene.world.agency();
  second = await scene.alliance.memberOf(secondId);
});

beforeEach(() => scene.clock.set(MORNING));

afterAll(() => scene.alliance.close());

const leave = (caller: Caller, enrolmentId: string, step = ''): Promise<Outcome> =>
  act(
    caller,
    `enrolmentLeave${step}`,
    { enrolmentId },
    'endsAt leaveAskedAt leaveAskedBy { organisationId }',
  );
const ENDING = { endsAt: MIDNIGHT, leaveAskedAt: null, leaveAskedBy: null };
const RUNNING = { ...ENDING, endsAt: null };
const stateOf = async (id: string) => (await read(scene.brand, id, 'state')).state;

/** An approved enrolment in a campaign that is open to second-level agencies, bound for some days or not. */
const first = async (commitmentDays = 0) =>
  approved(scene, await opened(scene, { secondLevelOpen: true, commitmentDays }));

const ownCampaign = (more: object = {}) => opened({ ...scene, agency: second, agencyId: secondId }, more);

const reenrol = (enrolmentId: string, campaignId: string, serviceFeeRate = 100, caller = second) =>
  act(
    caller,
    'enrolmentReenrol',
    { enrolmentId, campaignId, serviceFeeRate },
    'id state commissionRate serviceFeeRate firstEnrolment { id }',
  );

/** An enrolment with one of the second agency below it. */
async function chain(commitmentDays = 0) {
  const above = await first(commitmentDays);
  const { result } = await reenrol(above, await ownCampaign());
  return { above, below: result.id as string };
}

describe('leaving', () => {
  it.each([['brand'], ['agency']] as const)('is for the %s alone when nobody is bound', async (who) => {
    const id = await first();
    expect((await leave(scene[who], id)).result).toEqual(ENDING);
    expect((await leave(scene[who], id)).userErrors[0].state).toBe('ENDS');
    scene.clock.set(MIDNIGHT);
    expect(await stateOf(id)).toBe('ENDED');
    expect((await leave(scene[who], id)).userErrors[0].state).toBe('ENDED');
  });

  it.each([
    ['brand', 'agency'],
    ['agency', 'brand'],
  ] as const)('of the %s takes the consent of the %s while the brand is bound', async (asker, other) => {
    const id = await first(30);
    const asked = await leave(scene[asker], id);
    expect(asked.result).toMatchObject({ endsAt: null, leaveAskedAt: '2026-06-16T02:00:00.000Z' });
    expect((await leave(scene[asker], id)).userErrors[0].state).toBe('LEAVE_ASKED');
    expect((await leave(scene[other], id)).userErrors[0].state).toBe('LEAVE_ASKED');
    expect(said(await leave(scene[asker], id, 'Agree'))).toBe('NotFoundError');
    expect((await leave(scene[other], id, 'Agree')).result).toEqual(ENDING);
  });

  it('goes on when the other side declines, or the wish is taken back', async () => {
    const id = await first(30);
    await leave(scene.brand, id);
    expect((await leave(scene.agency, id, 'Decline')).result).toEqual({ ...RUNNING, endsAt: null });
    await leave(scene.brand, id);
    expect(said(await leave(scene.brand, id, 'Decline'))).toBe('DONE');
    expect((await leave(scene.agency, id, 'Agree')).userErrors[0].state).toBe('NOT_ASKED');
    const kinds = await scene.alliance.database.rows(sql<{ kind: string }>`
      select kind from outbox_event where subject_id = ${fromGlobalId(id)?.id} order by id`);
    expect(kinds.map(({ kind }) => kind.replace('ENROLMENT_', ''))).toEqual([
      'APPROVED',
      'LEAVE_ASKED',
      'LEAVE_DECLINED',
      'LEAVE_ASKED',
      'LEAVE_DECLINED',
    ]);
  });

  it('takes no consent any more once the commitment is over', async () => {
    const id = await first(1);
    await leave(scene.brand, id);
    scene.clock.set(MIDNIGHT);
    const { result } = await leave(scene.brand, id);
    expect(result.endsAt).toBe('2026-06-17T16:00:00.000Z');
  });

  it('is refused in the guard window, and for what waits', async () => {
    const id = await first();
    const waits = await pending(scene, await opened(scene));
    expect((await leave(scene.brand, waits)).userErrors[0].state).toBe('PENDING');
    scene.clock.set('2026-06-16T15:55:00Z');
    expect((await leave(scene.brand, id)).userErrors[0].state).toBe('GUARD_WINDOW');
  });

  it('is for the two sides', async () => {
    const id = await first(30);
    const viewer = await scene.alliance.memberOf(scene.brandId, 'BRAND', 'VIEWER');
    const operator = await scene.alliance.memberOf(scene.alliance.id);
    for (const caller of [viewer, second, operator])
      expect(said(await leave(caller, id))).toBe('NotFoundError');
    await leave(scene.brand, id);
    for (const caller of [viewer, second, operator]) {
      expect(said(await leave(caller, id, 'Agree'))).toBe('NotFoundError');
      expect(said(await leave(caller, id, 'Decline'))).toBe('NotFoundError');
    }
  });
});

describe('the second level', () => {
  it('takes an approved product into a campaign of its own, for a part of the fee', async () => {
    const above = await first();
    const campaign = await ownCampaign({ places: 1 });
    const { result } = await reenrol(above, campaign, 300);
    expect(result).toEqual({
      id: result.id,
      state: 'APPROVED',
      commissionRate: 2000,
      serviceFeeRate: 300,
      firstEnrolment: { id: above },
    });
    expect(await read(second, campaign, 'placesTaken')).toEqual({ placesTaken: 1 });
    const nodes = await read(scene.agency, above, 'secondEnrolments { nodes { id } }');
    expect(nodes.secondEnrolments.nodes).toEqual([{ id: result.id }]);
    expect(said(await reenrol(await first(), campaign))).toBe('CampaignFull');
  });

  it.each([
    ['no part', 0],
    ['more than the fee', 301],
  ])('is refused for %s', async (_what, part) => {
    expect(said(await reenrol(await first(), await ownCampaign(), part))).toBe('InvalidInput');
  });

  it('is refused where it is not open, a third level, in spread, twice, and of what is one own', async () => {
    const states = async (outcome: Promise<Outcome>) => (await outcome).userErrors[0].state;
    const closed = await approved(scene, await opened(scene));
    expect(await states(reenrol(closed, await ownCampaign()))).toBe('NO_SECOND_LEVEL');
    const { above, below } = await chain();
    const third = await scene.world.agency();
    const caller = await scene.alliance.memberOf(third);
    const thirds = await opened({ ...scene, agency: caller, agencyId: third });
    expect(await states(reenrol(below, thirds, 50, caller))).toBe('SECOND_LEVEL');
    const spread = await ownCampaign({ pays: 'SPREAD', minServiceFeeRate: 0 });
    expect(await states(reenrol(above, spread))).toBe('SPREAD');
    expect(await states(reenrol(above, await opened(scene), 100, scene.agency))).toBe('OWN');
    const own = await ownCampaign();
    await reenrol(above, own);
    expect(await states(reenrol(above, own))).toBe('ENROLLED');
    const waits = await pending(scene, await opened(scene, { secondLevelOpen: true }));
    expect(said(await reenrol(waits, own))).toBe('NotFoundError');
  });

  it('is refused for who is not certified, blocked, or acts for another', async () => {
    const above = await first();
    const own = await ownCampaign();
    expect(said(await reenrol(above, own, 100, scene.agency))).toBe('NotFoundError');
    for (const [one, other] of [[secondId, scene.brandId] as const, [scene.agencyId, secondId] as const]) {
      await scene.alliance.database.rows(sql`
        insert into party_block (id, blocker_id, blocked_id, reason, blocked_at, takes_effect_at, running_until)
        values (gen_random_uuid(), ${one}, ${other}, 'No', ${MORNING}, ${MORNING}, ${MORNING})`);
      expect(said(await reenrol(above, own))).toBe('Blocked');
      await scene.alliance.database.rows(sql`delete from party_block`);
    }
    const idle = await scene.world.agency();
    const caller = await scene.alliance.memberOf(idle);
    const theirs = await act(caller, 'campaignOpen', call({ ...scene, agencyId: idle }), 'id');
    await scene.alliance.database.rows(sql`delete from agency_certificate where agency_id = ${idle}`);
    expect(said(await reenrol(above, theirs.result.id, 100, caller))).toBe('AgencyNotCertified');
  });

  it('follows the rates of the brand, who pays no less than the part', async () => {
    const { above, below } = await chain();
    await act(scene.brand, 'enrolmentChange', { enrolmentId: above, commissionRate: 2600 });
    expect(await read(second, below, 'commissionRate')).toEqual({ commissionRate: 2600 });
    const raise = { enrolmentId: below, serviceFeeRate: 250 };
    expect(said(await act(second, 'enrolmentChange', raise))).toBe('DONE');
    expect(await read(second, below, 'serviceFeeRate')).toEqual({ serviceFeeRate: 100 });
    const cut = await act(scene.brand, 'enrolmentChange', { enrolmentId: above, serviceFeeRate: 249 });
    expect(cut.userErrors.map(({ path }) => path)).toEqual([['input', 'serviceFeeRate']]);
    scene.clock.set(MIDNIGHT);
    expect(await read(second, below, 'serviceFeeRate')).toEqual({ serviceFeeRate: 250 });
    const lower = await act(
      second,
      'enrolmentChange',
      { enrolmentId: below, serviceFeeRate: 50 },
      'serviceFeeRate',
    );
    expect(lower.result).toEqual({ serviceFeeRate: 50 });
    expect(said(await act(second, 'enrolmentChange', { enrolmentId: below, commissionRate: 100 }))).toBe(
      'InvalidInput',
    );
    expect(said(await act(second, 'enrolmentChange', { enrolmentId: below, serviceFeeRate: 301 }))).toBe(
      'InvalidInput',
    );
    expect(said(await act(scene.brand, 'enrolmentChange', raise))).toBe('NotFoundError');
  });

  it('has a say when the first agency leaves, which it must see', async () => {
    const { above, below } = await chain();
    expect((await leave(scene.agency, above)).result.leaveAskedAt).not.toBe(null);
    expect(await read(second, above, 'leaveAskedBy { organisationId }')).toEqual({
      leaveAskedBy: { organisationId: toGlobalId('Agency', scene.agencyId) },
    });
    expect((await leave(second, above, 'Agree')).result).toEqual(ENDING);
    scene.clock.set(MIDNIGHT);
    expect([await stateOf(above), await stateOf(below)]).toEqual(['ENDED', 'ENDED']);
  });

  it('and the brand both agree while that is bound', async () => {
    const { above } = await chain(30);
    await leave(scene.agency, above);
    expect((await leave(second, above, 'Agree')).result.endsAt).toBe(null);
    expect((await leave(scene.brand, above, 'Agree')).result).toEqual(ENDING);
  });

  it('ends with the first when the brand leaves, and leaves by itself, or with its consent', async () => {
    const { above, below } = await chain();
    await leave(scene.brand, above);
    expect(await read(second, below, 'endsAt')).toEqual({ endsAt: MIDNIGHT });
    const other = await chain();
    expect((await leave(second, other.below)).result).toEqual(ENDING);
    expect(await read(scene.brand, other.above, 'endsAt')).toEqual({ endsAt: null });
    const third = await chain();
    expect(said(await leave(scene.brand, third.below))).toBe('NotFoundError');
    expect((await leave(scene.agency, third.below)).result.endsAt).toBe(null);
    expect((await leave(second, third.below, 'Agree')).result).toEqual(ENDING);
  });
});
