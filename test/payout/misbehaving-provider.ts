import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import type { Random } from '../../seeds/random.ts';

/** What the provider has in its own books for one payout. */
export interface Booked {
  readonly amount: string;
  readonly account: string;
  status: 'pending' | 'confirmed' | 'failed';
  /** How often an order for it has come. */
  orders: number;
}

export interface MisbehavingProvider {
  readonly url: string;
  readonly token: string;
  readonly secret: string;
  /** Its books: each payout once, whatever has been ordered how often. */
  readonly books: ReadonlyMap<string, Booked>;
  /** Payouts of which it has also said the contrary. */
  readonly contradicted: ReadonlySet<string>;
  /** Whether it answers as it should from now on: to bring everything to an end. */
  behave(): void;
  /** Sends a few callbacks: late ones, repeated ones, some out of order, some that contradict its books. */
  callBack(): Promise<void>;
  close(): Promise<void>;
}

interface Options {
  readonly random: Random;
  /** Where callbacks go. */
  readonly callbackUrl: () => string;
  /** How long it hangs where it hangs. */
  readonly hangMs: number;
}

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const TOKEN = 'provider-token';

/**
 * A payment provider that does everything wrong but one thing: it pays an order once by its key. It is late, answers 500
 * after it has accepted, hangs, loses orders, calls back twice, out of order, never, and says the contrary.
 */
export async function misbehavingProvider({
  random,
  callbackUrl,
  hangMs,
}: Options): Promise<MisbehavingProvider> {
  const books = new Map<string, Booked>();
  const contradicted = new Set<string>();
  let behaves = false;
  const chance = (perMille: number): boolean => !behaves && random.chance(perMille);

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const say = (status: number, body: object) => response.writeHead(status).end(JSON.stringify(body));
    const body = await text(request);
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return void say(401, {});
    if (chance(100)) return void say(503, {});
    if (request.method === 'GET') {
      const id = request.url?.split('/').at(-1) ?? '';
      const booked = books.get(id);
      if (chance(100)) return void response.writeHead(200).end('<html>Gateway</html>');
      return void (booked === undefined ? say(404, {}) : say(200, { id, status: reported(booked) }));
    }
    const order = JSON.parse(body) as { id: string; amount: string; account: string };
    if (request.headers['idempotency-key'] !== order.id) return void say(400, {});
    // Lost before it was booked, though it was answered.
    if (chance(50)) return void say(202, { id: order.id, status: 'pending' });
    const booked = books.get(order.id) ?? {
      amount: order.amount,
      account: order.account,
      status: 'pending',
      orders: 0,
    };
    booked.orders += 1;
    books.set(order.id, booked);
    if (booked.status === 'pending' && random.chance(200))
      booked.status = random.chance(300) ? 'failed' : 'confirmed';
    if (chance(150)) return void say(500, { error: 'after having accepted' });
    if (chance(50)) return void setTimeout(() => response.destroy(), hangMs);
    if (chance(50)) return void response.destroy();
    if (booked.status === 'failed') return void say(422, { id: order.id, status: 'failed', code: 'REFUSED' });
    say(202, { id: order.id, status: booked.status });
  }

  /** What it says of a payout: nothing final before its time; in the end what its books say. */
  function reported(booked: Booked): string {
    if (booked.status === 'pending' && (behaves || random.chance(400))) {
      booked.status = random.chance(250) ? 'failed' : 'confirmed';
    }
    return chance(300) ? 'pending' : booked.status;
  }

  async function send(id: string, status: string, times: number): Promise<void> {
    const body = JSON.stringify({
      type: 'payout.updated',
      data: { id, status, code: status === 'failed' ? 'R1' : null },
    });
    const messageId = `msg-${id}-${status}`;
    const at = new Date();
    const headers = {
      'content-type': 'application/json',
      'webhook-id': messageId,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(SECRET).sign(messageId, at, body),
    };
    await Promise.all(
      Array.from({ length: times }, () => fetch(callbackUrl(), { method: 'POST', headers, body })),
    );
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: TOKEN,
    secret: SECRET,
    books,
    contradicted,
    behave() {
      behaves = true;
    },
    async callBack() {
      for (const [id, booked] of [...books].filter(() => random.chance(300))) {
        if (booked.status === 'pending' && random.chance(300))
          booked.status = random.chance(300) ? 'failed' : 'confirmed';
        const statuses = random.shuffle([booked.status, 'pending']);
        const lies = booked.status !== 'pending' && chance(150);
        const lie = booked.status === 'failed' ? 'confirmed' : 'failed';
        if (lies) contradicted.add(id);
        const all = lies ? random.shuffle([...statuses, lie]) : statuses;
        for (const status of all) await send(id, status, random.chance(300) ? 2 : 1);
      }
    },
    close: () => closeServer(server),
  };
}

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });
