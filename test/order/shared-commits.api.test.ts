import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ingestTogether } from '../../src/features/settlement/index.ts';
import type { CommittedGroup, GroupCommit } from '../../src/kernel/group-commit.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { ownerRuns } from '../kit/database.ts';
import { event, type MadeProduct, placed, World } from '../kit/world.ts';
import { told1By1, wire, wirePlaced } from './wire.ts';

const SHOPS = 8;
const NOW = new Date('2026-06-16T12:30:00Z');

let alliance: TestAlliance;
let world: World;
let products: MadeProduct[];
let shops: Caller[];
let groups: CommittedGroup[];
let groupCommit: GroupCommit;

beforeAll(async () => {
  alliance = await testAlliance({ clock: { now: () => NOW } });
  world = new World(alliance.database);
  products = [];
  shops = [];
  for (let i = 0; i < SHOPS; i++) {
    const product = await world.product();
    await world.plan(product);
    products.push(product);
    shops.push(await alliance.memberOf(product.brandId));
  }
  groupCommit = { waitMs: 2, told: (group) => groups.push(group) };
});
afterAll(() => alliance.close());
beforeEach(() => {
  groups = [];
});

const productOf = (i: number) => products[i % SHOPS] as MadeProduct;
const shopOf = (i: number) => shops[i % SHOPS] as Caller;

/** Takes one event as the API does, with this file's ear for groups. */
const take = (reported: ReturnType<typeof event>, reporterId = reported.brandId, waitMs = 2) =>
  ingestTogether(
    { database: alliance.database, clock: { now: () => NOW }, groupCommit: { ...groupCommit, waitMs } },
    { reporterId, events: [reported] },
  );

const placing = (i: number, orderNo: string) =>
  event(productOf(i).brandId, 'PLACED', orderNo, { placed: placed(productOf(i).code) });

const committed = async (like: string): Promise<{ events: bigint; transactions: bigint }[]> =>
  alliance.database.rows(sql`
    select count(*) as events, count(distinct xmin::text) as transactions from order_event where order_no like ${like}`);

describe('reports that arrive together', () => {
  it('of eight shops are each answered by themselves, kept each under its own shop, and told in the audit log', async () => {
    const calls = Array.from({ length: 64 }, (_, i) =>
      told1By1(shopOf(i), [wirePlaced(`api-${i}`, `api-${i}`, productOf(i).code)]),
    );
    expect(await Promise.all(calls)).toEqual(Array.from({ length: 64 }, () => ['APPLIED']));
    const lines = await alliance.database.rows(sql`
      select l.brand_id as "brandId", s.reporter_id as "reporterId", count(*)::int as lines
      from order_line l join order_source s on s.id = l.source_id where order_no like 'api-%' group by 1, 2 order by 1`);
    const expected = products.map(({ brandId }) => ({ brandId, reporterId: brandId, lines: 64 / SHOPS }));
    expect(lines).toEqual(expected.sort((a, b) => (a.brandId < b.brandId ? -1 : 1)));
    const [seen] = await alliance.database.rows(sql`
      select count(*)::int as entries, count(distinct request_id)::int as requests, count(distinct party_id)::int as parties
      from audit_entry where operation = 'orderEventsIngest' and outcome = 'DONE'`);
    expect(seen).toEqual({ entries: 64, requests: 64, parties: SHOPS });
  });

  it('share commits: two hundred take ten at most', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => take(placing(i, `two-${i}`))));
    expect(answers.flat().every(({ status }) => status === 'APPLIED')).toBe(true);
    const [{ events, transactions } = { events: 0n, transactions: 0n }] = await committed('two-%');
    expect(events).toBe(200n);
    expect(transactions).toBeLessThanOrEqual(10n);
  });

  it('may be the same, or contradict each other: one is taken', async () => {
    const [first, second] = [placing(0, 'same'), placing(0, 'same')];
    const other = { ...first, reason: 'another content' };
    const answers = (await Promise.all([take(first), take(second), take(other)])).flat();
    expect(answers.map(({ status, problem }) => problem?.code ?? status)).toEqual([
      'APPLIED',
      'DUPLICATE',
      'EVENT_ID_REUSED',
    ]);
  });

  it('bring a line through its life, whatever the order of their events', async () => {
    const [brandId, code] = [productOf(0).brandId, productOf(0).code];
    const kinds = ['PAID', 'SHIPPED', 'PLACED', 'RECEIVED'] as const;
    await Promise.all(
      kinds.map((kind) =>
        take(event(brandId, kind, 'life', kind === 'PLACED' ? { placed: placed(code) } : {})),
      ),
    );
    const [line] = await alliance.database.rows(sql`select state from order_line where order_no = 'life'`);
    expect(line).toEqual({ state: 'RECEIVED' });
  });

  it('fail alone: what spoils a group is told to whom it is of, and the others are taken', async () => {
    await ownerRuns(
      alliance.database,
      sql`create function spoil() returns trigger language plpgsql as $$
        begin if new.order_no = 'spoilt' then raise 'spoilt' using errcode = '22000'; end if; return new; end $$`,
      sql`create trigger spoil before insert on order_event for each row execute function spoil()`,
    );
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) => take(placing(i, i === 7 ? 'spoilt' : `whole-${i}`))),
    );
    expect(results.map(({ status }) => status)).toEqual(
      Array.from({ length: 20 }, (_, i) => (i === 7 ? 'rejected' : 'fulfilled')),
    );
    expect((await committed('whole-%'))[0]?.events).toBe(19n);
    await ownerRuns(alliance.database, sql`drop trigger spoil on order_event`);
  });

  it('are a bounded number: who comes when too many wait is asked to come again, and those are taken', async () => {
    const calls = Array.from({ length: 2_050 }, (_, i) =>
      take(event(productOf(i).brandId, 'PAID', `many-${i}`)),
    );
    const results = await Promise.allSettled(calls);
    const refused = results.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBe(50);
    for (const { reason } of refused as PromiseRejectedResult[])
      expect(reason.extensions).toMatchObject({ code: 'OVERLOADED', http: { status: 503 } });
    expect((await committed('many-%'))[0]?.events).toBe(2_000n);
  });

  it('have commits of their own where the configuration says so', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => take(placing(i, `own-${i}`), productOf(i).brandId, 0)),
    );
    expect(await committed('own-%')).toEqual([{ events: 20n, transactions: 20n }]);
  });
});

it('a report of many events has a commit of its own', async () => {
  const many = Array.from({ length: 9 }, (_, i) => wire(`batch-${i}`, `batch-${i}`));
  expect(await told1By1(shopOf(0), many)).toEqual(many.map(() => 'WAITING'));
  expect((await committed('batch-%'))[0]).toEqual({ events: 9n, transactions: 1n });
});
