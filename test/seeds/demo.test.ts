import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plans, products, samples } from '../../seeds/demo/content/index.ts';
import { demoIdentities } from '../../seeds/demo/identities.ts';
import { demoId, keyOf } from '../../seeds/demo/ids.ts';
import { beforeGuard } from '../../seeds/demo/plan-changes.ts';
import { type DemoCounts, seedDemo } from '../../seeds/demo.ts';
import { verify } from '../../src/checks/verify.ts';
import type { Database } from '../../src/db/database.ts';
import { contractById } from '../../src/features/contract/index.ts';
import { ANONYMOUS } from '../../src/graphql/actor.ts';
import { LoaderCache } from '../../src/graphql/loaders.ts';
import { newId } from '../../src/kernel/ids.ts';
import type { Progress } from '../../src/kernel/progress.ts';
import { SetUpError } from '../../src/kernel/set-up-error.ts';
import { testDatabase } from '../kit/database.ts';

/** A quiet hour: the last evening's live sessions are over. */
const now = new Date('2026-06-17T02:30:00Z');
let database: Database;
let counts: DemoCounts;
const progress: Progress[] = [];

beforeAll(async () => {
  database = await testDatabase();
  counts = await seedDemo(database, { now, onProgress: (each) => progress.push({ ...each }) });
});
afterAll(() => database?.close());

async function countsBy(query: string, on: Database = database): Promise<Record<string, number>> {
  const rows = await on.rows(sql<{ key: string; count: bigint }>`
    select coalesce(key::text, '-') as key, count(*) as count from (${sql.raw(query)}) t (key) group by 1 order by 1`);
  return Object.fromEntries(rows.map(({ key, count }) => [key, Number(count)]));
}

const total = async (from: string): Promise<number> => (await countsBy(`select 'all' from ${from}`)).all ?? 0;

/** Whatever could differ between two seedings, but the ids that say nothing: those of lines, events and versions. */
async function fingerprint(on: Database): Promise<Record<string, unknown>> {
  const texts: Record<string, string> = {
    party: 'select string_agg(id::text || kind || name, $$ $$ order by id) from party',
    product:
      'select string_agg(id::text || state || coalesce(listed_at::text, $$$$), $$ $$ order by id) from product',
    sku: 'select string_agg(id::text || code || stock, $$ $$ order by id) from sku',
    plan: 'select string_agg(id::text || kind || opens_at, $$ $$ order by id) from plan',
    enrolment: 'select string_agg(id::text || state, $$ $$ order by id) from enrolment',
    contract: 'select string_agg(id::text || creator_id, $$ $$ order by id) from creator_contract',
    showcase: 'select string_agg(id::text || picked_at, $$ $$ order by id) from showcase_item',
    sample: 'select string_agg(id::text || state || asked_at, $$ $$ order by id) from sample_request',
    link: 'select string_agg(id::text || code, $$ $$ order by id) from promotion_link',
    session: 'select string_agg(id::text || started_at, $$ $$ order by id) from live_session',
    pool: 'select string_agg(product_id::text || sales || $$/$$ || score, $$ $$ order by product_id) from pool_entry',
    // The refunds of claims have ids that nobody can know beforehand.
    event:
      'select string_agg(event_id || kind || occurred_at, $$ $$ order by event_id) from order_event ' +
      'where event_id not like $$claim-%$$',
    claim: 'select string_agg(id::text || state || amount_minor, $$ $$ order by id) from trust_claim',
    score: 'select string_agg(party_id::text || score, $$ $$ order by party_id) from trust_score',
    engagement: 'select string_agg(id::text || state || since, $$ $$ order by id) from engagement_milestone',
    held: 'select sum(amount_minor)::text || $$ of $$ || count(*) from engagement_entry',
    block: 'select string_agg(id::text || blocked_at, $$ $$ order by id) from party_block',
    money:
      'select jsonb_object_agg(role, net)::text from (select role, sum(net_minor) net from waterfall_node group by 1) t',
    entries: 'select sum(net_minor)::text || $$ of $$ || count(*) from commission_entry',
    lines:
      'select md5(string_agg(order_no || line_no || attribution || state || remaining_base_minor || refunded_minor, $$ $$ ' +
      'order by order_no, line_no)) from order_line',
  };
  const found: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(texts)) {
    const [row] = await on.rows(sql<{ value: string }>`select (${sql.raw(text)}) as value`);
    found[name] = row?.value;
  }
  return found;
}

