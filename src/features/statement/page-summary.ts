import type { AccountKind, TransferKind } from '../ledger/index.ts';
import { ACCOUNT_LABELS, KIND_LABELS, type Label } from './page-labels.ts';
import { amountText, both } from './page-text.ts';
import type { StatementAccountRow, StatementTotalRow, WholeStatement } from './statement-rows.ts';

/**
 * The summary: a column for each account and one for their sum, a row for each kind of transfer between the opening and
 * the closing balances. Each figure leads to its lines. The tax withheld of a payee has its row also where there is none.
 */
export function summaryTable({ statement, accounts, totals }: WholeStatement): string {
  const { currency, partyKind } = statement;
  const isPayee = partyKind === 'CREATOR' || partyKind === 'AGENCY';
  const present = new Set(totals.map(({ kind }) => kind));
  const kinds = (Object.keys(KIND_LABELS) as TransferKind[]).filter(
    (kind) => present.has(kind) || (isPayee && kind === 'WITHHOLDING'),
  );
  const balances = (label: Label, amountOf: (account: StatementAccountRow) => bigint, sumMinor: bigint) =>
    row({
      label,
      cells: accounts.map((each) => amountText(amountOf(each), currency)),
      currency,
      sumMinor,
      name: 'sum',
    });
  const heads = accounts.map(
    ({ kind }) => `<th class="amount"><a href="#${kind}">${both(ACCOUNT_LABELS[kind])}</a></th>`,
  );
  return `<h2>${both(['汇总', 'Summary'])}</h2><div class="scroll"><table class="summary"><thead><tr>
<th>${both(['项目', 'Item'])}</th>${heads.join('')}<th class="amount">${both(['合计', 'Total'])}</th></tr></thead><tbody>
${balances(['期初余额', 'Opening balance'], (each) => each.openingMinor, statement.openingMinor)}
${kinds.map((kind) => kindRow(kind, accounts, totals, currency)).join('\n')}
${balances(['期末余额', 'Closing balance'], (each) => each.closingMinor, statement.closingMinor)}
</tbody></table></div>
`;
}

function kindRow(
  kind: TransferKind,
  accounts: readonly StatementAccountRow[],
  totals: readonly StatementTotalRow[],
  currency: string,
): string {
  const own = totals.filter((total) => total.kind === kind);
  const changeOf = ({ inMinor, outMinor }: StatementTotalRow): bigint => inMinor - outMinor;
  const cells = accounts.map((account) => {
    const total = own.find(({ accountKind }) => accountKind === account.kind);
    if (total === undefined) return '';
    return `<a href="#${anchorOf(account.kind, kind)}">${amountText(changeOf(total), currency)}</a>`;
  });
  const sumMinor = own.reduce((sum, total) => sum + changeOf(total), 0n);
  const name = kind === 'WITHHOLDING' ? 'tax' : '';
  return row({ label: KIND_LABELS[kind], cells, currency, sumMinor, name });
}

interface Row {
  readonly label: Label;
  /** HTML. */
  readonly cells: readonly string[];
  readonly currency: string;
  readonly sumMinor: bigint;
  readonly name: string;
}

const row = ({ label, cells, currency, sumMinor, name }: Row): string => `<tr class="${name}">
<th scope="row">${both(label)}</th>${cells.map((cell) => `<td class="amount">${cell}</td>`).join('')}
<td class="amount">${amountText(sumMinor, currency)}</td></tr>`;

/** The place of the first line of a kind in an account. */
export const anchorOf = (account: AccountKind, kind: TransferKind): string => `${account}-${kind}`;
