import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { mayWrite } from '../../graphql/actor.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow, readAgain } from '../../graphql/named-row.ts';
import { invalid, type Payload, payloadOf, unknown } from '../../graphql/user-errors.ts';
import { idOfType, NO_ID } from '../../kernel/ids.ts';
import { brandById } from '../brand/index.ts';
import { Product, type ProductRow, productById } from '../product/index.ts';
import { type LiveItemRow, liveItemById } from './cart.loaders.ts';
import { ownSession } from './cart.resolver.ts';
import { LiveItem } from './cart.types.ts';
import { LiveFlashCompleteInput, LiveFlashDropInput, LiveFlashListInput } from './flash.types.ts';
import { completeFlash, dropFlash, listFlash } from './flash-listing.ts';

const ListPayload = payloadOf('liveFlashList', 'liveItem', () => LiveItem);
const CompletePayload = payloadOf('liveFlashComplete', 'product', () => Product);
const DropPayload = payloadOf('liveFlashDrop', 'product', () => Product);

const constraints = {
  sku_brand_id_code_key: () => invalid(['input', 'skuCode'], 'The brand already has a SKU with this code.'),
};

@Resolver()
export class LiveFlashResolver {
  @Access(signedIn)
  @Mutation(() => ListPayload, {
    description:
      'Lists a product at once in a running live session, with a photo, a price and a stock; for a creator who is also ' +
      'a brand, and for hosts who belong to one. It is sold in that session alone, and completed or dropped after it.',
  })
  liveFlashList(
    @Arg('input', () => LiveFlashListInput) input: LiveFlashListInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<LiveItemRow>> {
    const idOf = ({ id }: LiveItemRow) => id;
    const find = (tx: MutationTx, id: string) => tx.loaders.one(liveItemById, id);
    return mutate(context, { operation: 'liveFlashList', input, idOf, find, constraints }, async (tx) => {
      const now = context.clock.now();
      const { id: liveSessionId, creatorId } = await ownSession(tx, context, input.liveSessionId);
      const allows = ({ id }: { id: string }) => mayWrite(context.actor, id, 'catalogue:write');
      const naming = { field: 'brandId', type: 'Brand', load: brandById, allows };
      const { id: brandId } = await namedRow(tx, input.brandId, naming);
      const categoryId = idOfType(input.categoryId, 'Category');
      if (categoryId === undefined) throw unknown(['input', 'categoryId'], 'category');
      const { id } = await listFlash(tx, { ...input, liveSessionId, creatorId, brandId, categoryId }, now);
      return readAgain(tx, liveItemById, id, now);
    });
  }

  @Access(signedIn)
  @Mutation(() => CompletePayload, {
    description: 'Completes a flash listing after its session and sends the product to the review.',
  })
  liveFlashComplete(
    @Arg('input', () => LiveFlashCompleteInput) input: LiveFlashCompleteInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ProductRow>> {
    return moveFlash(context, 'liveFlashComplete', input, (tx, id, now) => completeFlash(tx, id, input, now));
  }

  @Access(signedIn)
  @Mutation(() => DropPayload, {
    description: 'Drops a flash listing after its session: it is never sold again.',
  })
  liveFlashDrop(
    @Arg('input', () => LiveFlashDropInput) input: LiveFlashDropInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ProductRow>> {
    return moveFlash(context, 'liveFlashDrop', input, dropFlash);
  }
}

function moveFlash(
  context: RequestContext,
  operation: string,
  input: LiveFlashDropInput,
  move: (tx: MutationTx, productId: string, now: Date) => Promise<ProductRow>,
): Promise<Payload<ProductRow>> {
  const idOf = ({ id }: ProductRow) => id;
  const find = (tx: MutationTx, id: string) => tx.loaders.one(productById, id);
  return mutate(context, { operation, input, idOf, find }, async (tx) => {
    const product = await tx.loaders.one(productById, idOfType(input.productId, 'Product') ?? NO_ID);
    if (product === undefined || !mayWrite(context.actor, product.brandId, 'catalogue:write'))
      throw unknown(['input', 'productId'], 'product');
    const { id } = await move(tx, product.id, context.clock.now());
    return readAgain(tx, productById, id, context.clock.now());
  });
}
