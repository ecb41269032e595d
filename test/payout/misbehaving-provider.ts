import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import type { Random } from '../../seeds/random.ts';

type Status = 'pending' | 'confirmed' | 'failed';

/** What the provider has in its own books for one payout. */
export interface Booked {
  readonly amount: string;
  status: Status;
  /** How often an order for it has come. */
  orders: number;
}

interface Order {
  readonly id: string;
  readonly amount: string;
}

interface Options {
  readonly random: Random;
  /** Where callbacks go. */
  readonly callbackUrl: () => string;
  /** How long it hangs where it hangs. */
  readonly hangMs: number;
}

/**
 * A payment provider that does everything wrong but one thing: it pays an order once by its key. It is late, answers 500
 * after it has accepted, hangs, loses orders, calls back twice, out of order, never, and says the contrary.
 */
export class MisbehavingProvider {
  readonly token = 'provider-token';
  /** What its callbacks are signed with. */
  readonly secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  /** Its books: each payout once, whatever has been ordered how often. */
  readonly books = new Map<string, Booked>();
  /** Payouts of which it has also said the contrary. */
  readonly contradicted = new Set<string>();
  private readonly server: Server;
  private behaves = false;

  private constructor(private readonly options: Options) {
    this.server = createServer((request, response) => {
      this.answer(request, response).catch(() => response.destroy());
    });
  }

  static async start(options: Options): Promise<MisbehavingProvider> {
    const provider = new MisbehavingProvider(options);
    await new Promise<void>((resolve) => provider.server.listen(0, '127.0.0.1', resolve));
    return provider;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on it answers as it should: to bring everything to an end. */
  behave(): void {
    this.behaves = true;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.closeAllConnections();
      this.server.close(() => resolve());
    });
  }

  /** Sends a few callbacks: late ones, repeated ones, some out of order, some that contradict its books. */
  async callBack(): Promise<void> {
    const { random } = this.options;
    for (const [id, booked] of [...this.books].filter(() => random.chance(300))) {
      if (random.chance(300)) this.end(booked);
      const lies = booked.status !== 'pending' && this.wrong(150);
      if (lies) this.contradicted.add(id);
      const lie: Status = booked.status === 'failed' ? 'confirmed' : 'failed';
      const statuses: Status[] = ['pending', booked.status, ...(lies ? [lie] : [])];
      for (const status of random.shuffle(statuses)) await this.send(id, status, random.chance(300) ? 2 : 1);
    }
  }

  /** Whether it does something wrong now. */
  private wrong(perMille: number): boolean {
    return !this.behaves && this.options.random.chance(perMille);
  }

  private end(booked: Booked): void {
    if (booked.status === 'pending') booked.status = this.options.random.chance(300) ? 'failed' : 'confirmed';
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    if (request.headers.authorization !== `Bearer ${this.token}`) return void say(response, 401, {});
    if (this.wrong(100)) return void say(response, 503, {});
    if (request.method === 'GET') return this.answerQuestion(request.url?.split('/').at(-1) ?? '', response);
    const order = JSON.parse(body) as Order;
    if (request.headers['idempotency-key'] !== order.id) return void say(response, 400, {});
    return this.answerOrder(order, response);
  }

  private answerQuestion(id: string, response: ServerResponse): void {
    if (this.wrong(100)) return void response.writeHead(200).end('<html>Gateway</html>');
    const booked = this.books.get(id);
    if (booked === undefined) return void say(response, 404, {});
    if (this.behaves || this.options.random.chance(400)) this.end(booked);
    say(response, 200, { id, status: this.wrong(300) ? 'pending' : booked.status });
  }

  private answerOrder({ id, amount }: Order, response: ServerResponse): void {
    // Lost before it was booked, though it was answered.
    if (this.wrong(50)) return void say(response, 202, { id, status: 'pending' });
    const booked = this.books.get(id) ?? { amount, status: 'pending', orders: 0 };
    booked.orders += 1;
    this.books.set(id, booked);
    if (this.options.random.chance(200)) this.end(booked);
    if (this.wrong(150)) return void say(response, 500, { error: 'after having accepted' });
    if (this.wrong(50)) return void setTimeout(() => response.destroy(), this.options.hangMs);
    if (this.wrong(50)) return void response.destroy();
    if (booked.status === 'failed') return void say(response, 422, { id, status: 'failed', code: 'REFUSED' });
    say(response, 202, { id, status: booked.status });
  }

  private async send(id: string, status: Status, times: number): Promise<void> {
    const body = JSON.stringify({ type: 'payout.updated', data: { id, status } });
    const at = new Date();
    const messageId = `msg-${id}-${status}`;
    const headers = {
      'content-type': 'application/json',
      'webhook-id': messageId,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(this.secret).sign(messageId, at, body),
    };
    const call = () => fetch(this.options.callbackUrl(), { method: 'POST', headers, body });
    await Promise.all(Array.from({ length: times }, call));
  }
}

function say(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status).end(JSON.stringify(body));
}
