import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { said } from '../api/act.ts';
import type { Json } from '../kit/alliance.ts';
import { Deal, daysOn, START } from './deal.ts';

let deal: Deal;
let script: string;
let shooting: string;
let engagementId: string;

beforeAll(async () => {
  deal = await Deal.make();
});
beforeEach(async () => {
  deal.clock.set(START);
  const engagement = await deal.engagement();
  engagementId = engagement.id;
  [script, shooting] = engagement.milestones.map(({ id }: Json) => id);
  deal.watched = [engagementId, script, shooting];
  await deal.announced();
});
afterAll(() => deal.alliance.close());

const state = ({ userErrors }: { userErrors: { state?: string }[] }) => userErrors.map((each) => each.state);
const money = ({ entries }: Json) =>
  entries.map(
    ({ kind, amount, heldAfter }: Json) => `${kind} ${amount.minorUnits}, ${heldAfter.minorUnits} held`,
  );

describe('work that is delivered', () => {
  it('and accepted is released to the provider, and the engagement is completed with its last milestone', async () => {
    const delivered = await deal.deliver(script);
    expect(delivered.result).toMatchObject({
      state: 'DELIVERED',
      answerDueAt: daysOn(7),
      deliveries: [
        {
          round: 1,
          note: '第一版',
          links: ['https://disk.example/cut-1.mp4'],
          deliveredAt: START,
          changesNote: null,
          changesAskedAt: null,
        },
      ],
    });
    const accepted = await deal.step(deal.brand, 'milestoneAccept', script);
    expect(accepted.result).toMatchObject({ state: 'ACCEPTED_BY_BRAND', answerDueAt: null });
    expect(money(accepted.result)).toEqual(['HELD 100000, 100000 held', 'RELEASED 100000, 0 held']);
    expect((await deal.read(engagementId)).state).toBe('RUNNING');
    await deal.deliver(shooting);
    await deal.step(deal.brand, 'milestoneAccept', shooting);
    expect((await deal.read(engagementId)).state).toBe('COMPLETED');
    expect(await deal.announced()).toEqual([
      'MILESTONE_DELIVERED to brand and provider',
      'MILESTONE_ACCEPTED to brand and provider',
      'MILESTONE_DELIVERED to brand and provider',
      'MILESTONE_ACCEPTED to brand and provider',
    ]);
  });

  it('is delivered once, by the provider, as something that can be looked at', async () => {
    const deliver = (more: object, caller = deal.creator) =>
      deal.step(caller, 'milestoneDeliver', script, { note: '好', links: [], ...more });
    expect(said(await deliver({ note: '' }))).toBe('InvalidInput');
    expect(said(await deliver({ links: ['http://plain.example'] }))).toBe('InvalidInput');
    expect(said(await deliver({ links: ['nowhere'] }))).toBe('InvalidInput');
    expect(said(await deliver({ links: Array(21).fill('https://a.example') }))).toBe('InvalidInput');
    const other = await deal.alliance.memberOf(await deal.world.creator());
    for (const caller of [deal.brand, other]) expect(said(await deliver({}, caller))).toBe('NotFoundError');
    expect(said(await deliver({}))).toBe('DONE');
    expect(state(await deliver({}))).toEqual(['DELIVERED']);
  });

  it('goes back for changes as often as was agreed, with three days for them at least', async () => {
    await deal.deliver(script);
    const ask = () => deal.step(deal.brand, 'milestoneAskChanges', script, { note: '开头再短一些' });
    const { result } = await ask();
    expect(result).toMatchObject({
      state: 'ACCEPTED',
      changesAsked: 1,
      dueAt: daysOn(10),
      answerDueAt: null,
    });
    expect(result.deliveries).toMatchObject([{ changesNote: '开头再短一些', changesAskedAt: START }]);
    deal.clock.set(daysOn(9.5));
    await deal.deliver(script);
    const second = (await ask()).result;
    expect([second.dueAt, second.overdue]).toEqual([daysOn(12.5), false]);
    const third = await deal.deliver(script);
    expect(third.result.deliveries.map(({ round }: Json) => round)).toEqual([1, 2, 3]);
    expect(state(await ask())).toEqual(['NO_CHANGES_LEFT']);
    expect(said(await deal.step(deal.brand, 'milestoneAskChanges', script, { note: '' }))).toBe(
      'InvalidInput',
    );
    expect(money(await deal.read(script))).toEqual(['HELD 100000, 100000 held']);
  });

  it('is answered by the brand only, and only when it is there', async () => {
    for (const [name, more] of [
      ['milestoneAccept', {}],
      ['milestoneAskChanges', { note: '改' }],
      ['milestoneDispute', { reason: '不符' }],
    ] as const) {
      expect(state(await deal.step(deal.brand, name, script, more))).toEqual(['ACCEPTED']);
      expect(said(await deal.step(deal.creator, name, script, more))).toBe('NotFoundError');
    }
    const offered = await deal.engagement({ accepted: false });
    expect(state(await deal.deliver(offered.milestones[0].id))).toEqual(['OFFERED']);
  });
});

