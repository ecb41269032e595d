import { createHmac, timingSafeEqual } from 'node:crypto';

/** How long a signed address opens its file. */
const LIFETIME_MS = 3_600_000;

/** The address of a file under this server, which opens it to whoever has it until it expires, in an hour at most. */
export function signAddress(secret: Buffer, path: string, now: Date, until?: Date): string {
  const end = Math.min(now.getTime() + LIFETIME_MS, until?.getTime() ?? Number.POSITIVE_INFINITY);
  const expires = String(Math.floor(end / 1000));
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
