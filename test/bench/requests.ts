import pg from 'pg';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { OPERATION_NAMES, type OperationName } from './operations.ts';

/** One thing that somebody asks; every contender is asked the same. */
export interface BenchRequest {
  readonly operation: OperationName;
  /** The subject of the caller's token. */
  readonly caller: string;
  readonly orderBy?: string;
  /** The global id of a category of the third level. */
  readonly category?: string | null;
  /** So many pages are turned first: each contender has cursors of its own. */
  readonly page: number;
}

export type RequestsOf = Readonly<Record<OperationName, readonly BenchRequest[]>>;

const ORDERS = ['RECOMMENDED', 'COMMISSION_RATE', 'SALES', 'NEWEST'] as const;

/**
 * A fixed list of requests: callers, orders, categories and places far enough apart that no cache of a contender could hold
 * what is asked next. Only callers who have something to see are taken. The same data gives the same list.
 */
export async function makeRequests(url: string, perOperation: number): Promise<RequestsOf> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const [creators, agencies, categories] = [
      await callers(client, 'creator', 'order_line', perOperation),
      await callers(client, 'agency', 'contract_terms', perOperation),
      await client.query<{ id: string }>('select id from category where level = 3 order by id'),
    ];
    const at = <Item>(list: readonly Item[], i: number): Item => list[i % list.length] as Item;
    const lists = {
      poolPage: (i: number) => ({
        caller: at(creators, i),
        orderBy: at(ORDERS, i),
        category: i % 4 === 3 ? toGlobalId('Category', at(categories.rows, i * 7).id) : null,
        page: i % 4 === 3 ? 0 : Math.floor(i / 4) % 3,
      }),
      creatorEarnings: (i: number) => ({ caller: at(creators, i), page: i % 3 === 2 ? 1 : 0 }),
      agencyView: (i: number) => ({ caller: at(agencies, i), page: i % 2 }),
    };
    const listOf = (operation: OperationName): BenchRequest[] =>
      Array.from({ length: perOperation }, (_, i) => ({ operation, ...lists[operation](i) }));
    return Object.fromEntries(OPERATION_NAMES.map((name) => [name, listOf(name)])) as never;
  } finally {
    await client.end();
  }
}

/** Who has rows in the table, spread evenly over all of them. */
async function callers(
  client: pg.Client,
  kind: 'creator' | 'agency',
  table: string,
  count: number,
): Promise<string[]> {
  const { rows } = await client.query<{ subject: string }>(`
    select u.subject from (select c.id, row_number() over (order by c.id) as no, count(*) over () as all from ${kind} c) c
    join membership m on m.party_id = c.id join app_user u on u.id = m.user_id
    where c.no % greatest(1, c.all / ${count * 2}) = 0 and exists (select from ${table} t where t.${kind}_id = c.id)
    order by c.id limit ${count}`);
  return rows.map(({ subject }) => subject);
}
