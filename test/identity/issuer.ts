import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

export const AUDIENCE = 'goods-alliance-test';

/** One key of the issuer, by the name that its tokens say. */
interface IssuerKey {
  readonly kid: string;
  readonly privateKey: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
  readonly jwk: JWK;
}

/** An issuer of access tokens whose keys a test brings, withdraws, and makes unreachable. */
export class TestIssuer {
  /** Those that are published; the newest one signs. */
  keys: IssuerKey[] = [];
  /** How often its keys were asked for. */
  fetches = 0;
  /** What it answers with in place of its keys. */
  answer: ((path: string) => { status: number; body: string; location?: string }) | undefined;
  url = '';
  private server: Server | undefined;
  private made = 0;

  /** An issuer with one key. */
  static async open(): Promise<TestIssuer> {
    const issuer = new TestIssuer();
    await issuer.addKey();
    await issuer.start();
    return issuer;
  }

  async start(port = this.url === '' ? 0 : Number(new URL(this.url).port)): Promise<void> {
    const server = createServer((request, response) => {
      const path = request.url ?? '';
      if (path === '/jwks') this.fetches += 1;
      const { status, body, location } = this.answer?.(path) ?? { status: 200, body: this.document(path) };
      response.writeHead(status, { 'content-type': 'application/json', ...(location && { location }) });
      response.end(body);
    });
    await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
    this.server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** Makes it unreachable; it can be started again, at the same address. */
  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((done) => this.server?.close(done));
  }

  /** Publishes one more key, with which it signs from then on. */
  async addKey(): Promise<IssuerKey> {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    this.made += 1;
    const kid = `key-${this.made}`;
    const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' };
    const key = { kid, privateKey, jwk };
    this.keys = [...this.keys, key];
    return key;
  }

  /** A token that is right in everything but what is changed; a claim that is undefined is left out. */
  token(change: JWTPayload = {}, key = this.keys.at(-1) as IssuerKey): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: this.url, aud: AUDIENCE, sub: 'zhang-san', exp: now + 3600, ...change };
    return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: key.kid }).sign(key.privateKey);
  }

  private document(path: string): string {
    if (path !== '/.well-known/openid-configuration')
      return JSON.stringify({ keys: this.keys.map(({ jwk }) => jwk) });
    return JSON.stringify({ issuer: this.url, jwks_uri: `${this.url}/jwks` });
  }
}
