import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forgetFailedLogins, loginAddress, MAX_FAILED_LOGINS } from '../../src/features/account/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import type { LocalIssuer } from '../../src/server/local-issuer.ts';
import type { AllianceServer } from '../../src/server/server.ts';
import type { Json } from '../kit/alliance.ts';
import { ask, type Told } from './ask.ts';
import { IdentityScene } from './scene.ts';

const PROXIED = { TRUST_PROXY: 'loopback' };

let scene: IdentityScene;
let server: AllianceServer;
let other: AllianceServer;
let key: { readonly id: string; readonly token: string };

beforeAll(async () => {
  scene = await IdentityScene.open();
  [server, other] = [await scene.serve(PROXIED), await scene.serve(PROXIED)];
});
afterAll(async () => {
  await server.close();
  await other.close();
  await scene.database.close();
});
beforeEach(async () => {
  key = await scene.key();
});

const wrong = (token: string): string => token.slice(0, -43) + randomBytes(32).toString('base64url');
const unknown = () =>
  `ga_test_${randomBytes(16).toString('base64url')}_${randomBytes(32).toString('base64url')}`;
const issue = () => (server.localIssuer as LocalIssuer).issue('somebody', 'Somebody');
const codeOf = ({ status, code }: Told) => [status, code];
const GOOD = [200, undefined];
const WRONG = [401, 'UNAUTHENTICATED'];
const MANY = [429, 'TOO_MANY_FAILED_LOGINS'];

/** Fails so often from the address, one time after the other. */
async function failFrom(address: string, times: number, token = unknown, url = server.url) {
  const told: Told[] = [];
  for (let i = 0; i < times; i++) told.push(await ask(url, `Bearer ${token()}`, address));
  return told;
}

/** Fails until it is told to wait; gives how often that took. From then on it has to wait for minutes. */
async function holdBack(address: string): Promise<number> {
  const [who, url] = [`address ${loginAddress(address.split(', ').at(-1))}`, server.url];
  let failures = 0;
  while ((await ask(url, `Bearer ${unknown()}`, address)).status === 401 && failures < 1000) failures += 1;
  await scene.database.rows(sql`
    update failed_login_limit set clear_at = clock_timestamp() + interval '10 minutes' where who = ${who}`);
  return failures;
}

describe('after too many failed logins an address', () => {
  it('is told to wait, whatever key it comes with, on all servers; another address is not', async () => {
    expect(await holdBack('203.0.113.1')).toBeGreaterThanOrEqual(MAX_FAILED_LOGINS);
    for (const { url } of [other, server]) {
      const over = await ask(url, `Bearer ${key.token}`, '203.0.113.1');
      expect(codeOf(over)).toEqual(MANY);
      expect(Number(over.retryAfter)).toBeGreaterThanOrEqual(1);
      expect(over.body.errors[0].extensions.retryAfter).toBe(Number(over.retryAfter));
      expect(codeOf(await ask(url, `Bearer ${unknown()}`, '203.0.113.1'))).toEqual(MANY);
      expect(codeOf(await ask(url, `Bearer ${key.token}`, '203.0.113.2'))).toEqual(GOOD);
    }
  });

  it('is let in again when they have worn off, one after the other', async () => {
    await holdBack('203.0.113.3');
    await scene.database.rows(sql`
      update failed_login_limit set clear_at = clock_timestamp() + interval '61 seconds' where who = 'address 203.0.113.3'`);
    const over = await ask(other.url, `Bearer ${key.token}`, '203.0.113.3');
    expect([...codeOf(over), over.retryAfter]).toEqual([...MANY, '1']);
    await sleep(1100);
    expect(codeOf(await ask(other.url, `Bearer ${key.token}`, '203.0.113.3'))).toEqual(GOOD);
  });

  it('costs no statement any more', async () => {
    await holdBack('203.0.113.4');
    expect(codeOf(await ask(other.url, `Bearer ${key.token}`, '203.0.113.4'))).toEqual(MANY);
    const before = scene.statements.length;
    const told = await failFrom('203.0.113.4', 20, unknown, other.url);
    expect(new Set(told.map(({ status }) => status))).toEqual(new Set([429]));
    expect(scene.statements.slice(before).filter((text) => /api_key|failed_login_limit/.test(text))).toEqual(
      [],
    );
  });

  it('still lets people in, who often share it with others, but none with a token that is wrong', async () => {
    await holdBack('203.0.113.5');
    const { token } = await issue();
    expect(codeOf(await ask(server.url, `Bearer ${token}`, '203.0.113.5'))).toEqual(GOOD);
    const forged = `${token.slice(0, -43)}${randomBytes(32).toString('base64url')}`;
    expect(codeOf(await ask(server.url, `Bearer ${forged}`, '203.0.113.5'))).toEqual(MANY);
  });

  it('may be any of its /64, or the same one written otherwise', async () => {
    await holdBack('2001:db8:0:1::1');
    expect(codeOf(await ask(server.url, `Bearer ${unknown()}`, '2001:db8:0:1:ffff::2'))).toEqual(MANY);
    expect(codeOf(await ask(server.url, `Bearer ${key.token}`, '2001:db8:0:2::1'))).toEqual(GOOD);
    expect(loginAddress('2001:db8:0:1:ffff::2')).toBe('2001:db8:0:1::/64');
    expect([loginAddress('::ffff:203.0.113.9'), loginAddress('203.0.113.9')]).toEqual([
      '203.0.113.9',
      '203.0.113.9',
    ]);
    expect([loginAddress(undefined), loginAddress('nonsense')]).toEqual([undefined, undefined]);
  });
});

