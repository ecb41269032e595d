import { decodeJwt, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Identity } from '../features/account/index.ts';
import { CheckedTokens } from './checked-tokens.ts';
import type { Config } from './config.ts';
import type { LoginFault } from './failed-login-log.ts';
import { type IssuerTimes, IssuerUnavailable, issuerKeys } from './issuer-keys.ts';
import { LOCAL_ISSUER, type LocalIssuer, subjectOf } from './local-issuer.ts';

/** What became of an access token that somebody has shown. */
export type TokenCheck =
  | { readonly identity: Identity }
  | { readonly fault: LoginFault }
  /** Nobody can tell at the moment: the keys of the issuer cannot be had. */
  | { readonly isUnavailable: true };

export interface TokenOptions {
  readonly oidc: Config['oidc'];
  /** Only outside production. */
  readonly localIssuer?: LocalIssuer;
  readonly issuerTimes?: Partial<IssuerTimes>;
}

/** Signatures that an issuer may use: all asymmetric, so that whoever checks a token cannot make one. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
/** By how much the clock of an issuer may go ahead of ours. A token's end is never put off: it is over when it says so. */
export const CLOCK_SKEW_SECONDS = 30;

/** For how long the signature of a token is not looked at again: a key that its issuer withdraws is good so much longer. */
const KEPT_MS = 10_000;

/** Checks access tokens of the outside issuer, and of the built-in one where there is one. */
export function newTokenCheck({ oidc, localIssuer, issuerTimes }: TokenOptions) {
  const keys = oidc === undefined ? undefined : issuerKeys(oidc, issuerTimes);
  const checked = new CheckedTokens(Math.min(KEPT_MS, issuerTimes?.freshMs ?? KEPT_MS));
  const check = async (token: string): Promise<TokenCheck> => {
    try {
      const issuer = decodeJwt(token).iss;
      if (issuer === LOCAL_ISSUER && localIssuer !== undefined)
        return { identity: { issuer, ...(await localIssuer.verify(token)) } };
      if (oidc === undefined || keys === undefined || issuer !== oidc.issuer)
        return { fault: 'UNTRUSTED_ISSUER' };
      return { identity: { issuer, ...subjectOf(await verified(token, oidc, keys)) } };
    } catch (error) {
      if (error instanceof IssuerUnavailable) return { isUnavailable: true };
      return { fault: error instanceof errors.JWTExpired ? 'EXPIRED_TOKEN' : 'INVALID_TOKEN' };
    }
  };
  return async (token: string): Promise<TokenCheck> => {
    const identity = checked.identityOf(token);
    if (identity !== undefined) return { identity };
    const found = await check(token);
    if ('identity' in found) checked.keep(token, found.identity, (decodeJwt(token).exp ?? 0) * 1000);
    return found;
  };
}

async function verified(
  token: string,
  { issuer, audience }: NonNullable<Config['oidc']>,
  keys: JWTVerifyGetKey,
): Promise<JWTPayload> {
  const { payload } = await jwtVerify(token, keys, {
    issuer,
    audience,
    algorithms: ALGORITHMS,
    requiredClaims: ['exp', 'sub'],
    clockTolerance: CLOCK_SKEW_SECONDS,
  });
  if ((payload.exp ?? 0) * 1000 <= Date.now())
    throw new errors.JWTExpired('The time of the token is over.', payload);
  return payload;
}
