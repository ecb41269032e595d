import type { Sql } from '../../db/database.ts';
import { type Posting, postingsOf } from './read-postings.ts';
import { hashedText, hashOfLines, hashOfStatement } from './statement-hash.ts';
import type { StatementAccountRow, WholeStatement } from './statement-rows.ts';

/**
 * Works the hashes of statements out again, of their figures and of the lines of each account; gives what does not agree,
 * by number. The lines of all of them are read in one go, a page at a time.
 */
export async function proveStatements(
  db: Sql,
  wholes: readonly WholeStatement[],
): Promise<{ number: string; problem: string }[]> {
  const problems = wholes
    .filter((whole) => hashOfStatement(whole) !== whole.statement.sha256)
    .map(({ statement: { number } }) => ({ number, problem: 'its figures have another hash' }));
  const accounts = wholes.flatMap(({ statement: { number }, accounts }) =>
    accounts.map((account) => ({ number, account, hash: hashOfLines() })),
  );
  const filled = accounts.filter(({ account }) => account.lastPosting >= account.firstPosting);
  let at = 0;
  for await (const page of postingsOf(
    db,
    filled.map(({ account }) => account),
  ))
    for (const line of page) {
      // Lines come in the order of the ranges; one that lacks makes the hash of its own account another.
      while (at < filled.length && !isIn(filled[at]?.account, line)) at += 1;
      filled[at]?.hash.update(hashedText(line));
    }
  return [
    ...problems,
    ...accounts
      .filter(({ account, hash }) => hash.digest('hex') !== account.linesSha256)
      .map(({ number, account }) => ({ number, problem: `the lines of ${account.kind} have another hash` })),
  ];
}

const isIn = (account: StatementAccountRow | undefined, line: Posting): boolean =>
  account?.accountId === line.accountId &&
  line.posting >= account.firstPosting &&
  line.posting <= account.lastPosting;
