import { bankId } from '../../src/features/payout/pain001.ts';
import { PAIN_002 } from '../../src/features/payout/pain002.ts';

/** What a bank says in a pain.002, as far as a test wants it said. */
export interface Report {
  readonly batchId: string;
  readonly count?: string;
  readonly sum?: string;
  readonly group?: string;
  readonly payment?: string;
  readonly transactions?: readonly TransactionReport[];
}

export interface TransactionReport {
  readonly payoutId: string;
  readonly status: string;
  readonly reason?: string;
  readonly detail?: string;
  /** Such as `<InstdAmt Ccy="CNY">1.00</InstdAmt>`. */
  readonly amount?: string;
}

const tag = (name: string, content: string | undefined): string =>
  content === undefined ? '' : `<${name}>${content}</${name}>`;

/** Writes a report as a bank does. */
export function toPain002({ batchId, count, sum, group, payment, transactions = [] }: Report): string {
  const id = bankId(batchId);
  const totals = tag('OrgnlNbOfTxs', count) + tag('OrgnlCtrlSum', sum);
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="${PAIN_002}"><CstmrPmtStsRpt>
<GrpHdr><MsgId>BANK-1</MsgId><CreDtTm>2026-06-17T08:00:00Z</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>${id}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>${totals}${tag('GrpSts', group)}
</OrgnlGrpInfAndSts>
<OrgnlPmtInfAndSts><OrgnlPmtInfId>${id}</OrgnlPmtInfId>${tag('PmtInfSts', payment)}
${transactions.map(toTransaction).join('\n')}
</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`;
}

function toTransaction({ payoutId, status, reason, detail, amount }: TransactionReport): string {
  const reasons =
    reason === undefined ? '' : tag('StsRsnInf', tag('Rsn', tag('Cd', reason)) + tag('AddtlInf', detail));
  const original = amount === undefined ? '' : tag('OrgnlTxRef', tag('Amt', amount));
  const ids = tag('OrgnlEndToEndId', bankId(payoutId)) + tag('TxSts', status);
  return tag('TxInfAndSts', ids + reasons + original);
}
