import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Outcome, said } from '../api/act.ts';
import type { Caller } from '../kit/alliance.ts';
import type { MadeProduct } from '../kit/world.ts';
import { SampleWorld } from './sample-world.ts';

const ROUNDS = 200;

let samples: SampleWorld;
let one: { id: string; caller: Caller };
let two: { id: string; caller: Caller };
let product: MadeProduct;

beforeAll(async () => {
  samples = await SampleWorld.make();
  [one, two] = [await samples.creator(), await samples.creator()];
  product = await samples.product(null);
});

afterAll(() => samples.close());

/** Nothing was ever asked for: each round begins so. */
async function forget(): Promise<void> {
  const { database } = samples.alliance;
  await database.rows(sql`delete from sample_address`);
  await database.rows(sql`delete from sample_request`);
}

/** How the round went: the answers, and how many samples are taken and approved. */
async function outcome(answers: readonly Outcome[]): Promise<string> {
  const [held] = await samples.alliance.database.rows(sql<{ taken: number; approved: number }>`
    select taken, (select count(*)::int from sample_request where rule_id = r.id and state = 'APPROVED') as approved
    from sample_rule r where product_id = ${product.id} and closed_at is null`);
  return [...answers.map(said).sort(), `taken ${held?.taken}`, `approved ${held?.approved}`].join(', ');
}

const ONE_WINS = 'DONE, SampleQuotaUsedUp, taken 1, approved 1';

it(`the last sample of a quota, asked for by two at once under an AUTOMATIC rule: ${ROUNDS} rounds`, async () => {
  const rounds = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    await forget();
    await samples.rule(product, { quota: 1, approval: 'AUTOMATIC' });
    const answers = await Promise.all([samples.ask(one, product), samples.ask(two, product)]);
    const how = await outcome(answers);
    rounds.set(how, (rounds.get(how) ?? 0) + 1);
  }
  expect(Object.fromEntries(rounds)).toEqual({ [ONE_WINS]: ROUNDS });
}, 120_000);

it(`the last sample of a quota, approved twice at once: ${ROUNDS} rounds`, async () => {
  const rounds = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    await forget();
    await samples.rule(product, { quota: 1 });
    const asked = await Promise.all([samples.ask(one, product), samples.ask(two, product)]);
    const answers = await Promise.all(asked.map(({ result }) => samples.approve(result.id)));
    const how = await outcome(answers);
    rounds.set(how, (rounds.get(how) ?? 0) + 1);
  }
  expect(Object.fromEntries(rounds)).toEqual({ [ONE_WINS]: ROUNDS });
}, 120_000);
