import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import type { CampaignPays } from './campaign.entity.ts';
import { type ReadEnrolment, termsAt, termsHoldOrWill } from './enrolment.loaders.ts';
import type { EnrolmentState } from './enrolment-state.ts';
import { enrolmentEnd, enrolmentTables, stateAt } from './in-force.ts';
import { categoryMinimum } from './product-faults.ts';

/** An enrolment under a row lock, with what a change of it has to look at. */
export interface LockedEnrolment {
  readonly id: string;
  readonly campaignId: string;
  readonly agencyId: string;
  readonly brandId: string;
  readonly productId: string;
  readonly firstAgencyId: string | null;
  readonly state: EnrolmentState;
  readonly endsAt: Date | null;
  readonly committedUntil: Date | null;
  readonly leaveAskedBy: string | null;
  readonly leaveAgreedBy: readonly string[];
  readonly pays: CampaignPays;
  readonly secondLevelOpen: boolean;
  /** The version in force. */
  readonly termsId: string;
  readonly commissionBp: number | null;
  readonly serviceFeeBp: number;
  /** The lowest service fee now or to come. */
  readonly lowestFeeBp: number;
  /** When a version begins that is still to come. */
  readonly nextFrom: Date | null;
  readonly minCommissionBp: number | null;
  readonly minServiceFeeBp: number;
  /** The agencies that have it in campaigns of theirs, and the highest part of the fee that is theirs now or to come. */
  readonly secondAgencyIds: readonly string[];
  readonly highestBelowBp: number | null;
  /** The lowest fee of the first agency now or to come, of which a second-level one has a part. */
  readonly lowestAboveBp: number | null;
}

/**
 * Locks an enrolment until the transaction ends, with the one that it stands below: who has the first one's lock knows
 * that no agency below it comes or asks for more.
 */
export async function lockEnrolment(
  tx: Sql,
  { id, parentId }: Pick<ReadEnrolment, 'id' | 'parentId'>,
  now: Date,
): Promise<LockedEnrolment> {
  const ids = parentId == null ? [id] : [id, parentId];
  await tx.rows(sql`select from enrolment where id = any(${ids}::uuid[]) order by id for update`);
  const [row] = await tx.rows(sql<LockedEnrolment>`
    select e.id, e.campaign_id as "campaignId", e.agency_id as "agencyId", e.brand_id as "brandId",
      e.product_id as "productId", f.agency_id as "firstAgencyId", ${stateAt(now)} as state, ${enrolmentEnd} as "endsAt",
      e.committed_until as "committedUntil", e.leave_asked_by as "leaveAskedBy", e.leave_agreed_by as "leaveAgreedBy",
      g.pays, g.second_level_open as "secondLevelOpen", m.id as "termsId", m.commission_bp as "commissionBp",
      m.service_fee_bp as "serviceFeeBp", c.bp as "minCommissionBp", g.min_service_fee_bp as "minServiceFeeBp",
      (select min(v.valid_from) from enrolment_terms v
        where v.enrolment_id = e.id and v.valid_from > ${now} and ${termsHoldOrWill('v', now)}) as "nextFrom",
      (select min(v.service_fee_bp) from enrolment_terms v
        where v.enrolment_id = e.id and ${termsHoldOrWill('v', now)}) as "lowestFeeBp",
      array(select s.agency_id from enrolment s
        where s.parent_id = e.id and s.state = 'APPROVED' order by s.id) as "secondAgencyIds",
      (select max(v.service_fee_bp) from enrolment s join enrolment_terms v on v.enrolment_id = s.id
        where s.parent_id = e.id and s.state = 'APPROVED' and ${termsHoldOrWill('v', now)}) as "highestBelowBp",
      (select min(v.service_fee_bp) from enrolment_terms v
        where v.enrolment_id = e.parent_id and ${termsHoldOrWill('v', now)}) as "lowestAboveBp"
    from ${enrolmentTables} join product p on p.id = e.product_id ${categoryMinimum} ${termsAt('e', 'm', now)}
    where e.id = ${id}`);
  if (row === undefined) throw new Error(`The enrolment ${id} is gone.`);
  return row;
}
