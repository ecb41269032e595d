import { type RawBuilder, sql } from 'kysely';
import { keyset, limitOf, type Page } from '../../graphql/connection.ts';
import { type Key, oneByKey, pageByKey, type ReadScope, select } from '../../graphql/loaders.ts';
import type { Managed } from '../creator/index.ts';
import type { ProductRow } from '../product/index.ts';
import type { SampleAddressRow, SampleRequestRow, SampleRuleRow } from './sample.entity.ts';
import type { SampleState } from './sample-state.ts';
import { REQUEST_COLUMNS } from './sample-store.ts';

/** A request as it is read. */
export type ReadSample = Managed<SampleRequestRow>;

const managed = ({ now }: ReadScope) => sql`left join contract_terms c on c.creator_id = t.creator_id
  and tstzrange(c.valid_from, c.valid_to) @> ${now}::timestamptz`;

export const sampleById = oneByKey<ReadSample>({
  name: 'sampleById',
  columns: [...REQUEST_COLUMNS, 'managedBy', 'visibility'],
  read: (ids, scope) =>
    scope.sql.rows(sql<ReadSample>`
      select ${select('t', REQUEST_COLUMNS)}, c.agency_id as "managedBy", c.visibility
      from sample_request t ${managed(scope)} where t.id = any(${ids}::uuid[])`),
  keyOf: ({ id }) => id,
});

/** What narrows a list of requests. */
export interface SampleFilter {
  readonly state?: SampleState | null;
}

type Side = 'brandId' | 'creatorId';

const samplesBy = (name: string, side: Side) =>
  pageByKey<SampleRequestRow, SampleFilter>({
    name,
    columns: REQUEST_COLUMNS,
    read: (keys, page, filter, scope) => scope.sql.rows(pageOf(side, keys, page, filter)),
    keyOf: (row) => row[side],
    cursorOf: ({ id }) => [id],
  });

function pageOf(
  side: Side,
  keys: readonly Key[],
  page: Page,
  { state }: SampleFilter,
): RawBuilder<SampleRequestRow> {
  const { where, order } = keyset([{ sql: sql`r.id`, type: 'uuid' }], 'desc', page);
  const column = sql.ref(side === 'brandId' ? 'r.brand_id' : 'r.creator_id');
  const inState = state == null ? sql`true` : sql`r.state = ${state}`;
  return sql`
    select ${select('t', REQUEST_COLUMNS)} from unnest(${keys}::uuid[]) k (id)
    cross join lateral (select r.* from sample_request r where ${column} = k.id and ${inState} and ${where}
      order by ${order} ${limitOf(page)}) t
    order by t.id desc`;
}

/** The requests for products of a brand, newest first. */
export const samplesOfBrand = samplesBy('samplesOfBrand', 'brandId');
/** The requests of a creator, newest first. */
export const samplesOfCreator = samplesBy('samplesOfCreator', 'creatorId');

const RULE_COLUMNS = [
  'id',
  'brandId',
  'productId',
  'approval',
  'shortFalls',
  'minFollowers',
  'minGmvMinor',
  'minOrders',
  'priceCapMinor',
  'currency',
  'quota',
  'taken',
  'perCreator',
  'shipDays',
  'contentDays',
  'contentWanted',
  'createdAt',
  'closedAt',
] as const;

/** A rule as it is read: with what decides who may see its product. */
export type ReadSampleRule = SampleRuleRow & Pick<ProductRow, 'listedAt'>;

const rulesBy = (name: string, column: 'id' | 'productId', condition: RawBuilder<unknown>) =>
  oneByKey<ReadSampleRule>({
    name,
    columns: [...RULE_COLUMNS, 'listedAt'],
    read: (keys, { sql: db }) =>
      db.rows(sql<ReadSampleRule>`
        select ${select('t', RULE_COLUMNS)}, p.listed_at as "listedAt"
        from sample_rule t join product p on p.id = t.product_id
        where ${sql.ref(column === 'id' ? 't.id' : 't.product_id')} = any(${keys}::uuid[]) and ${condition}`),
    keyOf: (row) => row[column],
  });

export const sampleRuleById = rulesBy('sampleRuleById', 'id', sql`true`);
/** The rule of a product that is live. */
export const sampleRuleOfProduct = rulesBy('sampleRuleOfProduct', 'productId', sql`t.closed_at is null`);

/** An address as it is read: with whose it is, and whether the brand may read it at this moment. */
export type ReadAddress = SampleAddressRow &
  Pick<SampleRequestRow, 'brandId' | 'creatorId'> & { readonly open: boolean };

const ADDRESS_COLUMNS = ['requestId', 'recipient', 'phone', 'region', 'lines'] as const;

/** Whether a request is approved and not over. Its limits count to the millisecond, also before they were worked off. */
const isOpen = (now: Date) => sql`case r.state
  when 'APPROVED' then r.ship_due_at > ${now}
  when 'SHIPPED' then r.arrival_due_at + make_interval(hours => r.content_days * 24) > ${now}
  when 'CONTENT_DUE' then r.content_due_at > ${now}
  else false end`;

export const addressOfSample = oneByKey<ReadAddress>({
  name: 'addressOfSample',
  columns: [...ADDRESS_COLUMNS, 'brandId', 'creatorId', 'open'],
  read: (ids, { sql: db, now }) =>
    db.rows(sql<ReadAddress>`
      select ${select('t', ADDRESS_COLUMNS)}, r.brand_id as "brandId", r.creator_id as "creatorId", ${isOpen(now)} as open
      from sample_address t join sample_request r on r.id = t.request_id where t.request_id = any(${ids}::uuid[])`),
  keyOf: ({ requestId }) => requestId,
});
