import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** One kind of value of an environment variable. */
export interface ValueKind<Value> {
  /** Undefined refuses the text. */
  parse(given: string | undefined): Value | undefined;
  /** Completes "must be …". */
  allowed: string;
}

/** One variable of the environment. */
export interface Variable<Value> {
  /** As it would be written; left out when unset means something of its own. */
  default?: string;
  value: ValueKind<Value>;
  /** One sentence for the tables. */
  about: string;
  /** Whether its value must never be printed. */
  secret?: boolean;
}

function kind<Value>(allowed: string, read: (given: string) => Value | undefined): ValueKind<Value> {
  return { allowed, parse: (given) => (given === undefined ? undefined : read(given)) };
}

/** Any text. */
export const text = kind('a text', (given) => given);

/** A file or folder. */
export const path = kind('a path', (given) => (given.includes('\0') ? undefined : given));

/** Yes or no, in the usual spellings. */
export const bool = kind('yes or no', (given) => {
  if (/^(yes|true|on|1)$/i.test(given)) return true;
  return /^(no|false|off|0)$/i.test(given) ? false : undefined;
});

/** The name of a time zone that this Node knows. */
export const timeZone = kind('an IANA time zone such as Asia/Shanghai', (given) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: given }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
});

/** A currency that this Node knows. */
export const currencyCode = kind('an ISO 4217 code such as CNY', (given) =>
  Intl.supportedValuesOf('currency').includes(given) ? given : undefined,
);

/** An address of the web. */
export const httpUrl = kind('an address that begins with https:// (or http://)', (given) =>
  URL.canParse(given) && /^https?:$/.test(new URL(given).protocol) ? given : undefined,
);

/** The address of a database of PostgreSQL. */
export const postgresUrl = kind('like postgres://user:password@host:5432/database', (given) => {
  if (!URL.canParse(given)) return undefined;
  const { protocol, pathname } = new URL(given);
  return /^postgres(ql)?:$/.test(protocol) && pathname.length > 1 ? given : undefined;
});

/** A secret of Standard Webhooks: 24 to 64 random bytes in base64, with its usual beginning. */
export const webhookSecret = kind('like whsec_ and 24 to 64 bytes in base64', (given) => {
  const [, encoded = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(given) ?? [];
  const { length } = Buffer.from(encoded, 'base64');
  return length >= 24 && length <= 64 ? given : undefined;
});

/** A key of 32 bytes in base64, as `openssl rand -base64 32` makes it. */
export const secretKey = kind('32 bytes in base64', (given) => {
  const key = Buffer.from(given, 'base64');
  return /^[A-Za-z0-9+/]{43}=$/.test(given) && key.length === 32 ? key : undefined;
});

/** One of a few words. */
export function oneOf<const Word extends string>(words: readonly Word[]): ValueKind<Word> {
  return kind(`one of ${words.join(', ')}`, (given) => words.find((word) => word === given));
}

/** A whole number between two, both included. */
export function wholeNumber(least: number, most: number): ValueKind<number> {
  return kind(`a whole number from ${least} to ${most}`, (given) => {
    const number = /^\d{1,9}$/.test(given) ? Number(given) : -1;
    return number >= least && number <= most ? number : undefined;
  });
}

/** Names that the web framework knows for ranges of addresses. */
const RANGES = ['loopback', 'linklocal', 'uniquelocal'];

/** Addresses of proxies, or ranges of them. A range of all addresses would believe everybody and is none. */
export const proxies = kind('addresses or ranges such as "10.0.0.0/8, loopback"', (given) => {
  const parts = given.split(',').map((part) => part.trim());
  const isRange = (part: string) => {
    if (RANGES.includes(part) || isIP(part) !== 0) return true;
    const [address = '', bits = ''] = part.split('/');
    return isIP(address) !== 0 && ipaddr.isValidCIDR(part) && Number(bits) > 0;
  };
  return parts.every(isRange) ? parts : undefined;
});
