import type { Sql } from '../../db/database.ts';
import type { TransferKind } from '../ledger/index.ts';
import { ACCOUNT_LABELS, KIND_LABELS, PARTY_LABELS } from './page-labels.ts';
import { PAGE_STYLE } from './page-style.ts';
import { anchorOf, summaryTable } from './page-summary.ts';
import { amountText, both, escapeHtml, localTime } from './page-text.ts';
import { orderLinesOf, type StatementOrderLine } from './read-order-lines.ts';
import { type Posting, postingsOf } from './read-postings.ts';
import type { StatementAccountRow, WholeStatement } from './statement-rows.ts';
import { toPercent } from './write-csv.ts';

/** Where the page leads to, and by which clock it tells times. */
export interface PageLinks {
  readonly csv: string;
  readonly orderLinesCsv: string;
  readonly json: string;
  /** IANA. */
  readonly timeZone: string;
}

/** A page shows so many order lines; the file has all. */
const MOST_ORDER_LINES = 5000;

/** A statement as a page to read and print, a part at a time. */
export async function* statementPage(
  db: Sql,
  whole: WholeStatement,
  links: PageLinks,
): AsyncGenerator<string> {
  yield pageHead(whole, links);
  yield summaryTable(whole);
  const left = { orderLines: MOST_ORDER_LINES };
  for (const account of whole.accounts) {
    yield accountHead(account);
    const seen = new Set<TransferKind>();
    for await (const page of postingsOf(db, [account])) yield* rowsOf(db, page, { links, seen, left });
    yield accountFoot(account);
  }
  yield pageFoot(whole, links);
}

interface Shown {
  readonly links: PageLinks;
  /** The kinds of the account that have a line: the first of each is where the summary leads to. */
  readonly seen: Set<TransferKind>;
  readonly left: { orderLines: number };
}

/** So many lines are written with their order lines at once. */
const LINES_AT_ONCE = 100;

async function* rowsOf(db: Sql, page: readonly Posting[], shown: Shown): AsyncGenerator<string> {
  for (let i = 0; i < page.length; i += LINES_AT_ONCE) {
    const lines = page.slice(i, i + LINES_AT_ONCE);
    const below = shown.left.orderLines > 0 ? await belowLines(db, lines, shown) : new Map();
    yield lines.map((line) => lineRow(line, shown) + (below.get(line) ?? []).join('')).join('');
  }
}

/** The rows of order lines by the line that they stand below, as far as there is room for them. */
async function belowLines(
  db: Sql,
  lines: readonly Posting[],
  { links, left }: Shown,
): Promise<Map<Posting, string[]>> {
  const below = new Map<Posting, string[]>();
  for await (const some of orderLinesOf(db, lines)) {
    for (const { line, orderLine } of some) {
      const rows = below.get(line) ?? [];
      below.set(line, rows);
      if (left.orderLines-- > 0) rows.push(orderLineRow(line, orderLine, links));
      else rows.push(moreRow(links));
      if (left.orderLines < 0) return below;
    }
  }
  return below;
}

const pageHead = ({ statement }: WholeStatement, links: PageLinks): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer"><title>${escapeHtml(`${statement.number} ${statement.partyName}`)}</title>
<style>${PAGE_STYLE}</style></head><body><main>
<header><div><h1>${escapeHtml(statement.partyName)}</h1><p>${both(PARTY_LABELS[statement.partyKind])}</p></div>
<div class="meta"><p>${both(['对账单', 'Statement'])}</p><p class="number">${statement.number}</p>
<p>${both(['账期', 'Month'])} ${statement.month} · ${statement.currency}</p>
<p class="en">${localTime(statement.startsAt, links.timeZone)} – ${localTime(statement.endsAt, links.timeZone)},
${escapeHtml(links.timeZone)}</p></div></header>
`;

function accountHead({ kind, openingMinor, currency }: StatementAccountRow): string {
  return `<section id="${kind}"><h2>${both(ACCOUNT_LABELS[kind])}</h2><div class="scroll"><table><thead><tr>
