import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postWebhook } from '../../src/features/webhook/post-webhook.ts';

/** A certificate that signs itself for hook.example.com, made for these tests alone; its key opens nothing. */
const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');
const CERT = fixture('hook.example.com.cert.pem');

let server: Server;
let port: number;
const names: (string | undefined)[] = [];
const usual = getCACertificates('default');

beforeAll(async () => {
  server = createServer({ cert: CERT, key: fixture('hook.example.com.key.pem') }, (request, response) => {
    names.push((request.socket as { servername?: string }).servername);
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  setDefaultCACertificates(usual);
  await new Promise((resolve) => server.close(resolve));
});

const post = (host: string) =>
  postWebhook(
    { url: `https://${host}:${port}/`, headers: {}, body: '{}' },
    { allowInside: true, resolve: async () => [{ address: '127.0.0.1', family: 4 }] },
  );

describe('a receiver over https', () => {
  it('whose certificate nobody vouches for is sent nothing', async () => {
    expect(await post('hook.example.com')).toEqual({ failure: 'TLS' });
    expect(names).toEqual([]);
  });

  it('is known by its name, and not by the address that the name led to', async () => {
    setDefaultCACertificates([...usual, CERT]);
    expect(await post('hook.example.com')).toMatchObject({ status: 204 });
    expect(names).toEqual(['hook.example.com']);
    expect(await post('other.example.com')).toEqual({ failure: 'TLS' });
    expect(names).toHaveLength(1);
  });
});
