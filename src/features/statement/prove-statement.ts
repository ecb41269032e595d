import type { Sql } from '../../db/database.ts';
import { postingsOf } from './read-postings.ts';
import { hashedText, hashOfLines, hashOfStatement } from './statement-hash.ts';
import type { WholeStatement } from './statement-rows.ts';

/** Works the hashes of a statement out again, of its figures and of the lines of each account; gives what does not agree. */
export async function proveStatement(db: Sql, whole: WholeStatement): Promise<string[]> {
  const problems: string[] = [];
  if (hashOfStatement(whole) !== whole.statement.sha256) problems.push('its figures have another hash');
  for (const account of whole.accounts) {
    const hash = hashOfLines();
    for await (const page of postingsOf(db, [account]))
      for (const line of page) hash.update(hashedText(line));
    if (hash.digest('hex') !== account.linesSha256)
      problems.push(`the lines of ${account.kind} have another hash`);
  }
  return problems;
}
