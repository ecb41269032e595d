import { sql } from 'kysely';
import { decideAttributionClaim, openAttributionClaim } from '../../src/features/attribution/index.ts';
import { demoId } from './ids.ts';
import { ago, forEachItem, type Seeding } from './seeding.ts';

const BRAND = 'brand:hebai';
const CLAIMS = 3;

interface Claimable {
  readonly brandId: string;
  readonly creatorId: string;
  readonly orderNo: string;
  readonly lineNo: number;
}

/** Lines without a creator that somebody claims who had the product in the showcase: one is conceded, the others wait. */
export async function seedAttributionClaims(seeding: Seeding): Promise<void> {
  const { tx, now } = seeding;
  const lines = await tx.rows(sql<Claimable>`
    select l.brand_id as "brandId", i.creator_id as "creatorId", l.order_no as "orderNo", l.line_no as "lineNo"
    from order_line l join lateral (select creator_id from showcase_item i where i.product_id = l.product_id
      and i.picked_at < l.placed_at and i.removed_at is null order by i.id limit 1) i on true
    where l.brand_id = ${demoId(BRAND)} and l.creator_id is null and l.unattributed_reason = 'NO_TRACE'
      and l.state = 'RECEIVED' and not exists (select from share_reward r where r.brand_id = l.brand_id and r.line_id = l.id)
    order by l.order_no, l.line_no limit ${CLAIMS}`);
  await forEachItem(seeding, 'Claims on orders', lines, async (line) => {
    const said = {
      statement: '粉丝说是看了我的视频下的单，截图如下。',
      evidenceUrls: ['https://files.example.com/chat.jpg'],
    };
    const claimId = await openAttributionClaim(tx, { ...line, ...said }, ago(seeding, 1));
    if (line !== lines[0]) return;
    const decision = { outcome: 'UPHELD', by: 'BRAND', note: '截图属实' } as const;
    await decideAttributionClaim(tx, { claimId, ...decision }, now);
  });
}
