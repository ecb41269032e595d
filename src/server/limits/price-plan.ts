import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  type ValueNode,
} from 'graphql';
import { costOf, type DeclaredCost } from './declared-cost.ts';

/** One field of an operation that costs something, or has below it what does. */
export interface PricedField {
  /** Under which name it stands in the answer. */
  readonly key: string;
  readonly cost: DeclaredCost;
  /** Whether it is a list, a connection, or the items of one. */
  readonly shape: 'one' | 'list' | 'connection' | 'items';
  /** What was given for an argument, if anything. */
  readonly argument: (name: string) => ValueNode | undefined;
  readonly below: PricedSelection;
}

/** What of a selection costs something. Each selection of a document is made into one of these, once. */
export interface PricedSelection {
  readonly fields: PricedField[];
  /** Fragments; those under the name of a type exclude each other. */
  readonly fragments: { readonly of: string | undefined; readonly selection: PricedSelection }[];
}

/** What is worked out of an operation once, for all its variables. */
export interface PricePlan {
  readonly isMutation: boolean;
  readonly root: PricedSelection;
}

const plans = new WeakMap<OperationDefinitionNode, PricePlan>();

/** The plan of an operation of a document that is valid by the schema. Its size is linear in that of the document. */
export function pricePlanOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): PricePlan {
  const known = plans.get(operation);
  if (known !== undefined) return known;
  const root = schema.getRootType(operation.operation) as GraphQLObjectType;
  const made = {
    isMutation: operation.operation === 'mutation',
    root: new Planner(schema, document).selection(operation.selectionSet, root),
  };
  plans.set(operation, made);
  return made;
}

class Planner {
  readonly #schema: GraphQLSchema;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #made = new Map<string, PricedSelection>();

  constructor(schema: GraphQLSchema, { definitions }: DocumentNode) {
    this.#schema = schema;
    for (const definition of definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION)
        this.#fragments.set(definition.name.value, definition);
  }

  selection({ selections }: SelectionSetNode, parent: GraphQLNamedType): PricedSelection {
    const made: PricedSelection = { fields: [], fragments: [] };
    for (const node of selections) {
      if (node.kind === Kind.FIELD) {
        const field = this.#field(node, parent);
        if (field !== undefined) made.fields.push(field);
      } else {
        const type =
          node.kind === Kind.INLINE_FRAGMENT ? node.typeCondition?.name.value : this.#typeOf(node.name.value);
        const on = type === undefined ? parent : (this.#schema.getType(type) ?? parent);
        const selection =
          node.kind === Kind.INLINE_FRAGMENT
            ? this.selection(node.selectionSet, on)
            : this.#fragment(node.name.value, on);
        const isNarrower = isAbstractType(parent) && isObjectType(on);
        if (selection.fields.length + selection.fragments.length > 0)
          made.fragments.push({ of: isNarrower ? on.name : undefined, selection });
      }
    }
    return made;
  }

  #typeOf = (name: string): string | undefined => this.#fragments.get(name)?.typeCondition.name.value;

  #fragment(name: string, on: GraphQLNamedType): PricedSelection {
    let made = this.#made.get(name);
    if (made === undefined) {
      const { selectionSet } = this.#fragments.get(name) as FragmentDefinitionNode;
      made = this.selection(selectionSet, on);
      this.#made.set(name, made);
    }
    return made;
  }

  #field(node: FieldNode, parent: GraphQLNamedType): PricedField | undefined {
    const field = this.#definition(node.name.value, parent);
    if (field === undefined) return undefined;
    const type = getNamedType(field.type);
    const cost = costOf(field, parent.name);
    const below =
      isCompositeType(type) && node.selectionSet && !type.name.startsWith('__')
        ? this.selection(node.selectionSet, type)
        : { fields: [], fragments: [] };
    if (
      cost.points === 0 &&
      cost.each === undefined &&
      below.fields.length + below.fragments.length === 0 &&
      !isCompositeType(type)
    )
      return undefined;
    return {
      key: (node.alias ?? node.name).value,
      cost,
      shape: shapeOf(field, type, parent),
      argument: (name) => node.arguments?.find((each) => each.name.value === name)?.value,
      below,
    };
  }

  #definition(name: string, parent: GraphQLNamedType): GraphQLField<unknown, unknown> | undefined {
    if (parent === this.#schema.getQueryType()) {
      if (name === '__schema') return SchemaMetaFieldDef;
      if (name === '__type') return TypeMetaFieldDef;
    }
    return 'getFields' in parent ? (parent.getFields()[name] as GraphQLField<unknown, unknown>) : undefined;
  }
}

function shapeOf(
  field: GraphQLField<unknown, unknown>,
  type: GraphQLNamedType,
  parent: GraphQLNamedType,
): PricedField['shape'] {
  if (type.name.endsWith('Connection') && field.args.some(({ name }) => name === 'first'))
    return 'connection';
  const bare = getNullableType(field.type);
  if (!isListType(bare)) return 'one';
  return parent.name.endsWith('Connection') ? 'items' : 'list';
}
