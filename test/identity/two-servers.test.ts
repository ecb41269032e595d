import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { entities } from '../../src/entities.ts';
import { foundAlliance, seatUser } from '../../src/features/account/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { type AllianceProcess, dataFolder, freePort, startProcess } from '../kit/alliance-process.ts';
import { type FreshDatabase, freshDatabase } from '../kit/database.ts';
import { World } from '../kit/world.ts';
import { ask } from './ask.ts';
import { AUDIENCE, TestIssuer } from './issuer.ts';

const OWNER = 'the-owner';
const SERVERS = 2;

let issuer: TestIssuer;
let fresh: FreshDatabase;
let folder: ReturnType<typeof dataFolder>;
let processes: AllianceProcess[];
let urls: string[];
let brandId: string;

beforeAll(async () => {
  issuer = await TestIssuer.open();
  fresh = await freshDatabase();
  folder = dataFolder();
  const database = await openDatabase(fresh.url, { entities, poolSize: 2 });
  const options = { name: '好物联盟', timeZone: 'Asia/Shanghai', currency: 'CNY' };
  await database.transaction((tx) => foundAlliance(tx, options, new Date()));
  brandId = await new World(database).brand();
  const person = { issuer: issuer.url, subject: OWNER, name: 'Owner' };
  await database.transaction((tx) => seatUser(tx, person, brandId, 'OWNER', new Date()));
  await database.close();
  const ports = await Promise.all(Array.from({ length: SERVERS }, freePort));
  urls = ports.map((port) => `http://127.0.0.1:${port}`);
  processes = ports.map((port) => startProcess('cli', ['serve', '--no-worker'], environment(port)));
  await Promise.all(processes.map((each) => each.says(/Ctrl-C stops it/)));
});

afterAll(async () => {
  for (const each of processes ?? []) each.interrupt('SIGTERM');
  await Promise.all((processes ?? []).map(({ ended }) => ended));
  await folder.remove();
  await fresh.drop();
  await issuer.stop();
});

const environment = (port: number): Record<string, string> => ({
  DATABASE_URL: fresh.url,
  ALLIANCE_DATA_DIR: folder.path,
  ALLIANCE_DEMO: 'no',
  PORT: String(port),
  DATABASE_POOL_SIZE: '3',
  OIDC_ISSUER: issuer.url,
  OIDC_AUDIENCE: AUDIENCE,
  LOG_LEVEL: 'error',
});

async function mutate(url: string, name: string, input: string, result: string) {
  const document = `mutation { ${name}(input: {${input}}) { ${result} userErrors { __typename } } }`;
  const bearer = `Bearer ${await issuer.token({ sub: OWNER })}`;
  const { body } = await ask(url, bearer, undefined, document);
  expect(body.data?.[name].userErrors).toEqual([]);
  return body.data[name];
}

let made = 0;
async function newKey(url: string): Promise<{ id: string; token: string }> {
  made += 1;
  const input = `organisationId: "${toGlobalId('Brand', brandId)}", name: "n", scopes: ["read"], idempotencyKey: "key-no-${made}"`;
  const { newApiKey } = await mutate(url, 'apiKeyCreate', input, 'newApiKey { token apiKey { id } }');
  return { id: newApiKey.apiKey.id, token: newApiKey.token };
}

/** What each server answers to whoever comes with it. */
const everywhere = (token: string): Promise<number[]> =>
  Promise.all(urls.map(async (url) => (await ask(url, `Bearer ${token}`)).status));

