import type { IncomingHttpHeaders } from 'node:http';
import type { EndedStatement } from '../db/watch.ts';
import type { RequestOperation } from './request-record.ts';

/** The trace of one request or job. */
export interface WorkTrace {
  readonly traceId: string;
  /** Says which operation the request is; statements that follow are beneath it. */
  operation(operation: RequestOperation): void;
  statement(statement: EndedStatement): void;
  /** Ends it. A status from 500 on, or a failure, makes it one that failed. */
  end(outcome: {
    readonly status?: number;
    readonly codes?: readonly string[];
    readonly failed?: boolean;
  }): void;
}

/** Where traces are begun. */
export interface Tracing {
  /** A request; it goes on with the trace of the caller where that has sent one. */
  request(request: {
    readonly method: string;
    readonly route: string;
    readonly headers: IncomingHttpHeaders;
  }): WorkTrace;
  /** Work that nobody has asked for: a job. */
  work(name: string): WorkTrace;
  /** Sends what has not been sent. */
  stop(): Promise<void>;
}

/** The variables of OpenTelemetry that say where traces go: with one of them they are switched on. */
const SWITCHES = [
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  'OTEL_TRACES_EXPORTER',
] as const;

/**
 * Starts tracing where the usual variables of OpenTelemetry ask for it (`OTEL_…`, also in `.env`); undefined where they
 * do not. Nothing of OpenTelemetry is loaded before.
 */
export async function startTracing(env: NodeJS.ProcessEnv): Promise<Tracing | undefined> {
  if (/^true$/i.test(env.OTEL_SDK_DISABLED?.trim() ?? '')) return undefined;
  if (env.OTEL_TRACES_EXPORTER?.trim() === 'none') return undefined;
  if (!SWITCHES.some((name) => env[name]?.trim())) return undefined;
  // OpenTelemetry reads them from the process itself.
  for (const [name, value] of Object.entries(env)) {
    if (name.startsWith('OTEL_')) process.env[name] = value;
  }
  const { startSdk } = await import('./tracing-sdk.ts');
  return startSdk();
}
