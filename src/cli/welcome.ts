import type { Clock } from '../kernel/clock.ts';
import type { Config } from '../server/config.ts';
import type { AllianceServer } from '../server/server.ts';

/** What the terminal shows once requests are served: where to go, and as whom. */
export function welcome(config: Config, { url, identities }: AllianceServer, sandbox?: Clock): string {
  const place = config.databaseUrl ? 'DATABASE_URL' : `embedded PostgreSQL in ${config.dataFolder}`;
  const lines = [
    'The goods alliance is open.',
    '',
    `  Explorer  ${url}/graphiql`,
    `  GraphQL   ${url}/graphql`,
    `  Health    ${url}/healthz`,
    '',
    `  Data      ${place}`,
    `  Log       ${config.logFile ?? 'standard error'}`,
    ...(sandbox ? describeSandbox(sandbox) : []),
    ...describeIdentities(identities, url),
    '',
    'Ctrl-C stops it; the data is kept.',
  ];
  return `\n${lines.join('\n')}\n\n`;
}

function describeSandbox(clock: Clock): string[] {
  return [
    '',
    `This is a sandbox. In it the time is ${clock.now().toISOString()}, and it stands still until it is moved:`,
    '  npm run -s alliance -- sandbox advance --by 8d      or sandboxClockAdvance in the API, as an operator',
    '  sandboxStories lists ready stories, and sandboxStoryRun runs one.',
  ];
}

function describeIdentities(identities: AllianceServer['identities'], url: string): string[] {
  if (identities.length === 0) return [];
  return [
    '',
    'Demo identities (pick one in the explorer, or ask for its token):',
    ...identities.map(
      ({ id, title, organisation }) => `  ${id.padEnd(22)}${title}${organisation ? `, ${organisation}` : ''}`,
    ),
    '',
    `  curl -s ${url}/demo/token -H 'content-type: application/json' -d '{"identity":"${identities[0]?.id}"}'`,
  ];
}
