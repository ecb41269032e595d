import fastify from 'fastify';
import { type Health, registerHealth } from './health.ts';
import type { Metrics } from './metrics.ts';

/** Where a process tells whoever runs it how it is. */
export interface OperationsPort {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Opens /metrics, /healthz and /readyz on an address of their own, apart from the callers: metrics tell who does how much.
 * What asks here has no say in anything.
 */
export async function openOperationsPort(
  { host, port }: { readonly host: string; readonly port: number },
  { health, metrics }: { readonly health: Health; readonly metrics: Metrics },
): Promise<OperationsPort> {
  const app = fastify({ forceCloseConnections: true, bodyLimit: 1 });
  registerHealth(app, health);
  app.get('/metrics', async (_request, reply) => {
    const text = await metrics.registry.metrics();
    return reply.type(metrics.registry.contentType).header('cache-control', 'no-store').send(text);
  });
  await app.listen({ host, port });
  const address = app.server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`, close: () => app.close() };
}
