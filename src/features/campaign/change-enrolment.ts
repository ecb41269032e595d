import { sql } from 'kysely';
import type { Sql, Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { invalid, Refusal, type UserErrorValue, wrongState } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { rulesAt } from '../account/index.ts';
import { lockRates, takesEffectAt, withdrawLocksAt } from '../plan/index.ts';
import { type EnrolmentRates, rateProblems } from './check-rates.ts';
import type { ReadEnrolment } from './enrolment.loaders.ts';
import { type LockedEnrolment, lockEnrolment } from './lock-enrolment.ts';

const PATH = ['input', 'enrolmentId'];

/** New rates of an enrolment; what is left out stays. */
export interface RateChange {
  readonly commissionBp?: number | null;
  readonly serviceFeeBp?: number | null;
}

/**
 * Changes the rates of an enrolment by a new version. What lowers anything for the other side takes effect at the next
 * local midnight, and not while the brand is bound; everything else at once. A change that was still to come is taken back
 * by it. Creators keep a commission that is cut for the alliance's lock days.
 */
export async function changeEnrolment(
  tx: Tx,
  enrolment: ReadEnrolment,
  change: RateChange,
  now: Date,
): Promise<void> {
  const before = await lockEnrolment(tx, enrolment, now);
  const after: EnrolmentRates = {
    commissionBp: change.commissionBp ?? before.commissionBp,
    serviceFeeBp: change.serviceFeeBp ?? before.serviceFeeBp,
  };
  refuse(before, change, after, now);
  const rules = await rulesAt(tx, now);
  const isCut = before.state === 'APPROVED' && costsTheOthers(before, after);
  const from = takesEffectAt(isCut ? 'CUT' : 'RAISE', now, rules.timeZone, PATH);
  await writeVersion(tx, before.id, after, from, now);
  const { id: offerId, nextFrom, endsAt } = before;
  if (nextFrom !== null && nextFrom.getTime() !== endsAt?.getTime())
    await withdrawLocksAt(tx, [{ offerId, at: nextFrom }]);
  if (isCut && (after.commissionBp ?? 0) < (before.commissionBp ?? 0)) {
    const { termsId, brandId, productId } = before;
    const ending = {
      kind: 'CAMPAIGN',
      offerId,
      termsId,
      brandId,
      productId,
      creatorId: null,
      at: from,
    } as const;
    await lockRates(tx, rules, [ending]);
  }
  const to = [
    before.brandId,
    before.agencyId,
    before.firstAgencyId ?? before.brandId,
    ...before.secondAgencyIds,
  ];
  const subject = { type: 'Enrolment', id: before.id };
  const data = { takesEffectAt: from.toISOString(), ...after };
  await announce(tx, [{ kind: 'ENROLMENT_CHANGED', subject, to, data }], now);
}

/** Whether the other side loses: by lower rates of the brand, or by a higher part of a second-level agency. */
const costsTheOthers = (before: LockedEnrolment, after: EnrolmentRates): boolean =>
  before.firstAgencyId === null
    ? (after.commissionBp ?? 0) < (before.commissionBp ?? 0) || after.serviceFeeBp < before.serviceFeeBp
    : after.serviceFeeBp > before.serviceFeeBp;

function refuse(before: LockedEnrolment, change: RateChange, after: EnrolmentRates, now: Date): void {
  const { state, committedUntil, firstAgencyId, nextFrom } = before;
  if (state !== 'PENDING' && state !== 'APPROVED')
    throw wrongState(PATH, state, 'The rates of what is not, or no longer, in a campaign do not change.');
  const isSame = after.commissionBp === before.commissionBp && after.serviceFeeBp === before.serviceFeeBp;
  if (isSame && nextFrom === null) throw new Refusal([invalid(['input'], 'These are the rates already.')]);
  const problems = [
    ...rateProblems(after).map(({ field, message }) => invalid(['input', field], message)),
    ...(firstAgencyId === null ? problemsOfFirst(before, after) : problemsOfSecond(before, change, after)),
  ];
  if (problems.length > 0) throw new Refusal(problems);
  if (committedUntil !== null && committedUntil > now && costsTheOthers(before, after)) {
    const message = `The brand is bound until ${committedUntil.toISOString()}.`;
    throw new Refusal([{ __typename: 'Committed', message, path: PATH, committedUntil }]);
  }
}

/** Minima hold for what is lowered; and a second-level agency's part must fit into the fee. */
function problemsOfFirst(
  before: LockedEnrolment,
  { commissionBp, serviceFeeBp }: EnrolmentRates,
): UserErrorValue[] {
  const { pays, highestBelowBp, minCommissionBp, minServiceFeeBp } = before;
  const because: string[] = [];
  const isLess = (commissionBp ?? 0) < (before.commissionBp ?? 0);
  if (isLess && (commissionBp ?? 0) < (minCommissionBp ?? 0)) because.push('COMMISSION_BELOW_MINIMUM');
  if (serviceFeeBp < before.serviceFeeBp && serviceFeeBp < minServiceFeeBp)
    because.push('SERVICE_FEE_BELOW_MINIMUM');
  const problems: UserErrorValue[] = [];
  if (because.length > 0) {
    const message = `The campaign does not take that: ${because.join(', ')}.`;
    problems.push({ __typename: 'ProductUnfit', message, path: ['input'], because });
  }
  if (pays === 'SPREAD' && serviceFeeBp !== 0)
    problems.push(
      invalid(['input', 'serviceFeeRate'], 'A SPREAD campaign has one rate and no service fee beside it.'),
    );
  if (highestBelowBp !== null && serviceFeeBp < highestBelowBp) {
    const message = `A second-level agency is paid ${highestBelowBp} basis points out of the fee.`;
    problems.push(invalid(['input', 'serviceFeeRate'], message));
  }
  return problems;
}

function problemsOfSecond(
  { lowestAboveBp }: LockedEnrolment,
  { commissionBp }: RateChange,
  { serviceFeeBp }: EnrolmentRates,
): UserErrorValue[] {
  const problems: UserErrorValue[] = [];
  if (commissionBp != null)
    problems.push(
      invalid(['input', 'commissionRate'], "The commission of a second-level agency is the first one's."),
    );
  if (serviceFeeBp < 1 || serviceFeeBp > (lowestAboveBp ?? 0)) {
    const message = `The part is 1 to ${lowestAboveBp ?? 0} basis points: it is paid out of the first agency's fee.`;
    problems.push(invalid(['input', 'serviceFeeRate'], message));
  }
  return problems;
}

/** Adds a version and closes the one before it; one that was still to come gets an empty interval. */
async function writeVersion(
  tx: Sql,
  id: string,
  rates: EnrolmentRates,
  from: Date,
  now: Date,
): Promise<void> {
  await tx.rows(sql`
    update enrolment_terms set valid_to = valid_from where enrolment_id = ${id} and valid_from > ${now}`);
  await tx.rows(sql`
    update enrolment_terms set valid_to = ${from}
    where enrolment_id = ${id} and valid_from <= ${now} and (valid_to is null or valid_to > ${now})`);
  await tx.rows(sql`
    insert into enrolment_terms (id, enrolment_id, version, commission_bp, service_fee_bp, valid_from)
    select ${newId()}, ${id}, max(version) + 1, ${rates.commissionBp}::int, ${rates.serviceFeeBp}::int, ${from}
    from enrolment_terms where enrolment_id = ${id}`);
}
