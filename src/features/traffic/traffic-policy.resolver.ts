import { sql } from 'kysely';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access, actingOperators, signedIn } from '../../graphql/access.ts';
import { connectionOf, keyset, PageArgs, toConnection, toPage } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { select } from '../../graphql/loaders.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { readAgain } from '../../graphql/named-row.ts';
import { type Payload, payloadOf } from '../../graphql/user-errors.ts';
import { changeTrafficPolicy } from './change-traffic-policy.ts';
import { trafficPolicyById } from './exposure.loaders.ts';
import { TRAFFIC_POLICY_COLUMNS, type TrafficPolicyRow, trafficRulesAt } from './traffic-policy.ts';
import { TrafficPolicy, TrafficPolicyChangeInput } from './traffic-policy.types.ts';
import type { TrafficRules } from './traffic-rules.ts';

const ChangePayload = payloadOf('trafficPolicyChange', 'trafficPolicy', () => TrafficPolicy);
const PolicyConnection = connectionOf(TrafficPolicy);

@Resolver()
export class TrafficPolicyResolver {
  @Access(signedIn)
  @Query(() => TrafficPolicy, { description: 'The rules of exposure that are in force now.' })
  trafficPolicy(@Ctx() { database, clock }: RequestContext) {
    return trafficRulesAt(database, clock.now());
  }

  @Access(signedIn)
  @Query(() => PolicyConnection, { description: 'All versions of the rules of exposure, newest first.' })
  async trafficPolicies(@Args(() => PageArgs) args: PageArgs, @Ctx() { database }: RequestContext) {
    const page = toPage(args, 'trafficPolicies');
    const { where, order } = keyset([{ sql: sql`t.version`, type: 'int' }], 'desc', page);
    const rows = await database.rows(sql<TrafficPolicyRow>`
      select ${select('t', TRAFFIC_POLICY_COLUMNS)} from traffic_policy t where ${where}
      order by ${order} limit ${page.first + 1}`);
    return toConnection(rows, page, ({ version }) => [version]);
  }

  @Access(actingOperators)
  @Mutation(() => ChangePayload, {
    description: 'Puts new rules of exposure in force from now: the next day is allotted by them.',
  })
  trafficPolicyChange(
    @Arg('input', () => TrafficPolicyChangeInput) input: TrafficPolicyChangeInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<TrafficPolicyRow>> {
    const find = (tx: MutationTx, id: string) => tx.loaders.one(trafficPolicyById, id);
    const options = { operation: 'trafficPolicyChange', input, idOf: ({ id }: TrafficPolicyRow) => id, find };
    return mutate(context, options, async (tx) => {
      const now = context.clock.now();
      return readAgain(tx, trafficPolicyById, await changeTrafficPolicy(tx, changeOf(input), now), now);
    });
  }
}

/** The change that an input means: what is null is as good as left out. */
function changeOf(input: TrafficPolicyChangeInput): Partial<TrafficRules> {
  const given = {
    tierExposures: input.tierExposures,
    climbBp: input.climb,
    fallBp: input.fall,
    giniLimitBp: input.giniLimit,
    nonHeadShareBp: input.nonHeadShare,
    headSales: input.headSales,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value != null));
}
