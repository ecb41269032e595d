import { describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import type { Json } from '../kit/alliance.ts';
import {
  alliance,
  became,
  brand,
  callers,
  clock,
  creatorId,
  days,
  decide,
  entered,
  found,
  NOW,
  openOn,
  openScreening,
  seen,
  toldOf,
} from './screening-scene.ts';

openScreening();

const suspended = { kind: 'SUSPENDED', endsAt: days(10) };
const paths = ({ userErrors }: { userErrors: Json[] }) =>
  userErrors.map(({ path }) => path.slice(1).join('.'));

describe('a finding', () => {
  it('waits in the queue of the operators, the oldest first, and is decided there once', async () => {
    const [one, two] = [await openOn(await entered('全网第一')), await openOn(await entered('史上最强'))];
    const queue = async (first: number, after?: string): Promise<Json> => {
      const { data } = await callers.operator.query(
        `query ($first: Int, $after: String) { openClaimFindings(first: $first, after: $after) {
          nodes { id party { name } } pageInfo { endCursor hasNextPage } } }`,
        { first, after },
      );
      return data.openClaimFindings;
    };
    const ids = (await queue(100)).nodes.map(({ id }: Json) => id);
    expect(ids.indexOf(one.id)).toBeLessThan(ids.indexOf(two.id));
    const page = await queue(ids.indexOf(two.id));
    expect((await queue(1, page.pageInfo.endCursor)).nodes).toMatchObject([{ id: two.id }]);
    clock.set(days(1));
    const { result } = await decide(one.id, { outcome: 'DISMISSED', reason: '有出处' });
    expect(result).toMatchObject({ state: 'DISMISSED', reason: '有出处', decidedAt: days(1), penalty: null });
    expect((await queue(100)).nodes.map(({ id }: Json) => id)).not.toContain(one.id);
    expect(became(await decide(one.id))).toBe('DISMISSED');
    expect(await toldOf(one.id, callers.brand)).toEqual([
      ['SCREENING_FOUND', {}],
      ['SCREENING_DECIDED', { state: 'DISMISSED' }],
    ]);
  });

  it('is decided by operators who may write, and seen by nobody but its party and them', async () => {
    const { id } = await openOn(await entered('全网第一'));
    for (const caller of [callers.brand, callers.creator, callers.stranger]) {
      expect(said(await decide(id, {}, caller))).toBe('FORBIDDEN');
      const { errors } = await caller.query('{ openClaimFindings { nodes { id } } }');
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    const viewer = await alliance.memberOf(alliance.id, 'ALLIANCE', 'VIEWER');
    expect(said(await decide(id, {}, viewer))).toBe('FORBIDDEN');
    for (const caller of [callers.creator, callers.stranger])
      expect(await seen(id, 'state', caller)).toBeNull();
    expect(await seen(id, 'state', callers.brand)).toEqual({ state: 'OPEN' });
    const foreign = `query ($id: ID!) { brand(id: $id) { claimFindings { nodes { id } } } }`;
    expect((await callers.stranger.query(foreign, { id: brand() })).errors?.[0]?.extensions.code).toBe(
      'NOT_FOUND',
    );
  });

  it('of two who decide at once is decided by one, with one penalty', async () => {
    const { id } = await openOn(await entered('全网第一'));
    const outcomes = await Promise.all([
      decide(id, { penalty: suspended }),
      decide(id, { outcome: 'DISMISSED' }),
      decide(id, { penalty: { kind: 'WARNING' } }),
      decide(id, { penalty: { kind: 'EXPELLED' } }),
    ]);
    expect(outcomes.map(said).sort()).toEqual(['DONE', 'StateConflict', 'StateConflict', 'StateConflict']);
    const { data } = await callers.brand.query('{ viewer { brand { claimPenalties { nodes { kind } } } } }');
    const given = outcomes.find(({ result }) => result !== null)?.result.penalty;
    expect(data.viewer.brand.claimPenalties.nodes).toEqual(given === null ? [] : [{ kind: given.kind }]);
  });

  it('of a text that is replaced while it is decided is either', async () => {
    const subject = await entered('全网第一');
    const { id } = await openOn(subject);
    const text = { productId: subject, title: '苹果' };
    const [decided, replaced] = await Promise.all([
      decide(id),
      act(callers.brand, 'productTextChange', text),
    ]);
    expect(said(replaced)).toBe('DONE');
    expect(['UPHELD', 'SUPERSEDED']).toContain((await found())[0].state);
    expect((await found())[0].state === 'UPHELD').toBe(said(decided) === 'DONE');
  });

  it('is decided with a reason, and a penalty that fits', async () => {
    const { id } = await openOn(await entered('全网第一'));
    expect(paths(await decide(id, { reason: ' ' }))).toEqual(['reason']);
    expect(paths(await decide(id, { outcome: 'DISMISSED', penalty: { kind: 'WARNING' } }))).toEqual([
      'penalty',
    ]);
    for (const penalty of [
      { kind: 'SUSPENDED' },
      { kind: 'SUSPENDED', endsAt: NOW },
      { kind: 'SUSPENDED', endsAt: days(367) },
      { kind: 'WARNING', endsAt: days(1) },
      { kind: 'EXPELLED', endsAt: days(1) },
    ])
      expect(paths(await decide(id, { penalty }))).toEqual(['penalty.endsAt']);
    expect(said(await decide(toGlobalId('ClaimFinding', creatorId)))).toBe('NotFoundError');
    expect((await found())[0].state).toBe('OPEN');
  });
});
