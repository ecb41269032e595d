import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { said } from '../api/act.ts';
import { after, DAY, HOUR, SampleWorld } from './sample-world.ts';

let samples: SampleWorld;

beforeAll(async () => {
  samples = await SampleWorld.make();
});

afterAll(() => samples.close());

const now = () => samples.clock.now().toISOString();
const VIDEO = { title: '开箱', url: 'https://v.example.com/1' };

type Request = Awaited<ReturnType<SampleWorld['requestIn']>>;

interface Limit {
  readonly state: 'PENDING' | 'APPROVED' | 'SHIPPED' | 'CONTENT_DUE';
  readonly days: number;
  /** The state at the limit, and the field that holds its moment. */
  readonly becomes: string;
  readonly stamp: string;
  readonly reason?: string;
  /** What may be done until the limit, and not from it on. */
  readonly act: (request: Request) => ReturnType<SampleWorld['move']>;
}

const LIMITS: Record<string, Limit> = {
  'the answer of the brand': {
    state: 'PENDING',
    days: 7,
    becomes: 'REJECTED',
    stamp: 'endedAt',
    reason: 'The brand did not answer within 7 days.',
    act: ({ id }) => samples.approve(id),
  },
  'the refusal of the brand': {
    state: 'PENDING',
    days: 7,
    becomes: 'REJECTED',
    stamp: 'endedAt',
    reason: 'The brand did not answer within 7 days.',
    act: ({ id }) => samples.move(samples.brand, 'sampleReject', id, { reason: '迟了' }),
  },
  shipping: {
    state: 'APPROVED',
    days: 3,
    becomes: 'NOT_SHIPPED',
    stamp: 'endedAt',
    reason: 'The brand did not ship within 3 days.',
    act: ({ id }) => samples.ship(id),
  },
  'the word of the creator that it arrived': {
    state: 'SHIPPED',
    days: 7,
    becomes: 'CONTENT_DUE',
    stamp: 'arrivedAt',
    act: ({ id, creator }) => samples.move(creator.caller, 'sampleReceived', id),
  },
};

describe.each(Object.keys(LIMITS))('the limit of %s', (name) => {
  const { state, days, becomes, stamp, reason = null, act } = LIMITS[name] as Limit;
  const rule = { daysToShip: 3, daysForContent: 5 };

  it('leaves time until the last millisecond', async () => {
    const request = await samples.requestIn(state, rule);
    samples.clock.advance(days * DAY - 1);
    await samples.upkeep();
    expect((await samples.read(request.id, 'state')).state).toBe(state);
    expect(said(await act(request))).toBe('DONE');
  });

  it('is reached to the millisecond, also when nothing has worked it off yet', async () => {
    const request = await samples.requestIn(state, rule);
    samples.clock.advance(days * DAY);
    const { refused, userErrors } = await act(request);
    expect([refused, userErrors[0].state]).toEqual([['StateConflict'], becomes]);
    await samples.upkeep();
    expect(await samples.read(request.id, `state reason ${stamp}`)).toEqual({
      state: becomes,
      reason,
      [stamp]: now(),
    });
  });

  it('keeps its moment when it is worked off late, and is worked off once', async () => {
    const request = await samples.requestIn(state, rule);
    const limit = after(now(), days * DAY);
    samples.clock.advance(days * DAY + 5 * HOUR);
    await Promise.all([samples.upkeep(), samples.upkeep(), samples.upkeep()]);
    expect(await samples.upkeep()).toBe(0);
    expect(await samples.read(request.id, `state ${stamp}`)).toEqual({ state: becomes, [stamp]: limit });
    const told = (await samples.news(request.id)).filter(({ kind }) => kind === KINDS[becomes]);
    expect(told.map(({ to }) => to)).toEqual([[samples.brandId, request.creator.id].sort()]);
  });
});

