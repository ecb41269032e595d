import { sql } from 'kysely';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access, actingOperators, signedIn } from '../../graphql/access.ts';
import { Checks } from '../../graphql/checks.ts';
import { connectionOf, keyset, limitOf, PageArgs, toConnection, toPage } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { readAgain } from '../../graphql/named-row.ts';
import { type Payload, payloadOf } from '../../graphql/user-errors.ts';
import { ALL_BP, MAX_AMOUNT_MINOR } from '../../kernel/money.ts';
import type { PolicyRow } from './account.entity.ts';
import { rulesAt } from './alliance-policy.ts';
import { changePolicy, type PolicyChange } from './change-policy.ts';
import { policiesWhere, policyById } from './policy.loaders.ts';
import { AlliancePolicy, PolicyChangeInput } from './policy.types.ts';
import type { PolicyPreset } from './policy-presets.ts';

const ChangePayload = payloadOf('policyChange', 'policy', () => AlliancePolicy);
const PolicyConnection = connectionOf(AlliancePolicy);

const found = {
  idOf: ({ id }: PolicyRow) => id,
  find: (tx: MutationTx, id: string) => tx.loaders.one(policyById, id),
};

@Resolver()
export class PolicyResolver {
  @Access(signedIn)
  @Query(() => AlliancePolicy, { description: 'The rules of the alliance that are in force now.' })
  async alliancePolicy(@Ctx() { database, clock }: RequestContext) {
    return (await rulesAt(database, clock.now())).policy;
  }

  @Access(signedIn)
  @Query(() => PolicyConnection, { description: 'All versions of the rules of the alliance, newest first.' })
  async alliancePolicies(@Args(() => PageArgs) args: PageArgs, @Ctx() { database }: RequestContext) {
    const page = toPage(args, 'alliancePolicies');
    const { where, order } = keyset([{ sql: sql`t.version`, type: 'int' }], 'desc', page);
    const rows = await database.rows(policiesWhere(sql`${where} order by ${order} ${limitOf(page)}`));
    return toConnection(rows, page, ({ version }) => [version]);
  }

  @Access(actingOperators)
  @Mutation(() => ChangePayload, {
    description: 'Puts new rules in force from now. What was placed before keeps the rules of its moment.',
  })
  async policyChange(
    @Arg('input', () => PolicyChangeInput) input: PolicyChangeInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<PolicyRow>> {
    return mutate(context, { ...found, operation: 'policyChange', input }, async (tx) => {
      const now = context.clock.now();
      return readAgain(tx, policyById, await changePolicy(tx, checked(input), now), now);
    });
  }
}

/** The change that an input means: what is null is as good as left out. */
function checked(input: PolicyChangeInput): PolicyChange {
  checkValues(input);
  const { idempotencyKey: _key, preset, technicalFeeRate, reserveRate, recoveryRate, ...others } = input;
  const { withholdingCreatorRate, withholdingAgencyRate, ...values } = others;
  const given = {
    ...values,
    technicalFeeBp: technicalFeeRate,
    reserveBp: reserveRate,
    recoveryBp: recoveryRate,
    withholdingCreatorBp: withholdingCreatorRate,
    withholdingAgencyBp: withholdingAgencyRate,
    preset: preset?.toLowerCase() as PolicyPreset | undefined,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value != null));
}

function checkValues(input: PolicyChangeInput): void {
  const days = (value: number | null | undefined, least: number) =>
    value == null || (value >= least && value <= 365);
  const notAll = (rateBp: number | null | undefined) => rateBp == null || rateBp < ALL_BP;
  const { payoutMinimumMinor: minimum } = input;
  new Checks()
    .that(days(input.holdingDays, 0), 'holdingDays', 'From 0 to 365 days.')
    .that(days(input.rateLockDays, 0), 'rateLockDays', 'From 0 to 365 days.')
    .that(days(input.attributionWindowDays, 1), 'attributionWindowDays', 'From 1 to 365 days.')
    .that(days(input.reserveDays, 0), 'reserveDays', 'From 0 to 365 days.')
    .that(input.recoveryRate !== 0, 'recoveryRate', 'Above 0: else nothing owed would ever come back.')
    .that(notAll(input.withholdingCreatorRate), 'withholdingCreatorRate', 'Below 10000.')
    .that(notAll(input.withholdingAgencyRate), 'withholdingAgencyRate', 'Below 10000.')
    .that(
      minimum == null || (minimum >= 0n && minimum <= MAX_AMOUNT_MINOR),
      'payoutMinimumMinor',
      `From 0 to ${MAX_AMOUNT_MINOR}.`,
    )
    .done();
}
