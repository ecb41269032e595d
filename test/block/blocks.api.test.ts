import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { World } from '../kit/world.ts';

const NOON = '2026-06-16T04:00:00.000Z';
const MIDNIGHT = '2026-06-16T16:00:00.000Z';
const FIELDS = `id reason blockedAt takesEffectAt runningUntil liftedAt
  blocker { organisationId kind } blocked { organisationId kind }`;

const clock = new TestClock(NOON);
let alliance: TestAlliance;
let world: World;
let ids: Record<'brand' | 'creator' | 'agency', string>;
let callers: Record<'brand' | 'creator' | 'agency' | 'operator', Caller>;

beforeAll(async () => {
  alliance = await testAlliance({ clock });
  world = new World(alliance.database);
});
afterAll(() => alliance.close());

beforeEach(async () => {
  clock.set(NOON);
  const made = { brand: await world.brand(), creator: await world.creator(), agency: await world.agency() };
  ids = {
    brand: toGlobalId('Brand', made.brand),
    creator: toGlobalId('Creator', made.creator),
    agency: toGlobalId('Agency', made.agency),
  };
  callers = {
    brand: await alliance.memberOf(made.brand),
    creator: await alliance.memberOf(made.creator),
    agency: await alliance.memberOf(made.agency),
    operator: await alliance.memberOf(alliance.id),
  };
});

type Who = keyof typeof ids;
const block = (blocker: Who, blocked: Who, caller: Caller = callers[blocker], reason = '多次违约') =>
  act(caller, 'partyBlock', { blockerId: ids[blocker], blockedId: ids[blocked], reason }, FIELDS);
const unblock = (blockId: string, caller = callers.brand) => act(caller, 'partyUnblock', { blockId }, FIELDS);

describe('a block', () => {
  it.each([
    ['brand', 'creator'],
    ['brand', 'agency'],
    ['agency', 'brand'],
  ] as const)('of a %s against a %s has dates, a reason, and is announced to both', async (one, other) => {
    await alliance.database.rows(sql`delete from outbox_event`);
    const { result } = await block(one, other);
    expect(result).toEqual({
      id: result.id,
      reason: '多次违约',
      blockedAt: NOON,
      takesEffectAt: MIDNIGHT,
      runningUntil: MIDNIGHT,
      liftedAt: null,
      blocker: { organisationId: ids[one], kind: one.toUpperCase() },
      blocked: { organisationId: ids[other], kind: other.toUpperCase() },
    });
    const told = await alliance.database.rows(sql<{ kind: string; parties: number; data: Json }>`
      select kind, cardinality(party_ids) as parties, data from outbox_event`);
    expect(told).toEqual([
      { kind: 'PARTY_BLOCKED', parties: 2, data: { takesEffectAt: MIDNIGHT, runningUntil: MIDNIGHT } },
    ]);
    for (const caller of [callers[one], callers[other]]) {
      const { data } = await caller.query(`{ node(id: "${result.id}") { ... on PartyBlock { reason } } }`);
      expect(data.node).toEqual({ reason: '多次违约' });
    }
  });

  it.each([
    ['creator', 'brand'],
    ['creator', 'agency'],
    ['agency', 'creator'],
    ['brand', 'brand'],
    ['agency', 'agency'],
  ] as const)('of a %s against a %s is none', async (one, other) => {
    expect(said(await block(one, other))).toBe('InvalidInput');
  });

  it('needs a reason, parties that are there, and somebody who may write for the blocker', async () => {
    expect(said(await block('brand', 'creator', callers.brand, ' '))).toBe('InvalidInput');
    expect(said(await block('brand', 'creator', callers.brand, '长'.repeat(501)))).toBe('InvalidInput');
    for (const caller of [callers.creator, callers.agency]) {
      expect(said(await block('brand', 'agency', caller))).toBe('NotFoundError');
    }
    const of = (blockedId: string) =>
      act(callers.brand, 'partyBlock', { blockerId: ids.brand, blockedId, reason: '违约' });
    expect(said(await of('Creator_x'))).toBe('NotFoundError');
    expect(said(await of(ids.creator.replace('Creator', 'Agency')))).toBe('NotFoundError');
    expect(said(await of(toGlobalId('Alliance', alliance.id)))).toBe('InvalidInput');
    expect(said(await block('brand', 'creator', callers.operator))).toBe('DONE');
  });

  it('holds once at a time, also of many at once, and anew after it was lifted', async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => block('brand', 'creator')));
    expect(outcomes.map(said).sort()).toEqual([...Array(7).fill('AlreadyBlocked'), 'DONE']);
    const made = outcomes.find(({ result }) => result !== null)?.result;
    clock.advance(60_000);
    expect((await unblock(made.id)).result.liftedAt).toBe('2026-06-16T04:01:00.000Z');
    const again = await unblock(made.id);
    expect([again.refused, again.userErrors[0].state]).toEqual([['StateConflict'], 'LIFTED']);
    expect(said(await block('brand', 'creator'))).toBe('DONE');
    const { data } = await callers.brand.query(
      `{ brand(id: "${ids.brand}") { blocks { nodes { liftedAt blocked { organisationId } } } } }`,
    );
    expect(data.brand.blocks.nodes).toEqual([
      { liftedAt: null, blocked: { organisationId: ids.creator } },
      { liftedAt: '2026-06-16T04:01:00.000Z', blocked: { organisationId: ids.creator } },
    ]);
  });

  it('is lifted by the blocker only', async () => {
    const { result } = await block('brand', 'agency');
    expect(said(await unblock(result.id, callers.agency))).toBe('NotFoundError');
    expect(said(await unblock(ids.brand))).toBe('NotFoundError');
    expect(said(await unblock(result.id))).toBe('DONE');
  });

  it('both ways is two blocks, of which either holds', async () => {
    const { result } = await block('brand', 'agency');
    expect(said(await block('agency', 'brand'))).toBe('DONE');
    await unblock(result.id);
    const { data } = await callers.agency.query(
      `{ agency(id: "${ids.agency}") { blocks { nodes { liftedAt } } } }`,
    );
    expect(data.agency.blocks.nodes).toEqual([{ liftedAt: null }]);
  });
});
