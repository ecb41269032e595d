import type { Database } from '../db/database.ts';
import { actorOfIdentity, checkApiKey, countFailedLogin, loginAddress } from '../features/account/index.ts';
import { type Actor, ANONYMOUS } from '../graphql/actor.ts';
import { failure } from '../graphql/errors.ts';
import type { Clock } from '../kernel/clock.ts';
import { newTokenCheck, type TokenOptions } from './check-token.ts';
import { type FailedLogin, FailedLoginLog, type LoginFault } from './failed-login-log.ts';

/**
 * Tells who is calling from the Authorization header and the network address. Throws UNAUTHENTICATED for a header that
 * proves nobody, TOO_MANY_FAILED_LOGINS when there were too many of those, and IDENTITY_UNAVAILABLE when nobody can tell.
 */
export type IdentifyCaller = (authorization: string | undefined, address?: string) => Promise<Actor>;

export interface IdentifyOptions extends TokenOptions {
  readonly database: Database;
  readonly clock: Clock;
}

/** Identifies callers, and ends what it keeps for that. */
export interface CallerIdentification {
  readonly identify: IdentifyCaller;
  close(): Promise<void>;
}

/** Faults of whoever has once been let in: no guess, so that it counts for no limit. */
const NO_GUESS = new Set<LoginFault>(['REVOKED_KEY', 'EXPIRED_KEY', 'EXPIRED_TOKEN']);
const UNAVAILABLE_RETRY_S = 5;

export function newIdentifyCaller(options: IdentifyOptions): CallerIdentification {
  const { database, clock } = options;
  const checkToken = newTokenCheck(options);
  const log = new FailedLoginLog(database, clock);
  const held = new HeldAddresses();

  const refuse = async (login: FailedLogin, message: string): Promise<never> => {
    await log.note(login);
    throw failure('UNAUTHENTICATED', message, { http: { status: 401 } });
  };
  const hold = async (address: string | undefined, waitMs: number): Promise<never> => {
    await log.note({ address, fault: 'TOO_MANY_FAILED_LOGINS' });
    throw tooMany(waitMs);
  };
  /** Counts the failure for all servers. Past a limit it is told apart from others, and costs no look-up any more. */
  const fail = async (login: FailedLogin, message: string): Promise<never> => {
    const { address, apiKeyId } = login;
    if (NO_GUESS.has(login.fault)) return refuse(login, message);
    const known = held.waitMs(address);
    if (known > 0) return hold(address, known);
    const { addressMs, keyMs } = await countFailedLogin(database, { address, apiKeyId });
    held.hold(address, addressMs);
    const waitMs = Math.max(addressMs, keyMs);
    return waitMs > 0 ? hold(address, waitMs) : refuse(login, message);
  };

  const identifyKey = async (text: string, address?: string): Promise<Actor> => {
    const known = held.waitMs(address);
    if (known > 0) return hold(address, known);
    const check = await checkApiKey(database, text, { now: clock.now(), address });
    if ('actor' in check) return check.actor;
    if ('waitMs' in check) {
      held.hold(address, check.waitMs);
      return hold(address, check.waitMs);
    }
    return fail({ address, ...check }, 'The API key is unknown, revoked, or its time is over.');
  };
  const identifyPerson = async (token: string, address?: string): Promise<Actor> => {
    const check = await checkToken(token);
    if ('identity' in check) return actorOfIdentity(database.reads, check.identity);
    if ('isUnavailable' in check) throw unavailable();
    return fail({ address, fault: check.fault }, MESSAGES[check.fault] ?? INVALID);
  };

  return {
    async identify(authorization, networkAddress) {
      if (authorization === undefined || authorization === '') return ANONYMOUS;
      const address = loginAddress(networkAddress);
      const token = /^Bearer ([\x21-\x7e]{1,8000})$/i.exec(authorization)?.[1];
      if (token === undefined) return fail({ address, fault: 'MALFORMED' }, MALFORMED);
      return token.startsWith('ga_') ? identifyKey(token, address) : identifyPerson(token, address);
    },
    close: () => log.close(),
  };
}

const MALFORMED = 'The Authorization header must be "Bearer <access token or API key>".';
const INVALID = 'The access token is not valid, or its time is over: get a new one from its issuer.';
const MESSAGES: Partial<Record<LoginFault, string>> = {
  UNTRUSTED_ISSUER: 'The issuer of the access token is not one that this alliance trusts.',
};

function tooMany(waitMs: number) {
  const retryAfter = Math.max(1, Math.ceil(waitMs / 1000));
  const message = `Too many logins have failed from this address, or on this key. Try again in ${retryAfter} seconds.`;
  return failure('TOO_MANY_FAILED_LOGINS', message, { retryAfter });
}

const unavailable = () =>
  failure(
    'IDENTITY_UNAVAILABLE',
    'The issuer of the access token cannot be reached to check it. Try again.',
    {
      retryAfter: UNAVAILABLE_RETRY_S,
    },
  );

/** Addresses that this server knows to be over the limit: what comes from them costs no statement. */
class HeldAddresses {
  private static readonly MOST = 10_000;
  private readonly until = new Map<string, number>();

  waitMs(address: string | undefined): number {
    const until = address === undefined ? undefined : this.until.get(address);
    if (address === undefined || until === undefined) return 0;
    const waitMs = until - performance.now();
    if (waitMs <= 0) this.until.delete(address);
    return waitMs;
  }

  hold(address: string | undefined, waitMs: number): void {
    if (address === undefined || waitMs <= 0) return;
    const [oldest] = this.until.keys();
    if (this.until.size >= HeldAddresses.MOST && oldest !== undefined) this.until.delete(oldest);
    this.until.set(address, performance.now() + waitMs);
  }
}
