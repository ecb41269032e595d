import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { entities } from '../../src/entities.ts';
import { foundAlliance, seatUser } from '../../src/features/account/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { ask } from '../identity/ask.ts';
import { AUDIENCE, TestIssuer } from '../identity/issuer.ts';
import { type AllianceProcess, dataFolder, freePort, startProcess } from '../kit/alliance-process.ts';
import { type FreshDatabase, freshDatabase } from '../kit/database.ts';
import { World } from '../kit/world.ts';
import { followByWebSocket } from './live-clients.ts';

const OWNER = 'the-owner';

let issuer: TestIssuer;
let fresh: FreshDatabase;
let folder: ReturnType<typeof dataFolder>;
let processes: AllianceProcess[];
let urls: string[];
let productIds: string[];

beforeAll(async () => {
  issuer = await TestIssuer.open();
  fresh = await freshDatabase();
  folder = dataFolder();
  const database = await openDatabase(fresh.url, { entities, poolSize: 2 });
  const options = { name: '好物联盟', timeZone: 'Asia/Shanghai', currency: 'CNY' };
  await database.transaction((tx) => foundAlliance(tx, options, new Date()));
  const world = new World(database);
  const brandId = await world.brand();
  const person = { issuer: issuer.url, subject: OWNER, name: 'Owner' };
  await database.transaction((tx) => seatUser(tx, person, brandId, 'OWNER', new Date()));
  productIds = [];
  for (let i = 0; i < 12; i++)
    productIds.push(toGlobalId('Product', (await world.product({ brandId, draft: true })).id));
  await database.close();
  const ports = [await freePort(), await freePort()];
  urls = ports.map((port) => `http://127.0.0.1:${port}`);
  processes = ports.map((port) => startProcess('cli', ['serve', '--no-worker'], environment(port)));
  await Promise.all(processes.map((each) => each.says(/Ctrl-C stops it/)));
});

afterAll(async () => {
  for (const each of processes ?? []) if (each.child.exitCode === null) each.interrupt('SIGTERM');
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

const ADDED = 'subscription { changeAdded(kinds: [PRODUCT_SUBMITTED]) { cursor event { subjectId } } }';
/** The promise of the issue, with slack for a machine that does much else. */
const WITHIN_MS = 3_000;

it('what happens through one server reaches a subscriber of the other, which tells its subscribers when it ends', async () => {
  const authorization = `Bearer ${await issuer.token({ sub: OWNER })}`;
  const submit = async (productId: string | undefined): Promise<void> => {
    const input = `productId: "${productId}", idempotencyKey: "submit-${productId}"`;
    const document = `mutation { productSubmit(input: {${input}}) { userErrors { __typename } } }`;
    const { body } = await ask(urls[0] ?? '', authorization, undefined, document);
    expect(body).toMatchObject({ data: { productSubmit: { userErrors: [] } } });
  };
  const followed = followByWebSocket(urls[1] ?? '', ADDED, { authorization });
  const told = (): string[] =>
    followed.results.map(
      ({ data }) =>
        (data as never as { changeAdded: { event: { subjectId: string } } }).changeAdded.event.subjectId,
    );
  // Nobody outside sees when the subscription has begun, but it tells of what happens then.
  while (processes[1]?.child.exitCode === null && followed.results.length === 0) {
    await submit(productIds.shift());
    await sleep(1_000);
  }
  const [next] = productIds;
  const at = Date.now();
  await submit(next);
  while (!told().includes(next ?? '')) await sleep(10);
  expect(Date.now() - at).toBeLessThan(WITHIN_MS);

  processes[1]?.interrupt('SIGTERM');
  expect((await followed.closed).code).toBe(1001);
  expect((await processes[1]?.ended)?.code).toBe(0);
});
