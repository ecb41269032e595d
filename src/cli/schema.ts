import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { SetUpError } from '../kernel/set-up-error.ts';
import { parts } from './parts.ts';
import { openTerminal } from './terminal.ts';

const FILE = fileURLToPath(new URL('../../schema/schema.graphql', import.meta.url));
const NAME = 'schema/schema.graphql';

/** `alliance schema`: the printed GraphQL schema; needs no database. */
export function addSchema(program: Command): void {
  program
    .command('schema')
    .description(`Write the GraphQL schema to ${NAME}.`)
    .option('--check', 'write nothing, and exit 1 when the file is stale')
    .option('--print', 'write it to standard output instead')
    .option('--json', 'print {"file", "changed"} as JSON')
    .action(async (options: { check?: boolean; print?: boolean; json?: boolean }) => {
      const terminal = openTerminal(options.json ?? false);
      const { printAllianceSchema } = await parts.schema();
      const printed = printAllianceSchema();
      if (options.print) {
        terminal.answer({ schema: printed }, printed.trimEnd());
        return;
      }
      const isChanged = !existsSync(FILE) || readFileSync(FILE, 'utf8') !== printed;
      if (isChanged && options.check)
        throw new SetUpError(`${NAME} is stale: run "npm run schema" and commit it.`);
      if (isChanged) writeFileSync(FILE, printed);
      terminal.answer(
        { file: NAME, changed: isChanged },
        `${NAME} ${isChanged ? 'written' : 'is up to date'}.`,
      );
    });
}
