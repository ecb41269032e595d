import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { invalid, Refusal, unknown, wrongState } from '../../graphql/user-errors.ts';
import { refuseBlocked, refusePenalised } from '../account/index.ts';
import {
  enrolmentTables,
  isInForce,
  isOpenToCreator,
  type ReadEnrolment,
  termsHoldOrWill,
} from '../campaign/index.ts';
import { enterLink } from './pick-product.ts';
import type { PromotionLinkRow } from './promotion.entity.ts';

const PATH = ['input', 'enrolmentId'];

export interface NewSpreadLink {
  readonly id?: string;
  readonly code?: string;
  readonly creatorId: string;
  /** Basis points of the rate that the brand pays in all. */
  readonly creatorPartBp: number;
}

interface Found {
  readonly pays: string;
  readonly inForce: boolean;
  readonly isOpen: boolean;
  readonly productState: string;
  /** The lowest rate in all that is in force or to come. */
  readonly rateBp: number;
}

/**
 * Makes a promotion link for a creator from an enrolment in a SPREAD campaign, with the part of the rate that the agency
 * passes on (TikTok Shop's partner campaigns do so). Only such links earn from it. The creator is told.
 */
export async function createSpreadLink(
  tx: Tx,
  enrolment: Pick<ReadEnrolment, 'id' | 'productId' | 'brandId' | 'agencyId'>,
  spread: NewSpreadLink,
  now: Date,
): Promise<PromotionLinkRow> {
  const { id: enrolmentId, productId, brandId, agencyId } = enrolment;
  const { creatorId, creatorPartBp } = spread;
  await refuseBlocked(tx, brandId, creatorId, now, ['input', 'creatorId']);
  await refusePenalised(tx, creatorId, now, ['input', 'creatorId']);
  const [found] = await tx.rows(sql<Found>`
    select g.pays, ${isInForce(now)} as "inForce", ${isOpenToCreator(sql`${creatorId}`)} as "isOpen",
      p.state as "productState", (select min(v.commission_bp) from enrolment_terms v
        where v.enrolment_id = e.id and ${termsHoldOrWill('v', now)}) as "rateBp"
    from ${enrolmentTables} join product p on p.id = e.product_id where e.id = ${enrolmentId} for share of e`);
  refuse(found, creatorPartBp);
  const link = await enterLink(tx, { ...spread, productId, enrolmentId }, brandId, now);
  const subject = { type: 'PromotionLink', id: link.id };
  await announce(
    tx,
    [{ kind: 'SPREAD_LINK_MADE', subject, to: [creatorId, agencyId], data: { creatorPartBp } }],
    now,
  );
  return link;
}

function refuse(found: Found | undefined, creatorPartBp: number): void {
  if (found?.pays !== 'SPREAD')
    throw wrongState(PATH, 'SERVICE_FEE', 'Creators pick from this campaign themselves.');
  if (!found.inForce)
    throw wrongState(PATH, 'NOT_IN_FORCE', 'The product is not, or no longer, in the campaign.');
  if (!found.isOpen) throw unknown(['input', 'creatorId'], 'creator');
  if (found.productState !== 'LISTED')
    throw wrongState(PATH, found.productState, 'The product is not in the pool now.');
  if (creatorPartBp < 1 || creatorPartBp > found.rateBp) {
    const message = `The part of the creator is 1 to ${found.rateBp} basis points: all that the brand pays.`;
    throw new Refusal([invalid(['input', 'creatorRate'], message)]);
  }
}
