import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerAgency } from '../../src/features/agency/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import { EARLY } from '../kit/world.ts';
import { Deal, daysOn, START } from './deal.ts';

let deal: Deal;
beforeAll(async () => {
  deal = await Deal.make();
});
afterAll(() => deal.alliance.close());

const state = ({ userErrors }: { userErrors: { state?: string }[] }) => userErrors.map((each) => each.state);

describe('an offer', () => {
  it('is made with what was asked for, costs the sum of its milestones, and lapses after seven days', async () => {
    await deal.announced();
    const { result } = await deal.offer();
    expect(result).toMatchObject({
      title: '618 短视频',
      state: 'OFFERED',
      price: { amount: '4000.01' },
      reviewDays: 7,
      changeRounds: 2,
      offeredAt: START,
      lapsesAt: daysOn(7),
      answeredAt: null,
      provider: { kind: 'CREATOR' },
    });
    expect(
      result.milestones.map(({ no, kind, state: of, entries }: never) => [no, kind, of, entries]),
    ).toEqual([
      [1, 'SCRIPT', 'OFFERED', []],
      [2, 'SHOOTING', 'OFFERED', []],
    ]);
    expect(await deal.announced()).toEqual(['ENGAGEMENT_OFFERED to brand and provider']);
  });

  it('lapses when its first milestone is due, if that is earlier', async () => {
    const milestones = [{ kind: 'OTHER', title: '直播', priceMinor: '1', dueAt: daysOn(2) }];
    expect((await deal.offer({ milestones })).result.lapsesAt).toBe(daysOn(2));
  });

  it('may say in how many days its milestones are due', async () => {
    const milestones = [{ kind: 'OTHER', title: '直播', priceMinor: '1', dueInDays: 30 }];
    expect((await deal.offer({ milestones })).result.milestones[0].dueAt).toBe(daysOn(30));
  });

  const milestone = (more: object) => ({
    milestones: [{ kind: 'SCRIPT', title: '脚本', priceMinor: '1', dueAt: daysOn(1), ...more }],
  });
  it.each([
    ['no milestone', { milestones: [] }, 'InvalidInput'],
    ['21 milestones', { milestones: Array(21).fill(milestone({}).milestones[0]) }, 'InvalidInput'],
    ['a price of nothing', milestone({ priceMinor: '0' }), 'InvalidInput'],
    ['a price below zero', milestone({ priceMinor: '-5' }), 'InvalidInput'],
    ['a price beyond all measure', milestone({ priceMinor: '1000000000000001' }), 'InvalidInput'],
    ['a price of a fraction', milestone({ priceMinor: 0.5 }), 'BAD_USER_INPUT'],
    ['a milestone that is due now', milestone({ dueAt: START }), 'InvalidInput'],
    ['a milestone in more than a year', milestone({ dueAt: daysOn(365.001) }), 'InvalidInput'],
    ['a milestone that is due twice', milestone({ dueInDays: 3 }), 'InvalidInput'],
    ['a milestone that is never due', milestone({ dueAt: null }), 'InvalidInput'],
    ['a milestone that is due in no days', milestone({ dueAt: null, dueInDays: 0 }), 'InvalidInput'],
    ['a milestone that is due in 366 days', milestone({ dueAt: null, dueInDays: 366 }), 'InvalidInput'],
    ['a milestone of no name', milestone({ title: ' ' }), 'InvalidInput'],
    ['an empty title', { title: '' }, 'InvalidInput'],
    ['a brief with a null character', { brief: 'a\u0000' }, 'InvalidInput'],
    ['no days to answer', { reviewDays: 0 }, 'InvalidInput'],
    ['six rounds of changes', { changeRounds: 6 }, 'InvalidInput'],
    ['a provider that is none', { providerId: 'Creator_x' }, 'NotFoundError'],
    ['a product that is none', { productIds: ['Product_x'] }, 'NotFoundError'],
  ])('with %s is refused', async (_what, more, answer) => expect(said(await deal.offer(more))).toBe(answer));

  it('names products of the brand only, and shows drafts to the brand only', async () => {
    const [foreign, draft, listed] = [
      await deal.world.product(),
      await deal.world.product({ brandId: deal.brandId, draft: true }),
      await deal.world.product({ brandId: deal.brandId }),
    ];
    const ids = (...products: { id: string }[]) => products.map(({ id }) => toGlobalId('Product', id));
    expect(said(await deal.offer({ productIds: ids(foreign) }))).toBe('NotFoundError');
    expect(said(await deal.offer({ productIds: ids(listed, listed) }))).toBe('InvalidInput');
    const { result } = await deal.offer({ productIds: ids(draft, listed) });
    const query = `{ node(id: "${result.id}") { ... on Engagement { products { id } } } }`;
    const seen = async (caller = deal.brand) =>
      (await caller.query(query)).data.node.products.map(({ id }: { id: string }) => id).sort();
    expect(await seen()).toEqual(ids(draft, listed).sort());
    expect(await seen(deal.creator)).toEqual(ids(listed));
  });

  it('is for a member of the brand who may write', async () => {
    const viewer = await deal.alliance.memberOf(deal.brandId, 'BRAND', 'VIEWER');
    const stranger = await deal.alliance.memberOf(await deal.world.brand());
    for (const caller of [viewer, stranger, deal.creator]) {
      expect(said(await deal.offer({}, caller))).toBe('NotFoundError');
    }
    expect(said(await deal.offer({}, deal.alliance.withHeader()))).toBe('UNAUTHENTICATED');
  });

  it('to an agency needs a certificate for CONTENT, also when it is accepted', async () => {
    const certified = (services: ('CONTENT' | 'RECRUITING')[], until: string) =>
      deal.world.tx((tx) => {
        const agency = { services, city: '杭州', about: '', certifiedUntil: new Date(until) };
        return registerAgency(tx, { name: services.join(), ...agency }, undefined, EARLY);
      });
    const recruiting = await certified(['RECRUITING'], daysOn(100));
    const content = await certified(['CONTENT'], daysOn(2));
    const to = (id: string) => ({ providerId: toGlobalId('Agency', id) });
    expect(said(await deal.offer(to(recruiting)))).toBe('AgencyNotCertified');
    const { result } = await deal.offer(to(content));
    const agency = await deal.alliance.memberOf(content);
    deal.clock.set(daysOn(3));
    expect(said(await deal.on(agency, 'engagementAccept', result.id))).toBe('AgencyNotCertified');
    deal.clock.set(START);
    const { result: accepted } = await deal.on(agency, 'engagementAccept', result.id);
    expect(accepted).toMatchObject({ state: 'RUNNING', provider: { kind: 'AGENCY' } });
    const { data } = await agency.query(
      `{ agency(id: "${to(content).providerId}") { engagements { nodes { id state } } } }`,
    );
    expect(data.agency.engagements.nodes).toEqual([{ id: result.id, state: 'RUNNING' }]);
  });

  it('is made once, however often it is repeated', async () => {
    const input = deal.terms({ idempotencyKey: 'the-same-key' });
    const first = await act(deal.brand, 'engagementOffer', input, 'id');
    expect((await act(deal.brand, 'engagementOffer', input, 'id')).result).toEqual(first.result);
    expect(said(await act(deal.brand, 'engagementOffer', { ...input, title: '另一个' }))).toBe(
      'IdempotencyKeyReused',
    );
  });
});

