import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getArgumentValues,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
  visit,
} from 'graphql';
import { workOf } from './field-work.ts';
import { leafWriter } from './leaves.ts';
import {
  type AnyField,
  type AnyWork,
  isLoading,
  type ObjectShape,
  type Plan,
  type PlannedField,
  type Selection,
  type Shape,
} from './plan.ts';

/** Values of the variables by which fields are included and skipped. */
type Switches = Readonly<Record<string, unknown>>;

/** Plans of an operation by the values of its switches; more than these few are compiled each time. */
const MOST_PLANS = 32;
const plans = new WeakMap<
  OperationDefinitionNode,
  { switches: readonly string[]; made: Map<string, Plan> }
>();

/** Gives the plan of a query that is valid by the schema, or undefined where it asks for what is not compiled. */
export function planOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Plan | undefined {
  let known = plans.get(operation);
  if (known === undefined) {
    known = { switches: switchesOf(document), made: new Map() };
    plans.set(operation, known);
  }
  const setting = known.switches.map((name) => String(variables[name])).join();
  const before = known.made.get(setting);
  if (before !== undefined) return before;
  const made = new Compiler(schema, document, variables).plan(operation);
  if (made !== undefined && known.made.size < MOST_PLANS) known.made.set(setting, made);
  return made;
}

/** The variables that stand in directives of a document. */
function switchesOf(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(node) {
      visit(node, { Variable: ({ name }) => void names.add(name.value) });
    },
  });
  return [...names];
}

class Compiler {
  readonly #fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  /** By type: what is asked for of its rows anywhere in the operation; null where that is not known. */
  readonly #columns = new Map<string, Set<string> | null>();
  #fields = 0;

  constructor(
    readonly schema: GraphQLSchema,
    { definitions }: DocumentNode,
    readonly switches: Switches,
  ) {
    for (const definition of definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments[definition.name.value] = definition;
  }

  plan(operation: OperationDefinitionNode): Plan | undefined {
    const type = this.schema.getQueryType();
    if (!type) return undefined;
    try {
      const root = this.#selection(type, [operation.selectionSet]);
      const columnsOf = (typeName: string) => this.#columns.get(typeName) ?? undefined;
      return { schema: this.schema, operation, fragments: this.#fragments, root, columnsOf };
    } catch (error) {
      if (error instanceof NotCompiled) return undefined;
      throw error;
    }
  }

  #selection(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): Selection {
    const collected = new Map<string, FieldNode[]>();
    const visited = new Set<string>();
    for (const set of sets) this.#collect(type, set, collected, visited);
    const fields: PlannedField[] = [];
    const loading: PlannedField[] = [];
    for (const [key, nodes] of collected) {
      const field = this.#field(type, key, nodes, fields.length === 0, loading.length);
      fields.push(field);
      if (field.place >= 0) loading.push(field);
    }
    return { fields, loading };
  }

  #field(
    parent: GraphQLObjectType,
    key: string,
    nodes: readonly FieldNode[],
    isFirst: boolean,
    place: number,
  ): PlannedField {
    const [node] = nodes as [FieldNode];
    const field = this.#definition(parent, node.name.value);
    const shape = this.#shape(field.type, nodes);
    const work = field === TypeNameMetaFieldDef ? typeName(parent) : workOf(field);
    this.#note(parent.name, work?.reads);
    const isImmediate = work?.kind === 'row' && !isLoading(shape);
    return {
      index: this.#fields++,
      key,
      prefix: `${isFirst ? '{' : ','}${JSON.stringify(key)}:`,
      parent,
      field,
      nodes,
      shape,
      work,
      place: isImmediate ? -1 : place,
      args: hasVariables(node) ? undefined : argumentsOf(field, node),
    };
  }

