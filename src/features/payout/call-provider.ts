import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { applyAnswers } from './apply-answers.ts';
import type { AnswerSource } from './payout-rows.ts';
import { type PayoutOrder, type PayoutProvider, type ProviderReport, ProviderUnsure } from './provider.ts';

/** Payouts in the hands of one call of a worker, called for side by side. */
const AT_ONCE = 10;
/** After each call without an end, the next one waits twice as long: from half a minute to six hours. */
const FIRST_WAIT_S = 30;
const LONGEST_WAIT_S = 21_600;

/**
 * Sends the provider all payouts that wait for it. Whoever is cut short, or hears nothing certain, leaves a payout as it
 * is: it is sent again under the same key, and paid once. Several workers share the work. Gives how many have answered.
 */
export const sendPayouts = (database: Database, provider: PayoutProvider, now: Date): Promise<number> =>
  callFor(database, 'REQUESTED', now, async (order) => ({
    source: 'SEND' as const,
    report: await provider.send(order),
  }));

/** Asks the provider about all payouts that were sent and have no end; what it does not know is sent again. */
export const pollPayouts = (database: Database, provider: PayoutProvider, now: Date): Promise<number> =>
  callFor(database, 'SENT', now, async (order) => {
    const report = await provider.poll(order.payoutId);
    if (report !== undefined) return { source: 'POLL' as const, report };
    return { source: 'SEND' as const, report: await provider.send(order) };
  });

interface Heard {
  readonly source: AnswerSource;
  readonly report: ProviderReport;
}

async function callFor(
  database: Database,
  state: 'REQUESTED' | 'SENT',
  now: Date,
  call: (order: PayoutOrder) => Promise<Heard>,
): Promise<number> {
  let answered = 0;
  for (;;) {
    const orders = await claim(database, state, now);
    if (orders.length === 0) return answered;
    // One that fails does not keep the others from being heard to the end.
    const outcomes = await Promise.allSettled(orders.map((order) => callOne(database, order, now, call)));
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') answered += 1;
      else if (!(outcome.reason instanceof ProviderUnsure)) throw outcome.reason;
    }
  }
}

async function callOne(
  database: Database,
  order: PayoutOrder,
  now: Date,
  call: (order: PayoutOrder) => Promise<Heard>,
): Promise<void> {
  const { source, report } = await call(order);
  const answer = { payoutId: order.payoutId, source, ...report };
  await database.transaction((tx) => applyAnswers(tx, [answer], now));
}

/**
 * Takes the next payouts to call for, and puts off when they are called for again: no other worker calls meanwhile, and
 * after a crash somebody does.
 */
function claim(database: Database, state: 'REQUESTED' | 'SENT', now: Date): Promise<PayoutOrder[]> {
  return database.rows(sql<PayoutOrder>`
    with due as materialized (
      select id from payout
      where state = ${state} and route = 'PROVIDER' and next_call_at <= ${now}
      order by next_call_at, id limit ${AT_ONCE} for update skip locked)
    update payout p set calls = p.calls + 1,
      next_call_at = ${now}::timestamptz
        + make_interval(secs => least(${FIRST_WAIT_S}::int * power(2, least(p.calls, 20)), ${LONGEST_WAIT_S}::int))
    from due, payout_method m where p.id = due.id and m.id = p.method_id
    returning p.id as "payoutId", p.net_minor as "amountMinor", p.currency, m.account_number as account, m.holder,
      m.country`);
}
