import { sql } from 'kysely';
import type { LineRow } from '../../src/features/order/index.ts';
import { joinTrustBuy, keepTrust, openClaim, setProtections } from '../../src/features/trust/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { EARLY, event, type MadeProduct, placed, type World } from '../kit/world.ts';

const PLACED_AT = new Date('2026-07-21T12:00:00Z');
/** Before the window of the scores has passed the order by. */
const COUNTED_AT = new Date('2026-08-21T12:00:00Z');

interface Sold {
  readonly brandId: string;
  readonly creatorId: string;
  readonly product: MadeProduct;
  readonly enrolmentId: string | null;
}

/** A brand in Trust Buy, a protected line with a claim that waits, the scores of both, and the rules that all go by. */
export async function makeTrust(world: World, { brandId, creatorId, product, enrolmentId }: Sold) {
  const { database } = world;
  await database.rows(
    sql`update trust_policy set admission_lines = 0, admission_score = 0, expulsion_score = 0`,
  );
  await world.tx(async (tx) => {
    await joinTrustBuy(tx, brandId, EARLY);
    const kinds = ['REFUND_WITHOUT_RETURN'] as const;
    await setProtections(tx, { brandId, productId: product.id, kinds }, EARLY);
  });
  const linkCode = await world.link(creatorId, product, enrolmentId);
  const at = (kind: Parameters<typeof event>[1], more: object = {}) =>
    event(brandId, kind, 'CLAIMED', { occurredAt: PLACED_AT, ...more });
  await world.ingest(brandId, [
    at('PLACED', { placed: placed(product.code, { linkCode }) }),
    at('PAID'),
    at('RECEIVED'),
  ]);
  const [line] = await database.rows(sql<LineRow>`
    select id, brand_id as "brandId", source_id as "sourceId", order_no as "orderNo", line_no as "lineNo",
      product_id as "productId", creator_id as "creatorId", currency, goods_paid_minor as "goodsPaidMinor"
    from order_line where brand_id = ${brandId} and order_no = 'CLAIMED'`);
  const claim = {
    kind: 'REFUND_WITHOUT_RETURN',
    amountMinor: 5000n,
    statement: 'Rotten',
    evidenceUrls: ['https://files.example/1.jpg'],
    openedBy: brandId,
  } as const;
  const id = await world.tx((tx) => openClaim(tx, line as LineRow, claim, PLACED_AT));
  await keepTrust(database, COUNTED_AT);
  const [policy] = await database.rows(
    sql<{ id: string }>`select id from trust_policy where valid_to is null`,
  );
  return {
    TrustClaim: toGlobalId('TrustClaim', id, brandId),
    TrustPolicy: toGlobalId('TrustPolicy', policy?.id ?? ''),
  };
}
