import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { createApiKey } from '../../src/features/account/index.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { World } from '../kit/world.ts';
import { told1By1, wire, wirePlaced } from './wire.ts';

export let alliance: TestAlliance;
export let world: World;
export let brandId: string;
/** A brand that is another's. */
export let strangerId: string;
/** The code of a SKU with plenty of stock. */
export let code: string;
/** A link to its product. */
export let linkCode: string;
export let asBrand: Caller;
let orders = 0;

/** Opens a shop for the tests of one file. After each of them, nothing may have gone wrong on our side. */
export function openShop(): void {
  beforeAll(async () => {
    alliance = await testAlliance();
    world = new World(alliance.database);
    brandId = await world.brand();
    strangerId = await world.brand();
    const product = await world.product({ brandId, stock: 1_000_000_000n });
    code = product.code;
    await world.plan(product);
    linkCode = await world.link(await world.creator(), product);
    asBrand = await alliance.memberOf(brandId);
  });
  afterAll(() => alliance.close());
  afterEach(() => {
    expect(alliance.log.filter((line) => /"level":(50|60)/.test(line))).toEqual([]);
  });
}

/** A caller with an API key of these scopes. */
export async function keyOf(scopes: string[], partyId = brandId): Promise<Caller> {
  const key = { partyId, name: 'shop', scopes };
  const { token } = await alliance.database.transaction((tx) => createApiKey(tx, key, 'test', new Date()));
  return alliance.withHeader(`Bearer ${token}`);
}

/** A number of an order that no other test uses. */
export const orderNo = (): string => `O${++orders}`;

/** How much there is of what an event may leave. */
export const counts = async () => {
  const [row] = await alliance.database.rows(sql<Record<string, number>>`
    select (select count(*)::int from order_event) as events, (select count(*)::int from order_line) as lines,
      (select count(*)::int from order_source) as sources, (select sum(stock)::text from sku) as stock`);
  return row;
};

/** Reports events in one call, a good one after each: those must be APPLIED. Gives the answers to the others. */
export async function amongGood(events: readonly object[]): Promise<string[]> {
  const no = orderNo();
  const goods = events.map((_, i) => wirePlaced(`${no}/P${i}`, no, code, {}, { lineNo: i + 1 }));
  const answers = await told1By1(
    asBrand,
    events.flatMap((event, i) => [event, goods[i] as object]),
  );
  expect(answers.filter((_, i) => i % 2 === 1)).toEqual(goods.map(() => 'APPLIED'));
  return answers.filter((_, i) => i % 2 === 0);
}

/** Reports an event between two good ones: those must be APPLIED, the answer must stand at its place. */
export async function between(event: object, caller = asBrand, more: object = {}): Promise<string> {
  const no = orderNo();
  const good = [wirePlaced(`${no}/P`, no, code, {}, more), wire(`${no}/A`, no, more)];
  const [first, answer, last] = await told1By1(caller, [good[0] as object, event, good[1] as object]);
  expect([first, last]).toEqual(['APPLIED', 'APPLIED']);
  return answer as string;
}

const at = (field: string) => `input.events.1.${field}`;
/** The answer that refuses the event in the middle. */
export const refused = (problem: string, field: string) => `REJECTED ${problem} ${at(field)}`;