describe('a key that is guessed at from many addresses', () => {
  it('is refused wrong secrets with 429, and goes on for whoever has the right one', async () => {
    let failures = 0;
    const guess = () =>
      ask(server.url, `Bearer ${wrong(key.token)}`, `198.51.${failures >> 8}.${failures & 255}`);
    while ((await guess()).status === 401 && failures < 1000) failures += 1;
    expect(failures).toBeGreaterThanOrEqual(MAX_FAILED_LOGINS);
    await scene.database.rows(sql`
      update failed_login_limit set clear_at = clock_timestamp() + interval '10 minutes' where who = ${`key ${key.id}`}`);
    expect(codeOf(await ask(other.url, `Bearer ${wrong(key.token)}`, '198.51.100.200'))).toEqual(MANY);
    expect(codeOf(await ask(other.url, `Bearer ${key.token}`, '198.51.100.201'))).toEqual(GOOD);
    expect(codeOf(await ask(other.url, `Bearer ${key.token}`, '198.51.0.0'))).toEqual(GOOD);
  });
});

describe('what was good once', () => {
  it.each(['revoked_at', 'expires_at'])('counts for no limit: a key with %s', async (column) => {
    await scene.database.rows(
      sql`update api_key set ${sql.ref(column)} = now() - interval '1 minute' where id = ${key.id}`,
    );
    const address = `203.0.113.${column.length + 20}`;
    const told = await failFrom(address, MAX_FAILED_LOGINS + 5, () => key.token);
    expect(new Set(told.map(({ status }) => status))).toEqual(new Set([401]));
    const guessed = await failFrom(address, 1, () => wrong(key.token));
    expect(guessed.map(codeOf)).toEqual([WRONG]);
  });
});

describe('the address', () => {
  it('is what a proxy that is trusted says, and of a row of them the last that none of them is', async () => {
    const spoofed = '192.0.2.99, 203.0.113.7';
    await holdBack(spoofed);
    expect(codeOf(await ask(server.url, `Bearer ${key.token}`, '203.0.113.7'))).toEqual(MANY);
    expect(codeOf(await ask(server.url, `Bearer ${key.token}`, '192.0.2.99'))).toEqual(GOOD);
  });

  it('is that of the connection where no proxy is trusted, whatever is said', async () => {
    const direct = await scene.serve();
    try {
      let failures = 0;
      const fail = () => ask(direct.url, `Bearer ${unknown()}`, `198.18.${failures >> 8}.${failures & 255}`);
      while ((await fail()).status === 401 && failures < 1000) failures += 1;
      await scene.database.rows(sql`
        update failed_login_limit set clear_at = clock_timestamp() + interval '10 minutes' where who = 'address 127.0.0.1'`);
      expect(codeOf(await ask(direct.url, `Bearer ${key.token}`, '198.18.0.250'))).toEqual(MANY);
    } finally {
      await direct.close();
    }
    await scene.database.rows(sql`delete from failed_login_limit where who = 'address 127.0.0.1'`);
  });
});

