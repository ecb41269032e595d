import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Args, ArgsType, Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { Access, rule } from '../../graphql/access.ts';
import { isMember, isOperator } from '../../graphql/actor.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type Amount, MoneyField, SettledMoney } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { AccountKindEnum } from '../ledger/index.ts';
import { type AccountRow, accountById, balanceOfAccountAt } from './account.loaders.ts';

/** Nobody else, whatever a contract says: what a creator is paid out of is more than what an agency may see of it. */
const ownAccount = rule<{ readonly partyId: string }>(
  'the party itself and operators',
  (actor, { partyId }) => isMember(actor, partyId) || isOperator(actor),
);

@Access(ownAccount)
@ObjectType({
  implements: Node,
  description: 'An account 账户 of the ledger: of one party, in one currency, for one purpose.',
})
export class LedgerAccount extends Node implements Pick<AccountRow, 'kind'> {
  @Field(() => AccountKindEnum, { description: 'What it is for.' })
  kind!: AccountRow['kind'];

  @MoneyField('balanceMinor', {
    type: SettledMoney,
    description: 'Its balance now: what has come in less what has gone out.',
  })
  balance!: unknown;
}

@ArgsType()
export class BalanceAtArgs {
  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'The moment; what was posted then is in it. Now when left out.',
  })
  at?: Date | null;
}

/** The one field of an account that is asked with a moment, which no relation takes. */
@Resolver(() => LedgerAccount)
export class LedgerAccountResolver {
  @FieldResolver(() => SettledMoney, {
    description: 'Its balance as it was at a moment; 0 before its first transfer.',
  })
  async balanceAt(
    @Root() { id, currency }: AccountRow,
    @Args(() => BalanceAtArgs) { at }: BalanceAtArgs,
    @Ctx() { loaders, clock }: RequestContext,
  ): Promise<Amount> {
    const found = await loaders.one(balanceOfAccountAt, [id, (at ?? clock.now()).toISOString()]);
    return { minorUnits: found?.balanceMinor ?? 0n, currencyCode: currency };
  }
}

nodeType(LedgerAccount, accountById);
