import type { Command } from 'commander';
import { readConfig, readEnvironment } from '../server/config.ts';

interface ServeOptions {
  readonly port?: string;
  readonly host?: string;
  readonly sandbox?: boolean;
  readonly worker: boolean;
}

/** `alliance serve`: the same as `npm start`. */
export function addServe(program: Command): void {
  program
    .command('serve')
    .description(
      'Start the alliance: database, demo (outside production), server and worker; Ctrl-C stops it all.',
    )
    .option('--port <number>', 'instead of PORT')
    .option('--host <address>', 'instead of HOST')
    .option('--sandbox', 'with a virtual clock that is moved through the API, as ALLIANCE_SANDBOX=yes')
    .option('--no-worker', 'serve requests only, and leave what has its hours to `alliance worker`')
    .action(async ({ port, host, sandbox, worker }: ServeOptions) => {
      const { serveAlliance } = await import('./serve-alliance.ts');
      const env = readEnvironment();
      const given = {
        PORT: port ?? env.PORT,
        HOST: host ?? env.HOST,
        ALLIANCE_SANDBOX: sandbox ? 'yes' : env.ALLIANCE_SANDBOX,
      };
      await serveAlliance(readConfig({ ...env, ...given }), { worker });
      process.exit(0);
    });
}
