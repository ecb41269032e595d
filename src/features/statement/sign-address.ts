import { createHmac, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { oneByKey } from '../../graphql/loaders.ts';

/** How long a signed address opens its file. */
const LIFETIME_MS = 3_600_000;

interface SigningKey {
  readonly id: string;
  readonly secret: Buffer;
}

/** The key by which all server processes sign; one read a request. */
export const signingKey = oneByKey<SigningKey>({
  name: 'signingKey',
  columns: [],
  read: (_keys, { sql: db }) => readKeys(db),
  keyOf: ({ id }) => id,
});
/** The key of the one signing key in its loader. */
export const THE_KEY = 'THE_KEY';

const readKeys = (db: Sql): Promise<SigningKey[]> =>
  db.rows(sql<SigningKey>`select ${THE_KEY} as id, secret from statement_key`);

export async function readSecret(db: Sql): Promise<Buffer> {
  const [key] = await readKeys(db);
  if (key === undefined) throw new Error('The key that addresses are signed by is missing.');
  return key.secret;
}

/** The address of a file under this server, which opens it to whoever has it until it expires. */
export function signAddress(secret: Buffer, path: string, now: Date): string {
  const expires = String(Math.floor((now.getTime() + LIFETIME_MS) / 1000));
  return `${path}?expires=${expires}&signature=${signatureOf(secret, path, expires)}`;
}

/** Whether an address was signed for this path and has not expired. Takes any text. */
export function isSigned(
  secret: Buffer,
  path: string,
  { expires, signature }: { readonly expires: string; readonly signature: string },
  now: Date,
): boolean {
  if (!/^\d{1,12}$/.test(expires) || Number(expires) * 1000 <= now.getTime()) return false;
  const right = Buffer.from(signatureOf(secret, path, expires));
  const given = Buffer.from(signature);
  return given.length === right.length && timingSafeEqual(given, right);
}

const signatureOf = (secret: Buffer, path: string, expires: string): string =>
  createHmac('sha256', secret).update(`${path}\n${expires}`).digest('base64url');
