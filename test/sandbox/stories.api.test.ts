import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../src/checks/verify.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import { type Caller, type Json, testAlliance } from '../kit/alliance.ts';
import { World } from '../kit/world.ts';
import { openSandbox, type TestSandbox } from './sandbox.ts';

const MONEY = '{ minorUnits }';
const STEPS = `at what orderLine { id } figures { part estimated ${MONEY} payable ${MONEY} reserved ${MONEY} owed ${MONEY}
  underWay ${MONEY} paidOut ${MONEY} }`;
const RUN = `story beganAt endedAt orderLine { id state } steps { ${STEPS} }`;

let sandbox: TestSandbox;
let operator: Caller;

beforeAll(async () => {
  sandbox = await openSandbox();
  operator = await sandbox.memberOf(sandbox.id);
});
afterAll(() => sandbox.close());

const run = (caller: Caller, input: object) => act(caller, 'sandboxStoryRun', input, RUN);

/** The figures of a step as "part: estimated/payable/reserved/owed/under way/paid out". */
const told = ({ figures }: Json): string[] =>
  figures.map(({ part, ...amounts }: Json) => {
    const columns = ['estimated', 'payable', 'reserved', 'owed', 'underWay', 'paidOut'];
    return `${part}: ${columns.map((name) => amounts[name].minorUnits).join('/')}`;
  });

async function tell(story: string): Promise<{ steps: string[][]; line: Json; run: Json }> {
  const { result, userErrors } = await run(operator, { story });
  expect(userErrors).toEqual([]);
  return { steps: result.steps.map(told), line: result.orderLine, run: result };
}

/** The creator and the managing agency, each as estimated/payable/reserved/owed/under way/paid out. */
const both = (creator: string, agency: string) => [`creator: ${creator}`, `managing agency: ${agency}`];
const NOTHING = both('0/0/0/0/0/0', '0/0/0/0/0/0');
// 20 % of 100.00, of which a tenth is fee, and a fifth of the rest is the agency's.
const ESTIMATED = both('1440/0/0/0/0/0', '360/0/0/0/0/0');
const SETTLED = both('0/1440/0/0/0/0', '0/360/0/0/0/0');
const RECEIVED = [NOTHING, ESTIMATED, ESTIMATED, ESTIMATED];

describe('the stories of a sandbox', () => {
  it('PAID_SHIPPED_RECEIVED_SETTLED shows each stage at its moment', async () => {
    const { steps, line, run } = await tell('PAID_SHIPPED_RECEIVED_SETTLED');
    expect(steps).toEqual([...RECEIVED, SETTLED]);
    expect(line.state).toBe('RECEIVED');
    const began = Date.parse(run.beganAt);
    const after = run.steps.map(({ at }: Json) => (Date.parse(at) - began) / 60_000);
    // Ordered, paid a minute later, shipped a day and received three days after that; due seven days later, and settled
    // at the next full hour.
    expect(after).toEqual([0, 1, 1441, 4321, 4321 + 7 * 1440 + 59]);
  });

  it('PART_REFUNDED_BEFORE_SETTLEMENT settles what is left', async () => {
    const { steps } = await tell('PART_REFUNDED_BEFORE_SETTLEMENT');
    expect(steps).toEqual([
      ...RECEIVED,
      both('864/0/0/0/0/0', '216/0/0/0/0/0'),
      both('0/864/0/0/0/0', '0/216/0/0/0/0'),
    ]);
  });

  it('PART_REFUNDED_AFTER_PAYOUT takes from who has, and waits for who was paid out', async () => {
    const { steps } = await tell('PART_REFUNDED_AFTER_PAYOUT');
    const owing = (estimated: string) =>
      both(`${estimated}/0/0/720/0/1440`, `${Number(estimated) / 4}/180/0/0/0/0`);
    expect(steps).toEqual([
      ...RECEIVED,
      SETTLED,
      both('0/0/0/0/0/1440', '0/360/0/0/0/0'),
      owing('0'),
      ...[owing('0'), owing('1440'), owing('1440'), owing('1440')],
      both('0/720/0/0/0/1440', '0/540/0/0/0/0'),
    ]);
    const clawbacks = await sandbox.database.rows(sql`
      select state, amount_minor as amount, taken_minor as taken, offset_minor as offset from clawback order by amount_minor`);
    expect(clawbacks).toEqual([
      { state: 'TAKEN', amount: 180n, taken: 180n, offset: 0n },
      { state: 'OFFSET', amount: 720n, taken: 0n, offset: 720n },
    ]);
  });

  it('CANCELLED_BEFORE_SHIPPING closes to zero', async () => {
    const { steps, line } = await tell('CANCELLED_BEFORE_SHIPPING');
    expect(steps).toEqual([NOTHING, ESTIMATED, NOTHING]);
    expect(line.state).toBe('CANCELLED');
  });

  it('OPEN_CASE_DELAYS_SETTLEMENT settles after the case', async () => {
    const { steps, run } = await tell('OPEN_CASE_DELAYS_SETTLEMENT');
    expect(steps).toEqual([...RECEIVED, ESTIMATED, ESTIMATED, ESTIMATED, SETTLED]);
    const [closed, settled] = run.steps.slice(-2).map(({ at }: Json) => Date.parse(at));
    expect(settled - closed).toBeLessThanOrEqual(3_600_000);
  });

  it('PAYOUT_FAILS_AND_IS_REPEATED loses nothing', async () => {
    const { steps } = await tell('PAYOUT_FAILS_AND_IS_REPEATED');
    expect(steps).toEqual([...RECEIVED, SETTLED, SETTLED, both('0/0/0/0/0/1440', '0/360/0/0/0/0')]);
    const payouts = await sandbox.database.rows(sql`
      select state, failure_code as code from payout where gross_minor = 1440 order by id desc limit 2`);
    expect(payouts).toEqual([
      { state: 'CONFIRMED', code: null },
      { state: 'FAILED', code: 'AC04' },
    ]);
  });

  it('RESERVE_KEPT_AND_RELEASED keeps a tenth for five days, and leaves the policy as it was', async () => {
    const { steps } = await tell('RESERVE_KEPT_AND_RELEASED');
    expect(steps).toEqual([...RECEIVED, both('0/1296/144/0/0/0', '0/324/36/0/0/0'), SETTLED]);
    const { data } = await operator.query('{ alliancePolicy { reserveRate reserveDays } }');
    expect(data.alliancePolicy).toEqual({ reserveRate: 0, reserveDays: 0 });
  });

  it('SECOND_LEVEL_AND_SPREAD divides among five payees, then the other way round', async () => {
    const before = await operator.query('{ sandboxClock { now } }');
    const { steps, run } = await tell('SECOND_LEVEL_AND_SPREAD');
    expect(before.data.sandboxClock.now).toBe(run.beganAt);
    const net = (list: string[] | undefined) =>
      list
        ?.map((text) => text.replace(/: (\d+)\/(\d+)\/.*/, ' $1 $2'))
        .filter((text) => !text.startsWith('alliance'));
    // 20 % and 3 % of 100.00; the second agency has 1 % of the price out of the first one's 3 %.
    expect(net(steps[1])).toEqual([
      'creator 1440 0',
      'managing agency 360 0',
      'recruiting agency 170 0',
      'second-level agency 90 0',
    ]);
    expect(net(steps[4])).toEqual([
      'creator 0 1440',
      'managing agency 0 360',
      'recruiting agency 0 170',
      'second-level agency 0 90',
    ]);
    // 25 % to the agency, which passes 20 % on and pays its fee on the 5 % that it keeps.
    expect(net(steps.at(-1))).toEqual([
      'creator 0 2880',
      'managing agency 0 720',
      'recruiting agency 0 620',
      'second-level agency 0 90',
    ]);
    // 200 and 40 of the one order; 200 and 50 of the other.
    const fees = (list: string[] | undefined) => Number(/alliance: \d+\/(\d+)/.exec(list?.join() ?? '')?.[1]);
    expect(fees(steps.at(-1)) - fees(steps[0])).toBe(490);
  });

  it('leave an alliance in which every check holds', async () => {
    const { failures } = await verify(sandbox.database, {});
    expect(failures).toEqual([]);
  });
});

