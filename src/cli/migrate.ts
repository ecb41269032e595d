import type { Command } from 'commander';
import { onAlliance } from './command.ts';

/** `alliance migrate`: brings the database to the form of this version. */
export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description('Bring the database to the form of this version (the other commands do it by themselves).')
    .option('--json', 'print {"applied": [names]} as JSON')
    .action((options: { json?: boolean }) =>
      onAlliance(options, async ({ migrated, terminal }) => {
        const text = migrated.length === 0 ? 'Nothing to migrate.' : `Applied ${migrated.join(', ')}.`;
        terminal.answer({ applied: migrated }, text);
      }),
    );
}
