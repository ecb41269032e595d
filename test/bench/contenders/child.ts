import { createRemoteJWKSet, jwtVerify } from 'jose';
import { AUDIENCE, ISSUER } from '../issuer.ts';

/** What a contender is told by its environment. */
export interface ChildSettings {
  readonly databaseUrl: string;
  readonly jwksUrl: string;
  readonly port: number;
  /** Connections at most, the same for all. */
  readonly poolSize: number;
}

export function childSettings(): ChildSettings {
  const env = process.env as Record<string, string>;
  return {
    databaseUrl: env.DATABASE_URL ?? '',
    jwksUrl: env.OIDC_JWKS_URL ?? '',
    port: Number(env.PORT),
    poolSize: Number(env.DATABASE_POOL_SIZE),
  };
}

/** What a contender has used so far. */
export interface Usage {
  readonly cpuMs: number;
  readonly rssMb: number;
}

/** Answers the benchmark's question what this process has used; ends with the benchmark. */
export function reportUsage(): void {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    const usage: Usage = { cpuMs: (user + system) / 1000, rssMb: process.memoryUsage.rss() / 1024 / 1024 };
    process.send?.(usage);
  });
  process.once('disconnect', () => process.exit());
}

/** The check of a token that the peers make: the signature, who signed it and for whom. Gives the subject. */
export function tokenCheck(jwksUrl: string): (authorization: string | undefined) => Promise<string> {
  const keys = createRemoteJWKSet(new URL(jwksUrl));
  return async (authorization = '') => {
    const options = { issuer: ISSUER, audience: AUDIENCE, requiredClaims: ['exp', 'sub'] };
    const { payload } = await jwtVerify(authorization.replace(/^Bearer /, ''), keys, options);
    return payload.sub ?? '';
  };
}