describe('the answer', () => {
  it('that accepts holds the price of every milestone', async () => {
    const { id } = await deal.engagement({ accepted: false });
    await deal.announced();
    const { result } = await deal.on(deal.creator, 'engagementAccept', id);
    expect([result.state, result.answeredAt]).toEqual(['RUNNING', START]);
    const held = (minorUnits: string) => [
      { no: 1, kind: 'HELD', amount: { minorUnits }, heldAfter: { minorUnits }, at: START },
    ];
    expect(result.milestones.map(({ entries }: never) => entries)).toEqual([held('100000'), held('300001')]);
    expect(await deal.announced()).toEqual(['ENGAGEMENT_ACCEPTED to brand and provider']);
  });

  it.each([
    ['engagementDecline', 'creator', 'DECLINED'],
    ['engagementWithdraw', 'brand', 'WITHDRAWN'],
  ] as const)('%s by the %s ends it, with a word, and nothing is held', async (name, who, ended) => {
    const { id } = await deal.engagement({ accepted: false });
    await deal.announced();
    const { result } = await deal.on(deal[who], name, id, { note: '档期不合适' });
    expect([result.state, result.note, result.answeredAt]).toEqual([ended, '档期不合适', START]);
    expect(result.milestones.map(({ state: of, entries }: never) => [of, entries])).toEqual([
      [ended, []],
      [ended, []],
    ]);
    expect(await deal.announced()).toEqual([`ENGAGEMENT_${ended} to brand and provider`]);
    for (const [again, by] of [
      ['engagementAccept', deal.creator],
      ['engagementDecline', deal.creator],
      ['engagementWithdraw', deal.brand],
    ] as const) {
      expect(state(await deal.on(by, again, id))).toEqual([ended]);
    }
  });

  it('that is a word too long is refused', async () => {
    const { id } = await deal.engagement({ accepted: false });
    expect(said(await deal.on(deal.creator, 'engagementDecline', id, { note: '' }))).toBe('InvalidInput');
    expect(said(await deal.on(deal.brand, 'engagementWithdraw', id, { note: '长'.repeat(501) }))).toBe(
      'InvalidInput',
    );
  });

  it('is for the side that it is for, and nobody else finds the offer', async () => {
    const { id } = await deal.engagement({ accepted: false });
    const [other, viewer] = [
      await deal.alliance.memberOf(await deal.world.creator()),
      await deal.alliance.memberOf(deal.creatorId, 'CREATOR', 'VIEWER'),
    ];
    for (const caller of [deal.brand, other, viewer]) {
      expect(said(await deal.on(caller, 'engagementAccept', id))).toBe('NotFoundError');
      expect(said(await deal.on(caller, 'engagementDecline', id))).toBe('NotFoundError');
    }
    for (const caller of [deal.creator, other])
      expect(said(await deal.on(caller, 'engagementWithdraw', id))).toBe('NotFoundError');
    expect(said(await deal.on(deal.creator, 'engagementAccept', toGlobalId('Brand', deal.brandId)))).toBe(
      'NotFoundError',
    );
    expect(said(await deal.on(deal.creator, 'engagementAccept', id))).toBe('DONE');
    expect(state(await deal.on(deal.brand, 'engagementWithdraw', id))).toEqual(['ACCEPTED']);
  });

  it('comes within seven days, to the millisecond, whether a chore has come by or not', async () => {
    const [intime, late] = [
      await deal.engagement({ accepted: false }),
      await deal.engagement({ accepted: false }),
    ];
    deal.clock.set(new Date(Date.parse(daysOn(7)) - 1));
    await deal.runOutOfTime();
    expect(said(await deal.on(deal.creator, 'engagementAccept', intime.id))).toBe('DONE');
    deal.clock.set(daysOn(7));
    for (const [name, by] of [
      ['engagementAccept', deal.creator],
      ['engagementDecline', deal.creator],
      ['engagementWithdraw', deal.brand],
    ] as const) {
      expect(state(await deal.on(by, name, late.id))).toEqual(['LAPSED']);
    }
    deal.clock.set(daysOn(7.5));
    await deal.announced();
    await deal.runOutOfTime();
    await deal.runOutOfTime();
    expect((await deal.announced()).filter((text) => text.startsWith('ENGAGEMENT'))).toContain(
      'ENGAGEMENT_LAPSED to brand and provider',
    );
    const lapsed = await deal.read(late.id);
    expect([lapsed.state, lapsed.answeredAt, lapsed.milestones[0].since]).toEqual([
      'LAPSED',
      daysOn(7),
      daysOn(7),
    ]);
    expect((await deal.read(intime.id)).state).toBe('RUNNING');
    deal.clock.set(START);
  });
});