describe('with two servers in processes of their own', () => {
  it('a key that is made through one is good at the other, and revoked through the other it is at none', async () => {
    const [one = '', other = ''] = urls;
    for (let i = 0; i < 10; i++) {
      const { id, token } = await newKey(one);
      expect(await everywhere(token)).toEqual([200, 200]);
      await mutate(other, 'apiKeyRevoke', `apiKeyId: "${id}"`, 'apiKey { id }');
      // Not within a second but with the very next request, since nothing of a key is kept between requests.
      expect(await everywhere(token)).toEqual([401, 401]);
    }
  });

  it('a key that is used without a pause is refused everywhere from its revocation on', async () => {
    const [one = '', other = ''] = urls;
    const { id, token } = await newKey(one);
    let revokedAt = Number.POSITIVE_INFINITY;
    let isOver = false;
    const late: number[] = [];
    const use = async (url: string): Promise<void> => {
      while (!isOver) {
        const begunAt = performance.now();
        const { status } = await ask(url, `Bearer ${token}`);
        if (status === 200 && begunAt > revokedAt) late.push(begunAt - revokedAt);
      }
    };
    const users = [one, other].map(use);
    await sleep(300);
    await mutate(one, 'apiKeyRevoke', `apiKeyId: "${id}"`, 'apiKey { id }');
    revokedAt = performance.now();
    await sleep(500);
    isOver = true;
    await Promise.all(users);
    expect(late).toEqual([]);
    expect(await everywhere(token)).toEqual([401, 401]);
  });

  it('a key that another one replaces at once is good at none', async () => {
    const [one = '', other = ''] = urls;
    const old = await newKey(one);
    const input = `apiKeyId: "${old.id}", overlapHours: 0, idempotencyKey: "rotate-no-1"`;
    const { newApiKey } = await mutate(other, 'apiKeyRotate', input, 'newApiKey { token }');
    expect(await everywhere(old.token)).toEqual([401, 401]);
    expect(await everywhere(newApiKey.token)).toEqual([200, 200]);
  });

  it('a token is refused by both as soon as its time is over', async () => {
    const exp = Math.floor(Date.now() / 1000) + 3;
    const token = await issuer.token({ sub: OWNER, exp });
    expect(await everywhere(token)).toEqual([200, 200]);
    await sleep(exp * 1000 - Date.now());
    expect(await everywhere(token)).toEqual([401, 401]);
  });

  it('a token by a new key of the issuer is good at both, and those of the older key are too', async () => {
    const old = await issuer.token({ sub: OWNER });
    await issuer.addKey();
    // The servers ask the issuer again five seconds after they did last; those were over while the others ran.
    await sleep(5000);
    expect(await everywhere(await issuer.token({ sub: OWNER }))).toEqual([200, 200]);
    expect(await everywhere(old)).toEqual([200, 200]);
  });

  it('a member who is dismissed is so at both', async () => {
    const database = await openDatabase(fresh.url, { entities, poolSize: 1 });
    const person = { issuer: issuer.url, subject: 'clerk', name: 'Clerk' };
    await database.transaction((tx) => seatUser(tx, person, brandId, 'VIEWER', new Date()));
    const bearer = `Bearer ${await issuer.token({ sub: 'clerk' })}`;
    const brands = () =>
      Promise.all(
        urls.map(async (url) => (await ask(url, bearer, undefined, '{ viewer { brand { id } } }')).body),
      );
    const { data } = (await brands())[0];
    expect(data.viewer.brand).toEqual({ id: toGlobalId('Brand', brandId) });
    const members = 'query: viewer { memberships { members(first: 1) { nodes { id } } } }';
    const list = await ask(
      urls[0] ?? '',
      `Bearer ${await issuer.token({ sub: OWNER })}`,
      undefined,
      `{ ${members} }`,
    );
    const memberId = list.body.data.query.memberships[0].members.nodes[0].id;
    await mutate(
      urls[1] ?? '',
      'membershipRevoke',
      `memberId: "${memberId}", idempotencyKey: "dismiss-1"`,
      'organisation { name }',
    );
    expect((await brands()).map((body) => body.data.viewer.brand)).toEqual([null, null]);
    await database.close();
  });

  it('failed logins at either count for both', async () => {
    const wrong = (i: number) => `ga_test_${'A'.repeat(22)}_${String(i).padStart(43, 'x')}`;
    const counts: number[] = [];
    for (let i = 0; i < 60; i++) counts.push((await ask(urls[i % 2] ?? '', `Bearer ${wrong(i)}`)).status);
    const held = counts.indexOf(429);
    expect(held).toBeGreaterThanOrEqual(30);
    expect(new Set(counts.slice(0, held))).toEqual(new Set([401]));
  });
});
