import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { inMonthsOf } from '../../db/months.ts';
import { type PolicyRow, policyAt, policyVersions } from '../account/index.ts';
import type { LostOfferValue, OfferValue } from '../plan/index.ts';
import { type TermsQuestion, termsFor } from '../promotion/index.ts';
import { type Attribution, attributeLine, type Evidence } from './attribute-line.ts';
import { type Placing, readTraces } from './read-traces.ts';

/** An agency that is paid a service fee for having brought the product. */
export interface Recruiting {
  readonly agencyId: string;
  readonly serviceFeeBp: number;
  /** The second-level agency, paid out of the first one's fee by a version of its own. */
  readonly second: {
    readonly agencyId: string;
    readonly serviceFeeBp: number;
    readonly termsId: string;
  } | null;
  /** In a SPREAD campaign the agency is paid all of it and passes the creator's part on. */
  readonly isSpread: boolean;
}

/** Everything that decides how a line's money is divided, as it was when the line was placed. Never changed. */
export interface FrozenTerms {
  readonly policy: PolicyRow;
  /** Days from receipt until the line is due, by its category or else the policy. */
  readonly holdingDays: number;
  readonly evidence: Evidence;
  /** The creator that is credited; null for an unattributed line, which has no commission. */
  readonly creatorId: string | null;
  readonly reason: Attribution['reason'];
  readonly winner: OfferValue | null;
  readonly losers: readonly LostOfferValue[];
  readonly contract: { readonly termsId: string; readonly agencyId: string; readonly shareBp: number } | null;
  readonly recruiting: Recruiting | null;
  /** The creator's part of a SPREAD campaign's rate, as the link fixes it. */
  readonly creatorPartBp: number | null;
}

/** A line that is being placed, and what its product's category says of holding. */
export interface Freezing extends Omit<Placing, 'windowDays'> {
  readonly categoryHoldingDays: number | null;
}

/** Attributes lines that are being placed and freezes their terms; a fixed number of statements for all of them. */
export async function freezeTerms(tx: Sql, placings: readonly Freezing[]): Promise<FrozenTerms[]> {
  const versions = await policyVersions(tx);
  const asked = placings.map((line) => ({
    ...line,
    windowDays: policyAt(versions, line.placedAt).attributionWindowDays,
  }));
  return freezeAs(tx, placings, (await readTraces(tx, asked)).map(attributeLine), versions);
}

/** Freezes the terms of lines that are attributed so, each at its place, as of when they were placed. */
export async function freezeAs(
  tx: Sql,
  placings: readonly Freezing[],
  attributions: readonly Attribution[],
  known?: Awaited<ReturnType<typeof policyVersions>>,
): Promise<FrozenTerms[]> {
  const versions = known ?? (await policyVersions(tx));
  const policies = placings.map(({ placedAt }) => policyAt(versions, placedAt));
  const questions = placings.map((line, i) => toQuestion(line, attributions[i]));
  const resolved = await answered(questions, (list) => termsFor(tx, list));
  const contracts = await answered(questions, (list) => contractsAt(tx, list));
  const campaigns = resolved.map((terms, i) =>
    terms?.winner?.kind === 'CAMPAIGN'
      ? {
          enrolmentId: terms.winner.offerId,
          termsId: terms.winner.termsId,
          at: placings[i]?.placedAt as Date,
        }
      : undefined,
  );
  const recruiting = await answered(campaigns, (list) => recruitingAt(tx, list));

  return placings.map(({ categoryHoldingDays }, i) => {
    const { promotion, reason, evidence } = attributions[i] as Attribution;
    const terms = resolved[i];
    const offered = promotion !== null && terms?.winner != null;
    const policy = policies[i] as PolicyRow;
    return {
      policy,
      holdingDays: categoryHoldingDays ?? policy.holdingDays,
      evidence,
      creatorId: offered ? promotion.creatorId : null,
      reason: offered ? null : (reason ?? 'NO_OFFER_IN_FORCE'),
      winner: terms?.winner ?? null,
      losers: terms?.losers ?? [],
      contract: offered ? (contracts[i] ?? null) : null,
      recruiting: recruiting[i] ?? null,
      creatorPartBp: promotion?.creatorPartBp ?? null,
    };
  });
}

