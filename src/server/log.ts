import { type DestinationStream, destination, type Logger, pino } from 'pino';
import type { Config } from './config.ts';

/** The log of a process, in JSON lines: to the target, or where the configuration says. No credentials are written. */
export function openLog({ logFile, logLevel }: Config, target?: DestinationStream): Logger {
  const redact = ['req.headers.authorization', 'req.headers.cookie'];
  return pino(
    { level: logLevel, redact },
    target ?? destination({ dest: logFile ?? 2, mkdir: true, sync: false }),
  );
}
