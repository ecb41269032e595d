import type { Sql } from '../../db/database.ts';
import { type Posting, postingsOf } from './read-postings.ts';
import { toDocument } from './statement-hash.ts';
import type { WholeStatement } from './statement-rows.ts';

/**
 * A statement as JSON: `statement` with all figures, `sha256` of its canonical form, and `lines`, a line of text each.
 * Amounts are minor units as text.
 */
export async function* statementJson(db: Sql, whole: WholeStatement): AsyncGenerator<string> {
  const { statement, accounts } = whole;
  yield `{\n"statement": ${JSON.stringify(toDocument(whole))},\n"sha256": "${statement.sha256}",\n"lines": [`;
  let before = '\n';
  for await (const page of postingsOf(db, accounts)) {
    yield before + page.map((line) => JSON.stringify(toLine(line))).join(',\n');
    before = ',\n';
  }
  yield '\n]\n}\n';
}

const toLine = (line: Posting) => ({
  account: line.accountKind,
  posting: String(line.posting),
  transactionId: line.transactionId,
  transferNo: String(line.transferNo),
  kind: line.kind,
  changeMinor: String(line.changeMinor),
  balanceMinor: String(line.balanceMinor),
  occurredAt: line.occurredAt.toISOString(),
  postedAt: line.postedAt.toISOString(),
  counterpart: line.counterpartName,
  counterpartAccount: line.counterpartAccount,
});
