import type { Command } from 'commander';
import { onAlliance } from './command.ts';
import { parts } from './parts.ts';

/** `alliance verify`: re-runs every proof and every invariant over the data. */
export function addVerify(program: Command): void {
  program
    .command('verify')
    .description(
      'Work out every commission again from its own proof and check every invariant; exits 1 when one fails.',
    )
    .option('--json', 'print the result as JSON')
    .action((options: { json?: boolean }) =>
      onAlliance(options, async ({ database, terminal }) => {
        const { verify } = await parts.verify();
        const result = await verify(database, { onProgress: terminal.onProgress });
        const lines = result.failures.map(({ check, message }) => `${check}: ${message}`);
        const end = lines.length === 0 ? `All ${result.checks} checks hold.` : `${lines.length} failures.`;
        const detached = result.detached.map(
          ({ month, lines: count }) =>
            `Detached and not checked: ${month}, ${count} lines; their sums in the ledger are.`,
        );
        terminal.answer(result, [...lines, ...detached, end].join('\n'));
        return lines.length === 0 ? 0 : 1;
      }),
    );
}
