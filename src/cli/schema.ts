import type { Command } from 'commander';
import { SetUpError } from '../kernel/set-up-error.ts';
import { parts } from './parts.ts';
import { openTerminal } from './terminal.ts';

interface SchemaOptions {
  readonly check?: boolean;
  readonly print?: boolean;
  readonly release?: boolean;
  readonly json?: boolean;
}

/** `alliance schema`: the printed GraphQL schema and the manifests of trusted documents; needs no database. */
export function addSchema(program: Command): void {
  program
    .command('schema')
    .description('Write the GraphQL schema and the manifests of trusted documents below schema/.')
    .option('--check', 'write nothing, and exit 1 when a file is stale')
    .option('--print', 'write the schema to standard output instead')
    .option('--release', 'keep them below schema/released/, too, for later versions to be compared with')
    .option('--json', 'print {"files", "changed"} as JSON')
    .action(async (options: SchemaOptions) => {
      const { printAllianceSchema } = await parts.schema();
      if (!options.print) return writeGenerated(options);
      const printed = printAllianceSchema();
      openTerminal(options.json ?? false).answer({ schema: printed }, printed.trimEnd());
    });
}

async function writeGenerated({ check, release, json }: SchemaOptions): Promise<void> {
  const { generatedFiles, releasedFiles, staleFiles, writeFiles } = await parts.generatedFiles();
  const files = [...generatedFiles(), ...(release ? releasedFiles() : [])];
  const stale = staleFiles(files);
  const changed = stale.map(({ path }) => path);
  if (check && changed.length > 0) {
    const subject = changed.length === 1 ? `${changed[0]} is` : `${changed.join(', ')} are`;
    throw new SetUpError(`${subject} stale: run "npm run schema" and commit what it writes.`);
  }
  writeFiles(stale);
  const text = changed.length === 0 ? 'All files are up to date.' : `Written: ${changed.join(', ')}.`;
  openTerminal(json ?? false).answer({ files: files.map(({ path }) => path), changed }, text);
}
