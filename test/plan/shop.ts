import { sql } from 'kysely';
import { fromGlobalId, toGlobalId } from '../../src/kernel/ids.ts';
import { act, type Outcome } from '../api/act.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { type MadeProduct, World } from '../kit/world.ts';

/** A brand with its creators and products, on a clock that stands still until a test moves it. */
export interface Shop {
  readonly alliance: TestAlliance;
  readonly world: World;
  readonly clock: TestClock;
  readonly brandId: string;
  readonly brand: Caller;
  readonly operator: Caller;
  /** A product without a plan. */
  product(): Promise<MadeProduct>;
  /** A creator with the product in the showcase from long ago. */
  promoter(...products: readonly MadeProduct[]): Promise<Promoter>;
  create(kind: string, product: MadeProduct | null, more?: object): Promise<string>;
  change(planId: string, more: object): Promise<Outcome>;
  /** The plan as its brand reads it. */
  read(planId: string): Promise<Json>;
  /** What was announced of a plan: the kind, from when, the rates before and after, how many of these and whether the brand. */
  told(planId: string, promoters: readonly Promoter[]): Promise<Json[]>;
  /** How many days the alliance lets creators keep a rate. */
  lockFor(days: number): Promise<unknown>;
}

export interface Promoter {
  readonly id: string;
  readonly localId: string;
  readonly caller: Caller;
  /** The showcase items, in the order of the products. */
  readonly items: readonly string[];
  /** What applies to the product now: the kind, the rate, and until when a lock keeps it. */
  terms(item?: number): Promise<[string, number, string | null] | null>;
}

export async function openShop(at: string, timeZone = 'Asia/Shanghai'): Promise<Shop> {
  const clock = new TestClock(at);
  const alliance = await testAlliance({ clock, timeZone });
  const world = new World(alliance.database);
  const brandId = await world.brand();
  const brand = await alliance.memberOf(brandId);
  const shop: Shop = {
    alliance,
    world,
    clock,
    brandId,
    brand,
    operator: await alliance.memberOf(alliance.id),
    product: () => world.product({ brandId }),
    promoter: (...products) => makePromoter(alliance, world, products),
    async create(kind, product, more = {}) {
      const input = {
        brandId: toGlobalId('Brand', brandId),
        productId: product === null ? null : toGlobalId('Product', product.id),
        kind,
        title: 'Plan',
        commissionRate: 2000,
        ...more,
      };
      const { result, userErrors } = await act(brand, 'planCreate', input, 'id');
      if (result === null) throw new Error(JSON.stringify(userErrors));
      return result.id;
    },
    change: (planId, more) => act(brand, 'planChange', { planId, ...more }, PLAN),
    read: async (planId) => {
      const query = `query ($id: ID!) { node(id: $id) { ... on Plan { ${PLAN} } } }`;
      return (await brand.query<Json>(query, { id: planId })).data.node;
    },
    async told(planId, promoters) {
      const rows = await alliance.database.rows(sql<Json>`
        select kind, data, party_ids as parties from outbox_event
        where subject_id = ${fromGlobalId(planId)?.id} order by xid, id`);
      return rows.map(({ kind, data, parties }) => {
        const { takesEffectAt, commissionRateBefore, commissionRateAfter } = data;
        const to = promoters.filter(({ localId }) => parties.includes(localId)).length;
        return [
          kind,
          takesEffectAt,
          commissionRateBefore,
          commissionRateAfter,
          to,
          parties.includes(brandId),
        ];
      });
    },
    lockFor: (days) =>
      world.database.rows(sql`update alliance_policy set rate_lock_days = ${days} where valid_to is null`),
  };
  return shop;
}

export const PLAN = `id title commissionRate closesAt
  terms { version commissionRate boostCommissionRate tiers { afterLines commissionRate } validFrom validTo }
  scheduledTerms { version commissionRate validFrom validTo }
  versions { nodes { version commissionRate superseded } } creators { nodes { id } }`;

async function makePromoter(
  alliance: TestAlliance,
  world: World,
  products: readonly MadeProduct[],
): Promise<Promoter> {
  const localId = await world.creator();
  const items: string[] = [];
  for (const product of products)
    items.push(toGlobalId('ShowcaseItem', await world.showcase(localId, product)));
  const caller = await alliance.memberOf(localId);
  return {
    id: toGlobalId('Creator', localId),
    localId,
    caller,
    items,
    async terms(item = 0) {
      const { data } = await caller.query<Json>(TERMS, { id: items[item] });
      const winner = data.node.terms.winner;
      return winner && [winner.kind, winner.commissionRate, winner.lockedUntil];
    },
  };
}

const TERMS = `query ($id: ID!) { node(id: $id) { ... on ShowcaseItem {
  terms { winner { kind commissionRate lockedUntil } } } } }`;