function toQuestion(line: Omit<Placing, 'windowDays'>, attribution?: Attribution): TermsQuestion | undefined {
  const promotion = attribution?.promotion;
  if (promotion == null) return undefined;
  const { brandId, productId, boosted, placedAt: at } = line;
  const { creatorId, enrolmentId, creatorPartBp } = promotion;
  return { creatorId, enrolmentId, creatorPartBp, brandId, productId, boosted, at };
}

/** Asks only for the places that have a question, and puts the answers at their places. */
async function answered<Question, Answer>(
  questions: readonly (Question | undefined)[],
  ask: (list: readonly Question[]) => Promise<readonly (Answer | undefined)[]>,
): Promise<(Answer | undefined)[]> {
  const list = questions.filter((question): question is Question & {} => question !== undefined);
  const answers = list.length === 0 ? [] : await ask(list);
  let next = 0;
  return questions.map((question) => (question === undefined ? undefined : answers[next++]));
}

type Contract = NonNullable<FrozenTerms['contract']>;

/** The contract of each creator with a managing agency at the moment, if any. */
async function contractsAt(tx: Sql, questions: readonly TermsQuestion[]): Promise<(Contract | undefined)[]> {
  const rows = await tx.rows(sql<Contract & { place: number }>`
    select q.place, c.id as "termsId", c.agency_id as "agencyId", c.share_bp as "shareBp"
    from unnest(
      ${questions.map((_, i) => i)}::int[],
      ${questions.map(({ creatorId }) => creatorId)}::uuid[],
      ${questions.map(({ at }) => at)}::timestamptz[]
    ) q (place, creator_id, at)
    join contract_terms c on c.creator_id = q.creator_id and c.valid_from <= q.at
      and (c.valid_to is null or c.valid_to > q.at)`);
  const byPlace = new Map(rows.map(({ place, ...contract }) => [place, contract]));
  return questions.map((_, i) => byPlace.get(i));
}

interface ChainRow {
  readonly place: number;
  readonly agencyId: string;
  readonly serviceFeeBp: number;
  readonly isSpread: boolean;
  readonly secondAgencyId: string | null;
  readonly secondTermsId: string | null;
  readonly secondFeeBp: number | null;
}

/** An enrolment picked from, and the version of the first agency's terms that applies. */
interface ChainQuestion {
  readonly enrolmentId: string;
  readonly termsId: string;
  readonly at: Date;
}

/** The agencies behind the terms of a campaign: the one that the brand pays, and a second-level one that it pays. */
async function recruitingAt(tx: Sql, asked: readonly ChainQuestion[]): Promise<(Recruiting | undefined)[]> {
  const rows = await tx.rows(sql<ChainRow>`
    select q.place, f.agency_id as "agencyId", t.service_fee_bp as "serviceFeeBp", g.pays = 'SPREAD' as "isSpread",
      case when e.id <> f.id then e.agency_id end as "secondAgencyId", s.id as "secondTermsId",
      s.service_fee_bp as "secondFeeBp"
    from unnest(
      ${asked.map((_, i) => i)}::int[],
      ${asked.map(({ enrolmentId }) => enrolmentId)}::uuid[],
      ${asked.map(({ termsId }) => termsId)}::uuid[],
      ${asked.map(({ at }) => at)}::timestamptz[]
    ) q (place, enrolment_id, terms_id, at)
    join enrolment e on e.id = q.enrolment_id
    join enrolment_terms t on t.id = q.terms_id
    join enrolment f on f.id = t.enrolment_id
    join recruiting_campaign g on g.id = f.campaign_id
    left join lateral (select s.* from enrolment_terms s
      where s.enrolment_id = e.id and s.valid_from <= q.at and (s.valid_to is null or s.valid_to > s.valid_from)
      order by s.valid_from desc limit 1) s on e.id <> f.id`);
  const byPlace = new Map(rows.map((row) => [row.place, toRecruiting(row)]));
  return asked.map((_, i) => byPlace.get(i));
}