  #note(typeName: string, reads: readonly string[] | undefined): void {
    const columns = this.#columns.get(typeName);
    if (columns === null) return;
    if (reads === undefined) this.#columns.set(typeName, null);
    else if (columns === undefined) this.#columns.set(typeName, new Set(reads));
    else for (const name of reads) columns.add(name);
  }

  #definition(parent: GraphQLObjectType, name: string): AnyField {
    if (name === '__typename') return TypeNameMetaFieldDef;
    const field = parent.getFields()[name];
    if (field === undefined) throw new NotCompiled(name);
    return field;
  }

  #shape(type: GraphQLOutputType, nodes: readonly FieldNode[], isRequired = false): Shape {
    if (isNonNullType(type)) return this.#shape(type.ofType, nodes, true);
    if (isListType(type)) return { kind: 'list', isRequired, of: this.#shape(type.ofType, nodes) };
    if (isLeafType(type)) return { kind: 'leaf', isRequired, write: leafWriter(type) };
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    if (isAbstractType(type)) {
      // What is asked of it is known when it is met, and rows may be read before that.
      for (const { name } of this.schema.getPossibleTypes(type)) this.#note(name, undefined);
      return { kind: 'object', isRequired, ...this.#byName(sets), isLoading: true };
    }
    const selection = this.#selection(type, sets);
    return {
      kind: 'object',
      isRequired,
      selectionOf: () => selection,
      selections: () => [selection],
      isLoading: selection.loading.length > 0,
    };
  }

  /** The selections of an interface or a union, made when an object of the type is first met. */
  #byName(sets: readonly SelectionSetNode[]): Pick<ObjectShape, 'selectionOf' | 'selections'> {
    const made = new Map<string, Selection>();
    const selectionOf = (value: object): Selection => {
      const { __typename: name } = value as { __typename: string };
      let selection = made.get(name);
      if (selection === undefined) {
        selection = this.#selection(this.schema.getType(name) as GraphQLObjectType, sets);
        made.set(name, selection);
      }
      return selection;
    };
    return { selectionOf, selections: () => made.values() };
  }

  #collect(
    type: GraphQLObjectType,
    { selections }: SelectionSetNode,
    into: Map<string, FieldNode[]>,
    visited: Set<string>,
  ): void {
    for (const node of selections) {
      if (!this.#isIncluded(node.directives)) continue;
      if (node.kind === Kind.FIELD) {
        const { value: key } = node.alias ?? node.name;
        const before = into.get(key);
        if (before === undefined) into.set(key, [node]);
        else before.push(node);
        continue;
      }
      let condition = node.kind === Kind.INLINE_FRAGMENT ? node.typeCondition : undefined;
      let set = node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : undefined;
      if (node.kind === Kind.FRAGMENT_SPREAD) {
        if (visited.has(node.name.value)) continue;
        visited.add(node.name.value);
        const fragment = this.#fragments[node.name.value];
        condition = fragment?.typeCondition;
        set = fragment?.selectionSet;
      }
      if (set !== undefined && this.#applies(condition?.name.value, type))
        this.#collect(type, set, into, visited);
    }
  }

  #applies(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const on = this.schema.getType(condition);
    return isAbstractType(on) && this.schema.isSubType(on, type);
  }

  #isIncluded(directives: readonly DirectiveNode[] | undefined): boolean {
    for (const { name, arguments: args } of directives ?? []) {
      const value = args?.[0]?.value;
      const isOn =
        value?.kind === Kind.VARIABLE
          ? this.switches[value.name.value] === true
          : value?.kind === Kind.BOOLEAN && value.value;
      if (name.value === 'skip' && isOn) return false;
      if (name.value === 'include' && !isOn) return false;
    }
    return true;
  }
}

/** Thrown, and caught here, where a query asks for what is not compiled, such as the schema itself. */
class NotCompiled extends Error {}

const typeName = ({ name }: GraphQLObjectType): AnyWork => ({ kind: 'row', reads: [], valueOf: () => name });

function hasVariables({ arguments: args = [] }: FieldNode): boolean {
  let found = false;
  for (const arg of args) {
    visit(arg, {
      Variable: () => {
        found = true;
      },
    });
  }
  return found;
}

/** The arguments of a field that has no variables; undefined where they fail, which is told when it is asked for. */
function argumentsOf(field: AnyField, node: FieldNode): Record<string, unknown> | undefined {
  try {
    return getArgumentValues(field, node);
  } catch {
    return undefined;
  }
}
