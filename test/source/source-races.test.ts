import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { suspendClosedSources } from '../../src/features/source/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import type { Json } from '../kit/alliance.ts';
import {
  alliance,
  beltId,
  callers,
  clock,
  lineNow,
  move,
  openSources,
  paper,
  product,
  sourceOf,
  submit,
  verified,
  world,
} from './source-scene.ts';

openSources();

const ROUNDS = 8;

describe('at once', () => {
  it('one version is submitted of many', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => submit(callers.brand)));
    expect(answers.map(said).sort()).toEqual(['DONE', ...Array(5).fill('StateConflict')]);
  });

  it('a story is verified or rejected, never both', async () => {
    for (let i = 0; i < ROUNDS; i++) {
      const { result } = await submit(callers.brand, { documents: [paper(`round ${i}`)] });
      const answers = await Promise.all([
        move(callers.operator, 'Verify', result.id),
        move(callers.operator, 'Reject', result.id, { reason: 'x' }),
        move(callers.brand, 'Withdraw', result.id),
      ]);
      expect(answers.map(said).sort()).toEqual(['DONE', 'StateConflict', 'StateConflict']);
    }
  });

  it('a story of a belt is verified before the brand leaves, or not at all', async () => {
    for (let i = 0; i < ROUNDS; i++) {
      const made = await world.product({ brandId: product.brandId });
      await world.plan(made);
      const productId = toGlobalId('Product', made.id);
      const { result } = await submit(callers.agency, { productId, kind: 'BELT', beltId });
      const brandId = toGlobalId('Brand', product.brandId);
      await Promise.all([
        move(callers.operator, 'Verify', result.id),
        act(callers.brand, 'beltLeave', { brandId }),
      ]);
      const [after] = await alliance.database.rows(sql<Json>`
        select s.state, e.source_kind as kind from source_story s join pool_entry e on e.product_id = s.product_id
        where s.product_id = ${made.id}`);
      expect(after).toEqual({ state: 'LEFT_BELT', kind: null });
      const asked = await act(callers.brand, 'beltJoin', { beltId, brandId, message: '' }, 'id');
      await act(callers.agency, 'beltJoinAnswer', { joinId: asked.result.id, accept: true });
    }
  });

  it('a shop is closed once, and nothing that is being listed stays in the pool', async () => {
    for (let i = 0; i < ROUNDS; i++) {
      await alliance.database.rows(sql`delete from outside_closing`);
      const made = await world.product({ brandId: product.brandId, source: 'TAOBAO', draft: true });
      await world.plan(made);
      const input = { productId: toGlobalId('Product', made.id) };
      await act(callers.brand, 'productSubmit', input);
      const close = () => act(callers.operator, 'outsideSourceClose', { source: 'TAOBAO', reason: 'x' });
      const [listed, ...closed] = await Promise.all([
        act(callers.operator, 'productReview', { ...input, approve: true }),
        close(),
        close(),
      ]);
      expect(closed.map(said).sort()).toEqual(['DONE', 'StateConflict']);
      expect(['DONE', 'StateConflict']).toContain(said(listed));
      // Two workers look at once for what came in beside it.
      await Promise.all([1, 2].map(() => suspendClosedSources(alliance.database, clock.now())));
      const left = await alliance.database.rows(sql<Json>`
        select p.id from product p left join pool_entry e on e.product_id = p.id
        where p.source = 'TAOBAO' and (p.state = 'LISTED' or e.product_id is not null)`);
      expect(left).toEqual([]);
    }
  });
});

/** Whole numbers below a bound, the same for the same seed (mulberry32). */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

it('over any history a line keeps for ever the story that was in force when it was placed', async () => {
  for (const seed of [1, 2, 3]) {
    const roll = dice(seed);
    const made = await world.product({ brandId: product.brandId });
    await world.plan(made);
    const productId = toGlobalId('Product', made.id);
    const lines = new Map<string, Json>();
    /** The model: which version is in force, and until when it holds by itself. */
    let current: { version: number; id: string; ends: number } | null = null;
    let version = 0;
    for (let day = 0; day < 14; day++) {
      clock.advance(86_400_000);
      const now = clock.now().getTime();
      if (current !== null && current.ends <= now) current = null;
      const what = roll(4);
      if (what <= 1) {
        const ends = now + (1 + roll(4)) * 86_400_000;
        const documents = [paper(`${seed} ${day}`, { expiresAt: new Date(ends).toISOString() })];
        version += 1;
        current = { version, id: await verified({ productId, documents }), ends };
      } else if (what === 2 && current !== null) {
        expect(said(await move(callers.operator, 'Revoke', current.id, { reason: 'x' }))).toBe('DONE');
        current = null;
      }
      const told = { kind: 'FACTORY', place: '江苏南通' };
      lines.set(await lineNow(made), current === null ? null : { ...told, version: current.version });
    }
    for (const [line, source] of lines) expect([seed, await sourceOf(line)]).toEqual([seed, source]);
  }
});
