import { createRemoteJWKSet, decodeJwt, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Database } from '../db/database.ts';
import { actorOfApiKey, actorOfIdentity, type Identity } from '../features/account/index.ts';
import { type Actor, ANONYMOUS } from '../graphql/actor.ts';
import { failure } from '../graphql/errors.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Config } from './config.ts';
import { LOCAL_ISSUER, type LocalIssuer, subjectOf } from './local-issuer.ts';

/** Tells who is calling from the Authorization header. Throws UNAUTHENTICATED for a header that proves nobody. */
export type IdentifyCaller = (authorization: string | undefined) => Promise<Actor>;

export interface IdentifyOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly oidc: Config['oidc'];
  /** Only outside production. */
  readonly localIssuer?: LocalIssuer;
}

/** Signatures that an issuer may use: all asymmetric, so that whoever checks a token cannot make one. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

export function newIdentifyCaller({ database, clock, oidc, localIssuer }: IdentifyOptions): IdentifyCaller {
  const keys = oidc === undefined ? undefined : remoteKeys(oidc);
  return async (authorization) => {
    if (authorization === undefined || authorization === '') return ANONYMOUS;
    const token = /^Bearer ([\x21-\x7e]{1,8000})$/i.exec(authorization)?.[1];
    if (token === undefined)
      throw refused('The Authorization header must be "Bearer <access token or API key>".');
    if (token.startsWith('ga_')) {
      const actor = await actorOfApiKey(database, token, clock.now());
      if (actor === undefined) throw refused('The API key is unknown or revoked.');
      return actor;
    }
    return actorOfIdentity(database, await checked(token, localIssuer, oidc, keys));
  };
}

async function checked(
  token: string,
  localIssuer: LocalIssuer | undefined,
  oidc: Config['oidc'],
  keys: JWTVerifyGetKey | undefined,
): Promise<Identity> {
  try {
    const issuer = decodeJwt(token).iss;
    if (issuer === LOCAL_ISSUER && localIssuer !== undefined) {
      return { issuer, ...(await localIssuer.verify(token)) };
    }
    if (oidc !== undefined && keys !== undefined && issuer === oidc.issuer) {
      const options = { issuer: oidc.issuer, audience: oidc.audience, algorithms: ALGORITHMS };
      const { payload } = await jwtVerify(token, keys, options);
      return { issuer: oidc.issuer, ...subjectOf(payload) };
    }
  } catch {
    throw refused('The access token is not valid, or its time is over: get a new one from its issuer.');
  }
  throw refused('The issuer of the access token is not one that this alliance trusts.');
}

/** The issuer's keys, fetched when they are first needed, and again when a token names one that is not known. */
function remoteKeys({ issuer, jwksUrl }: NonNullable<Config['oidc']>): JWTVerifyGetKey {
  let found: Promise<JWTVerifyGetKey> | undefined;
  return async (header, token) => {
    found ??= discover(issuer, jwksUrl).catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    return (await found)(header, token);
  };
}

async function discover(issuer: string, jwksUrl: string | undefined): Promise<JWTVerifyGetKey> {
  if (jwksUrl !== undefined) return createRemoteJWKSet(new URL(jwksUrl));
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const { jwks_uri } = (await response.json()) as { jwks_uri: string };
  return createRemoteJWKSet(new URL(jwks_uri));
}

const refused = (message: string) => failure('UNAUTHENTICATED', message, { http: { status: 401 } });
