import { type RawBuilder, sql } from 'kysely';
import { keyset, limitOf, type Page } from '../../graphql/connection.ts';
import { keyColumns, oneByKey, select } from '../../graphql/loaders.ts';
import { newestOf, newestOfLine } from '../../graphql/table-loaders.ts';
import type { ProtectionKind } from '../product/index.ts';
import type { ClaimDecider, ClaimPayer, ClaimState } from './claim-state.ts';

/** A claim as it stands in its table. Amounts in minor units of the line's currency. */
export interface ClaimRow {
  readonly brandId: string;
  readonly id: string;
  readonly lineId: string;
  readonly productId: string;
  readonly creatorId: string | null;
  readonly kind: ProtectionKind;
  readonly state: ClaimState;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly statement: string;
  readonly evidenceUrls: readonly string[];
  readonly caseId: string;
  readonly openedAt: Date;
  readonly decidedAt: Date | null;
  readonly decidedBy: ClaimDecider | null;
  readonly note: string | null;
  readonly payer: ClaimPayer | null;
  readonly goodsMinor: bigint | null;
  readonly compensationMinor: bigint | null;
  readonly refundEventId: string | null;
}

const COLUMNS = [
  'brandId',
  'id',
  'lineId',
  'productId',
  'creatorId',
  'kind',
  'state',
  'currency',
  'amountMinor',
  'statement',
  'evidenceUrls',
  'caseId',
  'openedAt',
  'decidedAt',
  'decidedBy',
  'note',
  'payer',
  'goodsMinor',
  'compensationMinor',
  'refundEventId',
] as const;

export const claimById = oneByKey<ClaimRow>({
  name: 'trustClaimById',
  columns: COLUMNS,
  read: (keys, { sql: db }) => {
    const [brands = [], ids = []] = keyColumns(keys, 2);
    return db.rows(sql<ClaimRow>`
      select ${select('t', COLUMNS)} from unnest(${brands}::uuid[], ${ids}::uuid[]) k (brand_id, id)
      join trust_claim t using (brand_id, id)`);
  },
  keyOf: ({ brandId, id }) => [brandId, id],
});

/** The claims on an order line, newest first. */
export const claimsOfLine = newestOfLine<ClaimRow>({
  name: 'trustClaimsOfLine',
  table: 'trust_claim',
  columns: COLUMNS,
});

const CLAIMS = { table: 'trust_claim', columns: COLUMNS } as const;
export const claimsOfBrand = newestOf<ClaimRow>({ name: 'trustClaimsOfBrand', key: 'brandId', ...CLAIMS });
export const claimsOfCreator = newestOf<ClaimRow>({
  name: 'trustClaimsOfCreator',
  key: 'creatorId',
  ...CLAIMS,
});

/** A page of the claims that wait for a decision, the oldest first. */
export function openClaims(page: Page): RawBuilder<ClaimRow> {
  const { where, order } = keyset([{ sql: sql`t.id`, type: 'uuid' }], 'asc', page);
  return sql<ClaimRow>`
    select ${select('t', COLUMNS)} from trust_claim t where t.state = 'OPEN' and ${where}
    order by ${order} ${limitOf(page)}`;
}