describe('the demo', () => {
  it('holds what the content says', async () => {
    expect(counts).toMatchObject({ brands: 12, products: 300, creators: 60, agencies: 11 });
    expect(await countsBy('select kind from party')).toEqual({
      ALLIANCE: 1,
      AGENCY: 11,
      BRAND: 12,
      CREATOR: 60,
    });
    expect(await countsBy('select tier from creator')).toEqual({ HEAD: 4, WAIST: 11, ORDINARY: 45 });
    expect(await total('industrial_belt')).toBe(2);
    expect(await total(`app_user where issuer = 'urn:goods-alliance:demo'`)).toBe(demoIdentities.length);
    expect(await total('order_line')).toBe(counts.lines);
    expect(counts.lines).toBeGreaterThanOrEqual(2490);
    expect(counts.lines).toBeLessThan(2520);
    expect(await total('order_event')).toBe(counts.events);
  });

  it('has contracts and proposals in every state', async () => {
    const loaders = new LoaderCache({ sql: database, actor: ANONYMOUS, now });
    const ids = await database.rows(sql<{ id: string }>`select id from creator_contract`);
    const contracts = await Promise.all(ids.map(({ id }) => loaders.one(contractById, id)));
    const states = Object.groupBy(contracts, (contract) => contract?.state ?? 'gone');
    const counts = Object.entries(states).map(([state, of]) => [state, of?.length]);
    expect(Object.fromEntries(counts)).toEqual({ RUNNING: 25, ENDING: 1, ENDED: 1, COMING: 1 });
    expect(await total('contract_terms')).toBe(30);
    expect(await countsBy(`select kind || ' ' || state from contract_proposal`)).toEqual({
      'INVITATION ACCEPTED': 3,
      'INVITATION DECLINED': 1,
      'INVITATION WITHDRAWN': 1,
      'INVITATION LAPSED': 1,
      'INVITATION PROPOSED': 1,
      'CHANGE ACCEPTED': 1,
      'CHANGE PROPOSED': 1,
    });
  });

  it('has products in every state, listed when the content says', async () => {
    const states = { LISTED: 256, DRAFT: 12, IN_REVIEW: 14, SUSPENDED: 9, DELISTED: 9 };
    expect(await countsBy('select state from product')).toEqual(states);
    const rows = await database.rows(sql<{ id: string; listedAt: Date | null; reviewNote: string | null }>`
      select id, listed_at as "listedAt", review_note as "reviewNote" from product`);
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const { key, listedDays, reviewNote, state } of products) {
      const row = byId.get(demoId(key))!;
      const listedAt = listedDays === null ? null : new Date(now.getTime() - listedDays * 86_400_000);
      expect(row.listedAt, key).toEqual(listedAt);
      if (state === 'DRAFT') expect(row.reviewNote, key).toBe(reviewNote);
    }
  });

  it('has plans of each kind, and in the pool what is listed with an OPEN one', async () => {
    expect(await countsBy('select kind from plan')).toEqual({
      OPEN: 290,
      EXCLUSIVE: 10,
      TARGETED: 20,
      SHOP_TARGETED: 4,
    });
    const open = new Set(plans.filter(({ kind }) => kind === 'OPEN').map(({ product }) => product));
    const pooled = products.filter(({ key, state }) => state === 'LISTED' && open.has(key));
    const rows = await database.rows(sql<{ id: string }>`select product_id as id from pool_entry order by 1`);
    expect(rows.map(({ id }) => id)).toEqual(pooled.map(({ key }) => demoId(key)).sort());
    expect(await total('pool_entry where sales > 0')).toBeGreaterThan(200);
    expect(await countsBy('select state from enrolment')).toEqual({
      // With two on the second level.
      APPROVED: 29,
      PENDING: 4,
      REJECTED: 3,
      REJECTED_FOR_GOOD: 1,
      WITHDRAWN: 1,
      ENDED: 2,
    });
  });

  it('has a sample in every state, where the content says, and no quota overdrawn', async () => {
    const rows = await database.rows(sql<{ id: string; state: string; by: string | null }>`
      select id, state, fulfilled_by as by from sample_request`);
    const states = new Map(rows.map(({ id, state }) => [id, state]));
    for (const sample of samples)
      expect(states.get(demoId(keyOf.sample(sample))), sample.product).toBe(sample.state);
    expect(new Set(states.values()).size).toBe(9);
    expect(new Set(rows.map(({ by }) => by))).toEqual(new Set([null, 'CONTENT', 'ORDER']));
    expect(await countsBy('select approval from sample_rule')).toEqual({ AUTOMATIC: 8, MANUAL: 7 });
    expect(await total('sample_rule where taken = quota')).toBe(1);
  });

  it('has engagements and milestones in every state that lasts, and blocks that hold and one that does not', async () => {
    expect(await countsBy('select state from engagement_milestone')).toEqual({
      OFFERED: 2,
      ACCEPTED: 5,
      DELIVERED: 1,
      DISPUTED: 1,
      PAID: 4,
      CANCELLED: 1,
      DECLINED: 1,
      WITHDRAWN: 1,
      LAPSED: 1,
    });
    expect(
      await total(`engagement_milestone where state = 'ACCEPTED' and due_at < '${now.toISOString()}'`),
    ).toBe(1);
    expect(await countsBy('select lifted_at is null from party_block')).toEqual({ true: 2, false: 1 });
  });

  it('is settled, has payouts in every state, and statements of the months that are over', async () => {
    expect(await total('line_settlement')).toBeGreaterThan(500);
    expect(await countsBy('select state from payout')).toEqual({
      REQUESTED: 1,
      SENT: 1,
      CONFIRMED: 1,
      FAILED: 1,
    });
    expect(await countsBy('select month from statement')).toEqual({ '2026-05': 13 });
    expect(await countsBy('select kind from ledger_account where balance_minor < 0')).toEqual({ CASH: 1 });
  });

  it('has lines in every state, credited in every way and in none', async () => {
    const states = await countsBy('select state from order_line');
    for (const state of ['PLACED', 'PAID', 'SHIPPED', 'RECEIVED', 'CANCELLED']) {
      expect(states[state], state).toBeGreaterThan(0);
    }
    const ways = await countsBy('select attribution from order_line');
    for (const way of ['LINK', 'CLICK', 'LIVE_SESSION', 'NONE']) expect(ways[way], way).toBeGreaterThan(50);
    const reasons = await countsBy('select unattributed_reason from order_line where creator_id is null');
    expect(Object.keys(reasons)).toEqual(
      expect.arrayContaining([
        'NO_TRACE',
        'LINK_UNKNOWN',
        'LINK_OF_ANOTHER_PRODUCT',
        'LIVE_SESSION_NOT_RUNNING',
      ]),
    );
  });

  it('has part and whole refunds, cancelled lines, and events that wait for a line', async () => {
    const part = 'refunded_minor > 0 and refunded_minor < goods_paid_minor';
    expect(await total(`order_line where ${part}`)).toBeGreaterThan(10);
    expect(
      await total('order_line where refunded_minor = goods_paid_minor and paid_at is not null'),
    ).toBeGreaterThan(10);
    expect(await total(`order_line where state = 'CANCELLED' and paid_at is not null`)).toBeGreaterThan(0);
    expect(await countsBy('select kind from order_event where waiting')).toEqual({ REFUNDED: 3 });
    expect(await total('sku where stock < 0')).toBe(0);
  });

  it('divides by offers of every kind, and pays every role', async () => {
    const winners = await countsBy(`
      select case when f.enrolment_terms_id is null then p.kind else 'CAMPAIGN' end from frozen_terms f
      left join plan_terms t on t.id = f.plan_terms_id left join plan p on p.id = t.plan_id
      join order_line l on l.brand_id = f.brand_id and l.id = f.line_id where l.creator_id is not null`);
    expect(Object.keys(winners).sort()).toEqual([
      'CAMPAIGN',
      'EXCLUSIVE',
      'OPEN',
      'SHOP_TARGETED',
      'TARGETED',
    ]);
    const roles = await countsBy('select role from waterfall_node where net_minor > 0');
    expect(Object.keys(roles).sort()).toEqual(['CREATOR', 'MCN', 'RECRUITER', 'TECHNICAL_FEE']);
    expect(await total('waterfall_node where net_minor < 0')).toBe(0);
  });

  it('holds every invariant, and every line proves its commission', async () => {
    const { checks, failures } = await verify(database);
    expect(checks).toBeGreaterThan(0);
    expect(failures).toEqual([]);
  });

  it('tells how far it is, step by step to the end', () => {
    const steps = new Map(progress.map((each) => [each.step, each]));
    expect([...steps.keys()]).toEqual(
      expect.arrayContaining(['Brands', 'Products', 'Plans', 'Showcases', 'Orders']),
    );
    for (const { step, done, total: all } of steps.values()) expect(done, step).toBe(all);
  });
});

