import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { mayWrite } from '../../graphql/actor.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow } from '../../graphql/named-row.ts';
import { payloadOf, type UserErrorValue } from '../../graphql/user-errors.ts';
import { brandById } from '../brand/index.ts';
import { productById } from '../product/index.ts';
import type { SampleRuleRow } from './sample.entity.ts';
import { sampleRuleById } from './sample.loaders.ts';
import { SampleRule } from './sample.types.ts';
import { SampleRuleCloseInput, SampleRuleSetInput } from './sample-input.types.ts';
import { closeSampleRule, setSampleRule } from './set-sample-rule.ts';

const SetPayload = payloadOf('sampleRuleSet', 'sampleRule', () => SampleRule);
const ClosePayload = payloadOf('sampleRuleClose', 'sampleRule', () => SampleRule);

const found = {
  idOf: ({ id }: SampleRuleRow) => id,
  find: (tx: MutationTx, id: string): Promise<SampleRuleRow | undefined> =>
    tx.loaders.one(sampleRuleById, id),
};

const constraints = {
  one_live_sample_rule_per_product: (): UserErrorValue => ({
    __typename: 'StateConflict',
    message: 'The rule of the product was changed at this very moment. Read it, and try again.',
    path: ['input', 'productId'],
    state: 'CHANGED',
  }),
};

@Resolver()
export class SampleRuleResolver {
  @Access(signedIn)
  @Mutation(() => SetPayload, {
    description: 'Offers samples of a product. Requests made under the rule before it go on by that one.',
  })
  sampleRuleSet(
    @Arg('input', () => SampleRuleSetInput) input: SampleRuleSetInput,
    @Ctx() context: RequestContext,
  ) {
    const allows = ({ brandId }: { brandId: string }) =>
      mayWrite(context.actor, brandId, 'cooperation:write');
    return mutate(context, { ...found, operation: 'sampleRuleSet', input, constraints }, async (tx) => {
      const naming = { field: 'productId', type: 'Product', load: productById, allows };
      const product = await namedRow(tx, input.productId, naming);
      const currency = (await tx.loaders.one(brandById, product.brandId))?.currency ?? '';
      const { idempotencyKey: _key, ...rule } = input;
      const side = { brandId: product.brandId, productId: product.id, currency };
      return setSampleRule(tx, { ...rule, ...side }, context.clock.now());
    });
  }

  @Access(signedIn)
  @Mutation(() => ClosePayload, {
    description: 'Offers no more samples under a rule. What was asked for under it goes on.',
  })
  sampleRuleClose(
    @Arg('input', () => SampleRuleCloseInput) input: SampleRuleCloseInput,
    @Ctx() context: RequestContext,
  ) {
    const allows = ({ brandId }: { brandId: string }) =>
      mayWrite(context.actor, brandId, 'cooperation:write');
    return mutate(context, { ...found, operation: 'sampleRuleClose', input }, async (tx) => {
      const naming = { field: 'sampleRuleId', type: 'SampleRule', load: sampleRuleById, allows };
      const { id } = await namedRow(tx, input.sampleRuleId, naming);
      return closeSampleRule(tx, id, context.clock.now());
    });
  }
}
