import { request as requestHttp } from 'node:http';
import { type RequestOptions, request as requestHttps } from 'node:https';
import { AddressRefused, guardedLookup, type Resolve, refuseInside } from './guard-address.ts';

/** What is sent, signed already. */
export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface PostOptions {
  readonly allowInside: boolean;
  /** How long it may take from the first look-up to the last byte of the answer. */
  readonly timeoutMs?: number;
  /** Finds the addresses of names in place of the system. */
  readonly resolve?: Resolve;
}

/** Why there is no answer. */
export type PostFailure = 'TIMEOUT' | 'ADDRESS_REFUSED' | 'NOT_FOUND' | 'TLS' | 'CONNECTION';

/** The status of an answer with what it says of the next time, or why there is none. */
export type PostOutcome =
  | { readonly status: number; readonly retryAfter: string | undefined }
  | { readonly failure: PostFailure };

export const TIMEOUT_MS = 10_000;
/** More of an answer than this is not waited for: only its status counts. */
const MAX_ANSWER_BYTES = 65_536;

/**
 * Posts to an address of somebody else: never inside the network, never along a redirect, by a connection of its own, and
 * bounded in time and in what is read, also where the answer comes drop by drop. Never throws.
 */
export function postWebhook({ url, headers, body }: Post, options: PostOptions): Promise<PostOutcome> {
  const { allowInside, timeoutMs = TIMEOUT_MS, resolve } = options;
  return new Promise((settle) => {
    const signal = AbortSignal.timeout(timeoutMs);
    let outcome: PostOutcome = { failure: 'CONNECTION' };
    try {
      const target = new URL(url);
      refuseInside(target, allowInside);
      const request = target.protocol === 'https:' ? requestHttps : requestHttp;
      const sent = request(target, {
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        lookup: guardedLookup(allowInside, resolve) as RequestOptions['lookup'],
        agent: false,
        signal,
      });
      sent.on('response', (answer) => {
        outcome = { status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] };
        let bytes = 0;
        answer.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > MAX_ANSWER_BYTES) sent.destroy();
        });
        answer.on('error', () => undefined);
      });
      sent.on('error', (error) => {
        if ('failure' in outcome) outcome = { failure: signal.aborted ? 'TIMEOUT' : failureOf(error) };
      });
      sent.on('close', () => settle(outcome));
      sent.end(body);
    } catch (error) {
      settle({ failure: failureOf(error) });
    }
  });
}

/** Codes of OpenSSL and of Node for a certificate that proves nothing, or a partner that does not speak TLS. */
const TLS = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO|HOSTNAME_MISMATCH|INVALID_CA)/;

function failureOf(error: unknown): PostFailure {
  if (error instanceof AddressRefused) return 'ADDRESS_REFUSED';
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'ENODATA') return 'NOT_FOUND';
  return TLS.test(code ?? '') ? 'TLS' : 'CONNECTION';
}
