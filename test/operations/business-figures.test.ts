import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { announce } from '../../src/db/outbox.ts';
import { newId } from '../../src/kernel/ids.ts';
import { addBusinessGauges } from '../../src/server/business-figures.ts';
import { Metrics } from '../../src/server/metrics.ts';
import { caughtUp } from '../kit/feed.ts';
import {
  alliance,
  clock,
  creatorId,
  DUE_AT,
  later,
  lineUpTo,
  openScene,
  product,
  settle,
} from '../settlement/scene.ts';
import { type Family, readExposition, sampleOf } from './exposition.ts';

openScene();

let metrics: Metrics;
beforeEach(() => {
  metrics = new Metrics(alliance.database);
  addBusinessGauges(metrics, alliance.database, clock);
});

const scrape = async (): Promise<Map<string, Family>> => readExposition(await metrics.registry.metrics());

/** Metrics of their own, as another process has them; the first ones keep what they have read. */
async function anew(): Promise<Map<string, Family>> {
  const others = new Metrics(alliance.database);
  addBusinessGauges(others, alliance.database, clock);
  return readExposition(await others.registry.metrics());
}

test('settlement shows what is due, for how long, and when the last run was', async () => {
  await lineUpTo('RECEIVED');
  await lineUpTo('RECEIVED');
  await lineUpTo('PAID');
  expect(sampleOf(await scrape(), 'alliance_settlement_lines_due')).toBe(0);
  clock.set(later(DUE_AT, 1));
  const before = await anew();
  expect(sampleOf(before, 'alliance_settlement_lines_due')).toBe(2);
  expect(sampleOf(before, 'alliance_settlement_oldest_due_seconds')).toBe(86_400);
  expect(sampleOf(before, 'alliance_settlement_last_run_timestamp_seconds')).toBeUndefined();
  await settle(later(DUE_AT, 1));
  const after = await anew();
  expect(sampleOf(after, 'alliance_settlement_lines_due')).toBe(0);
  expect(sampleOf(after, 'alliance_settlement_oldest_due_seconds')).toBe(0);
  const ranAt = later(DUE_AT, 1).getTime() / 1000;
  expect(sampleOf(after, 'alliance_settlement_last_run_timestamp_seconds')).toBe(ranAt);
  expect(sampleOf(after, 'alliance_settlement_last_run_end_timestamp_seconds')).toBe(ranAt);
  // The first ones look no more often than they may.
  expect(sampleOf(await scrape(), 'alliance_settlement_lines_due')).toBe(0);
  expect(sampleOf(await scrape(), 'alliance_settlement_last_run_timestamp_seconds')).toBeUndefined();
});

test('a storm of scrapes asks the database once', async () => {
  let asked = 0;
  const { database } = alliance;
  const counting = {
    ...database,
    transaction: ((work) => {
      asked += 1;
      return database.transaction(work);
    }) as typeof database.transaction,
  };
  const stormed = new Metrics(counting);
  addBusinessGauges(stormed, counting, clock);
  const texts = await Promise.all(Array.from({ length: 100 }, () => stormed.registry.metrics()));
  expect(texts.every((text) => text.includes('alliance_payouts_open{state="REQUESTED"} 0'))).toBe(true);
  expect(asked).toBe(1);
});

test('a database that does not answer leaves a scrape with all the rest, and is told', async () => {
  const { database } = alliance;
  const held = Promise.withResolvers<void>();
  const locked = Promise.withResolvers<void>();
  const holding = database.transaction(async (tx) => {
    await tx.rows(sql`lock table line_due in access exclusive mode`);
    locked.resolve();
    await held.promise;
  });
  await Promise.race([locked.promise, holding]);
  const families = await scrape().finally(held.resolve);
  await holding;
  expect(sampleOf(families, 'alliance_settlement_lines_due')).toBeUndefined();
  expect(sampleOf(families, 'alliance_figures_failures')).toBe(1);
  expect(sampleOf(families, 'process_cpu_seconds_total')).toBeGreaterThan(0);
});

test('events that are held up by an older transaction are counted', async () => {
  const { database } = alliance;
  await caughtUp(database);
  const held = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const holding = database.transaction(async (tx) => {
    await tx.rows(sql`select pg_current_xact_id()`);
    begun.resolve();
    await held.promise;
  });
  await Promise.race([begun.promise, holding]);
  const about = { type: 'Brand', id: product.brandId };
  const told = { kind: 'ESCROW_DEPOSITED', subject: about, to: [product.brandId] } as const;
  await database.transaction((tx) => announce(tx, [told, told], clock.now()));
  clock.set(new Date(clock.now().getTime() + 90_000));
  const families = await scrape().finally(held.resolve);
  await holding;
  await caughtUp(database);
  expect(sampleOf(families, 'alliance_outbox_held_events')).toBe(2);
  expect(sampleOf(families, 'alliance_outbox_held_seconds')).toBe(90);
  expect(sampleOf(await anew(), 'alliance_outbox_held_events')).toBe(0);
});

/** A payout of the creator in a state, as it stands in its table. */
async function payoutIn(state: string, contradicted = false): Promise<void> {
  const [method, payout] = [newId(), newId()];
  const now = clock.now();
  const sentAt = state === 'REQUESTED' ? null : now;
  const endedAt = state === 'FAILED' ? now : null;
  await alliance.database.rows(sql`
    insert into payout_method (id, party_id, kind, holder, country, account_number, is_iban, set_at, retired_at)
    values (${method}, ${creatorId}, 'BANK', 'Li Lei', 'DE', 'DE89370400440532013000', true, ${now}, ${now})`);
  await alliance.database.rows(sql`
    insert into payout (id, payee_id, method_id, route, currency, gross_minor, withholding_bp, withheld_minor, net_minor,
      state, contradicted, endings, requested_at, sent_at, ended_at, next_call_at)
    values (${payout}, ${creatorId}, ${method}, 'BANK', 'CNY', 100, 0, 0, 100, ${state}, ${contradicted},
      ${endedAt === null ? 0 : 1}, ${now}, ${sentAt}, ${endedAt}, ${now})`);
}

test('payouts show by state how many are open and since when, and those that wait for an operator', async () => {
  const none = await scrape();
  for (const state of ['REQUESTED', 'SENT']) {
    expect(sampleOf(none, 'alliance_payouts_open', { state })).toBe(0);
    expect(sampleOf(none, 'alliance_payouts_oldest_open_seconds', { state })).toBe(0);
  }
  expect(sampleOf(none, 'alliance_payouts_contradicted')).toBe(0);
  await payoutIn('REQUESTED');
  clock.set(new Date(clock.now().getTime() + 60_000));
  for (const state of ['REQUESTED', 'SENT']) await payoutIn(state);
  await payoutIn('FAILED', true);
  const some = await anew();
  const open = (name: string, state: string) => sampleOf(some, `alliance_payouts_${name}`, { state });
  expect([open('open', 'REQUESTED'), open('oldest_open_seconds', 'REQUESTED')]).toEqual([2, 60]);
  expect([open('open', 'SENT'), open('oldest_open_seconds', 'SENT')]).toEqual([1, 0]);
  expect(open('open', 'FAILED')).toBeUndefined();
  expect(sampleOf(some, 'alliance_payouts_contradicted')).toBe(1);
});
