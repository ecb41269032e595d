import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { LOCAL_ISSUER, type LocalIssuer } from './local-issuer.ts';

/** Somebody whom one may be in the demo. */
export interface DemoIdentity {
  readonly id: string;
  readonly title: string;
  /** The folder of the ready queries that are for them. */
  readonly caller: string;
  readonly organisation: string | null;
}

/** Those of the demo identities that are in the database: none where no demo was made. */
export async function presentIdentities(
  database: Database,
  identities: readonly DemoIdentity[],
): Promise<DemoIdentity[]> {
  const rows = await database.rows(
    sql<{ subject: string }>`select subject from app_user where issuer = ${LOCAL_ISSUER}`,
  );
  const there = new Set(rows.map(({ subject }) => subject));
  return identities
    .filter(({ id }) => there.has(id))
    .map(({ id, title, caller, organisation }) => ({ id, title, caller, organisation }));
}

/** Lets anybody be one of the demo's people. Registered only where the built-in issuer is trusted. */
export function registerDemo(
  app: FastifyInstance,
  identities: readonly DemoIdentity[],
  issuer: LocalIssuer,
): void {
  app.get('/demo/identities', async () => identities);
  app.post<{ Body: { identity?: unknown } | null }>('/demo/token', async (request, reply) => {
    const identity = identities.find(({ id }) => id === request.body?.identity);
    if (identity === undefined) {
      const message = 'Send {"identity": "<id>"} with one of the ids of GET /demo/identities.';
      return reply.status(404).send({ errors: [{ message, extensions: { code: 'NOT_FOUND' } }] });
    }
    return issuer.issue(identity.id, identity.title);
  });
}