describe('a run of a story', () => {
  it('is the same when it is repeated, also at the same moment', async () => {
    const input = { story: 'CANCELLED_BEFORE_SHIPPING', idempotencyKey: randomUUID() };
    const answers = await Promise.all(Array.from({ length: 5 }, () => run(operator, input)));
    expect(new Set(answers.map(({ result }) => JSON.stringify(result))).size).toBe(1);
    expect(answers[0]?.result.steps).toHaveLength(3);
    const other = { ...input, story: 'PAID_SHIPPED_RECEIVED_SETTLED' };
    expect(said(await run(operator, other))).toBe('IdempotencyKeyReused');
  });

  it('is about the goods of a brand of the caller, who sees its line', async () => {
    const world = new World(sandbox.database);
    const [mine, theirs] = [await world.brand(), await world.brand()];
    const system = await sandbox.keyOf(mine, ['read', 'sandbox:write']);
    const story = 'CANCELLED_BEFORE_SHIPPING';
    const own = await run(system, { story, brandId: toGlobalId('Brand', mine) });
    expect(own.result.orderLine.state).toBe('CANCELLED');
    expect(said(await run(system, { story, brandId: toGlobalId('Brand', theirs) }))).toBe('NotFoundError');
    expect((await run(system, { story })).result.orderLine).toBeNull();
  });

  it('takes the scope, and a sandbox', async () => {
    const brand = await new World(sandbox.database).brand();
    const story = 'CANCELLED_BEFORE_SHIPPING';
    expect(said(await run(await sandbox.memberOf(brand), { story }))).toBe('FORBIDDEN');
    const alliance = await testAlliance();
    const caller = await alliance.memberOf(alliance.id);
    expect((await run(caller, { story })).userErrors).toMatchObject([{ state: 'NO_SANDBOX' }]);
    expect((await caller.query('{ sandboxStories { name } }')).data.sandboxStories).toEqual([]);
    await alliance.close();
  });

  it('is offered with what it shows and how many days it takes, which it does not pass', async () => {
    const { data } = await operator.query('{ sandboxStories { name about days } }');
    expect(data.sandboxStories).toHaveLength(8);
    const rows = await sandbox.database.rows(sql<{ story: string; days: number }>`
      select story, max(extract(epoch from ended_at - began_at))::float8 / 86400 as days from sandbox_story_run group by story`);
    const promised = new Map(data.sandboxStories.map(({ name, days }: Json) => [name, days]));
    expect(rows.filter(({ story, days }) => days > Number(promised.get(story)))).toEqual([]);
  });
});
