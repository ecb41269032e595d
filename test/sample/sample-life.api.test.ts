import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromGlobalId, newId, toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import { ADDRESS, after, DAY, SampleWorld } from './sample-world.ts';

let samples: SampleWorld;

beforeAll(async () => {
  samples = await SampleWorld.make();
});

afterAll(() => samples.close());

const now = () => samples.clock.now().toISOString();
const VIDEO = { title: '开箱', url: 'https://v.example.com/1' };

describe('a sample from asking to content', () => {
  it('goes through its states, and each side is told of what the other did', async () => {
    const creator = await samples.creator();
    const product = await samples.product();
    const asked = await samples.ask(creator, product, { message: '想拍一条测评' });
    const { id } = asked.result;
    expect(asked.result).toMatchObject({
      state: 'PENDING',
      message: '想拍一条测评',
      automatic: false,
      askedAt: now(),
      answerDueAt: after(now(), 7 * DAY),
      approvedAt: null,
      late: false,
    });
    samples.clock.advance(DAY);
    expect((await samples.approve(id)).result).toMatchObject({
      state: 'APPROVED',
      automatic: false,
      approvedAt: now(),
      shipDueAt: after(now(), 7 * DAY),
    });
    samples.clock.advance(DAY);
    expect((await samples.ship(id)).result).toMatchObject({
      state: 'SHIPPED',
      shippedAt: now(),
      carrier: '顺丰',
      trackingNumber: 'SF1234567890',
      arrivalDueAt: after(now(), 7 * DAY),
    });
    samples.clock.advance(2 * DAY);
    expect((await samples.move(creator.caller, 'sampleReceived', id)).result).toMatchObject({
      state: 'CONTENT_DUE',
      arrivedAt: now(),
      contentDueAt: after(now(), 14 * DAY),
    });
    samples.clock.advance(DAY);
    const done = await samples.move(creator.caller, 'sampleContentSubmit', id, VIDEO);
    expect(done.result).toMatchObject({
      state: 'FULFILLED',
      fulfilledAt: now(),
      fulfilledBy: 'CONTENT',
      contentTitle: '开箱',
      contentUrl: 'https://v.example.com/1',
      late: false,
      overdueAt: null,
    });
    expect(await samples.news(id)).toEqual([
      { kind: 'SAMPLE_ASKED', to: [samples.brandId], data: {} },
      { kind: 'SAMPLE_APPROVED', to: [creator.id], data: {} },
      { kind: 'SAMPLE_SHIPPED', to: [creator.id], data: {} },
      { kind: 'SAMPLE_ARRIVED', to: [samples.brandId], data: { dueAt: after(now(), 13 * DAY) } },
      { kind: 'SAMPLE_FULFILLED', to: [samples.brandId], data: { fulfilledBy: 'CONTENT' } },
    ]);
    expect(await samples.taken(product.id)).toEqual([1]);
  });

  it('is fulfilled by a live session of the creator that began after shipping, also before its arrival was confirmed', async () => {
    const { id, creator } = await samples.requestIn('SHIPPED', { contentWanted: 'LIVE' });
    const start = async (caller = creator) =>
      (
        await act(
          caller.caller,
          'liveSessionStart',
          { creatorId: toGlobalId('Creator', caller.id), title: '专场' },
          'id',
        )
      ).result.id as string;
    const submit = (liveSessionId: string) =>
      samples.move(creator.caller, 'sampleContentSubmit', id, { title: '专场', liveSessionId });
    expect(said(await submit(await start(await samples.creator())))).toBe('NotFoundError');
    expect(said(await submit('LiveSession_x'))).toBe('NotFoundError');
    const early = newId();
    await samples.alliance.database.rows(sql`insert into live_session (id, creator_id, title, started_at)
      values (${early}, ${creator.id}, '早场', ${after(now(), -1)})`);
    expect(said(await submit(toGlobalId('LiveSession', early)))).toBe('InvalidInput');
    const session = await start();
    expect((await submit(session)).result).toMatchObject({
      state: 'FULFILLED',
      fulfilledBy: 'CONTENT',
      arrivedAt: null,
    });
    expect(await samples.read(id, 'liveSession { id }')).toEqual({ liveSession: { id: session } });
  });

  it('is refused by the brand with a reason, and may be asked for again', async () => {
    const { id, creator, product } = await samples.requestIn('PENDING');
    const rejected = await samples.move(samples.brand, 'sampleReject', id, { reason: '粉丝画像不符' });
    expect(rejected.result).toMatchObject({ state: 'REJECTED', endedAt: now(), reason: '粉丝画像不符' });
    expect(await samples.news(id)).toContainEqual({ kind: 'SAMPLE_REJECTED', to: [creator.id], data: {} });
    expect(await samples.taken(product.id)).toEqual([0]);
    expect(said(await samples.ask(creator, product))).toBe('DONE');
  });

  it('is withdrawn before shipping, which gives its place back', async () => {
    for (const state of ['PENDING', 'APPROVED'] as const) {
      const { id, creator, product } = await samples.requestIn(state, { quota: 1 });
      const withdrawn = await samples.move(creator.caller, 'sampleWithdraw', id);
      expect(withdrawn.result).toMatchObject({ state: 'WITHDRAWN', endedAt: now(), reason: null });
      expect(await samples.news(id)).toContainEqual({
        kind: 'SAMPLE_WITHDRAWN',
        to: [samples.brandId],
        data: {},
      });
      expect(await samples.taken(product.id)).toEqual([0]);
      expect(said(await samples.ask(creator, product))).toBe('DONE');
    }
  });

  it('is made good by late content, and stays late', async () => {
    const { id, creator } = await samples.requestIn('OVERDUE');
    const overdueAt = now();
    samples.clock.advance(DAY);
    const done = await samples.move(creator.caller, 'sampleContentSubmit', id, VIDEO);
    expect(done.result).toMatchObject({ state: 'FULFILLED', late: true, overdueAt, fulfilledAt: now() });
  });
});

