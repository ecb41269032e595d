import { afterAll, beforeAll, expect, it } from 'vitest';
import { seatUser } from '../../src/features/account/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { LOCAL_ISSUER } from '../../src/server/local-issuer.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { World } from '../kit/world.ts';

let alliance: TestAlliance;
let brands: string[];
let caller: Caller;

beforeAll(async () => {
  alliance = await testAlliance();
  const world = new World(alliance.database);
  brands = [await world.brand(), await world.brand()];
  const person = { issuer: LOCAL_ISSUER, subject: 'both', name: 'Both' };
  for (const [i, id] of brands.entries()) {
    await alliance.database.transaction((tx) => seatUser(tx, person, id, 'OWNER', new Date(2026, 0, 1 + i)));
  }
  caller = alliance.withHeader(`Bearer ${(await alliance.issuer.issue('both', 'Both')).token}`);
});

afterAll(() => alliance.close());

/** Reports a payment for each of these brands in one call and gives what became of it. */
async function report(eventId: string, ...brandIds: string[]): Promise<string[]> {
  const events = brandIds.map((brandId, i) => ({
    eventId: `${eventId}-${i}`,
    kind: 'PAID',
    brandId: toGlobalId('Brand', brandId),
    orderNo: '1',
    lineNo: 1,
    occurredAt: '2026-06-16T12:00:00Z',
  }));
  const { data } = await caller.query(
    `mutation ($events: [OrderEventInput!]!) {
      orderEventsIngest(input: { source: "shop", events: $events }) {
        ingested { results { status error { code } } }
      }
    }`,
    { events },
  );
  return data.orderEventsIngest.ingested.results.map(
    ({ status, error }: { status: string; error: { code: string } | null }) => error?.code ?? status,
  );
}

it('who belongs to two brands reports for either, one a call', async () => {
  const [first = '', second = ''] = brands;
  expect(await report('a', first)).toEqual(['WAITING']);
  expect(await report('b', second)).toEqual(['WAITING']);
  expect(await report('c', second, first)).toEqual(['WAITING', 'BRAND_NOT_FOUND']);
});
