import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import { decideFinding, reportClaim } from '../../src/features/screening/index.ts';

const AT = new Date('2011-01-15T00:00:00Z');

/** A product of the replay that a creator has reported, for which its brand was warned. */
export async function makeScreening(database: Database): Promise<void> {
  const [line] = await database.rows(sql<{ productId: string; brandId: string; creatorId: string }>`
    select l.product_id as "productId", l.brand_id as "brandId", l.creator_id as "creatorId"
    from order_line l join pool_entry e on e.product_id = l.product_id
    where l.creator_id is not null order by l.id limit 1`);
  const { productId = '', brandId = '', creatorId = '' } = line ?? {};
  await database.transaction(async (tx) => {
    const subject = { type: 'Product', id: productId } as const;
    await reportClaim(tx, { reporterId: creatorId, subject, words: 'Too good to be true' }, AT);
    const [finding] = await tx.rows(sql<{ id: string }>`
      select id from claim_finding where product_id = ${productId} and state = 'OPEN'`);
    const penalty = { kind: 'WARNING', endsAt: null } as const;
    const decision = { outcome: 'UPHELD', reason: 'It is', penalty } as const;
    await decideFinding(tx, { id: finding?.id ?? '', partyId: brandId }, decision, AT);
  });
}

/** One thing spoilt at a time, and every check that must see it. */
export const SPOILT_SCREENING: readonly [what: string, statement: string, checks: readonly string[]][] = [
  [
    'a penalty stands on what was dismissed',
    "update claim_finding set state = 'DISMISSED'",
    ['penalties-stand-on-upheld-findings'],
  ],
  [
    'a report is of another text than its finding',
    "update claim_finding set text_hash = 'x'",
    ['reports-are-of-the-text-of-their-finding'],
  ],
  [
    'a brand is expelled and has products in the pool',
    "update claim_penalty set kind = 'EXPELLED'",
    ['expelled-brands-have-nothing-listed'],
  ],
];
