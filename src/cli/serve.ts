import type { Command } from 'commander';
import { readConfig, readEnvironment } from '../server/config.ts';

/** `alliance serve`: the same as `npm start`. */
export function addServe(program: Command): void {
  program
    .command('serve')
    .description(
      'Start the alliance: database, demo (outside production), server and worker; Ctrl-C stops it all.',
    )
    .option('--port <number>', 'instead of PORT')
    .option('--host <address>', 'instead of HOST')
    .option('--no-worker', 'serve requests only, and leave what has its hours to `alliance worker`')
    .action(async ({ port, host, worker }: { port?: string; host?: string; worker: boolean }) => {
      const { serveAlliance } = await import('./serve-alliance.ts');
      const env = readEnvironment();
      await serveAlliance(readConfig({ ...env, PORT: port ?? env.PORT, HOST: host ?? env.HOST }), { worker });
      process.exit(0);
    });
}
