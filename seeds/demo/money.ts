import { payMilestones } from '../../src/features/engagement/index.ts';
import { makeBatch, readBankAnswer, requestPayout, setMethod } from '../../src/features/payout/index.ts';
import { moveEscrow } from '../../src/features/settlement/index.ts';
import { makeStatements } from '../../src/features/statement/index.ts';
import { type AgencyKey, brands, type CreatorKey } from './content/index.ts';
import { ALLIANCE_KEY } from './identities.ts';
import { demoId } from './ids.ts';
import { ago, forEachItem, type Seeding } from './seeding.ts';

const CURRENCY = 'CNY';
/** Before all orders, and so long ago that the month before this one has a statement of it. */
const DEPOSITED_DAYS = 40;
const DEPOSIT_MINOR = 5_000_000n;

/** What every brand has paid in for commissions. */
export async function seedDeposits(seeding: Seeding): Promise<void> {
  await forEachItem(seeding, 'Deposits', brands, ({ key }) => {
    const brand = { id: demoId(key), currency: CURRENCY };
    const deposit = { kind: 'DEPOSIT', brand, amountMinor: DEPOSIT_MINOR, currency: CURRENCY } as const;
    return moveEscrow(seeding.tx, { ...deposit, reference: 'First deposit' }, ago(seeding, DEPOSITED_DAYS));
  });
}

interface Payee {
  readonly key: AgencyKey | CreatorKey;
  readonly holder: string;
  /** What the bank says of its payout (ISO 20022); nothing where it has not gone to the bank yet. */
  readonly status?: 'ACSC' | 'PDNG' | 'RJCT';
}

/** One payout in each of its states. */
const PAYEES: readonly Payee[] = [
  { key: 'agency:bailu', holder: 'Bailu Culture Media', status: 'ACSC' },
  { key: 'creator:xiaoman', holder: 'Xiaoman', status: 'RJCT' },
  { key: 'creator:jiajia', holder: 'Jiajia', status: 'PDNG' },
  { key: 'creator:dapeng', holder: 'Dapeng' },
];

/**
 * What has left the alliance up to now: payouts that are asked for, at the bank, confirmed and failed; the price of accepted
 * work; and the statements of the months that are over.
 */
export async function seedPayouts(seeding: Seeding): Promise<void> {
  const { tx, within, now } = seeding;
  await payMilestones(within, now);
  await setBankAccount(seeding, ALLIANCE_KEY, 'South and North Goods Alliance');
  for (const { key, holder } of PAYEES) await setBankAccount(seeding, key, holder);
  const atBank = PAYEES.filter(({ status }) => status !== undefined);
  const sent = new Map<string, Payee>();
  for (const payee of atBank) sent.set((await ask(seeding, payee)).id, payee);
  const batch = await makeBatch(tx, CURRENCY, now);
  await readBankAnswer(tx, answerOf(batch.id, sent), now);
  for (const payee of PAYEES) if (payee.status === undefined) await ask(seeding, payee);
  await makeStatements(within, { now });
}

const ask = ({ tx, now }: Seeding, { key }: Payee) =>
  requestPayout(tx, { payeeId: demoId(key), currency: CURRENCY }, now);

/** An account that no bank has: its number is made from the name. */
function setBankAccount({ tx, now }: Seeding, key: string, holder: string): Promise<string> {
  const accountNumber = `6222${[...key].map((letter) => letter.charCodeAt(0) % 10).join('')}`
    .slice(0, 19)
    .padEnd(16, '0');
  const account = {
    kind: 'BANK',
    holder,
    country: 'CN',
    accountNumber,
    clearingCode: '102100099996',
  } as const;
  return setMethod(tx, { partyId: demoId(key), ...account }, now);
}

/** The bank's answer to a file, as pain.002. */
function answerOf(batchId: string, sent: ReadonlyMap<string, Payee>): string {
  const plain = (id: string) => id.replaceAll('-', '');
  const transactions = [...sent].map(
    ([id, { status }]) =>
      `<TxInfAndSts><OrgnlEndToEndId>${plain(id)}</OrgnlEndToEndId><TxSts>${status}</TxSts>` +
      `${status === 'RJCT' ? '<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf>' : ''}</TxInfAndSts>`,
  );
  return (
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>' +
    '<GrpHdr><MsgId>DEMO-ANSWER</MsgId><CreDtTm>2026-01-01T00:00:00Z</CreDtTm></GrpHdr>' +
    `<OrgnlGrpInfAndSts><OrgnlMsgId>${plain(batchId)}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>` +
    '</OrgnlGrpInfAndSts>' +
    `<OrgnlPmtInfAndSts><OrgnlPmtInfId>${plain(batchId)}</OrgnlPmtInfId>${transactions.join('')}</OrgnlPmtInfAndSts>` +
    '</CstmrPmtStsRpt></Document>'
  );
}
