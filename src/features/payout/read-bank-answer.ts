import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { select } from '../../graphql/loaders.ts';
import { invalid, Refusal } from '../../graphql/user-errors.ts';
import { toDecimal } from '../../kernel/money.ts';
import { type AppliedAnswer, applyAnswers, type ProviderAnswer } from './apply-answers.ts';
import { fromBankId } from './pain001.ts';
import { NoStatusReport, readPain002, type StatusReport, type TransactionStatus } from './pain002.ts';
import { BATCH_COLUMNS, type PayoutBatchRow } from './payout-rows.ts';

const PATH = ['input', 'xml'];

interface BatchPayout {
  readonly id: string;
  readonly netMinor: bigint;
}

/**
 * Reads a bank's answer to one of our files (pain.002) and moves its payouts by it: all of it, or where anything does not
 * fit what was sent, nothing. Reading the same answer again changes nothing.
 */
export async function readBankAnswer(
  tx: Sql,
  xml: string,
  now: Date,
): Promise<{ readonly batch: PayoutBatchRow; readonly applied: readonly AppliedAnswer[] }> {
  const report = readReport(xml);
  const batch = await readBatch(tx, report.messageId);
  if (batch === undefined) throw mismatch('It answers a file that was never made here.');
  const payouts = await tx.rows(sql<BatchPayout>`
    select id, net_minor as "netMinor" from payout where batch_id = ${batch.id} order by id`);
  checkTotals(report, batch);
  const answers = answersOf(report, batch, payouts);
  return { batch, applied: await applyAnswers(tx, answers, now) };
}

function readReport(xml: string): StatusReport {
  try {
    return readPain002(xml);
  } catch (error) {
    if (!(error instanceof NoStatusReport)) throw error;
    throw new Refusal([invalid(PATH, `This is no answer of a bank. ${error.message}`)]);
  }
}

const mismatch = (message: string): Refusal =>
  new Refusal([{ __typename: 'BankAnswerMismatch', message, path: PATH }]);

async function readBatch(tx: Sql, messageId: string): Promise<PayoutBatchRow | undefined> {
  const id = fromBankId(messageId);
  if (id === undefined) return undefined;
  const [batch] = await tx.rows(sql<PayoutBatchRow>`
    select ${select('t', BATCH_COLUMNS)} from payout_batch t where t.id = ${id}`);
  return batch;
}

function checkTotals({ counts, sums }: StatusReport, batch: PayoutBatchRow): void {
  if (counts.some((count) => Number(count) !== batch.payouts)) {
    throw mismatch(`It tells of another number of payments than the ${batch.payouts} of the file.`);
  }
  const total = toDecimal(batch.totalMinor, batch.currency);
  if (sums.some((text) => !isSame(text, total))) throw mismatch('Its control sum is not that of the file.');
}

/** One answer for each payout that the report says anything of. */
function answersOf(
  { whole, transactions }: StatusReport,
  { currency }: PayoutBatchRow,
  payouts: readonly BatchPayout[],
): ProviderAnswer[] {
  const known = new Map(payouts.map((payout) => [payout.id, payout]));
  const named = new Map<string, TransactionStatus>();
  for (const transaction of transactions) {
    const payout = known.get(fromBankId(transaction.endToEndId) ?? '');
    if (payout === undefined) throw mismatch('It names a payment that is not in the file.');
    if (named.has(payout.id)) throw mismatch('It names a payment twice.');
    const { amount } = transaction;
    if (
      amount !== undefined &&
      !(amount.currency === currency && isSame(amount.decimal, toDecimal(payout.netMinor, currency)))
    ) {
      throw mismatch('It names a payment with another amount than was sent.');
    }
    named.set(payout.id, transaction);
  }
  return payouts.flatMap(({ id }) => {
    const status = named.get(id) ?? whole;
    if (status === undefined) return [];
    const { said, code, detail } = status;
    return [{ payoutId: id, source: 'BANK_FILE' as const, said, code, detail }];
  });
}

/** Whether two decimal texts are the same number: 12.5 is 12.50. */
const isSame = (one: string, other: string): boolean => canonical(one) === canonical(other);

function canonical(text: string): string | undefined {
  const [, whole = '', fraction = ''] = /^\+?0*(\d+)(?:\.(\d*?)0*)?$/.exec(text.trim()) ?? [];
  return whole === '' ? undefined : `${whole}.${fraction}`;
}