describe('the plans of the demo', () => {
  const versions = (plan: string) =>
    database.rows(sql`
      select commission_bp as rate, boost_bp as boost, tier_after as after, tier_bp as tiers,
        tstzrange(valid_from, valid_to) @> ${now}::timestamptz as "isInForce"
      from plan_terms where plan_id = ${demoId(plan)} order by version`);
  const plain = { boost: null, after: [], tiers: [], isInForce: true };

  it('show tiers, of which one is reached, and a rate for boosted orders', async () => {
    const tiers = { after: [10, 100], tiers: [2600, 2900] };
    const plan = 'plan:open/hebai-tea-mask';
    expect((await versions(plan)).at(-1)).toEqual({ ...plain, rate: 2350, ...tiers });
    const counts = await database.rows(sql<{ lines: number }>`
      select max(lines)::int as lines from plan_tally where plan_id = ${demoId(plan)} group by creator_id order by 1`);
    expect(counts.filter(({ lines }) => lines >= 10).length).toBeGreaterThanOrEqual(2);
    expect(counts.filter(({ lines }) => lines < 10).length).toBeGreaterThanOrEqual(1);
    expect((await versions('plan:open/hebai-matte-lip')).at(-1)).toEqual({
      ...plain,
      rate: 2700,
      boost: 1800,
    });
  });

  it('show a raise, a cut that comes at midnight, and an end', async () => {
    const [raised, cut] = [
      await versions('plan:open/hebai-eye-cream'),
      await versions('plan:open/hebai-ha-mask'),
    ];
    expect(raised).toEqual([
      { ...plain, rate: 2000, isInForce: false },
      { ...plain, rate: 2400 },
    ]);
    expect(cut).toEqual([
      { ...plain, rate: 3800 },
      { ...plain, rate: 3300, isInForce: false },
    ]);
    expect(
      await database.rows(sql`
      select closes_at from plan where id = ${demoId('plan:targeted/hebai-enzyme-powder')}`),
    ).toEqual([{ closes_at: new Date('2026-06-16T16:00:00Z') }]);
  });

  it('show locks that run, and one that is to begin', async () => {
    const locks = await database.rows(sql`
      select offer_id as plan, locked_from > ${now} as "isToCome" from rate_lock
      where locked_until > ${now} and brand_id = ${demoId('brand:hebai')} and kind <> 'CAMPAIGN' order by locked_from`);
    expect(locks).toEqual([
      { plan: demoId('plan:open/hebai-laundry-liquid'), isToCome: false },
      { plan: demoId('plan:targeted/hebai-enzyme-powder'), isToCome: false },
      { plan: demoId('plan:open/hebai-ha-mask'), isToCome: true },
    ]);
  });

  it('can be cut at any hour: in the guard window it is done a little earlier', () => {
    const at = (time: string) => beforeGuard(new Date(time)).toISOString();
    expect(at('2026-06-17T15:49:59.999Z')).toBe('2026-06-17T15:49:59.999Z');
    expect(at('2026-06-17T15:50:00.000Z')).toBe('2026-06-17T15:39:00.000Z');
    expect(at('2026-06-17T15:59:59.999Z')).toBe('2026-06-17T15:48:59.999Z');
  });
});

