import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Tx, violatedConstraint } from '../../src/db/database.ts';
import { CONFLICTS, createPlan } from '../../src/features/plan/index.ts';
import { Refusal } from '../../src/graphql/user-errors.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, type Outcome } from '../api/act.ts';
import { openShop, type Shop } from './shop.ts';

const ROUNDS = 200;
const NOW = '2026-06-16T02:00:00.000Z';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop(NOW);
});
afterAll(() => shop.alliance.close());

type Kind = 'OPEN' | 'TARGETED' | 'EXCLUSIVE';

const create = (productId: string, kind: Kind, creatorIds: readonly string[]): Promise<Outcome> =>
  act(
    shop.brand,
    'planCreate',
    {
      brandId: toGlobalId('Brand', shop.brandId),
      productId: toGlobalId('Product', productId),
      kind,
      title: 'Race',
      commissionRate: 3000,
      creatorIds: creatorIds.map((id) => toGlobalId('Creator', id)),
    },
    'id',
  );

/** One of two was done, and the other was told that the first stands in the way. */
async function expectOneWinner(round: number, outcomes: readonly Outcome[], rule: string): Promise<void> {
  const [winner] = outcomes.filter(({ result }) => result !== null);
  const [loser] = outcomes.filter(({ result }) => result === null);
  expect([round, winner?.refused, loser?.refused]).toEqual([round, [], ['PlanConflict']]);
  const [error] = loser?.userErrors ?? [];
  expect([round, error.rule, error.conflicts]).toEqual([
    round,
    rule,
    [{ rule, planId: winner?.result.id, creatorId: error.conflicts[0]?.creatorId, from: NOW, until: null }],
  ]);
}

it(`two TARGETED plans for one creator and product, at once, ${ROUNDS} times: one is made`, async () => {
  const [shared, left, right] = [
    await shop.world.creator(),
    await shop.world.creator(),
    await shop.world.creator(),
  ];
  for (let round = 0; round < ROUNDS; round++) {
    const product = await shop.product();
    await shop.world.plan(product);
    const outcomes = await Promise.all([
      create(product.id, 'TARGETED', [shared, left]),
      create(product.id, 'TARGETED', [right, shared]),
    ]);
    await expectOneWinner(round, outcomes, 'ONE_PLAN_PER_CREATOR');
  }
}, 300_000);

it(`an OPEN and an EXCLUSIVE plan on one product, at once, ${ROUNDS} times: one is made`, async () => {
  const creator = await shop.world.creator();
  for (let round = 0; round < ROUNDS; round++) {
    const product = await shop.product();
    const outcomes = await Promise.all([
      create(product.id, 'OPEN', []),
      create(product.id, 'EXCLUSIVE', [creator]),
    ]);
    await expectOneWinner(round, outcomes, 'OPEN_OR_EXCLUSIVE');
    const rows = await shop.alliance.database.rows(
      sql`select count(*)::int as plans from plan where product_id = ${product.id}`,
    );
    expect(rows).toEqual([{ plans: 1 }]);
  }
}, 300_000);

/** Lets each of two go on when both have come so far. */
function meeting(): () => Promise<void> {
  let come = 0;
  let open: () => void;
  const both = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    come += 1;
    if (come === 2) open();
    return both;
  };
}

/** The transaction with a stop before what was made is written, after all checks. */
function stopping(tx: Tx, stop: () => Promise<void>): Tx {
  const em = new Proxy(tx.em, {
    get(target, name) {
      if (name === 'flush') return () => stop().then(() => target.flush());
      const value = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { ...tx, em };
}

/**
 * The rule that the database has held against a write: by its constraint; or, where two waited for each other and one was
 * sent back to the beginning, by the checks that then saw the other.
 */
function ruleOf(error: unknown): unknown {
  if (error instanceof Refusal) return error.errors[0]?.rule;
  return CONFLICTS[violatedConstraint(error) as keyof typeof CONFLICTS]?.().rule ?? error;
}

/** Makes plans that have all passed the checks before any is written. Gives the rule that refused each, or null. */
const written = (
  plans: readonly (readonly [productId: string, kind: Kind, creatorIds: readonly string[]])[],
) => {
  const stop = meeting();
  return Promise.all(
    plans.map(async ([productId, kind, creatorIds]) => {
      const plan = { brandId: shop.brandId, productId, kind, title: 'Race', commissionBp: 3000, creatorIds };
      const { database } = shop.alliance;
      return database
        .transaction((tx) => createPlan(stopping(tx, stop), plan, new Date(NOW)))
        .then(() => null, ruleOf);
    }),
  );
};

it(`the database itself refuses one of two that have passed every check, ${ROUNDS} times`, async () => {
  const [shared, other] = [await shop.world.creator(), await shop.world.creator()];
  for (let round = 0; round < ROUNDS; round++) {
    const product = await shop.product();
    if (round % 2 === 0) {
      await shop.world.plan(product);
      const refused = await written([
        [product.id, 'TARGETED', [shared, other]],
        [product.id, 'TARGETED', [shared]],
      ]);
      expect(refused.filter((name) => name !== null)).toEqual(['ONE_PLAN_PER_CREATOR']);
    } else {
      const refused = await written([
        [product.id, 'OPEN', []],
        [product.id, 'EXCLUSIVE', [shared]],
      ]);
      expect(refused.filter((name) => name !== null)).toEqual(['OPEN_OR_EXCLUSIVE']);
    }
  }
}, 300_000);
