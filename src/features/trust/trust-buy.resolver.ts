import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, actingOperators, signedIn } from '../../graphql/access.ts';
import { mayWrite } from '../../graphql/actor.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow, readAgain } from '../../graphql/named-row.ts';
import { type Payload, payloadOf } from '../../graphql/user-errors.ts';
import { Brand, brandById, type NamedBrand } from '../brand/index.ts';
import { Product, type ProductRow, productById } from '../product/index.ts';
import { expelFromTrustBuy, joinTrustBuy, leaveTrustBuy } from './move-membership.ts';
import { setProtections } from './set-protections.ts';
import {
  BrandTrustBuyExpelInput,
  BrandTrustBuyJoinInput,
  BrandTrustBuyLeaveInput,
  ProductProtectionsSetInput,
} from './trust.types.ts';

const JoinPayload = payloadOf('brandTrustBuyJoin', 'brand', () => Brand);
const LeavePayload = payloadOf('brandTrustBuyLeave', 'brand', () => Brand);
const ExpelPayload = payloadOf('brandTrustBuyExpel', 'brand', () => Brand);
const ProtectionsPayload = payloadOf('productProtectionsSet', 'product', () => Product);

type Answer = Promise<Payload<NamedBrand>>;

@Resolver()
export class TrustBuyResolver {
  @Access(signedIn)
  @Mutation(() => JoinPayload, {
    description:
      'Applies for Trust Buy. A brand that meets the rules of admission is a member at once, another one as soon as it does.',
  })
  brandTrustBuyJoin(
    @Arg('input', () => BrandTrustBuyJoinInput) input: BrandTrustBuyJoinInput,
    @Ctx() context: RequestContext,
  ): Answer {
    return move(context, 'brandTrustBuyJoin', input, joinTrustBuy);
  }

  @Access(signedIn)
  @Mutation(() => LeavePayload, {
    description: 'Leaves Trust Buy: orders placed from now on have no protections, those before keep theirs.',
  })
  brandTrustBuyLeave(
    @Arg('input', () => BrandTrustBuyLeaveInput) input: BrandTrustBuyLeaveInput,
    @Ctx() context: RequestContext,
  ): Answer {
    return move(context, 'brandTrustBuyLeave', input, leaveTrustBuy);
  }

  @Access(actingOperators)
  @Mutation(() => ExpelPayload, {
    description: 'Expels a brand from Trust Buy. Orders placed before keep theirs.',
  })
  brandTrustBuyExpel(
    @Arg('input', () => BrandTrustBuyExpelInput) input: BrandTrustBuyExpelInput,
    @Ctx() context: RequestContext,
  ): Answer {
    return move(context, 'brandTrustBuyExpel', input, (tx, brandId, now) =>
      expelFromTrustBuy(tx, brandId, input.reason, now),
    );
  }

  @Access(signedIn)
  @Mutation(() => ProtectionsPayload, {
    description:
      'Sets what a product carries from now on; for brands in Trust Buy. Placed orders keep theirs.',
  })
  productProtectionsSet(
    @Arg('input', () => ProductProtectionsSetInput) input: ProductProtectionsSetInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ProductRow>> {
    const find = (tx: MutationTx, id: string): Promise<ProductRow | undefined> =>
      tx.loaders.one(productById, id);
    const options = { operation: 'productProtectionsSet', input, idOf: ({ id }: ProductRow) => id, find };
    return mutate<ProductRow>(context, options, async (tx) => {
      const { id, brandId } = await namedRow(tx, input.productId, {
        field: 'productId',
        type: 'Product',
        load: productById,
        allows: (product) => mayWrite(context.actor, product.brandId, 'catalogue:write'),
      });
      const now = context.clock.now();
      await setProtections(tx, { brandId, productId: id, kinds: input.protections }, now);
      return readAgain(tx, productById, id, now);
    });
  }
}

function move(
  context: RequestContext,
  operation: string,
  input: { readonly brandId: string; readonly idempotencyKey: string },
  work: (tx: MutationTx, brandId: string, now: Date) => Promise<void>,
): Answer {
  const find = (tx: MutationTx, id: string) => tx.loaders.one(brandById, id);
  return mutate<NamedBrand>(context, { operation, input, idOf: ({ id }) => id, find }, async (tx) => {
    const { id } = await namedRow(tx, input.brandId, {
      field: 'brandId',
      type: 'Brand',
      load: brandById,
      allows: (brand) => mayWrite(context.actor, brand.id, 'cooperation:write'),
    });
    const now = context.clock.now();
    await work(tx, id, now);
    return readAgain(tx, brandById, id, now);
  });
}
