import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violatedConstraint } from '../../src/db/database.ts';
import { fromGlobalId } from '../../src/kernel/ids.ts';
import { Deal } from './deal.ts';

let deal: Deal;
let milestoneId: string;

beforeAll(async () => {
  deal = await Deal.make();
  const { milestones } = await deal.engagement();
  milestoneId = fromGlobalId(milestones[0].id)?.id ?? '';
});
afterAll(() => deal.alliance.close());

const add = (no: number, kind: string, amount: number, before: number, after: number) =>
  deal.alliance.database
    .rows(sql`
      insert into engagement_entry (milestone_id, no, kind, amount_minor, held_before_minor, held_after_minor, at)
      values (${milestoneId}, ${no}, ${kind}, ${amount}, ${before}, ${after}, now())`)
    .then(() => 'taken', violatedConstraint);

describe('whoever writes entries past the application', () => {
  it.each([
    ['holds the price twice', 1, 'HELD', 100_000, 0, 100_000, 'engagement_entry_pkey'],
    ['holds more later', 2, 'HELD', 1, 100_000, 100_001, 'money_is_held_first'],
    [
      'releases more than is held',
      2,
      'RELEASED',
      100_001,
      100_000,
      -1,
      'engagement_entry_held_after_minor_check',
    ],
    ['invents what was held', 2, 'RELEASED', 100_001, 100_001, 0, 'an_entry_begins_where_the_last_one_ended'],
    ['leaves a number out', 3, 'RETURNED', 100_000, 100_000, 0, 'an_entry_begins_where_the_last_one_ended'],
    ['miscounts', 2, 'RELEASED', 60_000, 100_000, 50_000, 'what_is_held_adds_up'],
    ['releases nothing', 2, 'RELEASED', 0, 100_000, 100_000, 'engagement_entry_amount_minor_check'],
    ['releases a part', 2, 'RELEASED', 60_000, 100_000, 40_000, 'taken'],
    [
      'returns more than the rest',
      3,
      'RETURNED',
      60_000,
      100_000,
      40_000,
      'an_entry_begins_where_the_last_one_ended',
    ],
    ['returns the rest', 3, 'RETURNED', 40_000, 40_000, 0, 'taken'],
  ] as const)('and %s', async (_what, no, kind, amount, before, after, outcome) => {
    expect(await add(no, kind, amount, before, after)).toBe(outcome);
  });
});
