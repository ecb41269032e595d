import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../kit/alliance-process.ts';
import { type FreshDatabase, freshDatabase } from '../kit/database.ts';
import { runGuide } from './run-guide.ts';

const GUIDE = 'docs/run-an-alliance.md';
/** An issuer of access tokens, of which only one person has any. */
let issuer: { url: string; token: string; server: Server };
let fresh: FreshDatabase;
let folder: string;
const restored = `alliance_restored_${randomBytes(4).toString('hex')}`;

beforeAll(async () => {
  fresh = await freshDatabase({ create: "encoding 'UTF8' template template0" });
  folder = mkdtempSync(join(tmpdir(), 'alliance-backups-'));
  issuer = await startIssuer();
});
afterAll(async () => {
  issuer.server.close();
  issuer.server.closeAllConnections();
  await ask(`drop database if exists ${restored} with (force)`);
  await fresh.drop();
  rmSync(folder, { recursive: true });
});

async function startIssuer(): Promise<typeof issuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const key = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' };
  let url = '';
  const server = createServer((request, response) => {
    const isKeys = request.url === '/keys';
    const document = isKeys ? { keys: [key] } : { issuer: url, jwks_uri: `${url}/keys` };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(document));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', kid: 'one', typ: 'at+jwt' })
    .setIssuer(url)
    .setSubject('auth0-42')
    .setAudience('goods-alliance')
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(privateKey);
  return { url, token, server };
}

async function ask(statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: fresh.url });
  await client.connect();
  return client.query(statement).finally(() => client.end());
}

/** What is on this machine of what the guide needs: pg_dump only where it knows this PostgreSQL. */
async function tools(): Promise<Set<string>> {
  const has = new Set<string>();
  if (spawnSync('curl', ['--version']).status === 0) has.add('curl');
  const { rows } = await ask(`select current_setting('server_version_num')::int / 10000 as major`);
  const { stdout } = spawnSync('pg_dump', ['--version'], { encoding: 'utf8' });
  if (Number(/ (\d+)\./.exec(stdout ?? '')?.[1] ?? 0) >= rows[0].major) has.add('pg_dump');
  return has;
}

test('"run an alliance" is as it says, from an empty database to a restored backup', async () => {
  const [port, metricsPort, workerPort] = [await freePort(), await freePort(), await freePort()];
  const has = await tools();
  const url = new URL(fresh.url);
  const other = new URL(fresh.url);
  other.pathname = `/${restored}`;
  const report = await runGuide(GUIDE, {
    has,
    env: { ALLIANCE_DATA_DIR: folder },
    standsFor: {
      'postgres://alliance:secret@db.example:5432/alliance_restored': other.href,
      'postgres://alliance:secret@db.example:5432/alliance': url.href,
      alliance_restored: restored,
      'https://login.example': issuer.url,
      '/var/backups/alliance': folder,
      '4000': String(port),
      '4001': String(metricsPort),
      '4002': String(workerPort),
    },
    ask: {
      url: `http://127.0.0.1:${port}`,
      headersOf: async (caller): Promise<Record<string, string>> =>
        caller === 'operator' ? { authorization: `Bearer ${issuer.token}` } : {},
    },
  });
  const missed = [
    ...(has.has('curl') ? [] : ['curl', 'curl']),
    ...(has.has('pg_dump') ? [] : ['pg_dump', 'pg_dump']),
  ];
  expect(report.missed).toEqual(missed);
  expect(report.ran).toBe(14 - missed.length);
  // The server and the worker have ended as they should.
  expect(report.codes).toEqual([0, 0]);
});