const KINDS: Record<string, string> = {
  REJECTED: 'SAMPLE_REJECTED',
  NOT_SHIPPED: 'SAMPLE_NOT_SHIPPED',
  CONTENT_DUE: 'SAMPLE_ARRIVED',
};

describe('the date for content', () => {
  it('is kept until the last millisecond', async () => {
    const { id, creator } = await samples.requestIn('CONTENT_DUE', { daysForContent: 5 });
    samples.clock.advance(5 * DAY - 1);
    const done = await samples.move(creator.caller, 'sampleContentSubmit', id, VIDEO);
    expect(done.result).toMatchObject({ state: 'FULFILLED', late: false, overdueAt: null });
  });

  it.each([true, false])('is missed from its millisecond on (worked off before: %s)', async (workedOff) => {
    const { id, creator } = await samples.requestIn('CONTENT_DUE', { daysForContent: 5 });
    const due = after(now(), 5 * DAY);
    samples.clock.advance(5 * DAY);
    if (workedOff) await samples.upkeep();
    const done = await samples.move(creator.caller, 'sampleContentSubmit', id, VIDEO);
    expect(done.result).toMatchObject({ state: 'FULFILLED', late: true, overdueAt: due, fulfilledAt: due });
    expect((await samples.kinds(id)).slice(-2)).toEqual(['SAMPLE_OVERDUE', 'SAMPLE_FULFILLED']);
  });

  it('runs from the seventh day after shipping when nobody confirms the arrival, however late that is noticed', async () => {
    const { id } = await samples.requestIn('SHIPPED', { daysForContent: 5 });
    const shipped = now();
    samples.clock.advance(40 * DAY);
    await samples.upkeep();
    expect(await samples.read(id, 'state arrivedAt contentDueAt overdueAt')).toEqual({
      state: 'OVERDUE',
      arrivedAt: after(shipped, 7 * DAY),
      contentDueAt: after(shipped, 12 * DAY),
      overdueAt: after(shipped, 12 * DAY),
    });
    expect((await samples.kinds(id)).slice(-2)).toEqual(['SAMPLE_ARRIVED', 'SAMPLE_OVERDUE']);
  });
});

it('gives the place of a sample that was not shipped back to the quota', async () => {
  const { product } = await samples.requestIn('APPROVED', { quota: 1 });
  expect(said(await samples.ask(await samples.creator(), product))).toBe('SampleQuotaUsedUp');
  samples.clock.advance(7 * DAY);
  await Promise.all([samples.upkeep(), samples.upkeep()]);
  expect(await samples.taken(product.id)).toEqual([0]);
  expect(said(await samples.ask(await samples.creator(), product))).toBe('DONE');
});