<th class="date">${both(['序号', 'No.'])}</th><th>${both(['入账时间', 'Posted'])}</th><th>${both(['类型', 'Kind'])}</th>
<th>${both(['对方', 'Counterpart'])}</th><th class="amount">${both(['收入', 'In'])}</th>
<th class="amount">${both(['支出', 'Out'])}</th><th class="amount">${both(['余额', 'Balance'])}</th></tr></thead><tbody>
<tr class="sum"><td colspan="6">${both(['期初余额', 'Opening balance'])}</td>
<td class="amount">${amountText(openingMinor, currency)}</td></tr>
`;
}

const accountFoot = (account: StatementAccountRow): string => `<tr class="sum">
<td colspan="4">${both(['期末余额', 'Closing balance'])}</td>
<td class="amount">${amountText(account.inMinor, account.currency)}</td>
<td class="amount">${amountText(account.outMinor, account.currency)}</td>
<td class="amount">${amountText(account.closingMinor, account.currency)}</td></tr></tbody></table></div></section>
`;

function lineRow(line: Posting, { links, seen }: Shown): string {
  const { kind, accountKind, changeMinor, currency } = line;
  const anchor = seen.has(kind) ? '' : ` id="${anchorOf(accountKind, kind)}"`;
  seen.add(kind);
  const amount = (minor: bigint): string => (minor > 0n ? amountText(minor, currency) : '');
  const counterpart =
    line.counterpartId === line.partyId
      ? both(ACCOUNT_LABELS[line.counterpartAccount])
      : escapeHtml(line.counterpartName);
  return `<tr${anchor}><td>${line.posting}</td><td class="date">${localTime(line.postedAt, links.timeZone)}</td>
<td>${both(KIND_LABELS[kind])}</td><td class="name">${counterpart}</td><td class="amount">${amount(changeMinor)}</td>
<td class="amount">${amount(-changeMinor)}</td><td class="amount">${amountText(line.balanceMinor, currency)}</td></tr>
`;
}

/** What the line brings or takes stands in the column of the line above it; a brand pays what its payees get. */
function orderLineRow(line: Posting, orderLine: StatementOrderLine, { timeZone }: PageLinks): string {
  const { currency, baseMinor, netMinor } = orderLine;
  const changeMinor = line.accountKind === 'ESCROW' ? -netMinor : netMinor;
  const rates = orderLine.parts.map(({ rateBp }) => `${toPercent(rateBp)} %`).join(', ');
  const title = `${orderLine.orderNo} / ${orderLine.lineNo} · ${orderLine.productTitle}`;
  return `<tr class="order"><td></td><td class="date">${localTime(orderLine.placedAt, timeZone)}</td>
<td class="name" colspan="2">${escapeHtml(title)} ·
${both(['计佣基数', 'base'])} ${amountText(baseMinor, currency)} · ${rates}</td>
<td class="amount">${changeMinor < 0n ? '' : amountText(changeMinor, currency)}</td>
<td class="amount">${changeMinor < 0n ? amountText(-changeMinor, currency) : ''}</td><td></td></tr>
`;
}

const moreRow = ({
  orderLinesCsv,
}: PageLinks): string => `<tr class="order"><td></td><td class="name" colspan="6">
<a href="${escapeHtml(orderLinesCsv)}">${both(['其余订单明细见 CSV 文件', 'All further order lines are in the CSV file'])}</a></td></tr>
`;

const pageFoot = ({ statement, accounts }: WholeStatement, links: PageLinks): string => `<footer>
<p class="screen"><a href="${escapeHtml(links.csv)}">CSV</a> · <a href="${escapeHtml(links.orderLinesCsv)}">CSV
${both(['订单明细', 'order lines'])}</a> · <a href="${escapeHtml(links.json)}">JSON</a></p>
<p>${both(['出具时间', 'Made'])} ${localTime(statement.madeAt, links.timeZone)} · SHA-256 ${statement.sha256}</p>
${accounts.map(({ kind, linesSha256 }) => `<p>${both(ACCOUNT_LABELS[kind])} · SHA-256 ${linesSha256}</p>`).join('\n')}
</footer></main></body></html>
`;
