import type { Command } from 'commander';
import { readConfig, readEnvironment } from '../server/config.ts';

/** `alliance serve`: the same as `npm start`. */
export function addServe(program: Command): void {
  program
    .command('serve')
    .description('Start the alliance: database, demo (outside production), server; Ctrl-C stops it all.')
    .option('--port <number>', 'instead of PORT')
    .option('--host <address>', 'instead of HOST')
    .action(async ({ port, host }: { port?: string; host?: string }) => {
      const { serveAlliance } = await import('./serve-alliance.ts');
      const env = readEnvironment();
      await serveAlliance(readConfig({ ...env, PORT: port ?? env.PORT, HOST: host ?? env.HOST }));
      process.exit(0);
    });
}
