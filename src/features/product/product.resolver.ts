import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { mayWrite } from '../../graphql/actor.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow, readAgain } from '../../graphql/named-row.ts';
import { invalid, type Payload, payloadOf, unknown } from '../../graphql/user-errors.ts';
import { idOfType, NO_ID } from '../../kernel/ids.ts';
import { brandById } from '../brand/index.ts';
import { changeProductText } from './change-text.ts';
import { createProduct } from './create-product.ts';
import { ProductRow } from './product.entity.ts';
import { categoriesBelow, productById } from './product.loaders.ts';
import { Category, Product, ProductCreateInput, ProductTextChangeInput } from './product.types.ts';

const ProductCreatePayload = payloadOf('productCreate', 'product', () => Product);
const TextChangePayload = payloadOf('productTextChange', 'product', () => Product);

@Resolver()
export class ProductResolver {
  @Access(signedIn)
  @Query(() => [Category], {
    description: 'The categories of the first level; their children hang below them.',
  })
  categories(@Ctx() { loaders }: RequestContext) {
    return loaders.many(categoriesBelow, '');
  }

  @Access(signedIn)
  @Mutation(() => ProductCreatePayload, {
    description: 'Enters a product of a brand as a draft, with its SKUs.',
  })
  async productCreate(
    @Arg('input', () => ProductCreateInput) input: ProductCreateInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ProductRow>> {
    return mutate(
      context,
      {
        operation: 'productCreate',
        input,
        idOf: ({ id }) => id,
        find: async (tx, id) => (await tx.em.findOne(ProductRow, { id })) ?? undefined,
        constraints: {
          sku_brand_id_code_key: () =>
            invalid(['input', 'skus'], 'The brand already has a SKU with one of these codes.'),
        },
      },
      async (tx) => {
        const brandId = idOfType(input.brandId, 'Brand') ?? NO_ID;
        const brand = await tx.loaders.one(brandById, brandId);
        if (brand === undefined || !mayWrite(context.actor, brandId, 'catalogue:write'))
          throw unknown(['input', 'brandId'], 'brand');
        const categoryId = idOfType(input.categoryId, 'Category');
        if (categoryId === undefined) throw unknown(['input', 'categoryId'], 'category');
        return createProduct(tx, { ...input, brandId, categoryId }, context.clock.now());
      },
    );
  }

  @Access(signedIn)
  @Mutation(() => TextChangePayload, {
    description:
      'Gives a product another title or description, while it is a DRAFT or SUSPENDED. The text is screened again.',
  })
  productTextChange(
    @Arg('input', () => ProductTextChangeInput) input: ProductTextChangeInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ProductRow>> {
    const find = (tx: MutationTx, id: string) => tx.loaders.one(productById, id);
    const options = { operation: 'productTextChange', input, idOf: ({ id }: ProductRow) => id, find };
    return mutate(context, options, async (tx) => {
      const now = context.clock.now();
      const allows = ({ brandId }: ProductRow) => mayWrite(context.actor, brandId, 'catalogue:write');
      const naming = { field: 'productId', type: 'Product', load: productById, allows };
      const { id: productId } = await namedRow(tx, input.productId, naming);
      const { title = null, description = null } = input;
      await changeProductText(tx, { productId, title, description }, now);
      return readAgain(tx, productById, productId, now);
    });
  }
}
