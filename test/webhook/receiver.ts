import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { vi } from 'vitest';
import type { Json } from '../kit/alliance.ts';

/** A message as it arrived, byte by byte. */
export interface Arrived {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly json: Json;
}

/** What a receiver does with a message; 204 without one. */
export type Behaviour = (message: Arrived, response: ServerResponse, socket: Socket) => unknown;

/** A receiver of webhooks: a real server over HTTP that behaves as a test says. */
export interface Receiver {
  readonly url: string;
  readonly arrived: Arrived[];
  /** Connections that were made, whether something was asked on them or not. */
  readonly connections: () => number;
  behave(behaviour: Behaviour | undefined): void;
  /** Waits until so many messages have arrived. */
  hasArrived(count: number): Promise<void>;
  close(): Promise<void>;
}

/** What has not arrived by then never will. */
const PATIENCE_MS = 60_000;

/** Starts a receiver; on the same port as one that has died, when it is named. */
export async function startReceiver(port = 0): Promise<Receiver> {
  const arrived: Arrived[] = [];
  let behaviour: Behaviour | undefined;
  let connections = 0;
  const server = createServer(async (request, response) => {
    const body = await readBody(request);
    const message = { headers: request.headers as Record<string, string>, body, json: JSON.parse(body) };
    arrived.push(message);
    if (behaviour === undefined) response.writeHead(204).end();
    else await behaviour(message, response, request.socket);
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    arrived,
    connections: () => connections,
    behave: (next) => {
      behaviour = next;
    },
    async hasArrived(count) {
      const until = Date.now() + PATIENCE_MS;
      while (arrived.length < count) {
        if (Date.now() > until) throw new Error(`Only ${arrived.length} of ${count} messages have arrived.`);
        await sleep(5);
      }
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Whether the verifier of Standard Webhooks takes a message by a secret. */
export function verifies({ body, headers }: Arrived, secret: string): boolean {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}

/** The same by a receiver whose clock shows the time at which the message says that it was sent. */
export function verifiesThen(message: Arrived, secret: string): boolean {
  vi.useFakeTimers({ toFake: ['Date'], now: Number(message.headers['webhook-timestamp']) * 1000 });
  try {
    return verifies(message, secret);
  } finally {
    vi.useRealTimers();
  }
}

/** Answers with a status and headers. */
export const answer =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  (_message, response) =>
    response.writeHead(status, headers).end();
