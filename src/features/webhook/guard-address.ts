import { promises as dns, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The address lies inside the network, or is no address of the public Internet: nothing is sent there. */
export class AddressRefused extends Error {
  constructor() {
    super('The address is not one of the public Internet.');
  }
}

/** Finds all addresses of a name. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

const resolveBySystem: Resolve = (host) => dns.lookup(host, { all: true, verbatim: true });

/** Names that mean something inside alone: RFC 6761, 6762, 8375 and what networks use. */
const INSIDE =
  /(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|test|invalid|onion|home\.arpa)$/;
const MAX_URL_CHARS = 2000;

/**
 * Whether an address is one of the public Internet: no private, loopback, link-local, shared or reserved one, no
 * multicast, and no IPv6 address that stands for an IPv4 one (mapped, 6to4, Teredo, NAT64).
 */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

/** The host of an address as a number or a name, without brackets and the dot that may end it. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');

/** What is wrong with an address for webhooks; undefined when nothing is. Names are looked up only when something is sent. */
export function objectionTo(text: string, allowInside: boolean): string | undefined {
  if (text.length > MAX_URL_CHARS || !URL.canParse(text)) return 'This is no address of the web.';
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(allowInside && url.protocol === 'http:'))
    return 'Webhooks go to addresses that begin with https://.';
  if (url.username !== '' || url.password !== '' || url.hash !== '')
    return 'An address of a webhook has no user, password or #fragment.';
  return allowInside || !isInside(hostOf(url)) ? undefined : new AddressRefused().message;
}

/** Whether a host lies inside by its number or by its name alone. The URL has read decimal, octal and hex numbers already. */
function isInside(host: string): boolean {
  if (isIP(host) !== 0) return !isPublicAddress(host);
  return !host.includes('.') || INSIDE.test(host);
}

type LookupDone = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/**
 * The `lookup` of a connection: a name that has any address inside is refused, and the connection goes to the addresses
 * that were looked at and no others. So a name that answers differently the next time gains nothing (DNS rebinding).
 */
export function guardedLookup(allowInside: boolean, resolve: Resolve = resolveBySystem) {
  return (host: string, options: LookupOptions, done: LookupDone): void => {
    resolve(host).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined) return done(new Error(`${host} has no address.`), []);
        if (!allowInside && addresses.some(({ address }) => !isPublicAddress(address)))
          return done(new AddressRefused(), []);
        return options.all ? done(null, [...addresses]) : done(null, first.address, first.family);
      },
      (error: Error) => done(error, []),
    );
  };
}

/** Throws AddressRefused for a host that is a number inside: those are not looked up. */
export function refuseInside(url: URL, allowInside: boolean): void {
  if (!allowInside && isInside(hostOf(url))) throw new AddressRefused();
}