describe('reminders', () => {
  const remindersOf = async (id: string) =>
    (await samples.news(id))
      .filter(({ kind }) => /_DUE$/.test(kind))
      .map(({ kind, to, data }) => [kind, to, data]);

  it('tell the brand of an answer and of a parcel one day before, once', async () => {
    for (const [state, kind] of [
      ['PENDING', 'SAMPLE_ANSWER_DUE'],
      ['APPROVED', 'SAMPLE_SHIPPING_DUE'],
    ] as const) {
      const { id } = await samples.requestIn(state);
      const dueAt = after(now(), 7 * DAY);
      samples.clock.advance(6 * DAY - 1);
      await samples.upkeep();
      expect(await remindersOf(id)).toEqual([]);
      samples.clock.advance(1);
      await Promise.all([samples.upkeep(), samples.upkeep(), samples.upkeep()]);
      samples.clock.advance(HOUR);
      await samples.upkeep();
      expect(await remindersOf(id)).toEqual([[kind, [samples.brandId], { daysLeft: 1, dueAt }]]);
    }
  });

  it('tell the creator of content three days and one day before, each once', async () => {
    const { id, creator } = await samples.requestIn('CONTENT_DUE');
    const dueAt = after(now(), 14 * DAY);
    const three = ['SAMPLE_CONTENT_DUE', [creator.id], { daysLeft: 3, dueAt }];
    const one = ['SAMPLE_CONTENT_DUE', [creator.id], { daysLeft: 1, dueAt }];
    samples.clock.advance(11 * DAY - 1);
    await samples.upkeep();
    expect(await remindersOf(id)).toEqual([]);
    for (const [ms, expected] of [
      [1, [three]],
      [DAY, [three]],
      [DAY - 1, [three]],
      [1, [three, one]],
      [HOUR, [three, one]],
      [DAY, [three, one]],
    ] as const) {
      samples.clock.advance(ms);
      await Promise.all([samples.upkeep(), samples.upkeep()]);
      expect(await remindersOf(id)).toEqual(expected);
    }
    expect((await samples.read(id, 'state')).state).toBe('OVERDUE');
  });

  it('are left out where there is no time for them, and where the limit has passed', async () => {
    const hurried = await samples.requestIn('CONTENT_DUE', { daysForContent: 1 });
    const late = await samples.requestIn('CONTENT_DUE', { daysForContent: 5 });
    samples.clock.advance(DAY - 1);
    await samples.upkeep();
    expect(await remindersOf(hurried.id)).toEqual([]);
    samples.clock.advance(10 * DAY);
    await samples.upkeep();
    expect(await remindersOf(late.id)).toEqual([]);
    expect((await samples.read(late.id, 'state')).state).toBe('OVERDUE');
  });

  it('end with the state that they are about', async () => {
    const { id } = await samples.requestIn('PENDING');
    samples.clock.advance(5 * DAY);
    await samples.approve(id);
    samples.clock.advance(2 * DAY);
    await samples.upkeep();
    expect(await remindersOf(id)).toEqual([]);
  });
});

it('works off more than one batch, in several processes at once, each request once', async () => {
  // What other tests have left behind is not counted.
  samples.clock.advance(60 * DAY);
  await samples.upkeep();
  const { id } = await samples.requestIn('APPROVED', { quota: 2000 });
  const [row] = await samples.alliance.database.rows(sql<{ ruleId: string }>`
    select rule_id as "ruleId" from sample_request where state = 'APPROVED' order by id desc limit 1`);
  // One creator each: copies of the request, since 1,200 callers would take a minute.
  await samples.alliance.database.rows(sql`
    with parties as (insert into party (id, kind, name, created_at)
      select gen_random_uuid(), 'CREATOR', 'Copy ' || g, ${now()}::timestamptz from generate_series(1, 1200) g returning id),
    creators as (insert into creator (id, tier, city, about, followers)
      select id, 'ORDINARY', '', '', 0 from parties returning id)
    insert into sample_request select (jsonb_populate_record(r, jsonb_build_object(
      'id', gen_random_uuid(), 'creator_id', creators.id))).*
    from creators, sample_request r where r.rule_id = ${row?.ruleId}`);
  await samples.alliance.database.rows(sql`update sample_rule set taken = 1201 where id = ${row?.ruleId}`);
  samples.clock.advance(7 * DAY);
  const moved = await Promise.all([samples.upkeep(), samples.upkeep(), samples.upkeep()]);
  expect(moved.reduce((sum, one) => sum + one, 0) + (await samples.upkeep())).toBe(1201);
  const states = await samples.alliance.database.rows(sql<{ state: string; n: number }>`
    select state, count(*)::int as n from sample_request where rule_id = ${row?.ruleId} group by state`);
  expect(states).toEqual([{ state: 'NOT_SHIPPED', n: 1201 }]);
  const [rule] = await samples.alliance.database.rows(sql<{ taken: number }>`
    select taken from sample_rule where id = ${row?.ruleId}`);
  expect(rule?.taken).toBe(0);
  expect((await samples.kinds(id)).at(-1)).toBe('SAMPLE_NOT_SHIPPED');
});
