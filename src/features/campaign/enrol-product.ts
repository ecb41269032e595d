import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { newId } from '../../kernel/ids.ts';
import { EnrolmentRow, EnrolmentTermsRow } from './campaign.entity.ts';
import { rateProblems } from './check-rates.ts';
import type { EnrolmentState } from './enrolment-state.ts';

export interface NewEnrolment {
  readonly id?: string;
  readonly campaignId: string;
  readonly agencyId: string;
  readonly brandId: string;
  readonly productId: string;
  /** The first agency's enrolment, for a second-level agency. */
  readonly parentId?: string;
  /** Null for a second-level agency: it is the first one's. */
  readonly commissionBp: number | null;
  readonly serviceFeeBp: number;
  readonly state: EnrolmentState;
  readonly note?: string;
  readonly from: Date;
  /** Until when the brand is bound, for an approved one. */
  readonly committedUntil?: Date;
  readonly endsAt?: Date;
}

/** Enters a product into a campaign with its first terms. Gives the enrolment's id. */
export async function enrolProduct(tx: Tx, enrolment: NewEnrolment, now: Date): Promise<string> {
  const { campaignId, agencyId, brandId, productId, commissionBp, serviceFeeBp, state } = enrolment;
  const checks = new Checks();
  for (const { field, message } of rateProblems({ commissionBp, serviceFeeBp }))
    checks.that(false, field, message);
  checks.done();
  const id = enrolment.id ?? newId();
  const parentId = enrolment.parentId ?? null;
  const note = enrolment.note ?? null;
  tx.em.create(EnrolmentRow, {
    id,
    campaignId,
    agencyId,
    brandId,
    productId,
    parentId,
    state,
    note,
    createdAt: now,
    decidedAt: state === 'PENDING' ? null : now,
    committedUntil: enrolment.committedUntil ?? null,
    leaveAskedBy: null,
    leaveAskedAt: null,
    endsAt: enrolment.endsAt ?? null,
  });
  tx.em.create(EnrolmentTermsRow, {
    id: newId(),
    enrolmentId: id,
    version: 1,
    commissionBp,
    serviceFeeBp,
    validFrom: enrolment.from,
    validTo: null,
  });
  await tx.em.flush();
  if (state === 'APPROVED')
    await tx.rows(
      sql`update recruiting_campaign set places_taken = places_taken + 1 where id = ${campaignId}`,
    );
  return id;
}