/** Every move, and the states from which it is made. */
const MOVES: Record<string, readonly string[]> = {
  sampleApprove: ['PENDING'],
  sampleReject: ['PENDING'],
  sampleWithdraw: ['PENDING', 'APPROVED'],
  sampleShip: ['APPROVED'],
  sampleReceived: ['SHIPPED'],
  sampleContentSubmit: ['SHIPPED', 'CONTENT_DUE', 'OVERDUE'],
};
const MORE: Record<string, object> = {
  sampleReject: { reason: '不合适' },
  sampleShip: { carrier: '中通', trackingNumber: 'ZT1' },
  sampleContentSubmit: VIDEO,
};
const BY_CREATOR = ['sampleWithdraw', 'sampleReceived', 'sampleContentSubmit'];

describe.each(Object.keys(MOVES))('%s', (name) => {
  it('is made from its states alone', async () => {
    for (const state of ['PENDING', 'APPROVED', 'SHIPPED', 'CONTENT_DUE', 'OVERDUE'] as const) {
      const { id, creator } = await samples.requestIn(state);
      const caller = BY_CREATOR.includes(name) ? creator.caller : samples.brand;
      const outcome = await samples.move(caller, name, id, MORE[name]);
      if (MOVES[name]?.includes(state)) expect([state, said(outcome)]).toEqual([state, 'DONE']);
      else {
        expect([state, said(outcome), outcome.userErrors[0].state]).toEqual([state, 'StateConflict', state]);
        expect((await samples.read(id, 'state')).state).toBe(state);
      }
    }
  });

  it('is for its side: for the other one, for strangers and for viewers there is no such request', async () => {
    const state = MOVES[name]?.[0] as 'PENDING';
    const { id, creator } = await samples.requestIn(state);
    const own = BY_CREATOR.includes(name) ? creator.id : samples.brandId;
    const viewer = await samples.alliance.memberOf(own, undefined, 'VIEWER');
    const strangers = [
      (await samples.creator()).caller,
      await samples.alliance.memberOf(await samples.world.brand()),
    ];
    const other = BY_CREATOR.includes(name) ? samples.brand : creator.caller;
    for (const caller of [other, viewer, ...strangers]) {
      expect(said(await samples.move(caller, name, id, MORE[name]))).toBe('NotFoundError');
    }
    expect(said(await samples.move(samples.alliance.withHeader(), name, id, MORE[name]))).toBe(
      'UNAUTHENTICATED',
    );
    expect(said(await samples.move(samples.operator, name, id, MORE[name]))).toBe('DONE');
  });

  it('takes effect once, however often it is sent at once', async () => {
    const { id, creator } = await samples.requestIn(MOVES[name]?.[0] as 'PENDING');
    const caller = BY_CREATOR.includes(name) ? creator.caller : samples.brand;
    const more = { ...MORE[name], idempotencyKey: `once-${name}` };
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => samples.move(caller, name, id, more)));
    expect(outcomes.map(said)).toEqual(Array.from({ length: 5 }, () => 'DONE'));
    expect(new Set(outcomes.map(({ result }) => JSON.stringify(result))).size).toBe(1);
    const kinds = await samples.kinds(id);
    expect(new Set(kinds).size).toBe(kinds.length);
  });
});

