import { sql } from 'kysely';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access, actingOperators, signedIn } from '../../graphql/access.ts';
import { isOperator, mayWrite, partyIds } from '../../graphql/actor.ts';
import { Checks } from '../../graphql/checks.ts';
import { connectionOf, keyset, limitOf, toConnection, toPage } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow, readAgain } from '../../graphql/named-row.ts';
import { type Payload, payloadOf, type UserErrorValue } from '../../graphql/user-errors.ts';
import { agencyById } from './agency.loaders.ts';
import {
  CertificationApplication,
  CertificationApplicationArgs,
  CertificationApplyInput,
  CertificationReviewInput,
  CertificationWithdrawInput,
  RequirementsNotMet,
} from './application.types.ts';
import { applyForCertification } from './apply-for-certification.ts';
import type { CertificationApplicationRow } from './certification.entity.ts';
import { applicationById, applicationsWhere, windowById } from './certification.loaders.ts';
import { approveApplication, rejectApplication } from './review-application.ts';
import { withdrawApplication } from './withdraw-application.ts';

const ApplyPayload = payloadOf('certificationApply', 'application', () => CertificationApplication, [
  RequirementsNotMet,
]);
const ReviewPayload = payloadOf('certificationReview', 'application', () => CertificationApplication);
const WithdrawPayload = payloadOf('certificationWithdraw', 'application', () => CertificationApplication);
const ApplicationConnection = connectionOf(CertificationApplication);

const MOST = 1_000_000;
const found = {
  idOf: ({ id }: CertificationApplicationRow) => id,
  find: (tx: MutationTx, id: string) => tx.loaders.one(applicationById, id),
};
const constraints = {
  one_undecided_application_per_agency: (): UserErrorValue => ({
    __typename: 'StateConflict',
    message: 'The agency has applied already, and that application is not decided.',
    path: ['input', 'agencyId'],
    state: 'APPLIED',
  }),
};

@Resolver()
export class CertificationApplicationResolver {
  @Access(signedIn)
  @Query(() => ApplicationConnection, {
    description:
      "Applications for a certificate, newest first: the caller's own; of all agencies for operators.",
  })
  async certificationApplications(
    @Args(() => CertificationApplicationArgs) args: CertificationApplicationArgs,
    @Ctx() { database, actor }: RequestContext,
  ) {
    const page = toPage(args, 'certificationApplications');
    const { where, order } = keyset([{ sql: sql`t.id`, type: 'uuid' }], 'desc', page);
    const own = isOperator(actor) ? sql`true` : sql`t.agency_id = any(${partyIds(actor)}::uuid[])`;
    const inState = args.state == null ? sql`true` : sql`t.state = ${args.state}`;
    const listed = sql`${own} and ${inState} and ${where} order by ${order} ${limitOf(page)}`;
    return toConnection(await database.rows(applicationsWhere(listed)), page, ({ id }) => [id]);
  }

  @Access(signedIn)
  @Mutation(() => ApplyPayload, {
    description: 'Applies for a certificate in an open window, also to renew one in its last 60 days.',
  })
  async certificationApply(
    @Arg('input', () => CertificationApplyInput) input: CertificationApplyInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<CertificationApplicationRow>> {
    const options = { ...found, operation: 'certificationApply', input, constraints };
    return mutate(context, options, async (tx) => {
      const now = context.clock.now();
      const allows = (row: { id: string }) => mayWrite(context.actor, row.id, 'cooperation:write');
      const naming = { field: 'agencyId', type: 'Agency', load: agencyById, allows };
      const agency = await namedRow(tx, input.agencyId, naming);
      const windows = { field: 'windowId', type: 'CertificationWindow', load: windowById };
      const window = await namedRow(tx, input.windowId, windows);
      const application = checked(input, now);
      const id = await applyForCertification(tx, agency, window, application, now);
      return readAgain(tx, applicationById, id, now);
    });
  }

  @Access(actingOperators)
  @Mutation(() => ReviewPayload, {
    description: 'Decides on an application: the agency is certified by it, or told why not.',
  })
  async certificationReview(
    @Arg('input', () => CertificationReviewInput) input: CertificationReviewInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<CertificationApplicationRow>> {
    return mutate(context, { ...found, operation: 'certificationReview', input }, async (tx) => {
      const now = context.clock.now();
      const application = await named(tx, input.applicationId);
      const reasons = checkedReasons(input);
      if (input.approve) await approveApplication(tx, application, now);
      else await rejectApplication(tx, application, reasons, now);
      return readAgain(tx, applicationById, application.id, now);
    });
  }

  @Access(signedIn)
  @Mutation(() => WithdrawPayload, { description: 'Takes an application back before it is decided.' })
  async certificationWithdraw(
    @Arg('input', () => CertificationWithdrawInput) input: CertificationWithdrawInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<CertificationApplicationRow>> {
    return mutate(context, { ...found, operation: 'certificationWithdraw', input }, async (tx) => {
      const now = context.clock.now();
      const allows = ({ agencyId }: CertificationApplicationRow) =>
        mayWrite(context.actor, agencyId, 'cooperation:write');
      const { id } = await named(tx, input.applicationId, allows);
      await withdrawApplication(tx, id, now);
      return readAgain(tx, applicationById, id, now);
    });
  }
}

const named = (tx: MutationTx, id: string, allows?: (row: CertificationApplicationRow) => boolean) =>
  namedRow(tx, id, {
    field: 'applicationId',
    type: 'CertificationApplication',
    load: applicationById,
    allows,
  });

/** What an agency says of itself, or the refusal of it. */
function checked(input: CertificationApplyInput, now: Date) {
  const { services, staff, finishedCases, foundedOn, statement } = input;
  const officeAddress = input.officeAddress ?? null;
  const counts = (value: number) => value >= 0 && value <= MOST;
  new Checks()
    .that(counts(staff), 'staff', `A whole number from 0 to ${MOST}.`)
    .that(counts(finishedCases), 'finishedCases', `A whole number from 0 to ${MOST}.`)
    .that(foundedOn.getUTCFullYear() >= 1800 && foundedOn <= now, 'foundedOn', 'A day from 1800 to today.')
    .text(officeAddress ?? 'none', 'officeAddress', 1, 500)
    .text(statement, 'statement', 0, 5000)
    .done();
  return {
    services,
    staff,
    finishedCases,
    foundedOn: foundedOn.toISOString().slice(0, 10),
    officeAddress,
    statement,
  };
}

function checkedReasons({ approve, reasons: given }: CertificationReviewInput): readonly string[] {
  const reasons = given ?? [];
  const checks = new Checks();
  if (approve) checks.that(reasons.length === 0, 'reasons', 'Who approves gives no reasons for a rejection.');
  else checks.that(reasons.length >= 1 && reasons.length <= 20, 'reasons', 'From 1 to 20 reasons.');
  for (const reason of reasons.slice(0, 20)) checks.text(reason, 'reasons', 1, 500);
  checks.done();
  return reasons;
}