describe('seeding', () => {
  it('makes the same ids and the same sums of money in another database', async () => {
    const other = await testDatabase();
    try {
      await seedDemo(other, { now });
      expect(await fingerprint(other)).toEqual(await fingerprint(database));
    } finally {
      await other.close();
    }
  });

  it('is refused where somebody is, in one line, and changes nothing', async () => {
    const before = await fingerprint(database);
    const error = await seedDemo(database).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(SetUpError);
    expect((error as Error).message).toMatch(/only for an empty one/);
    expect((error as Error).message).not.toContain('\n');
    expect(await fingerprint(database)).toEqual(before);
  });

  it('leaves nothing behind when it is stopped halfway, and begins anew', async () => {
    const other = await testDatabase();
    const stop = ({ step }: Progress) => {
      if (step === 'Plans') throw new Error('stopped');
    };
    try {
      await expect(seedDemo(other, { now, onProgress: stop })).rejects.toThrow('stopped');
      expect(await countsBy('select kind from party', other)).toEqual({});
    } finally {
      await other.close();
    }
  });

  it('gives ids that are older than any made later, so that lists stay newest first', async () => {
    for (const table of ['product', 'plan', 'showcase_item', 'promotion_link', 'live_session']) {
      const [row] = await database.rows(sql<{ newest: string }>`
        select max(id::text) as newest from ${sql.table(table)}`);
      expect(row!.newest < newId(), table).toBe(true);
    }
    const [row] = await database.rows(sql<{ sorted: boolean }>`
      select array_agg(id order by id) = array_agg(id order by picked_at, id) as sorted from showcase_item`);
    expect(row?.sorted).toBe(true);
  });
});
