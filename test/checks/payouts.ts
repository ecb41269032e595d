import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import { changePolicy, findAlliance } from '../../src/features/account/index.ts';
import { postTransactions } from '../../src/features/ledger/index.ts';
import { makeBatch, readBankAnswer, requestPayout, setMethod } from '../../src/features/payout/index.ts';
import { newId } from '../../src/kernel/ids.ts';
import { toPain002 } from '../payout/bank-answer.ts';

const NOW = new Date('2011-02-01T00:00:00Z');
const GROSS = 1000n;
const BANK = { kind: 'BANK', holder: 'Somebody', iban: 'DE89370400440532013000' } as const;

/** Three payouts to a creator in one file, a tenth of each withheld: one arrives, one fails, one is at the bank. */
export async function makePayouts(database: Database): Promise<void> {
  const allianceId = (await findAlliance(database))?.id ?? '';
  const [row] = await database.rows(sql<{ brandId: string; payeeId: string; currency: string }>`
    select b.id as "brandId", b.currency, c.id as "payeeId" from brand b, creator c order by b.id, c.id limit 1`);
  const { brandId = '', payeeId = '', currency = '' } = row ?? {};
  await database.transaction(async (tx) => {
    await changePolicy(tx, { withholdingCreatorBp: 1000 }, NOW);
    for (const partyId of [payeeId, allianceId]) await setMethod(tx, { partyId, ...BANK }, NOW);
    const earned = {
      kind: 'ENGAGEMENT',
      from: { partyId: brandId, currency, kind: 'ESCROW' },
      to: { partyId: payeeId, currency, kind: 'PAYABLE' },
      amountMinor: 3n * GROSS,
      occurredAt: NOW,
    } as const;
    await postTransactions(tx, [{ id: newId(), transfers: [earned] }], NOW);
  });
  const ids: string[] = [];
  for (let i = 0; i < 3; i++) {
    const wish = { payeeId, currency, amountMinor: GROSS };
    ids.push((await database.transaction((tx) => requestPayout(tx, wish, NOW))).id);
  }
  const { id: batchId } = await database.transaction((tx) => makeBatch(tx, currency, NOW));
  const transactions = ['ACSC', 'RJCT', 'PDNG'].map((status, i) => ({ payoutId: ids[i] ?? '', status }));
  await database.transaction((tx) => readBankAnswer(tx, toPain002({ batchId, transactions }), NOW));
}

/** One thing spoilt at a time, and every check that must see it. */
export const SPOILT_PAYOUTS: readonly [what: string, statement: string, checks: readonly string[]][] = [
  [
    'tax was withheld by another rate',
    `update payout set withholding_bp = 999 where state = 'CONFIRMED'`,
    ['withheld-and-net-are-gross'],
  ],
  [
    'a payout is said to have arrived',
    `update payout set state = 'CONFIRMED', endings = 1, ended_at = sent_at where state = 'SENT'`,
    ['clearing-is-what-is-on-its-way', 'payouts-agree-with-the-ledger', 'payout-answers-agree-with-states'],
  ],
  [
    'the ledger pays for no payout',
    `delete from payout_posting where no = 1`,
    ['payouts-agree-with-the-ledger'],
  ],
  [
    'an answer has done nothing',
    `update payout_answer set effect = 'REPEATED' where said = 'FAILED'`,
    ['payout-answers-agree-with-states'],
  ],
  [
    'a file is of a penny more',
    `update payout_batch set total_minor = total_minor + 1`,
    ['files-hold-their-payouts'],
  ],
];