describe('what is handed in', () => {
  it.each([
    ['neither', { title: 'x' }],
    ['both', { title: 'x', url: 'https://a.example', liveSessionId: 'LiveSession_x' }],
    ['no https', { title: 'x', url: 'http://a.example' }],
    ['a script', { title: 'x', url: 'javascript:alert(1)' }],
    ['no title', { title: '', url: 'https://a.example' }],
  ])('is not %s', async (_what, content) => {
    const { id, creator } = await samples.requestIn('CONTENT_DUE');
    expect(said(await samples.move(creator.caller, 'sampleContentSubmit', id, content))).toBe('InvalidInput');
  });

  it('is what the brand asked for', async () => {
    const { id, creator } = await samples.requestIn('CONTENT_DUE', { contentWanted: 'LIVE' });
    const { userErrors } = await samples.move(creator.caller, 'sampleContentSubmit', id, VIDEO);
    expect([userErrors[0].__typename, userErrors[0].path]).toEqual(['InvalidInput', ['input', 'url']]);
  });
});

it.each([
  ['sampleReject', 'PENDING', { reason: '' }],
  ['sampleReject', 'PENDING', { reason: 'x'.repeat(501) }],
  ['sampleShip', 'APPROVED', { carrier: '', trackingNumber: '1' }],
  ['sampleShip', 'APPROVED', { carrier: '中通', trackingNumber: 'x'.repeat(61) }],
] as const)('%s refuses texts of a wrong length and changes nothing', async (name, state, more) => {
  const { id } = await samples.requestIn(state);
  expect(said(await samples.move(samples.brand, name, id, more))).toBe('InvalidInput');
  expect((await samples.read(id, 'state')).state).toBe(state);
});

it.each([
  ['recipient', { recipient: '' }],
  ['phone', { phone: 'call me' }],
  ['region', { region: '' }],
  ['lines', { lines: [] }],
  ['lines', { lines: ['a', 'b', 'c', 'd', 'e'] }],
  ['lines', { lines: ['\u0000'] }],
] as const)(
  'an address with a bad %s is refused, and the refusal repeats nothing of it',
  async (field, bad) => {
    const product = await samples.product();
    const address = { ...ADDRESS, ...bad };
    const { userErrors, result } = await samples.ask(await samples.creator(), product, { address });
    expect([result, userErrors[0].__typename, userErrors[0].path[2]]).toEqual([null, 'InvalidInput', field]);
    expect(JSON.stringify(userErrors)).not.toContain('王小满');
  },
);

it('keeps an address out of the outbox, the audit log, the keys and the log', async () => {
  const product = await samples.product();
  const creator = await samples.creator();
  const { result } = await samples.ask({ id: creator.id, caller: samples.operator }, product);
  expect(result.state).toBe('PENDING');
  for (const table of ['outbox_event', 'audit_entry', 'idempotency_key', 'sample_request']) {
    const rows = await samples.alliance.database.rows(sql<{ text: string }>`
      select t::text as text from ${sql.table(table)} t where t::text ~ '王小满|139 0000|滨江|长河'`);
    expect([table, rows]).toEqual([table, []]);
  }
  const [kept] = await samples.alliance.database.rows(sql<{ recipient: string }>`
    select recipient from sample_address where request_id = ${fromGlobalId(result.id)?.id}`);
  expect(kept?.recipient).toBe('王小满');
  expect(samples.alliance.log.filter((line) => /王小满|139 0000|滨江|长河/.test(line))).toEqual([]);
});