describe('time', () => {
  it('accepts what the brand does not answer, at the moment that was due, after a reminder', async () => {
    await deal.deliver(script);
    await deal.announced();
    deal.clock.set(new Date(Date.parse(daysOn(6)) - 1));
    await deal.runOutOfTime();
    expect(await deal.announced()).toEqual([]);
    deal.clock.set(daysOn(6));
    await deal.runOutOfTime();
    await deal.runOutOfTime();
    expect(await deal.announced()).toEqual(['MILESTONE_ANSWER_DUE_SOON to brand']);
    deal.clock.set(new Date(Date.parse(daysOn(7)) - 1));
    await deal.runOutOfTime();
    expect((await deal.read(script)).state).toBe('DELIVERED');
    deal.clock.set(daysOn(8));
    await Promise.all([deal.runOutOfTime(), deal.runOutOfTime(), deal.runOutOfTime()]);
    const accepted = await deal.read(script);
    expect([accepted.state, accepted.since]).toEqual(['ACCEPTED_BY_BRAND', daysOn(7)]);
    expect(accepted.entries.at(-1)).toMatchObject({ no: 2, kind: 'RELEASED', at: daysOn(7) });
    expect(await deal.announced()).toEqual(['MILESTONE_ACCEPTED to brand and provider']);
  });

  it('closes the answer also where no chore has come by', async () => {
    await deal.deliver(script);
    deal.clock.set(daysOn(7));
    for (const [name, more] of [
      ['milestoneAccept', {}],
      ['milestoneAskChanges', { note: '改' }],
      ['milestoneDispute', { reason: '不符' }],
    ] as const) {
      expect(state(await deal.step(deal.brand, name, script, more))).toEqual(['ACCEPTED_BY_BRAND']);
    }
  });

  it('takes as long as was agreed', async () => {
    const { milestones } = await deal.engagement({ reviewDays: 2 });
    expect((await deal.deliver(milestones[0].id)).result.answerDueAt).toBe(daysOn(2));
  });

  it('reminds the provider a day ahead, tells both of what is late, and again after changes', async () => {
    deal.clock.set(new Date(Date.parse(daysOn(9)) - 1));
    await deal.runOutOfTime();
    deal.clock.set(daysOn(9));
    await deal.announced();
    await deal.runOutOfTime();
    await deal.runOutOfTime();
    expect(await deal.announced()).toEqual(['MILESTONE_DUE_SOON to provider']);
    expect((await deal.read(script)).overdue).toBe(false);
    deal.clock.set(daysOn(10));
    await deal.runOutOfTime();
    expect(await deal.announced()).toEqual(['MILESTONE_OVERDUE to brand and provider']);
    expect((await deal.read(script)).overdue).toBe(true);
    await deal.deliver(script);
    await deal.step(deal.brand, 'milestoneAskChanges', script, { note: '改' });
    await deal.announced();
    deal.clock.set(daysOn(12));
    await deal.runOutOfTime();
    expect(await deal.announced()).toEqual(['MILESTONE_DUE_SOON to provider']);
  });
});

