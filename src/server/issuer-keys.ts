import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { Config } from './config.ts';

/** The issuer's keys cannot be had, and none are kept, so that nobody can tell whether a token is good. */
export class IssuerUnavailable extends Error {}

/** How long keys are good for, and how often the issuer is asked. All in milliseconds. */
export interface IssuerTimes {
  /** After so long the keys are fetched anew: a key that the issuer has withdrawn is good no longer than this. */
  readonly freshMs: number;
  /** While the issuer does not answer the keys that it had go on, until they are so old. */
  readonly mostMs: number;
  /** Between two fetches for the sake of a key that is not known, and after one that failed. */
  readonly cooldownMs: number;
  readonly timeoutMs: number;
}

const TIMES: IssuerTimes = { freshMs: 300_000, mostMs: 3_600_000, cooldownMs: 5_000, timeoutMs: 3_000 };
/** Many times more than the keys of any issuer. */
const MAX_DOCUMENT_BYTES = 1_000_000;

interface Kept {
  readonly keyFor: JWTVerifyGetKey;
  readonly fetchedAt: number;
}

/**
 * The keys of an issuer, as a function for `jwtVerify`. They are fetched when they are first needed, when they are old, and
 * when a token names one that is not known, so that a new key is good at once. One fetch runs at a time, for whoever waits.
 */
export function issuerKeys(
  oidc: NonNullable<Config['oidc']>,
  times: Partial<IssuerTimes> = {},
): JWTVerifyGetKey {
  const { freshMs, mostMs, cooldownMs, timeoutMs } = { ...TIMES, ...times };
  let kept: Kept | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;
  let hasFailed = false;
  const now = () => performance.now();
  const isYounger = (ms: number): boolean => kept !== undefined && now() - kept.fetchedAt < ms;

  /** Fetches the keys, unless that was done just now. What fails leaves those that are kept. */
  const refresh = (): Promise<void> => {
    if (asking !== undefined) return asking;
    if (now() - askedAt < cooldownMs) return Promise.resolve();
    askedAt = now();
    asking = fetchKeys(oidc, timeoutMs)
      .then((jwks) => {
        kept = { keyFor: createLocalJWKSet(jwks), fetchedAt: now() };
        hasFailed = false;
      })
      .catch(() => {
        hasFailed = true;
      })
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };

  return async (header, token) => {
    if (!isYounger(freshMs)) {
      const refreshed = refresh();
      // While the issuer is away, those whose key is still good do not wait for each try to end.
      if (!hasFailed || !isYounger(mostMs)) await refreshed;
    }
    if (kept === undefined || !isYounger(mostMs)) throw new IssuerUnavailable();
    try {
      return await kept.keyFor(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await refresh();
      if (hasFailed) throw new IssuerUnavailable();
      return kept.keyFor(header, token);
    }
  };
}

async function fetchKeys(
  { issuer, jwksUrl }: NonNullable<Config['oidc']>,
  timeoutMs: number,
): Promise<JSONWebKeySet> {
  const signal = AbortSignal.timeout(timeoutMs);
  const address = jwksUrl ?? (await discover(issuer, signal));
  return (await fetchJson(address, signal)) as JSONWebKeySet;
}

/** OpenID Connect Discovery 1.0, section 4.3: the document must be of the very issuer that was asked. */
async function discover(issuer: string, signal: AbortSignal): Promise<string> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const document = (await fetchJson(address, signal)) as { issuer?: unknown; jwks_uri?: unknown };
  if (document.issuer !== issuer || typeof document.jwks_uri !== 'string')
    throw new Error('The issuer does not say where its keys are.');
  return document.jwks_uri;
}

async function fetchJson(address: string, signal: AbortSignal): Promise<unknown> {
  // Whoever could have the issuer lead elsewhere could bring keys of their own.
  const response = await fetch(address, {
    signal,
    redirect: 'error',
    headers: { accept: 'application/json' },
  });
  if (!response.ok || response.body === null)
    throw new Error(`The issuer has answered with ${response.status}.`);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body) {
    bytes += part.byteLength;
    if (bytes > MAX_DOCUMENT_BYTES) throw new Error("The issuer's document is too large.");
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}