function toRecruiting(row: ChainRow): Recruiting {
  const { agencyId, serviceFeeBp, isSpread, secondAgencyId, secondTermsId, secondFeeBp } = row;
  const hasSecond = secondAgencyId !== null && secondTermsId !== null && secondFeeBp !== null;
  const second = hasSecond
    ? { agencyId: secondAgencyId, serviceFeeBp: secondFeeBp, termsId: secondTermsId }
    : null;
  return { agencyId, serviceFeeBp, isSpread, second };
}

/** What frozen terms name, as their columns hold it. */
const namedBy = ({ winner, losers, recruiting, creatorPartBp, contract, evidence }: FrozenTerms) => ({
  planTermsId: winner === null || winner.kind === 'CAMPAIGN' ? null : winner.termsId,
  enrolmentTermsId: winner?.kind === 'CAMPAIGN' ? winner.termsId : null,
  secondTermsId: recruiting?.second?.termsId ?? null,
  creatorPartBp: recruiting?.isSpread ? creatorPartBp : null,
  settledLines: winner?.settledLines ?? 0,
  contractTermsId: contract?.termsId ?? null,
  evidence: JSON.stringify(evidence),
  candidates: JSON.stringify({ winner, losers }),
});

/** Keeps the frozen terms of lines. One statement. */
export async function insertFrozenTerms(
  tx: Sql,
  lines: readonly { readonly brandId: string; readonly id: string; readonly terms: FrozenTerms }[],
  now: Date,
): Promise<void> {
  if (lines.length === 0) return;
  const column = <Value>(value: (terms: FrozenTerms) => Value) => lines.map(({ terms }) => value(terms));
  const named = column(namedBy);
  await tx.rows(sql`
    insert into frozen_terms (brand_id, line_id, policy_id, platform_discount_in_base, creator_discount_in_base,
      technical_fee_bp, plan_terms_id, enrolment_terms_id, second_terms_id, creator_part_bp, settled_lines,
      contract_terms_id, holding_days, reserve_bp, reserve_days, evidence, candidates, frozen_at)
    select t.*, ${now} from unnest(
      ${lines.map(({ brandId }) => brandId)}::uuid[],
      ${lines.map(({ id }) => id)}::uuid[],
      ${column(({ policy }) => policy.id)}::uuid[],
      ${column(({ policy }) => policy.platformDiscountInBase)}::boolean[],
      ${column(({ policy }) => policy.creatorDiscountInBase)}::boolean[],
      ${column(({ policy }) => policy.technicalFeeBp)}::int[],
      ${named.map(({ planTermsId }) => planTermsId)}::uuid[],
      ${named.map(({ enrolmentTermsId }) => enrolmentTermsId)}::uuid[],
      ${named.map(({ secondTermsId }) => secondTermsId)}::uuid[],
      ${named.map(({ creatorPartBp }) => creatorPartBp)}::int[],
      ${named.map(({ settledLines }) => settledLines)}::int[],
      ${named.map(({ contractTermsId }) => contractTermsId)}::uuid[],
      ${column(({ holdingDays }) => holdingDays)}::int[],
      ${column(({ policy }) => policy.reserveBp)}::int[],
      ${column(({ policy }) => policy.reserveDays)}::int[],
      ${named.map(({ evidence }) => evidence)}::jsonb[],
      ${named.map(({ candidates }) => candidates)}::jsonb[]) t`);
}

/** Fills in the terms of a line that was credited to nobody; the database lets it be done once. One statement. */
export const fillFrozenTerms = (
  tx: Sql,
  { brandId, id, terms }: { readonly brandId: string; readonly id: string; readonly terms: FrozenTerms },
): Promise<unknown> => {
  const named = namedBy(terms);
  return tx.rows(sql`
    update frozen_terms f set plan_terms_id = ${named.planTermsId}::uuid,
      enrolment_terms_id = ${named.enrolmentTermsId}::uuid, second_terms_id = ${named.secondTermsId}::uuid,
      creator_part_bp = ${named.creatorPartBp}::int, settled_lines = ${named.settledLines},
      contract_terms_id = ${named.contractTermsId}::uuid, evidence = ${named.evidence}::jsonb,
      candidates = ${named.candidates}::jsonb
    where f.brand_id = ${brandId} and f.line_id = ${id} and ${inMonthsOf(sql`f.line_id`, [id])}`);
};
