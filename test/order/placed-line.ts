import { sql } from 'kysely';
import { afterAll, beforeAll, expect } from 'vitest';
import type { PlacedDetail } from '../../src/features/order/index.ts';
import { recordClicks } from '../../src/features/promotion/index.ts';
import { newId, toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { event, type MadeProduct, PLACED_AT, placed, World } from '../kit/world.ts';

export let alliance: TestAlliance;
export let world: World;
export let brandId: string;
let asBrand: Caller;
export let product: MadeProduct;
let orders = 0;

/** Opens an alliance with one brand and one product under an OPEN plan, for the tests of one file. */
export function openBrand(): void {
  beforeAll(async () => {
    alliance = await testAlliance();
    world = new World(alliance.database);
    brandId = await world.brand();
    asBrand = await alliance.memberOf(brandId);
    product = await world.product({ brandId });
    await world.plan(product);
  });
  afterAll(() => alliance.close());
}

const DAY_MS = 86_400_000;
export const WINDOW_MS = 15 * DAY_MS;
/** A moment so many milliseconds after the lines of the tests are placed. */
export const after = (ms: number): Date => new Date(PLACED_AT.getTime() + ms);

/** A click of a buyer on a link. */
export const click = (linkCode: string, buyerRef: string, clickedAt: Date) =>
  alliance.database.transaction((tx) => recordClicks(tx, [{ linkCode, buyerRef, clickedAt }]));

/** A live session of a creator. */
export async function session(creatorId: string, startedAt: Date, endedAt: Date | null): Promise<string> {
  const id = newId();
  await alliance.database.rows(sql`
    insert into live_session (id, creator_id, title, started_at, ended_at)
    values (${id}, ${creatorId}, 'Live', ${startedAt}, ${endedAt})`);
  return id;
}

const LINE = /* GraphQL */ `
  query ($id: ID!) {
    orderLine(id: $id) {
      attribution
      unattributedReason
      creator { id }
      waterfall { nodes { role rate estimatedGross { minorUnits } estimatedNet { minorUnits } } }
      commissionExplanation {
        attribution { method linkCode clickedAt passedOver }
        winner { kind commissionRate serviceFeeRate }
        losers { because offer { kind commissionRate } }
      }
    }
  }
`;

/** Places and pays a line at PLACED_AT and gives what the brand is told of it. */
export async function line(detail: Partial<PlacedDetail>, of: MadeProduct = product): Promise<Json> {
  const no = `A${++orders}`;
  const answers = await world.ingest(of.brandId, [
    event(of.brandId, 'PLACED', no, { placed: placed(of.code, { buyerRef: no, ...detail }) }),
    event(of.brandId, 'PAID', no),
  ]);
  expect(answers).toEqual([{ status: 'APPLIED' }, { status: 'APPLIED' }]);
  const [row] = await alliance.database.rows(
    sql<{ id: string }>`select id from order_line where order_no = ${no}`,
  );
  const { data, errors } = await asBrand.query(LINE, { id: toGlobalId('OrderLine', row!.id, of.brandId) });
  expect(errors).toBeUndefined();
  return { ...data.orderLine, no };
}

/** How a line was credited, and what is kept as the proof. */
export const credited = ({ attribution, creator, unattributedReason, commissionExplanation }: Json) => ({
  by: attribution,
  to: creator?.id ?? null,
  why: unattributedReason,
  ...commissionExplanation.attribution,
});

/** What `credited` tells of a line that is credited to a creator. */
export const creditedTo = (creatorId: string, by: string, proof: object) => ({
  by,
  to: toGlobalId('Creator', creatorId),
  why: null,
  method: by,
  linkCode: null,
  clickedAt: null,
  passedOver: [],
  ...proof,
});
/** What `credited` tells of a line that is credited to nobody. */
export const creditedToNobody = (why: string, proof: object = {}) => ({
  by: 'NONE',
  to: null,
  why,
  method: null,
  linkCode: null,
  clickedAt: null,
  passedOver: why === 'NO_TRACE' ? [] : [why],
  ...proof,
});
