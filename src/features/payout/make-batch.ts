import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { select } from '../../graphql/loaders.ts';
import { invalid, Refusal, wrongState } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { sumOf } from '../../kernel/money.ts';
import { rulesAt } from '../account/index.ts';
import { writePayouts } from './apply-answers.ts';
import { type BankAccount, toPain001 } from './pain001.ts';
import { localDay } from './payout-period.ts';
import { PAYOUT_COLUMNS, type PayoutBatchRow, type PayoutRow } from './payout-rows.ts';
import { tellOf } from './tell-payouts.ts';

/** Payouts in one file at most: a few megabytes; what is left over goes into the next. */
const MOST_PAYOUTS = 5000;

type BankPayout = PayoutRow & BankAccount;

/**
 * Puts all payouts of a currency that wait for the bank into a file for it, which is kept as it is. They are sent from
 * then on. Refused where none waits, or the alliance has set no bank account to pay from. Two at once share nothing:
 * the second finds what the first has left.
 */
export async function makeBatch(tx: Sql, currency: string, now: Date): Promise<PayoutBatchRow> {
  const { allianceId, timeZone } = await rulesAt(tx, now);
  const from = await readOwnAccount(tx, allianceId);
  const payouts = await lockWaiting(tx, currency);
  if (payouts.length === 0) {
    throw wrongState(
      ['input', 'currencyCode'],
      'NOTHING_WAITS',
      `No payout in ${currency} waits for the bank.`,
    );
  }
  const batch: PayoutBatchRow = {
    id: newId(),
    currency,
    payouts: payouts.length,
    totalMinor: sumOf(payouts.map(({ netMinor }) => netMinor)),
    madeAt: now,
  };
  const transfers = payouts.map((to) => ({ payoutId: to.id, amountMinor: to.netMinor, to }));
  const executeOn = localDay(now, timeZone);
  const xml = toPain001({ batchId: batch.id, madeAt: now, executeOn, currency, from, transfers });
  await tx.rows(sql`
    insert into payout_batch (id, currency, payouts, total_minor, xml, made_at)
    values (${batch.id}, ${currency}, ${batch.payouts}, ${batch.totalMinor}, ${xml}, ${now})`);
  const sent = payouts.map(
    (payout) => ({ ...payout, state: 'SENT', sentAt: now, batchId: batch.id }) as const,
  );
  await writePayouts(tx, sent);
  await tellOf(
    tx,
    sent.map((payout) => ({ payout, state: 'SENT' })),
    now,
  );
  return batch;
}

const ACCOUNT = sql`m.holder, m.account_number as "accountNumber", m.is_iban as "isIban", m.bic,
  m.clearing_code as "clearingCode"`;

async function readOwnAccount(tx: Sql, allianceId: string): Promise<BankAccount> {
  const [account] = await tx.rows(sql<BankAccount>`
    select ${ACCOUNT} from payout_method m
    where m.party_id = ${allianceId} and m.retired_at is null and m.kind = 'BANK'`);
  if (account !== undefined) return account;
  const message = 'The alliance has no bank account to pay from: its owner sets one with payoutMethodSet.';
  throw new Refusal([invalid(['input'], message)]);
}

function lockWaiting(tx: Sql, currency: string): Promise<BankPayout[]> {
  return tx.rows(sql<BankPayout>`
    select ${select('t', PAYOUT_COLUMNS)}, ${ACCOUNT}
    from payout t join payout_method m on m.id = t.method_id
    where t.state = 'REQUESTED' and t.route = 'BANK' and t.currency = ${currency}
    order by t.id limit ${MOST_PAYOUTS} for update of t`);
}
