import type { Tx } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { newId } from '../../kernel/ids.ts';
import { EnrolmentRow, type EnrolmentState, EnrolmentTermsRow } from './campaign.entity.ts';

/** Commission and service fee together are at most this (domain.md, "Plans and terms"). */
const MAX_TOGETHER_BP = 9000;

export interface NewEnrolment {
  readonly id?: string;
  readonly campaignId: string;
  readonly agencyId: string;
  readonly brandId: string;
  readonly productId: string;
  /** The first agency's enrolment, for a second-level agency. */
  readonly parentId?: string;
  readonly commissionBp: number;
  readonly serviceFeeBp: number;
  readonly state: EnrolmentState;
  readonly note?: string;
  readonly from: Date;
}

/** Enters a product into a campaign with its first terms. Gives the enrolment's id. */
export async function enrolProduct(tx: Tx, enrolment: NewEnrolment, now: Date): Promise<string> {
  const { campaignId, agencyId, brandId, productId, commissionBp, serviceFeeBp, state } = enrolment;
  new Checks()
    .that(
      commissionBp >= 1 && commissionBp <= 9000,
      'commissionBp',
      'A commission is 1 to 9000 basis points.',
    )
    .that(
      serviceFeeBp >= 0 && serviceFeeBp <= 4000,
      'serviceFeeBp',
      'A service fee is 0 to 4000 basis points.',
    )
    .that(
      commissionBp + serviceFeeBp <= MAX_TOGETHER_BP,
      'serviceFeeBp',
      'Commission and fee are at most 9000 together.',
    )
    .done();
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
  return id;
}
