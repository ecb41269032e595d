import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  acceptDelivery,
  acceptOffer,
  deliverMilestone,
  offerEngagement,
} from '../../src/features/engagement/index.ts';
import { newId, toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { EARLY, World } from '../kit/world.ts';

const MANY = 20;
const DUE = new Date(EARLY.getTime() + 30 * 86_400_000);

let alliance: TestAlliance;
let operator: Caller;
let ids: Record<'Brand' | 'Creator' | 'Agency', string>;

beforeAll(async () => {
  alliance = await testAlliance();
  const world = new World(alliance.database);
  operator = await alliance.memberOf(alliance.id);
  ids = { Brand: await world.brand(), Creator: await world.creator(), Agency: await world.agency() };
  const product = await world.product({ brandId: ids.Brand });
  for (let i = 0; i < MANY; i++) {
    await engage(world, 'CREATOR', ids.Creator, product.id);
    await engage(world, 'AGENCY', ids.Agency, product.id);
  }
});
afterAll(() => alliance.close());

/** Three milestones, of which the first was delivered and accepted. */
async function engage(
  world: World,
  providerKind: 'CREATOR' | 'AGENCY',
  providerId: string,
  productId: string,
) {
  const milestones = [1, 2, 3].map((no) => {
    const milestone = { kind: 'SHOOTING', title: `Film ${no}`, priceMinor: 1000n, dueAt: DUE } as const;
    return { id: newId(), ...milestone };
  });
  const offer = {
    title: 'Films',
    brief: 'Three',
    currency: 'CNY',
    reviewDays: 7,
    changeRounds: 2,
    milestones,
  };
  await world.tx(async (tx) => {
    const sides = { brandId: ids.Brand, providerId, providerKind, productIds: [productId] };
    const engagementId = await offerEngagement(tx, { ...offer, ...sides }, EARLY);
    await acceptOffer(tx, { id: engagementId, ...sides }, EARLY);
    const milestone = { id: milestones[0]!.id, engagementId };
    await deliverMilestone(tx, { milestone, note: 'Done', links: [] }, EARLY);
    await acceptDelivery(tx, milestone, EARLY);
  });
}

const FIELDS = `state price { amount } brand { name } provider { name } products { title }
  milestones { state deliveries { note } entries { kind amount { amount } } }`;

describe('statements of the list of engagements', () => {
  it.each([
    // Of a party: itself, its engagements, and the six things that are asked of each; a brand is itself already.
    ['Brand', 7],
    ['Creator', 8],
    ['Agency', 8],
  ] as const)('of a %s: %d at most, as many for one as for twenty', async (type, atMost) => {
    const ask = async (first: number) => {
      const { data, errors, statements } = await operator.query(
        `{ node(id: "${toGlobalId(type, ids[type])}") { ... on ${type} { engagements(first: ${first}) {
          nodes { ${FIELDS} } } } } }`,
      );
      expect(errors).toBeUndefined();
      expect(data.node.engagements.nodes).toHaveLength(first);
      for (const engagement of data.node.engagements.nodes) check(engagement);
      return statements.length;
    };
    const [one, many] = [await ask(1), await ask(MANY)];
    process.stdout.write(`engagements of a ${type}: ${one} statements for 1, ${many} for ${MANY}\n`);
    expect(many).toBe(one);
    expect(many).toBeLessThanOrEqual(atMost);
  });
});

function check({ state, price, products, milestones }: Json): void {
  expect([state, price.amount, products.length]).toEqual(['RUNNING', '30.00', 1]);
  expect(
    milestones.map(({ state: of, deliveries, entries }: Json) => [of, deliveries.length, entries.length]),
  ).toEqual([
    ['ACCEPTED_BY_BRAND', 1, 2],
    ['ACCEPTED', 0, 1],
    ['ACCEPTED', 0, 1],
  ]);
}
