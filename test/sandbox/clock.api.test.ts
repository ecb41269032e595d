import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { act, said } from '../api/act.ts';
import { type Caller, testAlliance } from '../kit/alliance.ts';
import { World } from '../kit/world.ts';
import { BEGIN, openSandbox, type TestSandbox } from './sandbox.ts';

const CLOCK = '{ sandboxClock { now startedAt nextMidnight } }';
const MOVE = 'fromAt toAt reachedAt isComplete';
const DAY_MS = 86_400_000;

let sandbox: TestSandbox;
let operator: Caller;
let elsewhere: Caller;
let brandId: string;

beforeAll(async () => {
  sandbox = await openSandbox({ servers: 2 });
  operator = await sandbox.memberOf(sandbox.id, 0);
  elsewhere = await sandbox.memberOf(sandbox.id, 1);
  brandId = await new World(sandbox.database).brand();
});
afterAll(() => sandbox.close());

const timeOf = async (caller: Caller): Promise<string> => (await caller.query(CLOCK)).data.sandboxClock.now;
const advance = (caller: Caller, input: object) => act(caller, 'sandboxClockAdvance', input, MOVE);

describe('the clock of a sandbox', () => {
  it('begins with the present, and stands still', async () => {
    const before = (await operator.query(CLOCK)).data.sandboxClock;
    expect(before).toEqual({
      now: BEGIN.toISOString(),
      startedAt: BEGIN.toISOString(),
      nextMidnight: '2026-03-01T16:00:00.000Z',
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await operator.query(CLOCK)).data.sandboxClock).toEqual(before);
  });

  it('is moved by a length and to a moment, and every process has it within a second', async () => {
    const moved = await advance(operator, { by: { days: 1, hours: 2, minutes: 3 } });
    expect(moved.result).toEqual({
      fromAt: '2026-03-01T04:00:00.000Z',
      toAt: '2026-03-02T06:03:00.000Z',
      reachedAt: '2026-03-02T06:03:00.000Z',
      isComplete: true,
    });
    // Here at once, there soon.
    expect(await timeOf(operator)).toBe('2026-03-02T06:03:00.000Z');
    await vi.waitFor(async () => expect(await timeOf(elsewhere)).toBe('2026-03-02T06:03:00.000Z'), 1000);
    const to = '2026-03-03T00:00:00.000Z';
    expect((await advance(elsewhere, { to })).result.reachedAt).toBe(to);
    await vi.waitFor(async () => expect(await timeOf(operator)).toBe(to), 1000);
  });

  it('moves once for a request that is repeated, also at the same moment and in another process', async () => {
    const from = Date.parse(await timeOf(operator));
    const input = { by: { hours: 1 }, idempotencyKey: randomUUID() };
    const answers = await Promise.all(Array.from({ length: 12 }, () => advance(operator, input)));
    expect(new Set(answers.map(({ result }) => JSON.stringify(result))).size).toBe(1);
    expect(Date.parse(answers[0]?.result.reachedAt)).toBe(from + 3_600_000);
    const other = { by: { hours: 2 }, idempotencyKey: input.idempotencyKey };
    expect(said(await advance(operator, other))).toBe('IdempotencyKeyReused');
    expect(Date.parse(await timeOf(operator))).toBe(from + 3_600_000);
  });

  it('takes moves of both processes one after the other, none of them lost', async () => {
    const from = Date.parse(await timeOf(operator));
    const moves = Array.from({ length: 10 }, (_, i) =>
      advance(i % 2 ? operator : elsewhere, { by: { minutes: 1 } }),
    );
    const results = (await Promise.all(moves)).map(({ result }) => Date.parse(result.reachedAt) - from);
    expect(results.sort((a, b) => a - b)).toEqual(Array.from({ length: 10 }, (_, i) => (i + 1) * 60_000));
  });

  it('goes on to the moment that was meant where a crash has cut it short', async () => {
    const clock = sandbox.clocks[0]!;
    const at = clock.now();
    // The wish was kept and the clock on its way when the process was killed: nobody knows the key yet.
    const input = { by: { days: 2 }, idempotencyKey: randomUUID() };
    const key = vi.spyOn(clock, 'put').mockImplementationOnce(async () => {
      throw new Error('killed');
    });
    expect((await advance(operator, input)).code).toBe('INTERNAL_SERVER_ERROR');
    key.mockRestore();
    await clock.put(new Date(at.getTime() + DAY_MS));
    const again = await advance(operator, input);
    expect(Date.parse(again.result.reachedAt)).toBe(at.getTime() + 2 * DAY_MS);
    expect((await advance(operator, input)).result).toEqual(again.result);
  });

  it('is never put back, not by the database either', async () => {
    const now = await timeOf(operator);
    expect(said(await advance(operator, { to: now }))).toBe('StateConflict');
    expect(said(await advance(operator, { to: '2026-03-01T04:00:00.000Z' }))).toBe('StateConflict');
    await expect(
      sandbox.database.rows(sql`update sandbox_clock set now = now - interval '1 second'`),
    ).rejects.toThrow('never goes back');
    expect(await timeOf(operator)).toBe(now);
  });

  it.each([
    ['too far', { by: { days: 401 } }],
    ['by no length', { by: {} }],
    ['by less than nothing', { by: { days: 2, hours: -1 } }],
    ['by more than can be counted', { by: { days: 2_147_483_647, minutes: 2_147_483_647 } }],
    ['nowhere', {}],
    ['to a moment and by a length', { to: '2026-06-01T00:00:00.000Z', by: { days: 1 } }],
    ['too far by a moment', { to: '9999-12-31T23:59:59.999Z' }],
  ])('is not moved %s', async (_what, input) => {
    const now = await timeOf(operator);
    expect(said(await advance(operator, input))).toMatch(/^(InvalidInput|StateConflict)$/);
    expect(await timeOf(operator)).toBe(now);
  });

  it('is moved by operators and keys with the scope, and read by every member', async () => {
    const by = { minutes: 1 };
    expect(said(await advance(await sandbox.memberOf(brandId), { by }))).toBe('FORBIDDEN');
    expect(said(await advance(await sandbox.keyOf(brandId, ['read', 'money:write']), { by }))).toBe(
      'FORBIDDEN',
    );
    expect(said(await advance(await sandbox.keyOf(sandbox.id, ['cooperation:write']), { by }))).toBe(
      'FORBIDDEN',
    );
    expect(said(await advance(await sandbox.keyOf(brandId, ['sandbox:write']), { by }))).toBe('DONE');
    expect(await timeOf(await sandbox.memberOf(brandId))).toBe(await timeOf(operator));
  });

  it('leaves every move in the audit log', async () => {
    const rows = await sandbox.database.rows(sql<{ count: number; acts: number; systems: number }>`
      select count(*)::int as count, (select count(*)::int from sandbox_move) as acts,
        count(api_key_id)::int as systems
      from audit_entry where operation = 'sandboxClockAdvance' and outcome = 'DONE'`);
    expect(rows[0]?.count).toBe(rows[0]?.acts);
    expect(rows[0]?.systems).toBe(1);
  });
});

describe('an alliance that is no sandbox', () => {
  it('has no such clock, and refuses to move it', async () => {
    const alliance = await testAlliance();
    const caller = await alliance.memberOf(alliance.id);
    expect((await caller.query(CLOCK)).data).toEqual({ sandboxClock: null });
    const outcome = await advance(caller, { by: { days: 1 } });
    expect(outcome.userErrors).toMatchObject([{ __typename: 'StateConflict', state: 'NO_SANDBOX' }]);
    await alliance.close();
  });
});
