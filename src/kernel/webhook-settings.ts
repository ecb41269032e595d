/** What the configuration says of webhooks. Left out, everything is closed. */
export interface WebhookSettings {
  /** Whether they may go to addresses inside the network, and by http: for trying them out, not for production. */
  readonly allowInside: boolean;
  /** 32 bytes by which the secrets of endpoints are sealed in the database; they are kept as they are without. Secret. */
  readonly secretKey: Buffer | undefined;
}

/** Nothing inside, and no key. */
export const CLOSED_WEBHOOKS: WebhookSettings = { allowInside: false, secretKey: undefined };
