import type { Command } from 'commander';
import { SetUpError } from '../kernel/set-up-error.ts';
import { onAlliance } from './command.ts';
import { isFounded } from './is-founded.ts';
import { presentOf } from './open-clock.ts';
import { parts } from './parts.ts';

/** `alliance seed`: fills an empty alliance with the demo. */
export function addSeed(program: Command): void {
  program
    .command('seed')
    .description(
      'Fill an empty alliance with the demo: brands, products, creators, agencies and their orders.',
    )
    .option('--json', 'print what was made as JSON')
    .action((options: { json?: boolean }) =>
      onAlliance(options, async ({ config, database, terminal }) => {
        if (config.mode === 'production') throw new SetUpError('NODE_ENV=production takes no demo.');
        if (await isFounded(database)) {
          terminal.answer(
            { seeded: false },
            'This alliance has members already; the demo is only for an empty one.',
          );
          return;
        }
        const { seedDemo } = await parts.demo();
        const counts = await seedDemo(database, {
          now: await presentOf(database),
          onProgress: terminal.onProgress,
        });
        terminal.answer({ seeded: true, ...counts }, `The demo is in: ${describeCounts(counts)}.`);
      }),
    );
}

function describeCounts(counts: object): string {
  return Object.entries(counts)
    .map(([name, count]) => `${Number(count).toLocaleString('en')} ${name}`)
    .join(', ');
}
