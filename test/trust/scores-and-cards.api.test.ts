import { expect, it } from 'vitest';
import { changeTrustPolicy, keepTrust } from '../../src/features/trust/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import type { Json } from '../kit/alliance.ts';
import { event } from '../kit/world.ts';
import {
  alliance,
  callers,
  claimOf,
  clock,
  decide,
  later,
  lineUpTo,
  opened,
  openTrust,
  parties,
  product,
  RECEIVED_AT,
  refund,
  uphold,
  world,
} from './trust-scene.ts';

openTrust();

const COMPONENTS = 'score orderLines windowDays components { name count of share limit weight effect }';
const scores = async () => {
  const { data } = await callers.stranger.query(
    `query ($brand: ID!, $creator: ID!) { brand(id: $brand) { shopScore { ${COMPONENTS} } }
      creator(id: $creator) { trustScore { ${COMPONENTS} } } }`,
    { brand: toGlobalId('Brand', parties.brand), creator: toGlobalId('Creator', parties.creator) },
  );
  return { brand: data.brand.shopScore, creator: data.creator.trustScore };
};

it('scores are worked out from claims, returns and cancellations, and every point of them is told', async () => {
  expect(await scores()).toEqual({ brand: null, creator: null });
  const lines = [];
  for (let i = 0; i < 5; i++) lines.push(await lineUpTo('RECEIVED'));
  const [claimed, returned, dismissed] = lines;
  if (!claimed || !returned || !dismissed) throw new Error('lines were expected');
  await uphold(claimed, { amountMinor: '10000' });
  await refund(returned, 5000n);
  await decide(await opened(dismissed), { outcome: 'DISMISSED' });
  const off = await lineUpTo('PAID');
  await world.ingest(product.brandId, [event(product.brandId, 'CANCELLED', off.orderNo)], clock.now());
  await lineUpTo('RECEIVED', { linkCode: null });
  clock.advance(1000);
  await keepTrust(alliance.database, clock.now());
  // One of 20 is 5 %: all of the 50 points of claims, an eighth of the 30 of returns, a sixth of the 20 of cancellations.
  expect(await scores()).toEqual({
    brand: {
      score: 100 - 50 - 3 - 3,
      orderLines: 7,
      windowDays: 90,
      components: [
        { name: 'CLAIMS', count: 1, of: 20, share: 500, limit: 500, weight: 50, effect: -50 },
        { name: 'RETURNS', count: 1, of: 20, share: 500, limit: 4000, weight: 30, effect: -3 },
        { name: 'CANCELLATIONS', count: 1, of: 20, share: 500, limit: 3000, weight: 20, effect: -3 },
      ],
    },
    creator: {
      score: 100 - 60 - 5,
      orderLines: 6,
      windowDays: 90,
      components: [
        { name: 'CLAIMS', count: 1, of: 20, share: 500, limit: 500, weight: 60, effect: -60 },
        { name: 'RETURNS', count: 1, of: 20, share: 500, limit: 4000, weight: 40, effect: -5 },
      ],
    },
  });
  await keepTrust(alliance.database, later(clock.now(), 91));
  expect(await scores()).toMatchObject({
    brand: { score: 100, orderLines: 0 },
    creator: { score: 100, orderLines: 0 },
  });
});

const CARD = `query ($id: ID!) { orderLine(id: $id) { trustCard { heldWhenPlaced heldSince extraDays
  rules { rule needed actual holds } } protections { kind by days } } }`;
const cardOf = async ({ globalId: id }: { globalId: string }): Promise<Json> =>
  (await callers.brand.query(CARD, { id })).data.orderLine;

it('a buyer who completes orders holds a card, which widens what is ordered from then on', async () => {
  await world.tx((tx) => changeTrustPolicy(tx, { cardOrders: 3 }, clock.now()));
  const buyer = { buyerRef: 'honest' };
  const first = await lineUpTo('RECEIVED', buyer);
  await lineUpTo('RECEIVED', buyer);
  await keepTrust(alliance.database, clock.now());
  expect((await cardOf(first)).trustCard).toMatchObject({
    heldSince: null,
    rules: [{ rule: 'LINES_COMPLETED', needed: 3, actual: 2, holds: false }, { holds: true }],
  });
  await lineUpTo('RECEIVED', buyer);
  clock.advance(60_000);
  await keepTrust(alliance.database, clock.now());
  const since = clock.now();
  const before = await cardOf(first);
  expect(before.trustCard).toEqual({
    heldWhenPlaced: false,
    heldSince: since.toISOString(),
    extraDays: 7,
    rules: [
      { rule: 'LINES_COMPLETED', needed: 3, actual: 3, holds: true },
      { rule: 'CLAIMS_DISMISSED', needed: 1, actual: 0, holds: true },
    ],
  });
  expect(before.protections).toContainEqual({ kind: 'REFUND_WITHOUT_RETURN', by: 'PRODUCT', days: 7 });
  clock.advance(60_000);
  const productId = toGlobalId('Product', product.id);
  const set = { productId, protections: ['REFUND_WITHOUT_RETURN'] };
  expect(said(await act(callers.brand, 'productProtectionsSet', set))).toBe('DONE');
  const HOUR_MS = 3_600_000;
  clock.advance(2 * HOUR_MS);
  const widened = await lineUpTo('RECEIVED', buyer, HOUR_MS);
  const stranger = await lineUpTo('RECEIVED', { buyerRef: 'new here' }, HOUR_MS);
  expect(await cardOf(widened)).toMatchObject({
    trustCard: { heldWhenPlaced: true },
    protections: [
      { kind: 'REFUND_WITHOUT_RETURN', by: 'PRODUCT', days: 14 },
      { kind: 'RETURN_FREIGHT', by: 'TRUST_CARD', days: 37 },
    ],
  });
  expect(await cardOf(stranger)).toMatchObject({
    trustCard: { heldWhenPlaced: false, heldSince: null },
    protections: [{ kind: 'REFUND_WITHOUT_RETURN', days: 7 }],
  });
  clock.set(later(RECEIVED_AT, 10));
  const open = (line: typeof widened) =>
    act(callers.brand, 'trustClaimOpen', claimOf(line, { amountMinor: '100' }));
  expect(said(await open(widened))).toBe('DONE');
  expect((await open(stranger)).userErrors).toMatchObject([{ state: 'EXPIRED' }]);
});

it('a card is lost with dismissed claims, and what was ordered under it stays widened', async () => {
  await world.tx((tx) => changeTrustPolicy(tx, { cardDismissed: 0 }, clock.now()));
  const buyer = { buyerRef: 'once honest' };
  for (let i = 0; i < 3; i++) await lineUpTo('RECEIVED', buyer);
  await keepTrust(alliance.database, clock.now());
  clock.advance(3_600_000);
  const line = await lineUpTo('RECEIVED', buyer, 3_000_000);
  await decide(await opened(line, { amountMinor: '100' }), { outcome: 'DISMISSED' });
  clock.advance(1000);
  await keepTrust(alliance.database, clock.now());
  expect((await cardOf(line)).trustCard).toMatchObject({
    heldWhenPlaced: true,
    heldSince: null,
    rules: [{ holds: true }, { rule: 'CLAIMS_DISMISSED', needed: 0, actual: 1, holds: false }],
  });
  expect((await cardOf(line)).protections[0].days).toBe(14);
});