describe('failed logins in the audit log', () => {
  const signIns = (address: string) =>
    scene.database.rows(sql<Json>`
      select error_types[1] as fault, attempts, api_key_id as "apiKeyId", party_id as "partyId"
      from audit_entry where operation = 'signIn' and address = ${address} order by id`);

  it('stand there by address, fault and minute, and not one by one', async () => {
    const third = await scene.serve(PROXIED);
    await failFrom('203.0.113.8', 10, () => wrong(key.token), third.url);
    await failFrom('203.0.113.8', 5, unknown, third.url);
    const of = { apiKeyId: key.id, partyId: scene.brandId };
    const nobodys = { apiKeyId: null, partyId: null };
    expect(await signIns('203.0.113.8')).toEqual([
      { fault: 'WRONG_SECRET', attempts: 1, ...of },
      { fault: 'UNKNOWN_KEY', attempts: 1, ...nobodys },
    ]);
    await third.close();
    expect((await signIns('203.0.113.8')).slice(2)).toEqual([
      { fault: 'WRONG_SECRET', attempts: 9, ...of },
      { fault: 'UNKNOWN_KEY', attempts: 4, ...nobodys },
    ]);
  });

  it('are open to the organisation of the key, with the address', async () => {
    await ask(server.url, `Bearer ${wrong(key.token)}`, '203.0.113.20');
    const query = `{ viewer { memberships { auditLog(action: "signIn", first: 1,
      actorId: "${toGlobalId('ApiKey', key.id)}") { nodes { outcome errorTypes address apiKey { id } } } } } }`;
    const { body } = await ask(server.url, await scene.owner(server), undefined, query);
    expect(body.data.viewer.memberships[0].auditLog.nodes).toEqual([
      {
        outcome: 'REFUSED',
        errorTypes: ['WRONG_SECRET'],
        address: '203.0.113.20',
        apiKey: { id: toGlobalId('ApiKey', key.id) },
      },
    ]);
  });

  it('of a flood from everywhere are a bounded number of rows', async () => {
    const third = await scene.serve(PROXIED);
    const [before] = await scene.database.rows(sql<Json>`select count(*)::int as n from audit_entry`);
    for (let i = 0; i < 300; i++) await ask(third.url, 'Bearer nonsense', `10.1.${i >> 8}.${i & 255}`);
    await third.close();
    const [after] = await scene.database.rows(sql<Json>`
      select count(*)::int as n, sum(attempts) filter (where address = 'others')::int as rest from audit_entry`);
    expect(after.n - before.n).toBeLessThanOrEqual(201);
    expect(after.rest).toBe(100);
  });

  it('say nothing of the secret or of the token', async () => {
    const { token } = await issue();
    const secret = randomBytes(32).toString('base64url');
    await ask(server.url, `Bearer ${key.token.slice(0, -43)}${secret}`, '203.0.113.21');
    await ask(server.url, `Bearer ${token}x`, '203.0.113.21');
    const rows = await scene.database.rows(sql<Json>`
      select 1 from audit_entry e where e::text like ${`%${secret}%`} or e::text like ${`%${token.slice(-40)}%`}`);
    expect(rows).toEqual([]);
    expect((await signIns('203.0.113.21')).map(({ fault }) => fault)).toEqual([
      'WRONG_SECRET',
      'INVALID_TOKEN',
    ]);
    expect(scene.log.filter((line) => line.includes(secret) || line.includes(token))).toEqual([]);
  });
});

it('those that have worn off are forgotten', async () => {
  await scene.database.rows(sql`
    insert into failed_login_limit (who, clear_at) values ('address 192.0.2.1', clock_timestamp() - interval '1 second'),
      ('address 192.0.2.2', clock_timestamp() + interval '1 hour')`);
  expect(await forgetFailedLogins(scene.database)).toBeGreaterThanOrEqual(1);
  const kept = await scene.database.rows(sql<{ who: string }>`
    select who from failed_login_limit where who in ('address 192.0.2.1', 'address 192.0.2.2')`);
  expect(kept).toEqual([{ who: 'address 192.0.2.2' }]);
});
