import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { type OfferValue, resolveTerms, type TermsResolutionValue } from '../plan/index.ts';

/** A creator, a product and a moment: for which terms are asked. */
export interface TermsQuestion {
  readonly creatorId: string;
  readonly productId: string;
  readonly brandId: string;
  /** The enrolment that the creator picked the product from, if any. */
  readonly enrolmentId: string | null;
  readonly at: Date;
}

type OfferRow = OfferValue & { readonly question: number };

/** Resolves the terms of many questions with one statement; the answers stand at the questions' places. */
export async function termsFor(
  db: Sql,
  questions: readonly TermsQuestion[],
): Promise<TermsResolutionValue[]> {
  if (questions.length === 0) return [];
  const offers = await readOffers(db, questions);
  const byQuestion = new Map<number, OfferValue[]>();
  for (const offer of offers) {
    const list = byQuestion.get(offer.question);
    if (list === undefined) byQuestion.set(offer.question, [offer]);
    else list.push(offer);
  }
  return questions.map(({ at }, i) => resolveTerms(byQuestion.get(i) ?? [], at));
}

/** All versions in force at the moment asked for, and of a campaign picked from also when it is over. */
function readOffers(db: Sql, questions: readonly TermsQuestion[]): Promise<OfferRow[]> {
  return db.rows(sql<OfferRow>`
    with q as (
      select * from unnest(
        ${questions.map((_, i) => i)}::int[],
        ${questions.map(({ creatorId }) => creatorId)}::uuid[],
        ${questions.map(({ productId }) => productId)}::uuid[],
        ${questions.map(({ brandId }) => brandId)}::uuid[],
        ${questions.map(({ enrolmentId }) => enrolmentId)}::uuid[],
        ${questions.map(({ at }) => at)}::timestamptz[]
      ) as q (i, creator_id, product_id, brand_id, enrolment_id, at)
    ), plans as (
      select q.i, q.creator_id, q.at, p.id, p.kind from q join plan p on p.product_id = q.product_id
      where p.opens_at <= q.at and (p.closes_at is null or p.closes_at > q.at)
      union all
      select q.i, q.creator_id, q.at, p.id, p.kind from q join plan p on p.brand_id = q.brand_id
      where p.kind = 'SHOP_TARGETED' and p.opens_at <= q.at and (p.closes_at is null or p.closes_at > q.at)
    )
    select p.i as question, p.kind, p.id as "offerId", t.id as "termsId", t.commission_bp as "commissionBp",
      0 as "serviceFeeBp", t.valid_from as "validFrom", t.valid_to as "validTo",
      (p.kind = 'OPEN' or exists (
        select from plan_creator c where c.plan_id = p.id and c.creator_id = p.creator_id)) as "reachesCreator"
    from plans p join plan_terms t on t.plan_id = p.id
    where t.valid_from <= p.at and (t.valid_to is null or t.valid_to > p.at)
    union all
    select q.i, 'CAMPAIGN', e.id, t.id, t.commission_bp, t.service_fee_bp,
      greatest(t.valid_from, g.opens_at), least(t.valid_to, g.closes_at), true
    from q join enrolment e on e.id = q.enrolment_id and e.product_id = q.product_id and e.state in ('APPROVED', 'ENDED')
    join recruiting_campaign g on g.id = e.campaign_id
    join lateral (select * from enrolment_terms t
      where t.enrolment_id = e.id and t.valid_from <= q.at order by t.valid_from desc limit 1) t on true`);
}
