import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { seatUser } from '../../src/features/account/index.ts';
import { type ExportOptions, runExports } from '../../src/features/bulk/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { LOCAL_ISSUER } from '../../src/server/local-issuer.ts';
import { buildAllianceSchema } from '../../src/server/schema.ts';
import { act } from '../api/act.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { databaseUrl } from '../kit/database.ts';
import { EARLY, event, type MadeProduct, placed, World } from '../kit/world.ts';
import { NOON } from './noon.ts';

export const BRAND_LINES =
  '{ viewer { brand { orderLines { nodes { id orderNo buyerRef product { title } } } } } }';

/** A brand whose order lines are exported, beside another brand. */
export interface BulkScene {
  readonly alliance: TestAlliance;
  readonly world: World;
  readonly clock: TestClock;
  readonly product: MadeProduct;
  readonly brandId: string;
  readonly brand: Caller;
  readonly stranger: Caller;
  /** The global id of the other brand. */
  readonly strangerId: string;
  /** Somebody who belongs to both brands, to this one first. */
  memberOfBoth(): Promise<Caller>;
  /** The address of the database. */
  readonly url: string;
  /** Asks for an export; gives the answer of the mutation. */
  start(caller: Caller, query: string, organisationId?: string): Promise<Json>;
  /** Runs what waits, to the end. */
  run(options?: Partial<ExportOptions>): Promise<number>;
  /** The export as its organisation sees it. */
  read(id: string, caller?: Caller): Promise<Json>;
}

export const FIELDS = `id state query rowsSoFar sizeBytes sha256 url createdAt startedAt endedAt expiresAt
  error { code message } organisation { name }`;

export async function bulkScene(lines: number): Promise<BulkScene> {
  const clock = new TestClock(NOON);
  const alliance = await testAlliance({ clock });
  const world = new World(alliance.database);
  const product = await world.product({ title: '苹果' });
  const { brandId } = product;
  const other = await world.product();
  await placeLines(world, product, lines);
  await placeLines(world, other, 3);
  const brand = await alliance.memberOf(brandId);
  return {
    alliance,
    world,
    clock,
    product,
    brandId,
    brand,
    stranger: await alliance.memberOf(other.brandId),
    strangerId: toGlobalId('Brand', other.brandId),
    url: await databaseUrl(alliance.database),
    memberOfBoth: () => memberOfBoth(alliance, brandId, other.brandId),
    start: (caller, query, organisationId = toGlobalId('Brand', brandId)) =>
      act(caller, 'bulkExportStart', { organisationId, query }, FIELDS),
    run: (options) => runExports(alliance.database, { schema: buildAllianceSchema(), clock, ...options }),
    async read(id, caller = brand) {
      const { data, errors } = await caller.query(
        `query ($id: ID!) { node(id: $id) { ... on BulkExport { ${FIELDS} } } }`,
        { id },
      );
      return data.node ?? errors;
    },
  };
}

async function memberOfBoth({ database, issuer, withHeader }: TestAlliance, one: string, other: string) {
  const person = { issuer: LOCAL_ISSUER, subject: 'member-of-both', name: 'Both' };
  await database.transaction(async (tx) => {
    await seatUser(tx, person, one, 'OWNER', EARLY);
    await seatUser(tx, person, other, 'OWNER', new Date(NOON));
  });
  return withHeader(`Bearer ${(await issuer.issue(person.subject, person.name)).token}`);
}

/** Paid order lines of a brand, each by an order of its own. */
export async function placeLines(world: World, product: MadeProduct, count: number): Promise<void> {
  const events = Array.from({ length: count }, (_, i) => {
    const orderNo = `${product.code}-${String(i).padStart(5, '0')}`;
    return event(product.brandId, 'PLACED', orderNo, { placed: placed(product.code, {}) });
  });
  for (let i = 0; i < events.length; i += 500) {
    const answers = await world.ingest(product.brandId, events.slice(i, i + 500));
    if (answers.some(({ status }) => status !== 'APPLIED')) throw new Error(JSON.stringify(answers[0]));
  }
}

/** Downloads a file; its rows, when it is there. */
export async function download(scene: BulkScene, url: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${scene.alliance.server.url}${url}`, { headers });
  const bytes = Buffer.from(await response.arrayBuffer());
  const text = response.ok ? gunzipSync(bytes).toString('utf8') : bytes.toString('utf8');
  return {
    status: response.status,
    headers: response.headers,
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    rows: response.ok
      ? text
          .split('\n')
          .filter(Boolean)
          .map((line): Json => JSON.parse(line))
      : [],
    text,
  };
}

/** What is in the database of all files. */
export async function chunkCount(scene: BulkScene): Promise<number> {
  const [row] = await scene.alliance.database.rows(
    sql<{ count: number }>`select count(*)::int as count from bulk_chunk`,
  );
  return row?.count ?? -1;
}