describe('a dispute', () => {
  const resolve = (toProviderMinor: string, caller = deal.operator) =>
    deal.step(caller, 'disputeResolve', script, { toProviderMinor, reason: '按完成度分配' });

  it.each([
    ['0', ['HELD 100000, 100000 held', 'RETURNED 100000, 0 held']],
    ['33333', ['HELD 100000, 100000 held', 'RELEASED 33333, 66667 held', 'RETURNED 66667, 0 held']],
    ['100000', ['HELD 100000, 100000 held', 'RELEASED 100000, 0 held']],
  ])('that gives the provider %s divides the price exactly', async (toProvider, entries) => {
    await deal.deliver(script);
    const { result: disputed } = await deal.step(deal.brand, 'milestoneDispute', script, {
      reason: '与脚本不符',
    });
    expect(disputed).toMatchObject({ state: 'DISPUTED', disputeReason: '与脚本不符', toProvider: null });
    expect((await deal.read(engagementId)).state).toBe('DISPUTED');
    await deal.announced();
    const { result } = await resolve(toProvider);
    expect(result).toMatchObject({ state: 'RESOLVED', resolution: '按完成度分配' });
    expect(money(result)).toEqual(entries);
    expect(await deal.announced()).toEqual(['DISPUTE_RESOLVED to brand and provider']);
    expect(state(await resolve(toProvider))).toEqual(['RESOLVED']);
  });

  it('is not over by time, and not to be divided beyond the price or by anybody but an operator', async () => {
    await deal.deliver(script);
    expect(state(await resolve('1'))).toEqual(['DELIVERED']);
    await deal.step(deal.brand, 'milestoneDispute', script, { reason: '与脚本不符' });
    deal.clock.set(daysOn(30));
    await deal.runOutOfTime();
    expect((await deal.read(script)).state).toBe('DISPUTED');
    expect(said(await resolve('100001'))).toBe('InvalidInput');
    expect(said(await resolve('-1'))).toBe('InvalidInput');
    expect(said(await resolve('1', deal.brand))).toBe('FORBIDDEN');
    expect(
      said(await resolve('1', await deal.alliance.memberOf(deal.alliance.id, 'ALLIANCE', 'VIEWER'))),
    ).toBe('NotFoundError');
    expect(said(await deal.step(deal.brand, 'milestoneDispute', script, { reason: '再来' }))).toBe(
      'StateConflict',
    );
  });
});

