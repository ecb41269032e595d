import { createHash, randomBytes } from 'node:crypto';
import { fromGlobalId, toGlobalId } from '../../kernel/ids.ts';

/** Secrets hold 256 random bits, so a plain hash is enough: there is nothing to guess. */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();

export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What the text of a key says of where it is good for, so that a live one is not tried in a test by mistake. */
export const keyEnvironment = (): string => (process.env.NODE_ENV === 'production' ? 'live' : 'test');

/** The text of a key, `ga_<env>_<id>_<secret>`: shown once, when the key is made. */
export function formatApiKey(environment: string, id: string, secret: string): string {
  return `ga_${environment}_${toGlobalId('K', id).slice(2)}_${secret}`;
}

const API_KEY = /^ga_[a-z]{2,10}_([A-Za-z0-9_-]{22})_([A-Za-z0-9_-]{43})$/;

/** Reads the id and the secret from the text of a key; undefined when it is none. */
export function parseApiKey(text: string): { id: string; secret: string } | undefined {
  const match = API_KEY.exec(text);
  const id = match?.[1] === undefined ? undefined : fromGlobalId(`K_${match[1]}`)?.id;
  return id === undefined || match?.[2] === undefined ? undefined : { id, secret: match[2] };
}
