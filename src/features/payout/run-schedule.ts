import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { Refusal } from '../../graphql/user-errors.ts';
import { NO_ID } from '../../kernel/ids.ts';
import { rulesAt } from '../account/index.ts';
import { openLedger } from '../ledger/index.ts';
import { requestAccounts } from './payout-accounts.ts';
import { periodOf } from './payout-period.ts';
import { requestPayout } from './request-payout.ts';

/** Payees that are looked up at once. */
const AT_ONCE = 200;

interface Candidate {
  readonly payeeId: string;
  readonly currency: string;
}

/**
 * Pays out, once in each period of the schedule, all balances that reach the minimum of payees that have an account. It
 * may run in several processes, be repeated, and be cut short: a payee is paid once for a period and currency, and when
 * all are, the period is over, so that what is earned later waits for the next one. Gives how many payouts it has made.
 */
export async function runPayoutSchedule(database: Database, now: Date): Promise<number> {
  const { policy, timeZone } = await rulesAt(database, now);
  const period = periodOf(policy.payoutSchedule, now, timeZone);
  if (period === undefined || (await isOver(database, period))) return 0;
  let made = 0;
  let after: Candidate = { payeeId: NO_ID, currency: '' };
  for (;;) {
    const candidates = await readCandidates(database, period, after);
    for (const candidate of candidates) made += await payOnce(database, candidate, period, now);
    const last = candidates.at(-1);
    if (last === undefined || candidates.length < AT_ONCE) break;
    after = last;
  }
  await database.rows(sql`
    insert into payout_period (period, finished_at) values (${period}, ${now}) on conflict do nothing`);
  return made;
}

async function isOver(database: Database, period: string): Promise<boolean> {
  const rows = await database.rows(sql`select from payout_period where period = ${period}`);
  return rows.length > 0;
}

/** The next payees with something to be paid and somewhere to be paid to, who have had nothing for the period yet. */
function readCandidates(database: Database, period: string, after: Candidate): Promise<Candidate[]> {
  return database.rows(sql<Candidate>`
    select a.party_id as "payeeId", a.currency from ledger_account a
    join payout_method m on m.party_id = a.party_id and m.retired_at is null
    where a.kind = 'PAYABLE' and a.balance_minor > 0 and (a.party_id, a.currency) > (${after.payeeId}::uuid, ${after.currency})
      and not exists (select from payout p
        where p.payee_id = a.party_id and p.currency = a.currency and p.period = ${period})
    order by a.party_id, a.currency limit ${AT_ONCE}`);
}

/** One payout at most, in a transaction of its own; none where the balance does not allow any. */
async function payOnce(database: Database, payee: Candidate, period: string, now: Date): Promise<number> {
  try {
    return await database.transaction(async (tx) => {
      // Under the lock of the balance nobody else pays this payee, so that what is there is all there is.
      await openLedger(tx, requestAccounts(payee));
      const paid = await tx.rows(sql`
        select from payout where payee_id = ${payee.payeeId} and currency = ${payee.currency} and period = ${period}`);
      if (paid.length > 0) return 0;
      await requestPayout(tx, { ...payee, period }, now);
      return 1;
    });
  } catch (error) {
    if (error instanceof Refusal) return 0;
    throw error;
  }
}
