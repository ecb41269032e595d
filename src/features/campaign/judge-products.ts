import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import type { UserErrorValue } from '../../graphql/user-errors.ts';
import { toGlobalId } from '../../kernel/ids.ts';
import { categoryMinimum, type Fault, productFaults } from './product-faults.ts';

/** A product that a brand wants to enrol. */
export interface Offered {
  readonly productId: string;
  readonly commissionBp: number;
  readonly serviceFeeBp: number;
}

/** What stands for and against a product in a campaign. */
export interface Judgement {
  readonly found: boolean;
  readonly faults: readonly Fault[];
  /** The enrolment that waits, is approved, or was rejected for good. */
  readonly liveId: string | null;
  readonly liveState: string | null;
}

/** Judges products of a brand for a campaign, with one statement; the judgements stand at the products' places. */
export async function judgeProducts(
  db: Sql,
  { campaignId, brandId }: { readonly campaignId: string; readonly brandId: string },
  offered: readonly Offered[],
  now: Date,
): Promise<Judgement[]> {
  const judged = {
    commission: sql`a.commission_bp`,
    serviceFee: sql`a.service_fee_bp`,
    hasMinima: sql<boolean>`true`,
  };
  return db.rows(sql<Judgement>`
    select p.id is not null as found, ${productFaults({ ...judged, now })} as faults,
      live.id as "liveId", live.state as "liveState"
    from unnest(
      ${offered.map((_, i) => i)}::int[],
      ${offered.map(({ productId }) => productId)}::uuid[],
      ${offered.map(({ commissionBp }) => commissionBp)}::int[],
      ${offered.map(({ serviceFeeBp }) => serviceFeeBp)}::int[]
    ) a (place, product_id, commission_bp, service_fee_bp)
    join recruiting_campaign g on g.id = ${campaignId}
    join brand b on b.id = ${brandId}
    left join product p on p.id = a.product_id and p.brand_id = b.id
    ${categoryMinimum}
    left join enrolment live on live.campaign_id = g.id and live.product_id = p.id
      and live.state in ('PENDING', 'APPROVED', 'REJECTED_FOR_GOOD')
    order by a.place`);
}

/** Faults that a product may be enrolled and approved with: they come and go. */
const PASSING: ReadonlySet<Fault> = new Set(['OUT_OF_STOCK']);

/** Why a product cannot be enrolled; undefined where it can. */
export function objectionTo(
  judgement: Judgement | undefined,
  path: readonly string[],
): UserErrorValue | undefined {
  if (!judgement?.found) {
    const message = 'No product of the brand was found under this id.';
    return { __typename: 'NotFoundError', message, path };
  }
  const { liveState, liveId } = judgement;
  if (liveState === 'REJECTED_FOR_GOOD') {
    const message = 'The agency has rejected the product for good.';
    return { __typename: 'RejectedForGood', message, path };
  }
  if (liveState !== null && liveId !== null) return alreadyEnrolled(liveId, path);
  return unfit(judgement.faults, path);
}

const alreadyEnrolled = (id: string, path: readonly string[]): UserErrorValue => ({
  __typename: 'AlreadyEnrolled',
  message: 'The product is enrolled in the campaign already.',
  path,
  enrolmentId: toGlobalId('Enrolment', id),
});

/** What says that a product does not fit; undefined where it does, or its faults may pass. */
export function unfit(faults: readonly Fault[], path: readonly string[]): UserErrorValue | undefined {
  const because = faults.filter((fault) => !PASSING.has(fault));
  if (because.length === 0) return undefined;
  return {
    __typename: 'ProductUnfit',
    message: `The product does not fit: ${because.join(', ')}.`,
    path,
    because,
  };
}
