import type { Command } from 'commander';
import { SetUpError } from '../kernel/set-up-error.ts';
import { onAlliance } from './command.ts';
import { presentOf } from './open-clock.ts';

/** `alliance operator`: the way in for the first operator, whom nobody inside could let in. */
export function addOperator(program: Command): void {
  program
    .command('operator')
    .description(
      'Make a person an operator of the alliance: the first one, since later ones are let in by the API.',
    )
    .argument('<subject>', "the person's subject in the issuer's access tokens")
    .option('--issuer <issuer>', 'the issuer of the tokens; OIDC_ISSUER when left out')
    .option('--name <name>', 'a name for the person', 'Operator')
    .option('--json', 'print {"operator", "issuer"} as JSON')
    .action((subject: string, options: { issuer?: string; name: string; json?: boolean }) =>
      onAlliance(options, async ({ config, database, terminal }) => {
        const issuer = options.issuer ?? config.oidc?.issuer;
        if (issuer === undefined) throw new SetUpError('Name the issuer: set OIDC_ISSUER, or give --issuer.');
        const { foundByConfig } = await import('./found.ts');
        const { seatUser } = await import('../features/account/index.ts');
        const now = await presentOf(database);
        const allianceId = await foundByConfig(database, config, now);
        const person = { issuer, subject, name: options.name };
        await database.transaction((tx) => seatUser(tx, person, allianceId, 'OWNER', now));
        terminal.answer({ operator: subject, issuer }, `${subject} of ${issuer} is an operator.`);
      }),
    );
}
