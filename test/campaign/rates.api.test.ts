import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fromGlobalId } from '../../src/kernel/ids.ts';
import { act, type Outcome, said } from '../api/act.ts';
import type { Json } from '../kit/alliance.ts';
import { approved, MIDNIGHT, MORNING, makeScene, opened, pending, read, type Scene } from './scene.ts';

let scene: Scene;
let campaign: string;

beforeAll(async () => {
  scene = await makeScene(30);
});

beforeEach(async () => {
  scene.clock.set(MORNING);
  campaign = await opened(scene);
});

afterAll(() => scene.alliance.close());

const change = (enrolmentId: string, rates: object, caller = scene.brand): Promise<Outcome> =>
  act(caller, 'enrolmentChange', { enrolmentId, ...rates }, 'commissionRate serviceFeeRate');

const versions = async (id: string): Promise<Json> => {
  const fields = 'versions { nodes { version commissionRate serviceFeeRate validFrom validTo } }';
  const { versions: page } = await read(scene.brand, id, fields);
  return page.nodes.map((row: Json) => [
    row.version,
    row.commissionRate,
    row.serviceFeeRate,
    row.validFrom,
    row.validTo,
  ]);
};

const locks = (id: string) =>
  scene.alliance.database.rows(sql<{ from: string; until: string; bp: number }>`
    select to_json(locked_from at time zone 'UTC')#>>'{}' as "from", to_json(locked_until at time zone 'UTC')#>>'{}' as until,
      t.commission_bp as bp
    from rate_lock r join enrolment_terms t on t.id = r.terms_id
    where r.offer_id = ${fromGlobalId(id)?.id} and locked_until > locked_from order by r.locked_from, r.id`);

const AT = '2026-06-16T02:00:00.000Z';
const BEFORE = '2026-06-16T03:00:00.000Z';

describe('changing the rates of an enrolment', () => {
  it('raises at once', async () => {
    const id = await approved(scene, campaign);
    scene.clock.set(BEFORE);
    expect((await change(id, { commissionRate: 2500 })).result).toEqual({
      commissionRate: 2500,
      serviceFeeRate: 300,
    });
    expect(await versions(id)).toEqual([
      [2, 2500, 300, BEFORE, null],
      [1, 2000, 300, AT, BEFORE],
    ]);
    expect(await locks(id)).toEqual([]);
  });

  it('cuts at midnight, and lets creators keep the old rate for the lock days', async () => {
    const id = await approved(scene, campaign);
    expect((await change(id, { commissionRate: 1500, serviceFeeRate: 400 })).result.commissionRate).toBe(
      2000,
    );
    scene.clock.set('2026-06-16T15:59:59.999Z');
    expect(await read(scene.brand, id, 'commissionRate')).toEqual({ commissionRate: 2000 });
    scene.clock.set(MIDNIGHT);
    expect(await read(scene.brand, id, 'commissionRate')).toEqual({ commissionRate: 1500 });
    expect(await locks(id)).toEqual([
      { from: '2026-06-16T16:00:00', until: '2026-07-16T16:00:00', bp: 2000 },
    ]);
  });

  it('locks nothing when only the fee is cut, which is not the creators', async () => {
    const id = await approved(scene, campaign);
    expect((await change(id, { serviceFeeRate: 200 })).refused).toEqual([]);
    expect((await versions(id))[0]).toEqual([2, 2000, 200, MIDNIGHT, null]);
    expect(await locks(id)).toEqual([]);
  });

  it('takes the last word: a cut that was to come is taken back with its lock', async () => {
    const id = await approved(scene, campaign);
    await change(id, { commissionRate: 1500 });
    scene.clock.set(BEFORE);
    await change(id, { commissionRate: 1800 });
    await change(id, { commissionRate: 2100 });
    expect(await versions(id)).toEqual([
      [4, 2100, 300, BEFORE, null],
      [3, 1800, 300, MIDNIGHT, MIDNIGHT],
      [2, 1500, 300, MIDNIGHT, MIDNIGHT],
      [1, 2000, 300, AT, BEFORE],
    ]);
    expect(await locks(id)).toEqual([]);
  });

  it('takes a cut back by the rates that are in force', async () => {
    const id = await approved(scene, campaign);
    await change(id, { commissionRate: 1500 });
    expect((await change(id, { commissionRate: 2000 })).refused).toEqual([]);
    scene.clock.set('2026-06-17T02:00:00Z');
    expect(await read(scene.brand, id, 'commissionRate')).toEqual({ commissionRate: 2000 });
    expect(said(await change(id, { commissionRate: 2000 }))).toBe('InvalidInput');
  });

  it('refuses a cut in the guard window, and lets raises pass', async () => {
    const id = await approved(scene, campaign);
    scene.clock.set('2026-06-16T15:50:00Z');
    const cut = await change(id, { commissionRate: 1900 });
    expect(cut.userErrors[0].state).toBe('GUARD_WINDOW');
    expect(said(await change(id, { commissionRate: 2001 }))).toBe('DONE');
  });

  it('refuses a cut while the brand is bound', async () => {
    const bound = await opened(scene, { commitmentDays: 3 });
    const id = await approved(scene, bound);
    scene.clock.set('2026-06-18T15:40:00Z');
    expect(said(await change(id, { commissionRate: 1900 }))).toBe('Committed');
    expect(said(await change(id, { serviceFeeRate: 250 }))).toBe('Committed');
    expect(said(await change(id, { commissionRate: 2100 }))).toBe('DONE');
    scene.clock.set('2026-06-18T16:00:00Z');
    expect(said(await change(id, { commissionRate: 1900 }))).toBe('DONE');
  });

  it.each([
    ['below the minimum of the category', { commissionRate: 999 }, 'ProductUnfit'],
    ['below the minimum of the fee', { serviceFeeRate: 199 }, 'ProductUnfit'],
    ['of no commission', { commissionRate: 0 }, 'InvalidInput'],
    ['beyond all rates', { commissionRate: 8800 }, 'InvalidInput'],
    ['that are the same', {}, 'InvalidInput'],
  ])('refuses rates %s', async (_what, rates, refusal) => {
    const id = await approved(scene, campaign);
    expect((await change(id, rates)).refused).toContain(refusal);
    expect(await versions(id)).toHaveLength(1);
  });

  it('changes what waits at once, whatever way', async () => {
    const id = await pending(scene, campaign);
    expect((await change(id, { commissionRate: 1500 })).result.commissionRate).toBe(1500);
    expect(await locks(id)).toEqual([]);
  });

  it('is for the brand, while the product waits or is in the campaign', async () => {
    const id = await approved(scene, campaign);
    const viewer = await scene.alliance.memberOf(scene.brandId, 'BRAND', 'VIEWER');
    for (const caller of [viewer, scene.agency])
      expect(said(await change(id, { commissionRate: 2100 }, caller))).toBe('NotFoundError');
    await act(scene.brand, 'enrolmentLeave', { enrolmentId: id });
    scene.clock.set(MIDNIGHT);
    expect((await change(id, { commissionRate: 2100 })).userErrors[0].state).toBe('ENDED');
  });

  it('changes nothing again when it is repeated', async () => {
    const id = await approved(scene, campaign);
    const input = { enrolmentId: id, commissionRate: 2500, idempotencyKey: 'raise-once' };
    await act(scene.brand, 'enrolmentChange', input);
    expect(said(await act(scene.brand, 'enrolmentChange', input))).toBe('DONE');
    expect(await versions(id)).toHaveLength(2);
  });
});
