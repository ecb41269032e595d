import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { Agency } from '../features/agency/index.ts';
import { Brand } from '../features/brand/index.ts';
import { Creator } from '../features/creator/index.ts';
import { OrderLine } from '../features/order/index.ts';
import { Product } from '../features/product/index.ts';
import { Access, accessOf, anyone, signedIn } from '../graphql/access.ts';
import type { RequestContext } from '../graphql/context.ts';
import { failure, notFound } from '../graphql/errors.ts';
import { Node, nodeKey, nodeTypeOf } from '../graphql/node.ts';
import { fromGlobalId } from '../kernel/ids.ts';

const MAX_IDS = 100;

/** Where callers enter the graph: by a global id, or by an object that they know. */
@Resolver()
export class EntryResolver {
  @Access(anyone)
  @Query(() => Node, {
    nullable: true,
    description: 'Any object by its global id, if it is open to the caller.',
  })
  node(@Arg('id', () => ID, { description: 'The global id.' }) id: string, @Ctx() context: RequestContext) {
    return find(context, id);
  }

  @Access(anyone)
  @Query(() => [Node], {
    nullable: 'items',
    description: `Up to ${MAX_IDS} objects by their global ids, in their order; null with an error where none is open.`,
  })
  nodes(
    @Arg('ids', () => [ID], { description: 'The global ids.' }) ids: string[],
    @Ctx() context: RequestContext,
  ) {
    if (ids.length > MAX_IDS) throw failure('BAD_USER_INPUT', `"ids" takes at most ${MAX_IDS} ids.`);
    return ids.map((id) => find(context, id));
  }

  @Access(signedIn)
  @Query(() => Brand, { nullable: true, description: 'A brand by its global id.' })
  brand(@Arg('id', () => ID, { description: 'The global id.' }) id: string, @Ctx() context: RequestContext) {
    return find(context, id, Brand.name);
  }

  @Access(signedIn)
  @Query(() => Creator, { nullable: true, description: 'A creator by its global id.' })
  creator(
    @Arg('id', () => ID, { description: 'The global id.' }) id: string,
    @Ctx() context: RequestContext,
  ) {
    return find(context, id, Creator.name);
  }

  @Access(anyone)
  @Query(() => Agency, { nullable: true, description: 'An agency by its global id.' })
  agency(@Arg('id', () => ID, { description: 'The global id.' }) id: string, @Ctx() context: RequestContext) {
    return find(context, id, Agency.name);
  }

  @Access(signedIn)
  @Query(() => Product, { nullable: true, description: 'A product by its global id.' })
  product(
    @Arg('id', () => ID, { description: 'The global id.' }) id: string,
    @Ctx() context: RequestContext,
  ) {
    return find(context, id, Product.name);
  }

  @Access(signedIn)
  @Query(() => OrderLine, { nullable: true, description: 'An order line by its global id.' })
  orderLine(
    @Arg('id', () => ID, { description: 'The global id.' }) id: string,
    @Ctx() context: RequestContext,
  ) {
    return find(context, id, OrderLine.name);
  }
}

/** The row of a global id, with the name of its type. Whatever is not open to the caller is not found. */
async function find(context: RequestContext, globalId: string, expected?: string): Promise<object> {
  const parsed = fromGlobalId(globalId);
  const type = parsed === undefined ? undefined : nodeTypeOf(parsed.type);
  const key = parsed === undefined || type === undefined ? undefined : nodeKey(type, parsed);
  if (type === undefined || key === undefined || (expected ?? type.type.name) !== type.type.name) {
    throw notFound(expected);
  }
  const row = await context.loaders.one(type.load, key);
  if (row === undefined || !accessOf(type.type).allows(context.actor, row as never)) throw notFound(expected);
  return { ...row, __typename: type.type.name };
}
