import { createHash, type Hash } from 'node:crypto';
import { toGlobalId } from '../../kernel/ids.ts';
import type { Posting } from './read-postings.ts';
import type { StatementAccountRow, StatementRow, StatementTotalRow } from './statement-rows.ts';

/** The figures of a statement that its hash is over. */
export interface StatementFigures {
  readonly statement: Omit<StatementRow, 'id' | 'sha256' | 'madeAt'>;
  readonly accounts: readonly Omit<StatementAccountRow, 'statementId' | 'accountId' | 'currency'>[];
  readonly totals: readonly Omit<StatementTotalRow, 'statementId' | 'currency'>[];
}

const PARTY_TYPES = { ALLIANCE: 'Alliance', BRAND: 'Brand', AGENCY: 'Agency', CREATOR: 'Creator' } as const;

/**
 * All figures of a statement as the document that stands in its JSON file under `statement`. Amounts are minor units as
 * text, so that no reader of JSON rounds them.
 */
export function toDocument({ statement, accounts, totals }: StatementFigures) {
  return {
    format: 'goods-alliance-statement/1',
    number: statement.number,
    month: statement.month,
    from: statement.startsAt.toISOString(),
    to: statement.endsAt.toISOString(),
    party: {
      id: toGlobalId(PARTY_TYPES[statement.partyKind], statement.partyId),
      kind: statement.partyKind,
      name: statement.partyName,
    },
    currency: statement.currency,
    openingMinor: String(statement.openingMinor),
    closingMinor: String(statement.closingMinor),
    accounts: [...accounts].sort(by(({ kind }) => kind)).map((account) => ({
      kind: account.kind,
      firstPosting: String(account.firstPosting),
      lastPosting: String(account.lastPosting),
      openingMinor: String(account.openingMinor),
      inMinor: String(account.inMinor),
      outMinor: String(account.outMinor),
      closingMinor: String(account.closingMinor),
      linesSha256: account.linesSha256,
    })),
    totals: [...totals].sort(by(({ accountKind, kind }) => `${accountKind} ${kind}`)).map((total) => ({
      account: total.accountKind,
      kind: total.kind,
      transfers: String(total.transfers),
      inMinor: String(total.inMinor),
      outMinor: String(total.outMinor),
    })),
  };
}

/** SHA-256, in hexadecimal, of the canonical JSON of a statement's document. */
export const hashOfStatement = (figures: StatementFigures): string =>
  createHash('sha256')
    .update(canonicalJson(toDocument(figures)))
    .digest('hex');

type Json = string | readonly Json[] | { readonly [key: string]: Json };

/** JSON without spaces and with sorted keys, as RFC 8785 has it for documents that hold only texts. */
export function canonicalJson(value: Json): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const pairs = Object.entries(value).sort(by(([key]) => key));
  return `{${pairs.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`).join(',')}}`;
}

/** The hash of an account's lines, to be fed line by line in the order of postings. */
export const hashOfLines = (): Hash => createHash('sha256');

/** The text of a line that is hashed: its fields between tabs, the amount with a sign, and a line end. */
export const hashedText = (line: Posting): string =>
  `${[
    line.posting,
    line.transactionId,
    line.transferNo,
    line.kind,
    line.changeMinor,
    line.balanceMinor,
    line.occurredAt.toISOString(),
    line.postedAt.toISOString(),
  ].join('\t')}\n`;

/** By a text, in the order of its code units. */
function by<Item>(textOf: (item: Item) => string) {
  return (one: Item, other: Item): number => {
    const [a, b] = [textOf(one), textOf(other)];
    return a < b ? -1 : Number(a > b);
  };
}
