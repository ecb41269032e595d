import { sql } from 'kysely';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access, actingOperators, signedIn } from '../../graphql/access.ts';
import { connectionOf, keyset, limitOf, PageArgs, toConnection, toPage } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { select } from '../../graphql/loaders.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { readAgain } from '../../graphql/named-row.ts';
import { type Payload, payloadOf } from '../../graphql/user-errors.ts';
import { idOfType, NO_ID } from '../../kernel/ids.ts';
import { changeTrustPolicy } from './change-trust-policy.ts';
import { trustPolicyById } from './trust.loaders.ts';
import { TRUST_POLICY_COLUMNS, type TrustPolicyRow, type TrustRules, trustRulesAt } from './trust-policy.ts';
import { TrustPolicy, TrustPolicyChangeInput } from './trust-policy.types.ts';

const ChangePayload = payloadOf('trustPolicyChange', 'trustPolicy', () => TrustPolicy);
const PolicyConnection = connectionOf(TrustPolicy);

@Resolver()
export class TrustPolicyResolver {
  @Access(signedIn)
  @Query(() => TrustPolicy, { description: 'The rules of Trust Buy that are in force now.' })
  trustPolicy(@Ctx() { database, clock }: RequestContext) {
    return trustRulesAt(database, clock.now());
  }

  @Access(signedIn)
  @Query(() => PolicyConnection, { description: 'All versions of the rules of Trust Buy, newest first.' })
  async trustPolicies(@Args(() => PageArgs) args: PageArgs, @Ctx() { database }: RequestContext) {
    const page = toPage(args, 'trustPolicies');
    const { where, order } = keyset([{ sql: sql`t.version`, type: 'int' }], 'desc', page);
    const rows = await database.rows(sql<TrustPolicyRow>`
      select ${select('t', TRUST_POLICY_COLUMNS)} from trust_policy t where ${where}
      order by ${order} ${limitOf(page)}`);
    return toConnection(rows, page, ({ version }) => [version]);
  }

  @Access(actingOperators)
  @Mutation(() => ChangePayload, {
    description:
      'Puts new rules of Trust Buy in force from now. Lines placed before keep the rules of their moment.',
  })
  trustPolicyChange(
    @Arg('input', () => TrustPolicyChangeInput) input: TrustPolicyChangeInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<TrustPolicyRow>> {
    const find = (tx: MutationTx, id: string) => tx.loaders.one(trustPolicyById, id);
    const options = { operation: 'trustPolicyChange', input, idOf: ({ id }: TrustPolicyRow) => id, find };
    return mutate(context, options, async (tx) => {
      const now = context.clock.now();
      return readAgain(tx, trustPolicyById, await changeTrustPolicy(tx, changeOf(input), now), now);
    });
  }
}

/** The change that an input means: what is null is as good as left out. */
function changeOf(input: TrustPolicyChangeInput): Partial<TrustRules> {
  const { idempotencyKey: _key, authenticatedCategoryIds, warrantyCategoryIds, ...numbers } = input;
  const local = (ids?: readonly string[] | null) => ids?.map((id) => idOfType(id, 'Category') ?? NO_ID);
  const given = {
    ...numbers,
    authenticatedCategoryIds: local(authenticatedCategoryIds),
    warrantyCategoryIds: local(warrantyCategoryIds),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value != null));
}
