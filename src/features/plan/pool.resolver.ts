import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { Access, operatorsOnly, signedIn } from '../../graphql/access.ts';
import { isOperator, mayWrite } from '../../graphql/actor.ts';
import { connectionOf, toConnection, toPage } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { notFound } from '../../graphql/errors.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { columnsOfRows, type ReadInfo } from '../../graphql/relation-batch.ts';
import { type Payload, payloadOf, unknown } from '../../graphql/user-errors.ts';
import { idOfType, NO_ID } from '../../kernel/ids.ts';
import {
  Product,
  type ProductMove,
  ProductMoveInput,
  ProductReviewInput,
  type ProductRow,
  productById,
  Sku,
  type SkuRow,
  SkuUpdateInput,
  skuById,
} from '../product/index.ts';
import { moveInPool, updateSku } from './list-product.ts';
import { PoolArgs, type PoolFilterInput } from './pool.types.ts';
import { type PoolFilter, poolCursor, searchPool } from './search-pool.ts';

const SubmitPayload = payloadOf('productSubmit', 'product', () => Product);
const ReviewPayload = payloadOf('productReview', 'product', () => Product);
const SuspendPayload = payloadOf('productSuspend', 'product', () => Product);
const ResumePayload = payloadOf('productResume', 'product', () => Product);
const DelistPayload = payloadOf('productDelist', 'product', () => Product);
const SkuUpdatePayload = payloadOf('skuUpdate', 'sku', () => Sku);

const ProductConnection = connectionOf(Product);

@Resolver()
export class PoolResolver {
  @Access(signedIn)
  @Query(() => ProductConnection, {
    description:
      'The product pool 选品池: what is listed with an OPEN plan in force, searched, narrowed and ordered.',
  })
  async productPool(
    @Args(() => PoolArgs) args: PoolArgs,
    @Ctx() { database }: RequestContext,
    @Info() info: ReadInfo,
  ) {
    const page = toPage(args, `productPool/${args.orderBy}`);
    const rows = await searchPool(
      database.reads,
      toFilter(args.filter ?? {}),
      args.orderBy,
      page,
      columnsOfRows(Product, info),
    );
    return toConnection(rows, page, poolCursor);
  }

  @Access(signedIn)
  @Mutation(() => SubmitPayload, { description: 'Hands a draft to the review of the operator.' })
  productSubmit(
    @Arg('input', () => ProductMoveInput) input: ProductMoveInput,
    @Ctx() context: RequestContext,
  ) {
    return move(context, 'productSubmit', input, { from: ['DRAFT'], to: 'IN_REVIEW' });
  }

  @Access(operatorsOnly)
  @Mutation(() => ReviewPayload, {
    description: 'Lists a product, or returns it to its brand with the reason.',
  })
  productReview(
    @Arg('input', () => ProductReviewInput) input: ProductReviewInput,
    @Ctx() context: RequestContext,
  ) {
    return move(context, 'productReview', input, {
      from: ['IN_REVIEW'],
      to: input.approve ? 'LISTED' : 'DRAFT',
    });
  }

  @Access(signedIn)
  @Mutation(() => SuspendPayload, { description: 'Takes a listed product out of the pool for now.' })
  productSuspend(
    @Arg('input', () => ProductMoveInput) input: ProductMoveInput,
    @Ctx() context: RequestContext,
  ) {
    return move(context, 'productSuspend', input, { from: ['LISTED'], to: 'SUSPENDED' });
  }

  @Access(signedIn)
  @Mutation(() => ResumePayload, { description: 'Takes a suspended product into the pool again.' })
  productResume(
    @Arg('input', () => ProductMoveInput) input: ProductMoveInput,
    @Ctx() context: RequestContext,
  ) {
    return move(context, 'productResume', input, { from: ['SUSPENDED'], to: 'LISTED' });
  }

  @Access(signedIn)
  @Mutation(() => DelistPayload, { description: 'Takes a product out of the pool for good.' })
  productDelist(
    @Arg('input', () => ProductMoveInput) input: ProductMoveInput,
    @Ctx() context: RequestContext,
  ) {
    return move(context, 'productDelist', input, { from: ['LISTED', 'SUSPENDED'], to: 'DELISTED' });
  }

  @Access(signedIn)
  @Mutation(() => SkuUpdatePayload, {
    description: 'Sets the price and the stock of a SKU. Placed orders keep theirs.',
  })
  async skuUpdate(
    @Arg('input', () => SkuUpdateInput) input: SkuUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<SkuRow>> {
    const find = (tx: MutationTx, id: string): Promise<SkuRow | undefined> => tx.loaders.one(skuById, id);
    return mutate(context, { operation: 'skuUpdate', input, idOf: ({ id }) => id, find }, async (tx) => {
      const sku = await tx.loaders.one(skuById, idOfType(input.skuId, 'Sku') ?? NO_ID);
      if (sku === undefined || !mayWrite(context.actor, sku.brandId, 'catalogue:write')) {
        throw unknown(['input', 'skuId'], 'SKU');
      }
      return updateSku(tx, { ...input, skuId: sku.id }, context.clock.now());
    });
  }
}

type Step = Pick<ProductMove, 'from' | 'to'>;

/** Moves a product for its brand or an operator; only operators take it back from a review or a suspension of theirs. */
function move(context: RequestContext, operation: string, input: ProductMoveInput, step: Step) {
  const find = (tx: MutationTx, id: string): Promise<ProductRow | undefined> =>
    tx.loaders.one(productById, id);
  return mutate<ProductRow>(context, { operation, input, idOf: ({ id }) => id, find }, async (tx) => {
    const product = await tx.loaders.one(productById, idOfType(input.productId, 'Product') ?? NO_ID);
    if (product === undefined || !mayWrite(context.actor, product.brandId, 'catalogue:write')) {
      throw unknown(['input', 'productId'], 'product');
    }
    const note = input.note ?? undefined;
    const byOperator = isOperator(context.actor);
    return moveInPool(tx, { ...step, productId: product.id, note, byOperator }, context.clock.now());
  });
}

function toFilter(input: PoolFilterInput): PoolFilter {
  const { categoryId, brandId, beltId, minCommissionRate, ...rest } = input;
  return {
    ...rest,
    categoryId: localId(categoryId, 'Category'),
    brandId: localId(brandId, 'Brand'),
    beltId: localId(beltId, 'IndustrialBelt'),
    minCommissionBp: minCommissionRate,
  };
}

function localId(globalId: string | null | undefined, type: string): string | undefined {
  if (globalId == null) return undefined;
  const id = idOfType(globalId, type);
  if (id === undefined) throw notFound(type);
  return id;
}
