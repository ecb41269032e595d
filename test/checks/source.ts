import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import { submitStory, verifyStory } from '../../src/features/source/index.ts';

const NOW = new Date('2011-02-01T00:00:00Z');
const ENDS = new Date('2012-02-01T00:00:00Z');

/** A verified source story of a product of the replay, in the pool. */
export async function makeSource(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    const [line] = await tx.rows(sql<{ brandId: string; productId: string }>`
      select brand_id as "brandId", product_id as "productId" from order_line where order_no = '536366'`);
    const { brandId = '', productId = '' } = line ?? {};
    const paper = { title: 'Licence', issuer: 'City', issuedAt: NOW };
    const documents = [
      { ...paper, kind: 'BUSINESS_LICENCE', sha256: 'a'.repeat(64), expiresAt: ENDS },
      { ...paper, kind: 'PHOTOGRAPH', sha256: 'b'.repeat(64) },
    ] as const;
    const told = { kind: 'FACTORY', place: 'Nantong', about: '', documents } as const;
    const story = { productId, brandId, submittedBy: brandId, belt: null, liveBaseId: null, ...told };
    const id = await submitStory(tx, story, NOW);
    await verifyStory(tx, { id, brandId, beltId: null, agencyId: null }, NOW);
  });
}

/** One thing spoilt at a time, and every check that must see it. */
export const SPOILT_SOURCES: readonly [what: string, statement: string, checks: readonly string[]][] = [
  [
    'the pool forgets that a product is a source good',
    'update pool_entry set source_kind = null where source_kind is not null',
    ['pool-tells-verified-sources'],
  ],
  [
    'a document of a verified story is gone',
    'delete from source_document where expires_at is not null',
    ['verified-sources-have-evidence'],
  ],
];
