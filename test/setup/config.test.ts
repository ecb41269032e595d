import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig, readEnvironment } from '../../src/server/config.ts';

const PRODUCTION = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://alliance:geheim@db/alliance',
  OIDC_ISSUER: 'https://id.example.cn',
  OIDC_AUDIENCE: 'alliance',
};

test('an empty environment gives a local alliance with a demo', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: ' ' })).toEqual({
    mode: 'development',
    host: '127.0.0.1',
    port: 4000,
    databaseUrl: undefined,
    databasePoolSize: 10,
    databaseReaders: 3,
    groupCommitMs: 2,
    dataFolder: resolve('.alliance'),
    demo: true,
    sandbox: false,
    builtInIssuer: true,
    trustedDocumentsOnly: false,
    timeZone: 'Asia/Shanghai',
    currencyCode: 'CNY',
    oidc: undefined,
    webhooks: { allowInside: true, secretKey: undefined },
    metrics: undefined,
    shutdown: { delayMs: 0, limitMs: 20_000 },
    limits: expect.objectContaining({
      document: { aliases: 30, depth: 12, directives: 10, fragments: 50, rootFields: 20, tokens: 2000 },
      bodyBytes: 1_048_576,
      cost: 1000,
      inFlight: 64,
      rate: expect.objectContaining({}),
      statementMs: 5000,
      requestMs: 10_000,
    }),
    executor: 'levels',
    logLevel: 'info',
    logFile: resolve('.alliance/server.log'),
  });
});

test('a sandbox has a folder of its own, and may be one in production', () => {
  const sandbox = { ALLIANCE_SANDBOX: 'yes' };
  expect(readConfig(sandbox)).toMatchObject({ sandbox: true, dataFolder: resolve('.alliance-sandbox') });
  expect(readConfig({ ...sandbox, ALLIANCE_DATA_DIR: 'data' }).dataFolder).toBe(resolve('data'));
  expect(readConfig({ ...PRODUCTION, ...sandbox })).toMatchObject({ sandbox: true, demo: false });
});

test('production has no demo and trusts only the outside issuer', () => {
  const config = readConfig(PRODUCTION);
  expect(config).toMatchObject({ mode: 'production', demo: false, builtInIssuer: false, logFile: undefined });
  expect(config.oidc).toEqual({ issuer: 'https://id.example.cn', audience: 'alliance', jwksUrl: undefined });
});

test('creators are bound to trusted documents in production, in a sandbox of it only when that is asked for', () => {
  expect(readConfig(PRODUCTION).trustedDocumentsOnly).toBe(true);
  expect(readConfig({ ...PRODUCTION, TRUSTED_DOCUMENTS_ONLY: 'no' }).trustedDocumentsOnly).toBe(true);
  expect(readConfig({ ...PRODUCTION, ALLIANCE_SANDBOX: 'yes' }).trustedDocumentsOnly).toBe(false);
  expect(readConfig({ TRUSTED_DOCUMENTS_ONLY: 'yes' }).trustedDocumentsOnly).toBe(true);
});

test('webhooks go inside the network outside production alone, unless that is asked for', () => {
  expect(readConfig(PRODUCTION).webhooks.allowInside).toBe(false);
  expect(readConfig({ ...PRODUCTION, ALLIANCE_SANDBOX: 'yes' }).webhooks.allowInside).toBe(false);
  expect(readConfig({ ...PRODUCTION, WEBHOOK_ALLOW_INSIDE: 'yes' }).webhooks.allowInside).toBe(true);
  expect(readConfig({ WEBHOOK_ALLOW_INSIDE: 'no' }).webhooks.allowInside).toBe(false);
});

test('the key of webhook secrets has 32 bytes, and a wrong one is not repeated', () => {
  const key = Buffer.alloc(32, 7);
  expect(readConfig({ WEBHOOK_SECRET_KEY: key.toString('base64') }).webhooks.secretKey).toEqual(key);
  for (const wrong of ['geheim', key.subarray(1).toString('base64'), `${key.toString('base64')}AAAA`]) {
    expect(() => readConfig({ WEBHOOK_SECRET_KEY: wrong })).toThrow(
      'Wrong configuration: WEBHOOK_SECRET_KEY must be 32 bytes in base64.',
    );
  }
});

test('production names all that is missing in one message', () => {
  expect(() => readConfig({ NODE_ENV: 'production' })).toThrow(
    'Wrong configuration: NODE_ENV=production needs DATABASE_URL, OIDC_ISSUER, OIDC_AUDIENCE.',
  );
  expect(() => readConfig({ ...PRODUCTION, ALLIANCE_DEMO: 'yes' })).toThrow('ALLIANCE_DEMO must not be on');
});

test.each([
  ['NODE_ENV', 'prod', 'one of development, test, production'],
  ['PORT', '65536', 'a whole number from 0 to 65535'],
  ['PORT', '4e3', 'a whole number'],
  ['DATABASE_POOL_SIZE', '1', 'a whole number from 2 to 500'],
  ['DATABASE_READERS', '0', 'a whole number from 1 to 100'],
  ['GROUP_COMMIT_MS', '101', 'a whole number from 0 to 100'],
  ['ALLIANCE_DEMO', 'maybe', 'yes or no'],
  ['ALLIANCE_TIME_ZONE', 'Mars/Base', 'an IANA time zone'],
  ['ALLIANCE_CURRENCY', 'yuan', 'an ISO 4217 code'],
  ['OIDC_JWKS_URL', 'file:///keys', 'an address that begins with https://'],
  ['LOG_LEVEL', 'loud', 'one of fatal, error, warn, info'],
])('%s=%s is refused by name with what is allowed', (name, value, allowed) => {
  expect(() => readConfig({ [name]: value })).toThrow(`${name} must be ${allowed}`);
  expect(() => readConfig({ [name]: value })).toThrow(`not "${value}"`);
});

test('all wrong values are told at once, and a secret is not repeated', () => {
  const env = { PORT: 'x', LOG_LEVEL: 'y', DATABASE_URL: 'mysql://user:geheim@host/db' };
  expect(() => readConfig(env)).toThrow(/PORT must be .*DATABASE_URL must be .*LOG_LEVEL must be/);
  expect(() => readConfig(env)).not.toThrow(/geheim/);
});

test('an issuer without an audience would accept tokens made for others', () => {
  expect(() => readConfig({ OIDC_ISSUER: 'https://id.example.cn' })).toThrow('must be set together');
});

test('.env lies beneath the environment', () => {
  const folder = mkdtempSync(join(tmpdir(), 'alliance-env-'));
  writeFileSync(join(folder, '.env'), 'PATH=/nowhere\nALLIANCE_OF_DOTENV="a b"\n');
  const env = readEnvironment(folder);
  expect(env.ALLIANCE_OF_DOTENV).toBe('a b');
  expect(env.PATH).toBe(process.env.PATH);
  rmSync(folder, { recursive: true });
});
