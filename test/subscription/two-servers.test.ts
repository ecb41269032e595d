import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { announce } from '../../src/db/outbox.ts';
import { entities } from '../../src/entities.ts';
import { foundAlliance, seatUser } from '../../src/features/account/index.ts';
import { settleDue } from '../../src/features/settlement/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { ask } from '../identity/ask.ts';
import { AUDIENCE, TestIssuer } from '../identity/issuer.ts';
import type { Json } from '../kit/alliance.ts';
import { type AllianceProcess, dataFolder, freePort, startProcess } from '../kit/alliance-process.ts';
import { type FreshDatabase, freshDatabase } from '../kit/database.ts';
import { World } from '../kit/world.ts';
import { wire, wirePlaced } from '../order/wire.ts';
import { type Followed, followByStream, followByWebSocket } from './live-clients.ts';

const OWNER = 'the-owner';

let issuer: TestIssuer;
let fresh: FreshDatabase;
let folder: ReturnType<typeof dataFolder>;
let processes: AllianceProcess[];
let urls: string[];
let productIds: string[];
/** Whose money is followed: a creator, the agency that manages them, and another creator. */
const parties = { creator: '', agency: '', stranger: '' };
let sold: { readonly code: string; readonly linkCode: string };

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
  parties.creator = await world.creator();
  parties.agency = await world.agency();
  parties.stranger = await world.creator();
  await world.contract(parties.agency, parties.creator, 2000);
  for (const [subject, partyId] of Object.entries(parties))
    await database.transaction((tx) =>
      seatUser(tx, { issuer: issuer.url, subject, name: subject }, partyId, 'OWNER', new Date()),
    );
  const product = await world.product({ brandId });
  await world.plan(product);
  sold = { code: product.code, linkCode: await world.link(parties.creator, product) };
  // As many as there are seconds until another database of the cluster has ended a long transaction, such as filling a demo.
  productIds = [];
  for (let i = 0; i < 300; i++)
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

/** What a subscription of earnings has shown last. */
interface Shown {
  readonly orderLines: number;
  readonly estimated: string | undefined;
  readonly settled: string | undefined;
}

const EARNINGS = (payee: string) => `subscription { earningsChanged { cursor ${payee} {
  earnings(by: DAY, first: 1) { nodes { orderLines estimated { amount } settled { amount } } } } } }`;

function shownBy(payee: string, { results }: Pick<Followed, 'results'>): Shown {
  expect(results.filter(({ errors }) => errors !== undefined)).toEqual([]);
  const data: Json = results.at(-1)?.data;
  const [day] = data.earningsChanged[payee].earnings.nodes;
  return { orderLines: day?.orderLines ?? 0, estimated: day?.estimated.amount, settled: day?.settled.amount };
}

/** Reports events of one order through the first server, as the owner of the brand. */
async function report(...events: object[]): Promise<void> {
  const document = `mutation ($input: OrderEventsIngestInput!) { orderEventsIngest(input: $input) {
    ingested { results { status error { code } } } userErrors { __typename } } }`;
  const response = await fetch(`${urls[0]}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await issuer.token({ sub: OWNER })}`,
    },
    body: JSON.stringify({ query: document, variables: { input: { source: 'shop', events } } }),
  });
  const { data, errors } = (await response.json()) as Json;
  expect(errors).toBeUndefined();
  expect(data.orderEventsIngest.userErrors).toEqual([]);
  expect(data.orderEventsIngest.ingested.results).toEqual(
    events.map(() => ({ status: 'APPLIED', error: null })),
  );
}

it('what is paid, refunded and settled reaches the creator and the agency at the other server, and nobody else', async () => {
  const url = urls[1] ?? '';
  const bearer = async (sub: string) => `Bearer ${await issuer.token({ sub })}`;
  const follow = async (who: string) =>
    followByWebSocket(url, EARNINGS('creator'), { authorization: await bearer(who) });
  const [creator, stranger] = [await follow('creator'), await follow('stranger')];
  const agency = await followByStream(url, { query: EARNINGS('agency') }, await bearer('agency'));
  const all = [creator, stranger, agency];
  const database = await openDatabase(fresh.url, { entities, poolSize: 2 });
  // Nobody outside sees when a subscription has begun, but it tells of what happens then.
  while (all.some(({ results }) => results.length === 0)) {
    const told = {
      kind: 'PAYOUT_SENT',
      subject: { type: 'Creator', id: parties.creator },
      to: Object.values(parties),
    } as const;
    await database.transaction((tx) => announce(tx, [told], new Date()));
    await sleep(200);
  }
  // The last of these may be told a second later.
  await sleep(2_500);
  const strangers = stranger.results.length;

  /** Does something, waits until both are told, and gives what they see. */
  const after = async (work: () => Promise<unknown>): Promise<Shown[]> => {
    const before = [creator.results.length, agency.results.length];
    await work();
    const doneAt = Date.now();
    while (creator.results.length === before[0] || agency.results.length === before[1]) await sleep(10);
    expect(Date.now() - doneAt).toBeLessThan(WITHIN_MS);
    // No two are told within a second; the next change would be held back for as long.
    await sleep(1_500);
    return [shownBy('creator', creator), shownBy('agency', agency)];
  };
  const at = { occurredAt: new Date().toISOString() };
  const paid = await after(() =>
    report(wirePlaced('P', 'O-1', sold.code, { linkCode: sold.linkCode }, at), wire('PAID', 'O-1', at)),
  );
  // 20 % of 100.00, less a tenth for the alliance; a fifth of what is left is the agency's.
  expect(paid).toEqual([
    { orderLines: 1, estimated: '14.40', settled: '0.00' },
    { orderLines: 1, estimated: '3.60', settled: '0.00' },
  ]);
  const refund = { kind: 'REFUNDED', refund: { amountMinor: '5000', quantity: '0' } };
  const refunded = await after(() => report(wire('R', 'O-1', { ...at, ...refund })));
  expect(refunded.map(({ estimated }) => estimated)).toEqual(['7.20', '1.80']);
  await report(wire('S', 'O-1', { ...at, kind: 'SHIPPED' }), wire('D', 'O-1', { ...at, kind: 'RECEIVED' }));
  const later = new Date(Date.now() + 60 * 86_400_000);
  const settled = await after(async () => {
    expect((await settleDue(database, { asOf: later, now: later })).lines).toBe(1);
  });
  expect(settled.map((each) => each.settled)).toEqual(['7.20', '1.80']);
  expect(stranger.results.length).toBe(strangers);
  await database.close();
  await creator.client.dispose();
  await stranger.client.dispose();
  agency.stop();
});

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
