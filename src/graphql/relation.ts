import { Args, type ClassType, Ctx, Extensions, FieldResolver, Resolver, Root } from 'type-graphql';
import { type AccessRule, accessOf } from './access.ts';
import { connectionOf, PageArgs, toConnection, toPage } from './connection.ts';
import type { RequestContext } from './context.ts';
import { notFound } from './errors.ts';
import type { Key, ManyByKey, OneByKey, PageByKey } from './loaders.ts';

// biome-ignore lint/suspicious/noExplicitAny: relations between rows of all kinds stand in one list
type AnyRow = any;

interface RelationBase<Parent> {
  readonly type: () => ClassType;
  readonly description: string;
  /** The parent's key for the loader, or null where the parent has no such thing. */
  readonly key: (parent: Parent) => Key | null;
  /** Who may follow this relation from a given parent, where that is narrower than who may see the parent. */
  readonly access?: AccessRule<Parent>;
}

/** One related row. Not nullable means that it is an error when the row is missing or not open to the caller. */
export interface ToOne<Parent> extends RelationBase<Parent> {
  readonly kind: 'one';
  readonly load: OneByKey<AnyRow>;
  readonly nullable: boolean;
}

/** All related rows, where there are never many. */
export interface ToMany<Parent> extends RelationBase<Parent> {
  readonly kind: 'many';
  readonly load: ManyByKey<AnyRow>;
}

/** A bounded page of related rows, as a connection. */
export interface ToPage<Parent> extends RelationBase<Parent> {
  readonly kind: 'page';
  readonly load: PageByKey<AnyRow, AnyRow>;
  /** Further arguments beside `first` and `after`; what they hold is the loader's filter. */
  readonly args?: () => ClassType<PageArgs>;
}

type Holds<Column extends string> = { readonly [_ in Column]: string };
type MayHold<Column extends string> = { readonly [_ in Column]?: string | null };

/** The row whose id the parent holds in a column: there, and open to whoever may see the parent. */
export const toOne = <Column extends string>(
  type: () => ClassType,
  load: OneByKey<AnyRow>,
  column: Column,
  description: string,
): ToOne<Holds<Column>> => ({
  kind: 'one',
  type,
  description,
  key: (parent) => parent[column],
  load,
  nullable: false,
});

/** The same where the parent may hold none, or the row may not be open to whoever sees the parent. */
export const toOneOrNone = <Column extends string>(
  type: () => ClassType,
  load: OneByKey<AnyRow>,
  column: Column,
  description: string,
): ToOne<MayHold<Column>> => ({
  kind: 'one',
  type,
  description,
  key: (parent) => parent[column] ?? null,
  load,
  nullable: true,
});

export type Relation<Parent> = ToOne<Parent> | ToMany<Parent> | ToPage<Parent>;

export interface DeclaredRelation {
  readonly on: ClassType;
  readonly name: string;
  readonly relation: Relation<AnyRow>;
}

const declared: DeclaredRelation[] = [];

/** All relations of the schema, as data. */
export const relations = (): readonly DeclaredRelation[] => declared;

/**
 * Declares relations of an object type as data. The field resolvers are made from the declarations, here on
 * DataLoader; another executor may run the same declarations level by level.
 */
export function relate<Parent>(
  on: ClassType,
  fields: Readonly<Record<string, Relation<Parent>>>,
): ClassType[] {
  return Object.entries(fields).map(([name, relation]) => {
    declared.push({ on, name, relation });
    return declareField(on, name, relation);
  });
}

/** Makes the declaration known to TypeGraphQL: a resolver class with one method, by its public decorators. */
function declareField(on: ClassType, name: string, relation: Relation<AnyRow>): ClassType {
  class RelationResolver {}
  const prototype = RelationResolver.prototype as Record<string, unknown>;
  const resolve = resolverOf(relation);
  prototype[name] = (root: unknown, context: RequestContext, args: PageArgs) => resolve(root, args, context);
  const property = Object.getOwnPropertyDescriptor(prototype, name) as PropertyDecorator & PropertyDescriptor;
  const decorate = (decorator: MethodDecorator) => decorator(prototype, name, property as never);

  decorate(
    FieldResolver(typeOf(relation), { description: relation.description, nullable: isNullable(relation) }),
  );
  if (relation.access !== undefined) decorate(Extensions({ access: relation.access }) as MethodDecorator);
  Root()(prototype, name, 0);
  Ctx()(prototype, name, 1);
  if (relation.kind === 'page') Args(relation.args ?? (() => PageArgs))(prototype, name, 2);
  Resolver(() => on)(RelationResolver);
  return RelationResolver;
}

const isNullable = (relation: Relation<AnyRow>): boolean => relation.kind === 'one' && relation.nullable;

function typeOf(relation: Relation<AnyRow>) {
  if (relation.kind === 'one') return () => relation.type();
  if (relation.kind === 'many') return () => [relation.type()];
  // Made at once: TypeGraphQL sees only the types that are there when it begins to build the schema.
  const connection = connectionOf(relation.type() as ClassType<object>);
  return () => connection;
}

type Resolve = (parent: AnyRow, args: PageArgs, context: RequestContext) => unknown;

/** The resolver of a relation on DataLoader. */
export function resolverOf(relation: Relation<AnyRow>): Resolve {
  switch (relation.kind) {
    case 'one':
      return (parent, _args, context) => {
        const key = relation.key(parent);
        return key === null ? null : resolveOne(relation, key, context);
      };
    case 'many':
      return (parent, _args, context) => {
        const key = relation.key(parent);
        return key === null ? [] : context.loaders.many(relation.load, key);
      };
    case 'page':
      return (parent, args, context) => resolvePage(relation, relation.key(parent), args, context);
  }
}

async function resolveOne(relation: ToOne<AnyRow>, key: Key, context: RequestContext): Promise<unknown> {
  return openRow(relation, await context.loaders.one(relation.load, key), context);
}

/** The related row as far as it is open to the caller. */
export function openRow(relation: ToOne<AnyRow>, row: AnyRow, { actor }: RequestContext): unknown {
  if (row !== undefined && accessOf(relation.type()).allows(actor, row as never)) return row;
  if (relation.nullable) return null;
  throw notFound(relation.type().name);
}

async function resolvePage(
  relation: ToPage<AnyRow>,
  key: Key | null,
  args: PageArgs,
  context: RequestContext,
) {
  const { page, filter } = pageAsked(relation, args);
  const rows = key === null ? [] : await context.loaders.page(relation.load, key, page, filter);
  return toConnection(rows, page, relation.load.cursorOf);
}

/** Which page is asked for, and what further arguments narrow it to. Throws BAD_USER_INPUT as toPage does. */
export function pageAsked({ load }: ToPage<AnyRow>, args: PageArgs) {
  const { first: _first, after: _after, ...filter } = args as PageArgs & Record<string, unknown>;
  return { page: toPage(args, load.name), filter };
}
