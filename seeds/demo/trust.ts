import { sql } from 'kysely';
import type { LineRow } from '../../src/features/order/index.ts';
import {
  changeTrustPolicy,
  decideClaim,
  joinTrustBuy,
  keepTrust,
  openClaim,
  setProtections,
} from '../../src/features/trust/index.ts';
import { type ClaimSeed, claims, products, protectedBrands } from './content/index.ts';
import { demoId } from './ids.ts';
import { ago, forEachItem, type Seeding } from './seeding.ts';

/** Before all orders, and after the products were listed. */
const FOUNDED_DAYS = 30;
const PER_CENT = 100n;

/** The founding members of Trust Buy, admitted before there were figures to go by, with what their products carry. */
export async function seedTrustBuy(seeding: Seeding): Promise<void> {
  const { tx } = seeding;
  const at = ago(seeding, FOUNDED_DAYS);
  await changeTrustPolicy(tx, { admissionScore: 0, admissionLines: 0, expulsionScore: 0 }, at);
  await forEachItem(seeding, 'Members of Trust Buy', protectedBrands, ({ brand }) =>
    joinTrustBuy(tx, demoId(brand), at),
  );
  const carried = protectedBrands.flatMap(({ brand, kinds }) =>
    products
      .filter((product) => product.brand === brand && product.state === 'LISTED')
      .map(({ key }) => ({ brandId: demoId(brand), productId: demoId(key), kinds })),
  );
  await forEachItem(seeding, 'Protections', carried, (product) => setProtections(tx, product, at));
  const usual = { admissionScore: 80, admissionLines: 20, cardOrders: 3 };
  await changeTrustPolicy(tx, usual, new Date(at.getTime() + 1));
}

/**
 * Claims on lines that the buyers have received, each decided by those who decide it, then the scores that follow.
 * Gives how many refunds they have entered.
 */
export async function seedClaims(seeding: Seeding): Promise<number> {
  const taken: string[] = [];
  let refunds = 0;
  const oldestFirst = claims.toSorted((a, b) => b.days - a.days);
  await forEachItem(seeding, 'Claims', oldestFirst, async (claim) => {
    const line = await lineFor(seeding, claim, taken);
    taken.push(line.id);
    if (await live(seeding, claim, line)) refunds += 1;
  });
  await keepTrust(seeding.within, seeding.now);
  return refunds;
}

/** The first of the brand's lines that could be claimed on that day, in the order of their numbers. */
async function lineFor(seeding: Seeding, { brand, days }: ClaimSeed, taken: readonly string[]) {
  const [line] = await seeding.tx.rows(sql<LineRow>`
    select l.id, l.brand_id as "brandId", l.source_id as "sourceId", l.order_no as "orderNo", l.line_no as "lineNo",
      l.product_id as "productId", l.creator_id as "creatorId", l.currency, l.goods_paid_minor as "goodsPaidMinor"
    from order_line l join product_cover c on c.product_id = l.product_id and cardinality(c.kinds) > 0
    where l.brand_id = ${demoId(brand)} and l.state = 'RECEIVED' and l.refund_reported_minor = 0
      and l.creator_id is not null and l.goods_paid_minor >= 2000 and not l.id = any(${taken}::uuid[])
      and l.received_at between ${ago(seeding, days + 6)} and ${ago(seeding, days)}
    order by l.order_no, l.line_no limit 1`);
  if (line === undefined) throw new Error(`No line of ${brand} can be claimed on.`);
  return line;
}

/** Opens the claim and brings it to where it stands; tells whether that has refunded something. */
async function live(seeding: Seeding, claim: ClaimSeed, line: LineRow): Promise<boolean> {
  const { tx } = seeding;
  const { key, brand, kind, percent = 0n, freightMinor, statement, days, outcome, note } = claim;
  const amountMinor = freightMinor ?? (line.goodsPaidMinor * percent) / PER_CENT;
  const evidenceUrls = [`https://files.example.com/${key.slice('claim:'.length)}.jpg`];
  const asked = { id: demoId(key), kind, amountMinor, statement, evidenceUrls, openedBy: demoId(brand) };
  const id = await openClaim(tx, line, asked, ago(seeding, days));
  if (outcome === 'OPEN') return false;
  const named = { brandId: line.brandId, id, lineId: line.id };
  const at = ago(seeding, days - 1);
  if (outcome === 'DISMISSED') {
    await decideClaim(tx, named, { outcome, note }, at);
    return false;
  }
  const by = outcome === 'CONCEDED' ? ('BRAND' as const) : ('OPERATOR' as const);
  const decision = { outcome: 'UPHELD', payer: 'BRAND', upheldMinor: null, note, by } as const;
  await decideClaim(tx, named, decision, at);
  return kind !== 'RETURN_FREIGHT';
}
