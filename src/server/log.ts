import { type DestinationStream, destination, type Logger, pino } from 'pino';
import { sqlState } from '../db/database.ts';
import type { Config } from './config.ts';

/**
 * The log of a process, in JSON lines: to the target, or where the configuration says. What is written names no
 * credentials and no values of statements; what looks like a credential all the same is struck out of each line.
 */
export function openLog({ logFile, logLevel }: Config, target?: DestinationStream): Logger {
  return pino(
    {
      level: logLevel,
      redact: ['req', 'headers', '*.authorization', '*.cookie', '*.password', '*.secret', '*.token'],
      serializers: { err: describeError },
      hooks: { streamWrite: strikeOut },
    },
    target ?? destination({ dest: logFile ?? 2, mkdir: true, sync: false }),
  );
}

/** What looks like a credential. */
const CREDENTIALS = new RegExp(
  [
    // API keys, secrets of webhooks, access tokens.
    /ga_[a-z]{2,10}_[\w-]{22}_[\w-]+/,
    /whsec_[\w+/=-]+/,
    /eyJ[\w-]+\.[\w-]+\.[\w-]*/,
    /(?<=\bBearer )[^\s"\\]+/,
    // Passwords and signatures in addresses.
    /(?<=:\/\/[^\s:/@"]*:)[^\s@"]+(?=@)/,
    /(?<=\bsignature=)[\w%-]+/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

/** The line without what looks like a credential. */
export const strikeOut = (line: string): string => line.replace(CREDENTIALS, '[struck out]');

const MOST_CAUSES = 5;

interface DescribedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly where?: object;
  readonly stack?: string;
  readonly cause?: DescribedError;
}

/**
 * What the log tells of an error. MikroORM puts the whole statement with its values into a message, and PostgreSQL the
 * values of a row into its details: of those two only what names things of ours is kept.
 */
export function describeError(error: unknown, left = MOST_CAUSES): DescribedError {
  if (!(error instanceof Error))
    return { type: typeof error, message: 'Something that is no error was thrown.' };
  const { code, previous, cause, constraint, table, column } = error as Error & Record<string, unknown>;
  const inner = previous ?? cause;
  const state = sqlState(error);
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.constructor.name,
    message: state === undefined ? error.message : ofStatement(error, state),
    ...(typeof code === 'string' && { code }),
    ...(typeof constraint === 'string' && { where: { constraint, table, column } }),
    ...(frames && frames.length > 0 && { stack: frames.join('\n') }),
    ...(inner instanceof Error && left > 0 && { cause: describeError(inner, left - 1) }),
  };
}

/** Only what PostgreSQL itself said, and of that not what it could not read, which class 22 repeats in quotation marks. */
function ofStatement(error: Error, state: string): string {
  if (error.constructor.name !== 'DatabaseError') return `A statement failed with SQLSTATE ${state}.`;
  const [line = ''] = error.message.split('\n', 1);
  return state.startsWith('22') ? line.replace(/".*"/, '"…"') : line;
}
