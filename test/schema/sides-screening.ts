import { sql } from 'kysely';
import { decideFinding, reportClaim } from '../../src/features/screening/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { EARLY, type MadeProduct, type World } from '../kit/world.ts';

interface Reported {
  readonly creatorId: string;
  readonly product: MadeProduct;
}

/** A product that the creator has reported, for which its brand was warned. */
export async function makeScreening({ database }: World, { creatorId, product }: Reported) {
  const { id: productId, brandId } = product;
  return database.transaction(async (tx) => {
    const subject = { type: 'Product', id: productId } as const;
    const reportId = await reportClaim(tx, { reporterId: creatorId, subject, words: '夸大宣传' }, EARLY);
    const [finding] = await tx.rows(sql<{ id: string }>`
      select finding_id as id from claim_report where id = ${reportId}`);
    const id = finding?.id ?? '';
    const penalty = { kind: 'WARNING', endsAt: null } as const;
    await decideFinding(tx, { id, partyId: brandId }, { outcome: 'UPHELD', reason: '属实', penalty }, EARLY);
    const [row] = await tx.rows(sql<{ penaltyId: string; rulesId: string }>`
      select p.id as "penaltyId", (select id from claim_rules where valid_to is null) as "rulesId"
      from claim_penalty p where p.finding_id = ${id}`);
    return {
      ClaimFinding: toGlobalId('ClaimFinding', id),
      ClaimPenalty: toGlobalId('ClaimPenalty', row?.penaltyId ?? ''),
      ClaimReport: toGlobalId('ClaimReport', reportId),
      ClaimRuleSet: toGlobalId('ClaimRuleSet', row?.rulesId ?? ''),
    };
  });
}

/** What can be decided, appealed against, tried and reported, by the names of the fields that name it. */
export async function screeningIds(
  world: World,
  brandId: string,
  creatorId: string,
): Promise<Record<string, string>> {
  const made = await makeScreening(world, { creatorId, product: await world.product({ brandId }) });
  const theirs = await world.product();
  return {
    claimFindingId: made.ClaimFinding,
    claimPenaltyId: made.ClaimPenalty,
    reporterId: toGlobalId('Brand', brandId),
    subjectId: toGlobalId('Product', theirs.id),
  };
}
