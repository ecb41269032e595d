import { openEvent, registerProduct, reviewProduct } from '../../src/features/occasion/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { EARLY, type MadeProduct, type World } from '../kit/world.ts';

const at = (text: string) => new Date(text);
let count = 0;

/** An event that has run for long, in which a listed product takes part; what was registered for it, and waits, beside it. */
export async function makeEvent(world: World, { brandId, id: productId }: MadeProduct) {
  const times = { registerFrom: EARLY, registerUntil: at('2026-05-01T00:00:00Z') };
  const runs = { startsAt: at('2026-05-02T00:00:00Z'), endsAt: at('2026-07-30T00:00:00Z') };
  const purse = { rateBp: 1000, capMinor: null, budgetMinor: 100_000n };
  const prizes = [{ board: 'CREATORS' as const, rank: 1, amountMinor: 500n }];
  const gives = { subsidy: purse, bonus: purse, prizes, categoryIds: [], minCommissionBp: 0 };
  const event = { code: `SIDE-${++count}`, name: '616', currency: 'CNY', ...times, ...runs, ...gives };
  const eventId = await world.tx((tx) =>
    openEvent(tx, { ...event, closesAt: at('2099-01-01T00:00:00Z') }, EARLY),
  );
  const register = (product: string) =>
    world.tx((tx) => registerProduct(tx, { eventId, productId: product }, EARLY));
  const approved = await register(productId);
  await world.tx((tx) => reviewProduct(tx, { id: approved, decision: 'APPROVED', note: null }, EARLY));
  const other = await world.product({ brandId });
  await world.plan(other);
  return {
    OfficialEvent: toGlobalId('OfficialEvent', eventId),
    'OfficialEventProduct, approved': toGlobalId('OfficialEventProduct', approved),
    'OfficialEventProduct, waiting': toGlobalId('OfficialEventProduct', await register(other.id)),
  };
}

/** An event with a product of a brand that waits, by the fields that name them in inputs. */
export async function eventIds(world: World, brandId: string): Promise<Record<string, string>> {
  const product = await world.product({ brandId });
  await world.plan(product);
  const made = await makeEvent(world, product);
  return { officialEventId: made.OfficialEvent, eventProductId: made['OfficialEventProduct, waiting'] };
}
