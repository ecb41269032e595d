import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from '../db/database.ts';
import type { EndedStatement } from '../db/watch.ts';
import type { CommittedGroup } from '../kernel/group-commit.ts';
import type { RequestRecord } from './request-record.ts';

/** A request that is over. */
export interface EndedRequest {
  readonly record: RequestRecord;
  readonly route: string;
  readonly method: string;
  readonly status: number;
  readonly ms: number;
}

/** A piece of work of a worker that is over. */
export interface EndedWork {
  readonly kind: 'job' | 'chore';
  readonly name: string;
  readonly outcome: 'done' | 'failed' | 'stopped';
  readonly ms: number;
  /** Order lines that it has settled. */
  readonly linesSettled?: number;
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const STATEMENT_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];
const WORK_SECONDS = [0.01, 0.1, 1, 10, 60, 300, 1800, 7200];
const STATEMENTS = [0, 1, 2, 4, 8, 12, 16, 24, 32, 64, 128];
const POINTS = [1, 5, 10, 25, 50, 100, 250, 500, 1000];

/**
 * The metrics of a process, by the conventions of Prometheus: seconds, `_total` for what only grows, and labels of which
 * there are few. The name of an operation is one of ours, `other` or `anonymous`.
 */
export class Metrics {
  readonly registry = new Registry();
  readonly #requests = this.#counter('http_requests_total', 'HTTP requests that are over.', [
    'route',
    'method',
    'status',
  ]);
  readonly #operations = this.#counter(
    'graphql_operations_total',
    'GraphQL operations, by name and kind of caller.',
    ['operation', 'type', 'caller'],
  );
  readonly #durations = this.#histogram(
    'graphql_operation_duration_seconds',
    'From the request to the end of its answer.',
    ['operation'],
    SECONDS,
  );
  readonly #errors = this.#counter('graphql_errors_total', 'Answers with such an error, by its code.', [
    'code',
  ]);
  readonly #statements = this.#histogram(
    'graphql_operation_statements',
    'Statements that one operation made.',
    ['operation'],
    STATEMENTS,
  );
  readonly #cost = this.#histogram(
    'graphql_operation_cost_points',
    'What one operation cost.',
    ['operation'],
    POINTS,
  );
  readonly #statementDurations = this.#histogram(
    'database_statement_duration_seconds',
    'Statements of requests and jobs.',
    ['outcome'],
    STATEMENT_SECONDS,
  );
  readonly #work = this.#histogram(
    'work_duration_seconds',
    'Jobs and chores of a worker that are over.',
    ['kind', 'name', 'outcome'],
    WORK_SECONDS,
  );
  readonly #commits = this.#histogram(
    'intake_reports_per_commit',
    'Reports of a few order events that were committed together.',
    [],
    [1, 2, 4, 8, 16, 32, 64, 128],
  );
  readonly #linesSettled = this.#counter(
    'settlement_lines_settled_total',
    'Order lines settled by this process.',
    [],
  );

  constructor(database: Database) {
    // Of its own, its names are those that every dashboard for Node knows.
    collectDefaultMetrics({ register: this.registry });
    this.#poolGauges(database);
  }

  request({ record, route, method, status, ms }: EndedRequest): void {
    this.#requests.inc({ route, method, status });
    for (const code of record.codes) this.#errors.inc({ code });
    const { operation: counted, actor, statements, cost } = record;
    if (counted === undefined) return;
    const operation = counted.counted;
    this.#operations.inc({ operation, type: counted.type, caller: actor?.kind ?? 'ANONYMOUS' });
    this.#durations.observe({ operation }, ms / 1000);
    this.#statements.observe({ operation }, statements);
    if (cost !== undefined) this.#cost.observe({ operation }, cost);
  }

  statement({ ms, failed }: EndedStatement): void {
    this.#statementDurations.observe({ outcome: failed ? 'failed' : 'done' }, ms / 1000);
  }

  committed({ calls }: CommittedGroup): void {
    this.#commits.observe(calls);
  }

  work({ kind, name, outcome, ms, linesSettled }: EndedWork): void {
    this.#work.observe({ kind, name, outcome }, ms / 1000);
    if (linesSettled !== undefined) this.#linesSettled.inc(linesSettled);
  }

  /** A gauge that is read when somebody asks for it; what its reading does not set is not shown. */
  gauge(
    name: string,
    help: string,
    labelNames: string[],
    collect: (gauge: Gauge) => void | Promise<void>,
  ): void {
    const gauge = new Gauge({
      name: `alliance_${name}`,
      help,
      labelNames,
      registers: [this.registry],
      collect() {
        return collect(this);
      },
    });
    // One without labels begins with a 0 that nobody has read.
    if (labelNames.length === 0) gauge.remove();
  }

  #poolGauges(database: Database): void {
    this.gauge(
      'database_pool_connections',
      'Connections to PostgreSQL that are open.',
      ['state'],
      (gauge) => {
        const { open, idle } = database.condition();
        gauge.set({ state: 'idle' }, idle);
        gauge.set({ state: 'busy' }, open - idle);
      },
    );
    this.gauge('database_pool_max_connections', 'Connections to PostgreSQL that there may be.', [], (gauge) =>
      gauge.set(database.condition().most),
    );
    this.gauge('database_pool_waiting', 'Statements that wait for a connection.', [], (gauge) =>
      gauge.set(database.condition().waiting),
    );
  }

  #counter(name: string, help: string, labelNames: string[]): Counter {
    return new Counter({ name: `alliance_${name}`, help, labelNames, registers: [this.registry] });
  }

  #histogram(name: string, help: string, labelNames: string[], buckets: number[]): Histogram {
    return new Histogram({ name: `alliance_${name}`, help, labelNames, buckets, registers: [this.registry] });
  }
}
