import { sql } from 'kysely';
import { v5 } from 'uuid';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { entities } from '../../src/entities.ts';
import { foundAlliance } from '../../src/features/account/index.ts';
import { setMethod } from '../../src/features/payout/index.ts';
import { enterCategories } from '../../src/features/product/index.ts';
import { type FreshDatabase, freshDatabase, ownerRuns } from '../kit/database.ts';
import { EARLY, type MadeProduct, World } from '../kit/world.ts';
import { CAMPAIGN, CATEGORY_DAYS, RECRUITER, SECOND } from './model/offers.ts';
import { PAYEES, type Payee } from './model/words.ts';
import { SEEN_FUNCTION } from './observe.ts';

/** What the first world is called, by what it is; those of the others follow from it. */
export interface Names {
  readonly brandId: string;
  readonly payees: Readonly<Record<Payee, string>>;
  readonly planId: string;
  /** The contract of the first creator. */
  readonly contractId: string;
  readonly skuCodes: readonly [string, string];
  /** By creator and product. */
  readonly linkCodes: Readonly<Record<string, string>>;
}

/** A database with an alliance and many worlds in it, of which copies are made. */
export interface Template {
  readonly database: FreshDatabase;
  readonly allianceId: string;
  readonly names: Names;
}

const STOCK = 1_000_000_000n;
/** Parents first. */
const CLONED = [
  'party',
  'brand',
  'creator',
  'agency',
  'payout_method',
  'product',
  'sku',
  'plan',
  'plan_terms',
  'recruiting_campaign',
  'enrolment',
  'enrolment_terms',
  'creator_contract',
  'contract_terms',
  'promotion_link',
  'pool_entry',
];

/** Makes one world by the use cases, and the others as copies of its rows: 20 statements for all of them. */
export async function makeTemplate(worlds: number): Promise<Template> {
  const fresh = await freshDatabase();
  const database = await openDatabase(fresh.url, { entities, poolSize: 3 });
  const options = { name: '好物联盟', timeZone: 'Asia/Shanghai', currency: 'CNY' };
  const allianceId = await database.transaction((tx) => foundAlliance(tx, options, EARLY));
  const names = await makeWorld(new World(database));
  for (const table of CLONED) await cloneRows(database, table, worlds, new Set([allianceId]));
  await ownerRuns(database, sql.raw(SEEN_FUNCTION));
  await database.close();
  return { database: fresh, allianceId, names };
}

async function makeWorld(world: World): Promise<Names> {
  const brandId = await world.brand();
  const ids: Partial<Record<Payee, string>> = {};
  for (const payee of PAYEES)
    ids[payee] = await (payee.startsWith('creator') ? world.creator() : world.agency());
  const payees = ids as Record<Payee, string>;
  const first = await world.product({ brandId, stock: STOCK });
  const planId = await world.plan(first);
  const second = await world.product({ brandId, stock: STOCK, categoryId: await ownCategory(world) });
  await world.plan(second, { commissionBp: 4242 });
  const { commissionBp, recruiterBp, secondBp } = CAMPAIGN;
  const outer = { commissionBp, serviceFeeBp: recruiterBp };
  const parent = await world.enrolment(second, payees[RECRUITER], outer);
  const inner = { commissionBp, serviceFeeBp: secondBp };
  const enrolment = await world.enrolment(second, payees[SECOND], inner, parent.id);
  const contractId = await world.contract(payees.agency0, payees.creator0, 2000);
  const linkCodes: Record<string, string> = {};
  for (const creator of ['creator0', 'creator1'] as const) {
    linkCodes[`${creator} 0`] = await world.link(payees[creator], first);
    linkCodes[`${creator} 1`] = await world.link(payees[creator], second as MadeProduct, enrolment.id);
  }
  await setMethods(world, Object.values(payees));
  return { brandId, payees, planId, contractId, skuCodes: [first.code, second.code], linkCodes };
}

/** The category of the second product, with holding days of its own. */
function ownCategory(world: World): Promise<string> {
  const leaf = { slug: 'pears', nameZh: '梨', nameEn: 'Pears', holdingDays: CATEGORY_DAYS };
  const branch = { slug: 'stone-fruit', nameZh: '核果', nameEn: 'Stone fruit', children: [leaf] };
  const tree = [{ slug: 'orchard', nameZh: '果园', nameEn: 'Orchard', children: [branch] }];
  return world.tx(async (tx) => (await enterCategories(tx, tree)).get('pears') as string);
}

async function setMethods({ database }: World, partyIds: readonly string[]): Promise<void> {
  const method = {
    kind: 'PROVIDER',
    holder: 'Somebody',
    country: 'CN',
    accountNumber: '6222020200112233',
  } as const;
  for (const partyId of partyIds)
    await database.transaction((tx) => setMethod(tx, { ...method, partyId }, EARLY));
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const WORLDS = '6a3b4b0e-3c1d-5a7e-8f52-1d1f5b0f7c11';

/** The id of something in a later world: the first world is number 0. */
export const idIn = (world: number, id: string): string => (world === 0 ? id : v5(`${id}/${world}`, WORLDS));
/** The code of a link in a later world: links are known by their codes alone. */
export const codeIn = (world: number, code: string): string => (world === 0 ? code : `${code}-${world}`);

/** Copies all rows of a table for each further world, with ids of their own; those that `fixed` names stay. */
async function cloneRows(
  database: Database,
  table: string,
  worlds: number,
  fixed: ReadonlySet<string>,
): Promise<void> {
  const [shape] = await database.rows(sql<{ columns: string; rows: string }>`
    select (select string_agg(quote_ident(column_name), ', ') from information_schema.columns
        where table_schema = 'public' and table_name = ${table} and is_generated = 'NEVER') as columns,
      (select jsonb_agg(to_jsonb(t))::text from ${sql.table(table)} t) as rows`);
  const categories = await database.rows(sql<{ id: string }>`select id from category`);
  const kept = new Set([...fixed, ...categories.map(({ id }) => id)]);
  const columns = sql.raw(shape?.columns ?? '');
  const rows = (JSON.parse(shape?.rows ?? '[]') as { id?: string; code?: string }[]).filter(
    ({ id }) => !fixed.has(id ?? ''),
  );
  const copies = Array.from({ length: worlds - 1 }, (_, i) => {
    const text = JSON.stringify(rows).replace(UUID, (id) => (kept.has(id) ? id : idIn(i + 1, id)));
    const copied = JSON.parse(text) as typeof rows;
    return table === 'promotion_link'
      ? copied.map((row) => ({ ...row, code: codeIn(i + 1, row.code ?? '') }))
      : copied;
  });
  await database.rows(sql`
    insert into ${sql.table(table)} (${columns})
    select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(copies.flat())}::jsonb)`);
}
