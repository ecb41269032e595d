import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

const SECRET_BYTES = 32;

/** A new secret of Standard Webhooks, `whsec_` and 32 random bytes in base64. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;

export interface Message {
  /** The same for the same event, however often it is sent. */
  readonly id: string;
  readonly body: string;
}

/** The headers of a message by Standard Webhooks 1.0.0, with a signature by each secret. */
export function signedHeaders({ id, body }: Message, secrets: readonly string[], now: Date) {
  return {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'goods-alliance-webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
  };
}