describe('cancelling', () => {
  const cancel = (caller = deal.brand, more: object = {}) =>
    deal.on(caller, 'engagementCancel', engagementId, { reason: '活动取消', ...more });
  const states = ({ result }: Json) =>
    result.milestones.map(({ state: of, cancelAskedBy }: Json) => [of, cancelAskedBy]);

  it.each([
    ['brand', 'creator', 'BRAND'],
    ['creator', 'brand', 'PROVIDER'],
  ] as const)('asked for by the %s needs the consent of the %s', async (one, other, side) => {
    const asked = await cancel(deal[one]);
    expect(states(asked)).toEqual([
      ['ACCEPTED', side],
      ['ACCEPTED', side],
    ]);
    expect(states(await cancel(deal[one]))).toEqual(states(asked));
    await deal.announced();
    const agreed = await cancel(deal[other], { milestoneIds: [shooting] });
    expect(states(agreed)).toEqual([
      ['ACCEPTED', side],
      ['CANCELLED', null],
    ]);
    expect(money(agreed.result.milestones[1])).toEqual([
      'HELD 300001, 300001 held',
      'RETURNED 300001, 0 held',
    ]);
    expect(agreed.result.milestones[1].cancelReason).toBe('活动取消');
    expect(await deal.announced()).toEqual(['MILESTONE_CANCELLED to brand and provider']);
    expect((await cancel(deal[other])).result.state).toBe('CANCELLED');
  });

  it('is the right of the brand where the work is late, and of that only', async () => {
    deal.clock.set(new Date(Date.parse(daysOn(10)) - 1));
    expect(states(await cancel(deal.brand, { milestoneIds: [script] }))[0]).toEqual(['ACCEPTED', 'BRAND']);
    deal.clock.set(daysOn(10));
    expect(states(await cancel())).toEqual([
      ['CANCELLED', null],
      ['ACCEPTED', 'BRAND'],
    ]);
    deal.clock.set(daysOn(25));
    const late = await deal.deliver(shooting);
    expect(late.result).toMatchObject({ state: 'DELIVERED', cancelAskedBy: null, cancelReason: null });
  });

  it('is not the right of a provider who is late', async () => {
    deal.clock.set(daysOn(11));
    expect(states(await cancel(deal.creator, { milestoneIds: [script] }))[0]).toEqual([
      'ACCEPTED',
      'PROVIDER',
    ]);
  });

  it('is done at once by an operator', async () => {
    expect((await cancel(deal.operator)).result.state).toBe('CANCELLED');
  });

  it('is for work that is accepted and not delivered, of this engagement, and with a reason', async () => {
    const other = await deal.engagement({ accepted: false });
    expect(said(await cancel(deal.brand, { reason: '' }))).toBe('InvalidInput');
    expect(said(await cancel(deal.brand, { milestoneIds: [other.milestones[0].id] }))).toBe('NotFoundError');
    expect(state(await deal.on(deal.brand, 'engagementCancel', other.id, { reason: '取消' }))).toEqual([
      'OFFERED',
    ]);
    await deal.deliver(script);
    expect(state(await cancel(deal.brand, { milestoneIds: [script, shooting] }))).toEqual(['DELIVERED']);
    const stranger = await deal.alliance.memberOf(await deal.world.brand());
    expect(said(await cancel(stranger))).toBe('NotFoundError');
    expect((await deal.read(shooting)).cancelAskedBy).toBeNull();
  });
});

describe('at the same moment', () => {
  const ROUNDS = 20;

  it('of three answers one holds', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { milestones } = await deal.engagement();
      const id = milestones[0].id;
      await deal.deliver(id);
      const outcomes = await Promise.all([
        deal.step(deal.brand, 'milestoneAccept', id),
        deal.step(deal.brand, 'milestoneDispute', id, { reason: '不符' }),
        deal.step(deal.brand, 'milestoneAskChanges', id, { note: '改' }),
      ]);
      expect(outcomes.map(said).sort()).toEqual(['DONE', 'StateConflict', 'StateConflict']);
    }
  });

  it('of a late delivery and its being cancelled one holds', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      deal.clock.set(START);
      const { id, milestones } = await deal.engagement();
      deal.clock.set(daysOn(10));
      const milestoneIds = [milestones[0].id];
      const outcomes = await Promise.all([
        deal.on(deal.brand, 'engagementCancel', id, { reason: '太晚', milestoneIds }),
        deal.deliver(milestones[0].id),
      ]);
      expect(outcomes.map(said).sort()).toEqual(['DONE', 'StateConflict']);
    }
  });

  it('of an acceptance, a refusal and a withdrawal one holds', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { id } = await deal.engagement({ accepted: false });
      const outcomes = await Promise.all([
        deal.on(deal.creator, 'engagementAccept', id),
        deal.on(deal.creator, 'engagementDecline', id),
        deal.on(deal.brand, 'engagementWithdraw', id),
      ]);
      expect(outcomes.map(said).sort()).toEqual(['DONE', 'StateConflict', 'StateConflict']);
    }
  });
});
