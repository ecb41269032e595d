import type { FastifyInstance } from 'fastify';
import type { Database } from '../db/database.ts';
import { type CallbackOutcome, hearCallback } from '../features/payout/index.ts';
import type { Clock } from '../kernel/clock.ts';

interface CallbackRoute {
  readonly database: Database;
  readonly clock: Clock;
  /** What callbacks are signed with. */
  readonly secret: string;
}

const MAX_CALLBACK_BYTES = 65_536;

/** What a provider is told; by a status of 2xx it knows that it need not call again. */
const ANSWERS: Readonly<Record<CallbackOutcome, { status: number; code: string; message: string }>> = {
  HEARD: { status: 200, code: 'OK', message: 'Heard.' },
  UNSIGNED: { status: 401, code: 'UNAUTHENTICATED', message: 'The signature is missing, wrong or too old.' },
  MALFORMED: { status: 400, code: 'BAD_REQUEST', message: 'The body says nothing of a payout.' },
  UNKNOWN_PAYOUT: { status: 404, code: 'NOT_FOUND', message: 'There is no such payout.' },
};

/** Takes callbacks of the payout provider at POST /payouts/callback. Only a signed one changes anything. */
export async function registerPayoutCallback(
  app: FastifyInstance,
  { database, clock, secret }: CallbackRoute,
): Promise<void> {
  await app.register(async (scope) => {
    // The signature is of the bytes: they must not be read as JSON and written again.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    scope.post('/payouts/callback', { bodyLimit: MAX_CALLBACK_BYTES }, async (request, reply) => {
      const body = typeof request.body === 'string' ? request.body : '';
      const outcome = await hearCallback(database, secret, { body, headers: request.headers }, clock.now());
      const { status, code, message } = ANSWERS[outcome];
      return reply
        .status(status)
        .send(status === 200 ? { code } : { errors: [{ message, extensions: { code } }] });
    });
  });
}
