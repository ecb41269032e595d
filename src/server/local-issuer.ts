import { generateKeyPair, jwtVerify, SignJWT } from 'jose';

/** The issuer of the tokens that a local alliance gives out itself. Trusted only outside production. */
export const LOCAL_ISSUER = 'urn:goods-alliance:demo';
const AUDIENCE = 'goods-alliance';
const LIFETIME_S = 3600;

/** A token, and when it ends. */
export interface IssuedToken {
  readonly token: string;
  readonly expiresAt: string;
}

/** Gives out and checks access tokens for local use and tests. Its key lives and dies with the process. */
export interface LocalIssuer {
  issue(subject: string, name: string): Promise<IssuedToken>;
  /** The subject and name of one of its own tokens. Throws for any other. */
  verify(token: string): Promise<{ subject: string; name?: string }>;
}

export async function newLocalIssuer(): Promise<LocalIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  return {
    async issue(subject, name) {
      const expires = Math.floor(Date.now() / 1000) + LIFETIME_S;
      const token = await new SignJWT({ name })
        .setProtectedHeader({ alg: 'EdDSA' })
        .setIssuer(LOCAL_ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(subject)
        .setIssuedAt()
        .setExpirationTime(expires)
        .sign(privateKey);
      return { token, expiresAt: new Date(expires * 1000).toISOString() };
    },
    async verify(token) {
      const { payload } = await jwtVerify(token, publicKey, {
        issuer: LOCAL_ISSUER,
        audience: AUDIENCE,
        requiredClaims: ['exp', 'sub'],
      });
      return subjectOf(payload);
    },
  };
}

/** The subject of a checked token. Throws when it names none, since nobody could be told by it. */
export function subjectOf(payload: { sub?: string; name?: unknown }): { subject: string; name?: string } {
  if (!payload.sub) throw new Error('The token names no subject.');
  return { subject: payload.sub, name: typeof payload.name === 'string' ? payload.name : undefined };
}
