import { sql } from 'kysely';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { isOperator, mayWrite, partyIds } from '../../graphql/actor.ts';
import { Checks } from '../../graphql/checks.ts';
import { connectionOf, keyset, PageArgs, toConnection, toPage } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { type Payload, payloadOf, unknown } from '../../graphql/user-errors.ts';
import { notAfter } from '../../kernel/clock.ts';
import { idOfType, NO_ID } from '../../kernel/ids.ts';
import {
  type AllotmentRow,
  ExposureAllotment,
  ExposuresReported,
  ExposuresReportInput,
} from './exposure.types.ts';
import { reportExposures } from './report-exposures.ts';

const ReportPayload = payloadOf('exposuresReport', 'reported', () => ExposuresReported);
const AllotmentConnection = connectionOf(ExposureAllotment);

const MOST_PRODUCTS = 1000;
const MOST_AT_ONCE = 1_000_000;

@Resolver()
export class ExposureResolver {
  @Access(signedIn)
  @Query(() => AllotmentConnection, {
    description:
      'The days whose exposures were allotted, newest first: how evenly, and how much to others than HEAD.',
  })
  async exposureAllotments(@Args(() => PageArgs) args: PageArgs, @Ctx() { database }: RequestContext) {
    const page = toPage(args, 'exposureAllotments');
    const { where, order } = keyset([{ sql: sql`t.day::text`, type: 'text' }], 'desc', page);
    const rows = await database.rows(sql<AllotmentRow>`
      select t.day::text, p.version as "policyVersion", t.products, t.capacity, t.allotted, t.gini_bp as "giniBp",
        t.non_head_share_bp as "nonHeadShareBp", t.allotted_at as "allottedAt"
      from exposure_allotment t join traffic_policy p on p.id = t.policy_id where ${where}
      order by ${order} limit ${page.first + 1}`);
    return toConnection(rows, page, ({ day }) => [day]);
  }

  @Access(signedIn)
  @Mutation(() => ReportPayload, {
    description: 'Counts how often products were shown. For operators and API keys with orders:write.',
  })
  exposuresReport(
    @Arg('input', () => ExposuresReportInput) input: ExposuresReportInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ExposuresReported>> {
    const options = {
      operation: 'exposuresReport',
      input,
      idOf: ({ counted }: ExposuresReported) => String(counted),
      find: async (_tx: MutationTx, counted: string) => ({ counted: BigInt(counted) }),
    };
    return mutate(context, options, async (tx) => {
      if (!mayReport(context)) throw unknown(['input'], 'right to report exposures');
      check(input, context.clock.now());
      const exposures = input.exposures.map(({ productId, ...exposure }) => ({
        ...exposure,
        productId: idOfType(productId, 'Product') ?? NO_ID,
      }));
      const brandIds = isOperator(context.actor) ? undefined : partyIds(context.actor);
      return { counted: await reportExposures(tx, exposures, brandIds) };
    });
  }
}

function check({ exposures }: ExposuresReportInput, now: Date): void {
  const { length } = exposures;
  const checks = new Checks().that(
    length >= 1 && length <= MOST_PRODUCTS,
    'exposures',
    `1 to ${MOST_PRODUCTS} products a call.`,
  );
  for (const [i, { count, shownAt }] of exposures.slice(0, MOST_PRODUCTS).entries()) {
    checks
      .that(count >= 1 && count <= MOST_AT_ONCE, `exposures.${i}.count`, `From 1 to ${MOST_AT_ONCE}.`)
      .that(notAfter(shownAt, now), `exposures.${i}.shownAt`, 'An exposure lies in the past.');
  }
  checks.done();
}

/** Exposures decide what is shown further: only operators report them, and systems that may report orders. */
const mayReport = ({ actor }: RequestContext): boolean =>
  (isOperator(actor) || actor.kind === 'API_KEY') &&
  actor.seats.some(({ partyId }) => mayWrite(actor, partyId, 'orders:write'));
