import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import type { Dice } from './dice.ts';

/** A payout as the provider knows it. */
export interface ProvidedPayout {
  readonly body: string;
  readonly end: 'confirmed' | 'failed';
  hasEnded: boolean;
}

export const CALLBACK_SECRET = `whsec_${Buffer.from('a secret of the chaos run, 32 byte').toString('base64')}`;
const LONGEST_MS = 1_500;

/**
 * Whoever pays for the alliance: outside of it, and so never killed. It pays each payout once by its key, and is a trying
 * partner: often it says only later how a payout has ended, by a callback that it repeats until it is heard and sometimes
 * sends twice; and sometimes it takes a payout and hangs up.
 */
export class ProviderDouble {
  readonly payouts = new Map<string, ProvidedPayout>();
  readonly problems: string[] = [];
  readonly #server: Server;
  readonly #calls = new Set<Promise<void>>();
  #stopped = false;

  private constructor(
    private readonly dice: Dice,
    private readonly callbackUrl: string,
  ) {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(dice: Dice, callbackUrl: string): Promise<ProviderDouble> {
    const provider = new ProviderDouble(dice, callbackUrl);
    await new Promise<void>((done) => provider.#server.listen(0, '127.0.0.1', done));
    return provider;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#calls);
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request).catch(() => '');
    const id =
      request.method === 'POST' ? String(request.headers['idempotency-key']) : (request.url ?? '').slice(9);
    if (request.method === 'POST') this.#take(id, body);
    const payout = this.payouts.get(id);
    if (request.method === 'POST' && this.dice.chance(15)) return void request.socket.destroy();
    const status = payout === undefined ? 404 : 200;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ id, status: payout?.hasEnded ? payout.end : 'pending' }));
  }

  #take(id: string, body: string): void {
    const before = this.payouts.get(id);
    if (before !== undefined) {
      if (before.body !== body) this.problems.push(`payout ${id} was sent again as another one`);
      return;
    }
    const end = this.dice.chance(85) ? 'confirmed' : 'failed';
    const payout: ProvidedPayout = { body, end, hasEnded: this.dice.chance(30) };
    this.payouts.set(id, payout);
    const call = this.#endLater(id, payout);
    this.#calls.add(call);
    void call.finally(() => this.#calls.delete(call));
  }

  async #endLater(id: string, payout: ProvidedPayout): Promise<void> {
    await sleep(this.dice.between(10, LONGEST_MS));
    payout.hasEnded = true;
    const times = this.dice.chance(20) ? 2 : 1;
    for (let i = 0; i < times; i++) {
      while (!this.#stopped && !(await this.#callBack(id, payout.end))) await sleep(200);
    }
  }

  async #callBack(id: string, status: string): Promise<boolean> {
    const body = JSON.stringify({ type: 'payout.ended', data: { id, status } });
    const at = new Date();
    const signature = new Webhook(CALLBACK_SECRET).sign(id, at, body);
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': signature,
    };
    try {
      const signal = AbortSignal.timeout(10_000);
      return (await fetch(this.callbackUrl, { method: 'POST', headers, body, signal })).ok;
    } catch {
      return false;
    }
  }
}
