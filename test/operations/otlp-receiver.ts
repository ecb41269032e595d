import { createServer } from 'node:http';

/** A span as OTLP has it in JSON, as far as tests look at it. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly status: { readonly code?: number };
}

/** Somebody to whom traces are sent. */
export interface OtlpReceiver {
  readonly url: string;
  readonly spans: ReceivedSpan[];
  /** The attributes of the resources that sent them. */
  readonly resources: Readonly<Record<string, unknown>>[];
  /** All that was received, as text. */
  readonly bodies: string[];
  close(): Promise<void>;
}

interface Attribute {
  readonly key: string;
  readonly value: Record<string, unknown>;
}

/** Starts a receiver of OTLP over HTTP in JSON. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const resources: Record<string, unknown>[] = [];
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      bodies.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)} ${body}`);
      if (request.url === '/v1/traces') take(JSON.parse(body));
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  const take = ({ resourceSpans }: { resourceSpans: ResourceSpans[] }) => {
    for (const { resource, scopeSpans } of resourceSpans) {
      resources.push(plain(resource.attributes));
      for (const { spans: received } of scopeSpans)
        spans.push(...received.map((span) => ({ ...span, attributes: plain(span.attributes) })));
    }
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    resources,
    bodies,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface ResourceSpans {
  readonly resource: { readonly attributes: Attribute[] };
  readonly scopeSpans: {
    readonly spans: (Omit<ReceivedSpan, 'attributes'> & { attributes: Attribute[] })[];
  }[];
}

const plain = (attributes: readonly Attribute[]): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
