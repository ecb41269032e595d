import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { answerJoin, askToJoin, foundBelt, openLiveBase } from '../../src/features/agency/index.ts';
import { fromGlobalId, newId, toGlobalId } from '../../src/kernel/ids.ts';
import { act } from '../api/act.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { EARLY, event, type MadeProduct, placed, World } from '../kit/world.ts';

export const START = '2026-06-16T02:00:00.000Z';
export const clock = new TestClock(START);
export const DAY_MS = 86_400_000;

export let alliance: TestAlliance;
export let world: World;
export let product: MadeProduct;
export let agencyId: string;
export let creatorId: string;
/** Global ids of the belt that the brand is in, and of its open live base. */
export let beltId: string;
export let liveBaseId: string;
export let callers: Record<'brand' | 'agency' | 'operator' | 'stranger' | 'creator', Caller>;

/** Opens an alliance; before each test a product in the pool, whose brand is in a belt, in the showcase of a creator. */
export function openSources(): void {
  beforeAll(async () => {
    alliance = await testAlliance({ clock });
    world = new World(alliance.database);
  });
  afterAll(() => alliance.close());
  beforeEach(async () => {
    clock.set(START);
    product = await world.product();
    await world.plan(product);
    creatorId = await world.creator();
    await world.showcase(creatorId, product);
    agencyId = await world.agency();
    beltId = await beltOf(agencyId, product.brandId);
    liveBaseId = await baseOf(beltId);
    callers = {
      brand: await alliance.memberOf(product.brandId),
      agency: await alliance.memberOf(agencyId),
      operator: await alliance.memberOf(alliance.id),
      stranger: await alliance.memberOf(await world.creator()),
      creator: await alliance.memberOf(creatorId),
    };
  });
}

/** A belt of the agency that the brand is in. */
export async function beltOf(agency: string, brandId?: string): Promise<string> {
  const id = await world.tx(async (tx) => {
    const belt = { name: `产业带 ${newId()}`, region: '江苏', agencyId: agency, about: '' };
    const made = await foundBelt(tx, belt);
    if (brandId === undefined) return made;
    const join = await askToJoin(
      tx,
      { id: brandId, beltId: null },
      { id: made, agencyId: agency },
      '',
      EARLY,
    );
    await answerJoin(tx, join, 'ACCEPTED', null, EARLY);
    return made;
  });
  return toGlobalId('IndustrialBelt', id);
}

export async function baseOf(belt: string): Promise<string> {
  const place = { name: `基地 ${newId()}`, city: '南通', address: '一号', rooms: 9 };
  const base = { beltId: fromGlobalId(belt)?.id ?? '', ...place };
  const id = await world.tx((tx) => openLiveBase(tx, base, EARLY));
  return toGlobalId('LiveBase', id);
}

export const hashOf = (file: string): string => createHash('sha256').update(file).digest('hex');

/** A document whose file is this text. */
export const paper = (file: string, more: object = {}) => ({
  kind: 'FACTORY_AUDIT',
  title: '验厂报告',
  issuer: '质检所',
  sha256: hashOf(file),
  issuedAt: '2026-01-01T00:00:00.000Z',
  ...more,
});

export const productId = () => toGlobalId('Product', product.id);
export const STORY = 'id version kind place state inForce reason verifiedAt expiresAt endedAt';

export const submit = (caller: Caller, more: object = {}, fields = STORY) => {
  const story = { kind: 'FACTORY', place: '江苏南通', about: '自有工厂', documents: [paper('audit')] };
  return act(caller, 'sourceStorySubmit', { productId: productId(), ...story, ...more }, fields);
};
export const move = (caller: Caller, what: string, sourceStoryId: string, more: object = {}) =>
  act(caller, `sourceStory${what}`, { sourceStoryId, ...more }, STORY);

/** Submits a story without a belt and has it verified; gives its id. */
export async function verified(more: object = {}): Promise<string> {
  const { result } = await submit(callers.brand, more);
  await move(callers.operator, 'Verify', result.id);
  return result.id;
}

/** What a caller sees as the story of the product. */
export async function seen(caller: Caller): Promise<Json> {
  const { data } = await caller.query(
    `query ($id: ID!) { product(id: $id) { sourceStory { version kind place state inForce belt { id } liveBase { id }
      documents { kind title issuer sha256 url issuedAt expiresAt } } } }`,
    { id: productId() },
  );
  return data.product.sourceStory;
}

/** Whether the product stands in the pool as it is narrowed so. */
export async function isPooled(filter: object, of = product): Promise<boolean> {
  const { data } = await callers.stranger.query(
    'query ($filter: PoolFilterInput) { productPool(first: 100, filter: $filter) { nodes { id } } }',
    { filter: { brandId: toGlobalId('Brand', of.brandId), ...filter } },
  );
  return data.productPool.nodes.some(({ id }: Json) => id === toGlobalId('Product', of.id));
}

/** What was announced to a party that concerns sources, oldest first. */
export async function told(partyId: string): Promise<string[]> {
  const rows = await alliance.database.rows(sql<{ kind: string }>`
    select kind from outbox_event
    where ${partyId}::uuid = any(party_ids) and (kind like 'SOURCE%' or kind like 'OUTSIDE%' or kind = 'PRODUCT_SUSPENDED')
    order by xid, id`);
  return rows.map(({ kind }) => kind);
}

let orders = 0;

/** A line of the product that is placed now; gives its global id. */
export async function lineNow(of = product, linkCode: string | null = null): Promise<string> {
  const orderNo = `S${++orders}`;
  const at = { occurredAt: clock.now() };
  const detail = { ...at, placed: placed(of.code, { linkCode, buyerRef: orderNo }) };
  await world.ingest(of.brandId, [event(of.brandId, 'PLACED', orderNo, detail)], clock.now());
  const [row] = await alliance.database.rows(sql<{ id: string }>`
    select id from order_line where brand_id = ${of.brandId} and order_no = ${orderNo}`);
  return toGlobalId('OrderLine', row?.id ?? '', of.brandId);
}

/** What the brand sees of the source that a line was placed under. */
export async function sourceOf(lineId: string): Promise<Json> {
  const { data } = await callers.brand.query(
    'query ($id: ID!) { orderLine(id: $id) { source { kind place version } } }',
    { id: lineId },
  );
  return data.orderLine.source;
}
