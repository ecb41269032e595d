import type { Command } from 'commander';
import { toDecimal } from '../kernel/money.ts';
import { SetUpError } from '../kernel/set-up-error.ts';
import { onAlliance } from './command.ts';
import { parts } from './parts.ts';

interface Options {
  readonly orders?: string;
  readonly brand?: string;
  readonly source?: string;
  readonly json?: boolean;
}

/** `alliance reconcile`: compares every two records of the same money. */
export function addReconcile(program: Command): void {
  program
    .command('reconcile')
    .description(
      'Compare lines, ledger, statements and payouts with each other, and with a shop’s own orders where given; lists ' +
        'each difference with its likely cause and exits 1 when there is any.',
    )
    .option(
      '--orders <file.csv>',
      'orders as the shop has them: order_no, line_no, item_total, goods_paid, refunded, state',
    )
    .option('--brand <id>', 'the brand whose orders they are, by its id in the API')
    .option('--source <name>', 'only lines that were reported under this source')
    .option('--json', 'print the result as JSON, amounts in minor units')
    .action((options: Options) =>
      onAlliance(options, async ({ database, terminal }) => {
        const orders = await ordersOf(options);
        const { reconcile } = await parts.reconcile();
        const result = await reconcile(database, { orders, onProgress: terminal.onProgress });
        const { comparisons, differences } = result;
        const side = (amountMinor: bigint | null, currency: string) =>
          amountMinor === null ? 'nothing' : `${toDecimal(amountMinor, currency)} ${currency}`;
        const lines = [
          ...comparisons.map(
            ({ left, right, things, different }) =>
              `${different === 0 ? 'agree ' : 'DIFFER'}  ${left} – ${right}: ${things} compared, ${different} different`,
          ),
          ...differences.map(
            ({ subject, currency, leftMinor, rightMinor, likelyCause }) =>
              `${subject}: ${side(leftMinor, currency)} – ${side(rightMinor, currency)}. ${likelyCause}`,
          ),
        ];
        terminal.answer(result, lines.join('\n'));
        return comparisons.some(({ different }) => different > 0) ? 1 : 0;
      }),
    );
}

async function ordersOf({ orders: file, brand, source }: Options) {
  if (file === undefined) return undefined;
  const { idOfType } = await import('../kernel/ids.ts');
  const brandId = idOfType(brand ?? '', 'Brand');
  if (brandId === undefined)
    throw new SetUpError('With --orders, --brand names the brand by its id in the API (Brand_…).');
  return { file, brandId, source };
}
