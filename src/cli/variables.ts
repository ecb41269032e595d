import { VARIABLES } from '../server/config.ts';
import type { Variable } from '../server/config-values.ts';

/** The variables of the environment as lines for `alliance --help`. */
export function describeVariables(): string {
  const lines = Object.entries<Variable<unknown>>(VARIABLES).map(
    ([name, { about, default: usual }]) =>
      `  ${name.padEnd(26)}${about}${usual ? ` Default: ${usual}.` : ''}`,
  );
  return ['Variables (environment or .env):', ...lines].join('\n');
}

/** The same as the rows of the README's table. */
export function variableRows(): string[] {
  return Object.entries<Variable<unknown>>(VARIABLES).map(
    ([name, { about, default: usual }]) => `| \`${name}\` | ${usual ? `\`${usual}\`` : ''} | ${about} |`,
  );
}

/** The same as the text of `.env.example`. */
export function variableExample(): string {
  const blocks = Object.entries<Variable<unknown>>(VARIABLES).map(
    ([name, { about, value, default: usual }]) =>
      `# ${about}\n# ${name}=${usual ?? ''}\n#   (${value.allowed})`,
  );
  return `# Copy to .env and take the "# " away where you want another value.\n\n${blocks.join('\n\n')}\n`;
}
