import { type RawBuilder, sql } from 'kysely';
import { keyset, limitOf, type Page } from '../../graphql/connection.ts';
import { select } from '../../graphql/loaders.ts';
import { newestOf, newestOfLine, rowById } from '../../graphql/table-loaders.ts';

export type AttributionClaimState = 'OPEN' | 'UPHELD' | 'DISMISSED';
export type AttributionClaimDecider = 'BRAND' | 'OPERATOR' | 'ANOTHER_CLAIM';

/** A creator's claim on an order line that was credited to nobody. */
export interface AttributionClaimRow {
  readonly id: string;
  readonly brandId: string;
  readonly lineId: string;
  readonly creatorId: string;
  readonly orderNo: string;
  readonly lineNo: number;
  readonly statement: string;
  readonly evidenceUrls: readonly string[];
  readonly state: AttributionClaimState;
  readonly openedAt: Date;
  readonly decidedAt: Date | null;
  readonly decidedBy: AttributionClaimDecider | null;
  readonly note: string | null;
}

const COLUMNS = [
  'id',
  'brandId',
  'lineId',
  'creatorId',
  'orderNo',
  'lineNo',
  'statement',
  'evidenceUrls',
  'state',
  'openedAt',
  'decidedAt',
  'decidedBy',
  'note',
] as const;

const claims = { table: 'attribution_claim', columns: COLUMNS };

export const attributionClaimById = rowById<AttributionClaimRow>({ name: 'attributionClaimById', ...claims });
export const attributionClaimsOfBrand = newestOf<AttributionClaimRow>({
  name: 'attributionClaimsOfBrand',
  key: 'brandId',
  ...claims,
});
export const attributionClaimsOfCreator = newestOf<AttributionClaimRow>({
  name: 'attributionClaimsOfCreator',
  key: 'creatorId',
  ...claims,
});

const BY_ID = [{ sql: sql`t.id`, type: 'uuid' }] as const;

/** The claims on an order line, newest first. */
export const attributionClaimsOfLine = newestOfLine<AttributionClaimRow>({
  name: 'attributionClaimsOfLine',
  table: 'attribution_claim',
  columns: COLUMNS,
});

/** SQL: claims `t` under a condition. */
export const attributionClaimsWhere = (where: RawBuilder<unknown>): RawBuilder<AttributionClaimRow> =>
  sql<AttributionClaimRow>`select ${select('t', COLUMNS)} from attribution_claim t where ${where}`;

/** A page of the claims that wait for a decision, the oldest first. */
export function openAttributionClaims(page: Page): RawBuilder<AttributionClaimRow> {
  const { where, order } = keyset(BY_ID, 'asc', page);
  return attributionClaimsWhere(sql`t.state = 'OPEN' and ${where} order by ${order} ${limitOf(page)}`);
}
