import {
  type Context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { NodeSDK } from '@opentelemetry/sdk-node';
import type { EndedStatement } from '../db/watch.ts';
import type { Tracing, WorkTrace } from './tracing.ts';

const SERVICE = 'goods-alliance';

/** Starts the SDK as its variables say. Imported only when traces are wanted. */
export function startSdk(): Tracing {
  process.env.OTEL_SERVICE_NAME ||= SERVICE;
  // What the process was started with is nobody's business; metrics and logs have their own ways.
  process.env.OTEL_NODE_RESOURCE_DETECTORS ||= 'env,host';
  const sdk = new NodeSDK({ metricReaders: [], logRecordProcessors: [] });
  sdk.start();
  const tracer = trace.getTracer(SERVICE);
  return {
    request({ method, route, headers }) {
      const parent = propagation.extract(ROOT_CONTEXT, headers);
      const attributes = { 'http.request.method': method, 'http.route': route };
      const span = tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent);
      return new SpanTrace(tracer, span, parent);
    },
    work: (name) =>
      new SpanTrace(tracer, tracer.startSpan(name, { kind: SpanKind.CONSUMER }, ROOT_CONTEXT), ROOT_CONTEXT),
    // A receiver that is away must not hold up the end of the process.
    stop: () => sdk.shutdown().catch(() => undefined),
  };
}

/**
 * Spans made by hand at the places that matter, because the usual instrumentation hooks into `require`, which neither
 * our imports nor those of our packages go through.
 */
class SpanTrace implements WorkTrace {
  readonly #tracer: Tracer;
  readonly #root: Span;
  readonly #beneathRoot: Context;
  #operation: Span | undefined;
  #beneath: Context;

  constructor(tracer: Tracer, root: Span, parent: Context) {
    this.#tracer = tracer;
    this.#root = root;
    this.#beneathRoot = trace.setSpan(parent, root);
    this.#beneath = this.#beneathRoot;
  }

  get traceId(): string {
    return this.#root.spanContext().traceId;
  }

  operation({ counted, type }: Parameters<WorkTrace['operation']>[0]): void {
    const attributes = { 'graphql.operation.name': counted, 'graphql.operation.type': type };
    this.#operation = this.#tracer.startSpan(`${type} ${counted}`, { attributes }, this.#beneathRoot);
    this.#beneath = trace.setSpan(this.#beneathRoot, this.#operation);
  }

  statement({ sql, ms, failed }: EndedStatement): void {
    const { summary, verb } = describe(sql);
    const attributes = {
      'db.system.name': 'postgresql',
      'db.operation.name': verb,
      'db.query.summary': summary,
    };
    const endedAt = Date.now();
    const options = { kind: SpanKind.CLIENT, attributes, startTime: endedAt - ms };
    const span = this.#tracer.startSpan(summary, options, this.#beneath);
    if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(endedAt);
  }

  end({ status, codes = [], failed = false }: Parameters<WorkTrace['end']>[0]): void {
    if (status !== undefined) this.#root.setAttribute('http.response.status_code', status);
    if (codes.length > 0) (this.#operation ?? this.#root).setAttribute('graphql.error.codes', [...codes]);
    const isFault = failed || (status ?? 0) >= 500 || codes.includes('INTERNAL_SERVER_ERROR');
    for (const span of [this.#operation, this.#root]) {
      if (isFault) span?.setStatus({ code: SpanStatusCode.ERROR });
      span?.end();
    }
  }
}

const VERB = /^\s*\(*\s*([a-z]+)/i;
const TABLE = /\b(?:from|into|update)\s+(?:only\s+)?"?([a-z_][a-z0-9_]*)"?/i;

/**
 * What is shown of a statement: its verb and its first table. Its text is not, because the unit of work writes values
 * into it; nothing after the first quotation mark is looked at.
 */
export function describe(sql: string): { summary: string; verb: string } {
  const [plain = ''] = sql.split("'", 1);
  const verb = VERB.exec(plain)?.[1]?.toLowerCase() ?? 'statement';
  const table = TABLE.exec(plain)?.[1];
  return { verb, summary: table === undefined ? verb : `${verb} ${table}` };
}
