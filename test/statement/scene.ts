import { settleDue } from '../../src/features/settlement/index.ts';
import { makeStatements } from '../../src/features/statement/index.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { event, type MadeProduct, placed } from '../kit/world.ts';
import { AUGUST, noon, StatementWorld } from './statement-world.ts';

/** A brand whose orders were settled in July, partly refunded after it, and paid out; the statements are made. */
export interface Scene {
  readonly alliance: TestAlliance;
  readonly world: StatementWorld;
  readonly clock: TestClock;
  readonly product: MadeProduct;
  readonly creatorId: string;
  readonly agencyId: string;
  readonly brand: Caller;
  readonly creator: Caller;
  readonly operator: Caller;
}

export interface SceneOptions {
  readonly orders?: number;
  readonly brandName?: string;
  readonly creatorName?: string;
  readonly productTitle?: string;
}

/** Half a cent would show in what these orders come to. */
const AMOUNTS = [10_000n, 3_333n, 9_999n, 1_250_007n];

export async function statementScene(options: SceneOptions = {}): Promise<Scene> {
  const { orders = 4, brandName = '青瓷坊', creatorName = '林小满', productTitle = '冰裂纹茶杯' } = options;
  const clock = new TestClock(AUGUST.toISOString());
  const alliance = await testAlliance({ clock });
  const world = new StatementWorld(alliance.database);
  world.allianceId = alliance.id;
  const brandId = await world.brand(brandName);
  const product = await world.product({ brandId, title: productTitle, stock: 100_000n });
  await world.plan(product);
  const [creatorId, agencyId] = [await world.creator(creatorName), await world.agency('星河 MCN')];
  await world.contract(agencyId, creatorId, 2000);
  await world.deposit(noon('2026-06-30'), brandId, 100_000_000n);
  await makeOrders(world, product, await world.link(creatorId, product), orders);
  const { database } = alliance;
  await settleDue(database, { asOf: noon('2026-07-05'), now: noon('2026-07-05'), batchLines: 3 });
  await world.ingest(
    brandId,
    [
      event(brandId, 'REFUNDED', '-O1', {
        occurredAt: noon('2026-07-20'),
        refund: { amountMinor: 2_000n, quantity: 0 },
      }),
    ],
    noon('2026-07-20'),
  );
  await world.pay(noon('2026-07-25'), creatorId, 1_500n, 150n);
  await makeStatements(database, { now: AUGUST });
  return {
    alliance,
    world,
    clock,
    product,
    creatorId,
    agencyId,
    brand: await alliance.memberOf(brandId),
    creator: await alliance.memberOf(creatorId),
    operator: await alliance.memberOf(alliance.id),
  };
}

async function makeOrders(world: StatementWorld, product: MadeProduct, linkCode: string, orders: number) {
  for (let i = 1; i <= orders; i++) {
    const itemTotalMinor = AMOUNTS[(i - 1) % AMOUNTS.length] ?? 1n;
    const detail = placed(product.code, { linkCode, itemTotalMinor });
    const events = (['PLACED', 'PAID', 'SHIPPED', 'RECEIVED'] as const).map((kind) =>
      event(product.brandId, kind, `-O${i}`, kind === 'PLACED' ? { placed: detail } : {}),
    );
    await world.ingest(product.brandId, events, noon('2026-06-20'));
  }
}

/** The rows of a CSV file of ours by the names of its columns. Throws for what is not RFC 4180. */
export function readCsv(file: string): Record<string, string>[] {
  if (!file.startsWith('\uFEFF')) throw new Error('The byte order mark is missing.');
  const [head = [], ...rows] = [...records(file.slice(1))];
  return rows.map((row) => {
    if (row.length !== head.length) throw new Error(`A row of ${row.length} fields under ${head.length}.`);
    return Object.fromEntries(head.map((name, i) => [name, row[i] ?? '']));
  });
}

function* records(text: string): Generator<string[]> {
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  for (let row: string[] = []; field.lastIndex < text.length; ) {
    const match = field.exec(text);
    if (match === null) throw new Error('Not RFC 4180.');
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    yield row;
    row = [];
  }
}

/** An amount of ours in minor units of a currency with two decimals; nothing is zero. */
export const minorOf = (decimal: string): bigint => BigInt(decimal.replace('.', '') || '0');
