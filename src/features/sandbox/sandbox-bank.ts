import { sql } from 'kysely';
import type { Database, Sql } from '../../db/database.ts';
import { readBankAnswer } from '../payout/index.ts';
import { outcomeFor } from './sandbox-provider.ts';

interface Unanswered {
  readonly xml: string;
}

/**
 * The bank of a sandbox: answers every file that was made for it (pain.001) with one of its own (pain.002), payment by
 * payment, on the way that a real answer takes. Gives how many files it has answered.
 */
export async function answerBankFiles(database: Database, now: Date): Promise<number> {
  const files = await database.rows(sql<Unanswered>`
    select b.xml from payout_batch b where exists (select from payout p
      where p.batch_id = b.id and p.state = 'SENT' and p.answers = 0) order by b.id`);
  for (const { xml } of files)
    await database.transaction((tx: Sql) => readBankAnswer(tx, answerOf(xml), now));
  return files.length;
}

const PAYMENT = /<EndToEndId>([^<]+)<\/EndToEndId>[\s\S]*?<Cdtr>\s*<Nm>([^<]+)<\/Nm>/g;
const STATUS = { PENDING: 'PDNG', CONFIRMED: 'ACSC', FAILED: 'RJCT' } as const;

function answerOf(file: string): string {
  const messageId = /<MsgId>([^<]+)<\/MsgId>/.exec(file)?.[1] ?? '';
  const payments = [...file.matchAll(PAYMENT)].map(([, id, holder = '']) => {
    const { said, code, detail } = outcomeFor(holder);
    const reason = code
      ? `<StsRsnInf><Rsn><Cd>${code}</Cd></Rsn><AddtlInf>${detail ?? ''}</AddtlInf></StsRsnInf>`
      : '';
    return `<TxInfAndSts><OrgnlEndToEndId>${id}</OrgnlEndToEndId><TxSts>${STATUS[said]}</TxSts>${reason}</TxInfAndSts>`;
  });
  return (
    '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>' +
    `<OrgnlGrpInfAndSts><OrgnlMsgId>${messageId}</OrgnlMsgId></OrgnlGrpInfAndSts>` +
    `<OrgnlPmtInfAndSts>${payments.join('')}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`
  );
}
