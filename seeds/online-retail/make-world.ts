import { sql } from 'kysely';
import type { Sql, Tx } from '../../src/db/database.ts';
import { analyze } from '../../src/db/rights.ts';
import { foundAlliance } from '../../src/features/account/index.ts';
import { refreshPool } from '../../src/features/plan/index.ts';
import type { OnProgress } from '../../src/kernel/progress.ts';
import { AGENCIES } from './names.ts';
import type { Survey } from './survey.ts';
import * as world from './world-rows.ts';

const CHUNK = 5000;
const POOL_CHUNK = 500;

/**
 * Makes the parties, products, plans, campaigns and links that the orders name, and founds the alliance where there
 * is none. Gives the alliance's id. The rows are written in bulk and not by the use cases, which work one by one: a
 * quarter of a million links would take longer than all orders. Ids follow from names, so that what is there stays.
 */
export async function makeWorld(tx: Tx, found: Survey, now: Date, onProgress?: OnProgress): Promise<string> {
  const allianceId = await foundAlliance(
    tx,
    { name: 'Online Retail replay', timeZone: 'UTC', currency: 'GBP', preset: 'kuaishou' },
    world.FROM,
  );
  await enterAll(tx, world.agencies(AGENCIES));
  await enterAll(tx, world.brands(found.brands));
  await enterAll(tx, world.creators(found.creators));
  await enterAll(tx, world.CATEGORIES);
  const products = [...found.products.values()];
  for (const some of chunks(products, CHUNK)) await enterAll(tx, world.offers(some));
  await enterAll(tx, world.campaigns(found.brands));
  for (const some of chunks(products, CHUNK)) await enterAll(tx, world.enrolments(some));
  let done = 0;
  for (const some of chunks(found.promotions(), CHUNK)) {
    await enterAll(tx, world.links(some));
    done += some.length;
    onProgress?.({ step: 'Making promotion links', done });
  }
  // PostgreSQL knows nothing of tables that have just been filled, and would scan them for each batch of orders.
  await analyze(tx, ...WORLD_TABLES);
  for (const some of chunks(products, POOL_CHUNK)) await listMissing(tx, some.map(world.productId), now);
  return allianceId;
}

/** Takes into the pool what is not there yet; entries that are there may since have been changed by their owners. */
async function listMissing(tx: Sql, productIds: readonly string[], now: Date): Promise<void> {
  const rows = await tx.rows(sql<{ id: string }>`
    select i.id from unnest(${productIds}::uuid[]) i (id)
    where not exists (select from pool_entry e where e.product_id = i.id)`);
  if (rows.length > 0)
    await refreshPool(
      tx,
      rows.map(({ id }) => id),
      now,
    );
}

/**
 * Enters the rows of each table, in the order given, unless they are there. One statement per table. All rows of a
 * table name the same columns; the others get their defaults.
 */
async function enterAll(tx: Sql, tables: world.Tables): Promise<void> {
  for (const [table, rows] of Object.entries(tables)) {
    const columns = sql.join(Object.keys(rows[0] ?? {}).map((name) => sql.id(name)));
    if (rows.length === 0) continue;
    await tx.rows(sql`
      insert into ${sql.id(table)} (${columns})
      select ${columns} from json_populate_recordset(${sql.raw(`null::${table}`)}, ${JSON.stringify(rows)}::json)
      on conflict do nothing`);
  }
}

function* chunks<Item>(items: Iterable<Item>, size: number): Generator<Item[]> {
  let chunk: Item[] = [];
  for (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

const WORLD_TABLES = [
  'party',
  'agency',
  'brand',
  'creator',
  'contract_terms',
  'product',
  'sku',
  'plan',
  'plan_creator',
  'plan_terms',
  'recruiting_campaign',
  'enrolment',
  'enrolment_terms',
  'promotion_link',
  'pool_entry',
];
