import { sql } from 'kysely';
import { v5 } from 'uuid';
import type { Database, Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { select } from '../../graphql/loaders.ts';
import { postTransactions } from '../ledger/index.ts';
import { escrowOf, payeeAccount } from '../settlement/index.ts';
import type { MilestoneRow } from './engagement.entity.ts';
import { MILESTONE_COLUMNS, moveMilestones } from './move-milestones.ts';
import { aboutMilestone } from './tell-sides.ts';

const AT_ONCE = 200;
/** A fixed namespace: a milestone is paid by one transaction, however often that is tried. */
const PAYMENTS = '3d7f0a52-1c9e-5b7e-8f38-6a5f2d0c9e13';
const paymentOf = (milestoneId: string): string => v5(milestoneId, PAYMENTS);

type Released = MilestoneRow & {
  readonly brandId: string;
  readonly providerId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
};

/**
 * Pays for work whose price was released: from the brand's escrow to what the provider may be paid out. Several processes
 * share the work, and each milestone is paid once.
 */
export async function payMilestones(database: Database, now: Date): Promise<void> {
  while ((await database.transaction((tx) => paySome(tx, now))) === AT_ONCE);
}

async function paySome(tx: Tx, now: Date): Promise<number> {
  const released = await tx.rows(sql<Released>`
    select ${select('t', MILESTONE_COLUMNS)}, e.brand_id as "brandId", e.provider_id as "providerId", e.currency,
      r.amount_minor as "amountMinor"
    from engagement_milestone t
    join engagement e on e.id = t.engagement_id
    join engagement_entry r on r.milestone_id = t.id and r.kind = 'RELEASED'
    where t.state in ('ACCEPTED_BY_BRAND', 'RESOLVED') order by t.id limit ${AT_ONCE} for update of t skip locked`);
  if (released.length === 0) return 0;
  await moveMilestones(
    tx,
    released.map((milestone) => ({ milestone, to: 'PAID', at: now })),
  );
  await tx.rows(sql`
    update engagement_milestone m set payment_id = v.payment_id
    from unnest(${released.map(({ id }) => id)}::uuid[], ${released.map(({ id }) => paymentOf(id))}::uuid[])
      v (id, payment_id)
    where m.id = v.id`);
  await announce(
    tx,
    released.map((milestone) => aboutMilestone('MILESTONE_PAID', milestone, milestone)),
    now,
  );
  await postTransactions(
    tx,
    released.map((milestone) => transactionOf(milestone, now)),
    now,
  );
  return released.length;
}

const transactionOf = ({ id, brandId, providerId, currency, amountMinor }: Released, occurredAt: Date) => ({
  id: paymentOf(id),
  transfers: [
    {
      kind: 'ENGAGEMENT' as const,
      from: escrowOf(brandId, currency),
      to: payeeAccount({ payeeId: providerId, currency }, 'PAYABLE'),
      amountMinor,
      brandId,
      occurredAt,
    },
  ],
});
