import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import type { PartyKind } from '../../graphql/actor.ts';
import { maxOf } from '../../kernel/money.ts';
import type { AccountKind, TransferKind } from '../ledger/index.ts';
import { type Posting, postingsOf } from './read-postings.ts';
import { hashedText, hashOfLines } from './statement-hash.ts';
import type { Month } from './statement-month.ts';
import type { StatementAccountRow, StatementTotalRow } from './statement-rows.ts';

/** Whose statement it is: one per party and currency. */
export interface StatementKey {
  readonly partyId: string;
  /** ISO 4217. */
  readonly currency: string;
}

export type DraftAccount = Omit<StatementAccountRow, 'statementId' | 'currency'>;
export type DraftTotal = Omit<StatementTotalRow, 'statementId' | 'currency'> & { readonly accountId: string };

/** A statement that has all but its number. */
export interface Draft extends StatementKey {
  readonly partyKind: PartyKind;
  readonly partyName: string;
  readonly openingMinor: bigint;
  readonly closingMinor: bigint;
  readonly accounts: readonly DraftAccount[];
  readonly totals: readonly DraftTotal[];
}

interface AccountInMonth extends StatementKey {
  readonly accountId: string;
  readonly kind: AccountKind;
  readonly partyKind: PartyKind;
  readonly partyName: string;
  readonly openingMinor: bigint;
  readonly firstPosting: bigint;
  readonly lastPosting: bigint;
  readonly closingMinor: bigint;
}

/**
 * Works out the statements of a month that is closed for these parties. Nothing is locked: what was posted before the
 * end of the month does not change any more. Throws when the lines of an account do not lead to its balance.
 */
export async function draftStatements(
  db: Sql,
  keys: readonly StatementKey[],
  month: Month,
): Promise<Draft[]> {
  const accounts = await readAccounts(db, keys, month);
  const tallies = await tally(db, accounts);
  const byParty = Map.groupBy(accounts, ({ partyId, currency }) => `${partyId}/${currency}`);
  return [...byParty.values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : [toDraft([first, ...rest], tallies)],
  );
}

/** What the accounts were at the month's end, from where the statement before it has ended. */
function readAccounts(db: Sql, keys: readonly StatementKey[], { endsAt }: Month): Promise<AccountInMonth[]> {
  const lastBefore = (side: 'from' | 'to') => sql`(
    select ${sql.ref(`f.${side}_posting`)} as posting, ${sql.ref(`f.${side}_balance_minor`)} as balance_minor
    from ledger_transfer f where ${sql.ref(`f.${side}_account_id`)} = a.id and f.posted_at < ${endsAt}
    order by f.posted_at desc, ${sql.ref(`f.${side}_posting`)} desc limit 1)`;
  return db.rows(sql<AccountInMonth>`
    select a.party_id as "partyId", a.currency, a.id as "accountId", a.kind, p.kind as "partyKind", p.name as "partyName",
      coalesce(c.closing_minor, 0) as "openingMinor", coalesce(c.last_posting, 0) + 1 as "firstPosting",
      coalesce(l.posting, c.last_posting) as "lastPosting", coalesce(l.balance_minor, c.closing_minor) as "closingMinor"
    from ${keysOf(keys)} join ledger_account a using (party_id, currency) join party p on p.id = a.party_id
    left join lateral (select s.id from statement s where s.party_id = a.party_id and s.currency = a.currency
      order by s.month desc limit 1) s on true
    left join statement_account c on c.statement_id = s.id and c.account_id = a.id
    left join lateral (select * from (${lastBefore('from')} union all ${lastBefore('to')}) e
      order by e.posting desc limit 1) l on true
    -- An account that was opened since the month was closed is left to the next statement.
    where a.last_posted_at >= ${endsAt} and (l.posting is not null or c.last_posting is not null)
    order by a.party_id, a.currency, a.kind collate "C"`);
}

export const keysOf = (keys: readonly StatementKey[]) => sql`unnest(
  ${keys.map(({ partyId }) => partyId)}::uuid[], ${keys.map(({ currency }) => currency)}::text[]) k (party_id, currency)`;

interface Tally {
  readonly hash: ReturnType<typeof hashOfLines>;
  balanceMinor: bigint;
  readonly kinds: Map<TransferKind, { transfers: bigint; inMinor: bigint; outMinor: bigint }>;
}

/** Goes through all lines of the accounts once, in bounded memory. */
async function tally(db: Sql, accounts: readonly AccountInMonth[]): Promise<Map<string, Tally>> {
  const tallies = new Map(
    accounts.map(({ accountId, openingMinor }): [string, Tally] => [
      accountId,
      { hash: hashOfLines(), balanceMinor: openingMinor, kinds: new Map() },
    ]),
  );
  for await (const page of postingsOf(db, accounts)) {
    for (const line of page) count(tallies.get(line.accountId), line);
  }
  return tallies;
}

function count(tally: Tally | undefined, line: Posting): void {
  if (tally === undefined) return;
  tally.hash.update(hashedText(line));
  tally.balanceMinor += line.changeMinor;
  const { transfers = 0n, inMinor = 0n, outMinor = 0n } = tally.kinds.get(line.kind) ?? {};
  tally.kinds.set(line.kind, {
    transfers: transfers + 1n,
    inMinor: inMinor + maxOf(line.changeMinor, 0n),
    outMinor: outMinor + maxOf(-line.changeMinor, 0n),
  });
}

type Accounts = readonly [AccountInMonth, ...AccountInMonth[]];

function toDraft(accounts: Accounts, tallies: ReadonlyMap<string, Tally>): Draft {
  const { partyId, currency, partyKind, partyName } = accounts[0];
  const rows = accounts.map((account) => toDraftAccount(account, tallies.get(account.accountId)));
  const sum = (amountOf: (row: DraftAccount) => bigint): bigint =>
    rows.reduce((total, row) => total + amountOf(row), 0n);
  const totals = accounts.flatMap(({ accountId, kind: accountKind }) =>
    [...(tallies.get(accountId)?.kinds ?? [])].map(([kind, figures]) => {
      return { accountId, accountKind, kind, ...figures };
    }),
  );
  const openingMinor = sum((row) => row.openingMinor);
  const closingMinor = sum((row) => row.closingMinor);
  return {
    partyId,
    currency,
    partyKind,
    partyName,
    openingMinor,
    closingMinor,
    accounts: rows,
    totals,
  };
}

function toDraftAccount(account: AccountInMonth, tally: Tally | undefined): DraftAccount {
  const { accountId, kind, firstPosting, lastPosting, openingMinor, closingMinor } = account;
  const figures = [...(tally?.kinds.values() ?? [])];
  const transfers = figures.reduce((total, each) => total + each.transfers, 0n);
  if (tally?.balanceMinor !== closingMinor || transfers !== lastPosting - firstPosting + 1n) {
    throw new Error(
      `The lines of ledger account ${accountId} do not lead from ${openingMinor} to ${closingMinor}.`,
    );
  }
  return {
    accountId,
    kind,
    firstPosting,
    lastPosting,
    openingMinor,
    closingMinor,
    inMinor: figures.reduce((total, each) => total + each.inMinor, 0n),
    outMinor: figures.reduce((total, each) => total + each.outMinor, 0n),
    linesSha256: tally.hash.digest('hex'),
  };
}
