import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, type Outcome, said } from '../api/act.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { caughtUp } from '../kit/feed.ts';
import { type MadeProduct, World } from '../kit/world.ts';

export const NOW = '2026-06-16T04:00:00.000Z';
export const clock = new TestClock(NOW);
const DAY_MS = 86_400_000;
export const days = (count: number): string => new Date(Date.parse(NOW) + count * DAY_MS).toISOString();

export let alliance: TestAlliance;
export let world: World;
/** A product of the brand in the pool, with nothing to be found in its text. */
export let product: MadeProduct;
export let creatorId: string;
export let callers: Record<'brand' | 'creator' | 'operator' | 'stranger', Caller>;
/** The brand of the stranger. */
export let strangerId: string;

/** Opens an alliance; before each test a brand with a product in the pool, a creator, and another brand. */
export function openScreening(): void {
  beforeAll(async () => {
    alliance = await testAlliance({ clock });
    world = new World(alliance.database);
  });
  afterAll(() => alliance.close());
  beforeEach(async () => {
    clock.set(NOW);
    product = await world.product({ title: '山东红富士苹果' });
    await world.plan(product);
    creatorId = await world.creator();
    strangerId = await world.brand();
    callers = {
      brand: await alliance.memberOf(product.brandId),
      creator: await alliance.memberOf(creatorId),
      operator: await alliance.memberOf(alliance.id),
      stranger: await alliance.memberOf(strangerId),
    };
  });
}

export const brand = (): string => toGlobalId('Brand', product.brandId);
export const creator = (): string => toGlobalId('Creator', creatorId);
export const stranger = (): string => toGlobalId('Brand', strangerId);
export const productGid = (): string => toGlobalId('Product', product.id);

let count = 0;

/** Enters a product of the brand with this text. Gives its global id. */
export async function entered(title: string, description = '', categoryId?: string): Promise<string> {
  const skus = [{ code: `S-${++count}`, optionName: '一件', priceMinor: '9900', stock: '10' }];
  const category = categoryId ?? toGlobalId('Category', await world.leafCategory());
  const input = { brandId: brand(), categoryId: category, title, description, skus };
  const { result, userErrors } = await act(callers.brand, 'productCreate', input, 'id');
  expect(userErrors).toEqual([]);
  return result.id;
}

/** What became of a call: DONE, or the state of the refusal. */
export const became = (outcome: Outcome): string => outcome.userErrors[0]?.state ?? said(outcome);

export const rewrite = (productId: string, text: object): Promise<Outcome> =>
  act(callers.brand, 'productTextChange', { productId, ...text }, 'id title description');

export const FINDING = `id subjectId state severity rulesVersion foundAt decidedAt reason
  hits { field code severity reason from to text } penalty { id kind } product { id }`;

/** What was found in the texts of the brand or the creator, newest first, as itself sees it. */
export async function found(side: 'brand' | 'creator' = 'brand', caller = callers[side]): Promise<Json[]> {
  const { data, errors } = await caller.query(
    `{ viewer { ${side} { claimFindings(first: 100) { nodes { ${FINDING} } } } } }`,
  );
  expect(errors).toBeUndefined();
  return data.viewer[side].claimFindings.nodes;
}

/** The states of what was found in this text of the brand, newest first. */
export const statesOf = async (subjectId: string, side: 'brand' | 'creator' = 'brand'): Promise<string[]> =>
  (await found(side)).filter((it) => it.subjectId === subjectId).map(({ state }) => state);

/** The one finding that is open on a text. */
export async function openOn(subjectId: string, side: 'brand' | 'creator' = 'brand'): Promise<Json> {
  const open = (await found(side)).filter((it) => it.subjectId === subjectId && it.state === 'OPEN');
  expect(open).toHaveLength(1);
  return open[0];
}

export const decide = (
  claimFindingId: string,
  more: object = {},
  caller = callers.operator,
): Promise<Outcome> =>
  act(
    caller,
    'claimFindingDecide',
    { claimFindingId, outcome: 'UPHELD', reason: '无法证明', ...more },
    FINDING,
  );

export const PENALTY = `id kind givenAt endsAt liftedAt appealableUntil party { name }
  appeal { state text appealedAt note decidedAt } finding { id state }`;

/** A penalty of the brand or the creator, for a text that was found to exaggerate. Gives its id. */
export async function penalised(side: 'brand' | 'creator', penalty: object): Promise<string> {
  const subject = side === 'brand' ? await entered('全网第一神药') : await liveNow('全网最低价');
  const finding = await openOn(subject, side);
  const { result, userErrors } = await decide(finding.id, { penalty });
  expect(userErrors).toEqual([]);
  return result.penalty.id;
}

/** Begins a live session of the creator with this title, and ends it. Gives its id. */
export async function liveNow(title: string): Promise<string> {
  const input = { creatorId: creator(), title };
  const { result, userErrors } = await act(callers.creator, 'liveSessionStart', input, 'id');
  expect(userErrors).toEqual([]);
  await act(callers.creator, 'liveSessionEnd', { liveSessionId: result.id });
  return result.id;
}

export const report = (more: object = {}, caller = callers.stranger): Promise<Outcome> =>
  act(
    caller,
    'claimReport',
    { reporterId: stranger(), subjectId: productGid(), words: '夸大宣传', ...more },
    'id state words subjectId',
  );

/** What an operator sees of an object. */
export async function seen(id: string, fields: string, caller = callers.operator): Promise<Json> {
  const type = id.split('_')[0];
  const { data } = await caller.query(`query ($id: ID!) { node(id: $id) { ... on ${type} { ${fields} } } }`, {
    id,
  });
  return data.node;
}

/** The kinds of what the caller's feed tells of an object, in their order, with their data. */
export async function toldOf(id: string, caller: Caller): Promise<[kind: string, data: object][]> {
  await caughtUp(alliance.database);
  const { data, errors } = await caller.query(
    '{ changes(first: 100) { nodes { kind subjectId data subject { id } } } }',
  );
  expect(errors).toBeUndefined();
  return data.changes.nodes
    .filter(({ subjectId }: Json) => subjectId === id)
    .map((it: Json) => [it.kind, it.data]);
}
