import ipaddr from 'ipaddr.js';
import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../db/database.ts';

/**
 * How many logins may fail at once from one address, and on one key from wherever, and in which time each of them wears
 * off: thirty, and then one every two seconds.
 */
export const MAX_FAILED_LOGINS = 30;
const WEARS_OFF_MS = 2_000;
const FULL_MS = MAX_FAILED_LOGINS * WEARS_OFF_MS;
/** Rows deleted by one statement. */
const MAX_FORGOTTEN = 10_000;

/**
 * Who a network address stands for: whoever has one of IPv6 has the whole /64, and an address of IPv4 has two spellings.
 * Undefined for what is none.
 */
export function loginAddress(address: string | undefined): string | undefined {
  if (address === undefined || !ipaddr.isValid(address)) return undefined;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const parts = (parsed as ipaddr.IPv6).parts.slice(0, 4);
  return `${new ipaddr.IPv6([...parts, 0, 0, 0, 0]).toString()}/64`;
}

const ofAddress = (address: string): string => `address ${address}`;
const ofKey = (apiKeyId: string): string => `key ${apiKeyId}`;

const waitMs = sql<number>`
  (extract(epoch from clear_at - clock_timestamp()) * 1000)::float8 - ${FULL_MS}::float8`;

/** SQL: for how many milliseconds keys from this address are not looked at; 0 or less when they are. */
export const waitOf = (address: string | undefined): RawBuilder<number> =>
  address === undefined
    ? sql`0`
    : sql`coalesce((select ${waitMs} from failed_login_limit where who = ${ofAddress(address)}), 0)`;

/**
 * Counts a failed login for all servers. Gives for how many milliseconds the address, and the key, are over their limit; 0
 * or less when they are not. One statement.
 */
export async function countFailedLogin(
  db: Sql,
  { address, apiKeyId }: { readonly address?: string; readonly apiKeyId?: string },
): Promise<{ readonly addressMs: number; readonly keyMs: number }> {
  const whos = [address && ofAddress(address), apiKeyId && ofKey(apiKeyId)].filter(
    (who) => who !== undefined,
  );
  // A flood on several servers at once does not make the wait longer than one failure more.
  const rows = await db.rows(sql<{ who: string; waitMs: number }>`
    insert into failed_login_limit as l (who, clear_at)
    select who, clock_timestamp() + ${WEARS_OFF_MS} * interval '1 millisecond' from unnest(${whos}::text[]) who order by 1
    on conflict (who) do update set clear_at = least(
      greatest(l.clear_at, clock_timestamp()) + ${WEARS_OFF_MS} * interval '1 millisecond',
      clock_timestamp() + ${FULL_MS + WEARS_OFF_MS} * interval '1 millisecond')
    returning who, ${waitMs} as "waitMs"`);
  const waitFor = (who: string) => rows.find((row) => row.who === who)?.waitMs ?? 0;
  return {
    addressMs: address === undefined ? 0 : waitFor(ofAddress(address)),
    keyMs: apiKeyId === undefined ? 0 : waitFor(ofKey(apiKeyId)),
  };
}

/** Forgets those whose failed logins have all worn off. Gives how many they were. */
export async function forgetFailedLogins(db: Sql): Promise<number> {
  const gone = await db.rows(sql`
    delete from failed_login_limit where who in (
      select who from failed_login_limit where clear_at < clock_timestamp() limit ${MAX_FORGOTTEN} for update skip locked)
    returning 1`);
  return gone.length;
}
