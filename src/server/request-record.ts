import type { FastifyBaseLogger } from 'fastify';
import { currentWatch, type EndedStatement, type StatementWatch } from '../db/watch.ts';
import type { Actor } from '../graphql/actor.ts';
import type { Metrics } from './metrics.ts';
import type { WorkTrace } from './tracing.ts';

/** What an answer of GraphQL tells whoever keeps count. */
export interface AnswerSummary {
  readonly errors?: readonly { readonly extensions?: { readonly code?: unknown } }[];
  readonly extensions?: Record<string, unknown>;
}

/** The operation of a request. */
export interface RequestOperation {
  /** The name that it is counted under: one of ours, or what stands for all others. */
  readonly counted: string;
  /** The name that the caller gave it. */
  readonly name: string | undefined;
  readonly type: string;
}

/** What is noted of one request while it is answered: for the log, the metrics and the trace. */
export class RequestRecord implements StatementWatch {
  readonly startedAt = performance.now();
  readonly #metrics: Metrics | undefined;
  readonly trace: WorkTrace | undefined;
  /** Writes under the id of the request. */
  readonly log: FastifyBaseLogger;
  statements = 0;
  statementMs = 0;
  actor: Actor | undefined;
  operation: RequestOperation | undefined;
  /** The answer of GraphQL, as it is sent: its errors and what was said of its cost. */
  answer: AnswerSummary | undefined;
  /** The code of what failed before GraphQL. */
  faultCode: string | undefined;

  constructor(log: FastifyBaseLogger, metrics?: Metrics, trace?: WorkTrace) {
    this.log = log;
    this.#metrics = metrics;
    this.trace = trace;
  }

  ended(statement: EndedStatement): void {
    this.statements += 1;
    this.statementMs += statement.ms;
    this.#metrics?.statement(statement);
    this.trace?.statement(statement);
  }

  begin(operation: RequestOperation): void {
    this.operation = operation;
    this.trace?.operation(operation);
  }

  /** The codes of everything that failed, each once. */
  get codes(): string[] {
    const codes = (this.answer?.errors ?? []).map(({ extensions }) => String(extensions?.code));
    return [...new Set(this.faultCode === undefined ? codes : [...codes, this.faultCode])];
  }

  /** What the operation cost by the cost rule, where that was worked out. */
  get cost(): number | undefined {
    const cost = this.answer?.extensions?.cost as { actual?: unknown; requested?: unknown } | undefined;
    return [cost?.actual, cost?.requested].find((points) => typeof points === 'number');
  }
}

/** The record of the request that is being answered; none in what is no request. */
export function currentRecord(): RequestRecord | undefined {
  const watch = currentWatch();
  return watch instanceof RequestRecord ? watch : undefined;
}
