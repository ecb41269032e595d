import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLField,
  GraphQLObjectType,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import type { ColumnsOf, FieldWork } from './field-work.ts';

/** The form of a value: what a type of the schema is to somebody who writes JSON. */
export type Shape = LeafShape | ListShape | ObjectShape;

interface AnyShape {
  /** Whether null is an error here. */
  readonly isRequired: boolean;
}

export interface LeafShape extends AnyShape {
  readonly kind: 'leaf';
  /** The JSON text of a value that is not null. */
  readonly write: (value: unknown) => string;
}

export interface ListShape extends AnyShape {
  readonly kind: 'list';
  readonly of: Shape;
}

export interface ObjectShape extends AnyShape {
  readonly kind: 'object';
  /** What is asked of an object: of an interface or a union by the name of the type that the object says it has. */
  readonly selectionOf: (value: object) => Selection;
  /** All that were asked of objects so far. */
  readonly selections: () => Iterable<Selection>;
  /** Whether anything below has to be loaded before it can be written. */
  readonly isLoading: boolean;
}

/** Whether anything in a value has to be loaded before it can be written. */
export const isLoading = (shape: Shape): boolean =>
  shape.kind === 'list' ? isLoading(shape.of) : shape.kind === 'object' && shape.isLoading;

/** What is asked of the objects that a value is or holds. */
export function selectionsBelow(shape: Shape): Iterable<Selection> {
  if (shape.kind === 'list') return selectionsBelow(shape.of);
  return shape.kind === 'object' ? shape.selections() : [];
}

/** What is asked of the objects of one type at one place. */
export interface Selection {
  readonly fields: readonly PlannedField[];
  /** Those of them whose values must be there before anything is written. */
  readonly loading: readonly PlannedField[];
}

// biome-ignore lint/suspicious/noExplicitAny: fields of all kinds
export type AnyField = GraphQLField<any, any>;
// biome-ignore lint/suspicious/noExplicitAny: fields of all kinds
export type AnyWork = FieldWork<any>;

/** One field at one place of an operation. */
export interface PlannedField {
  /** Where its figures stand in the tally of an answer. */
  readonly index: number;
  readonly key: string;
  /** The key as it is written, with the comma or brace before it. */
  readonly prefix: string;
  readonly parent: GraphQLObjectType;
  readonly field: AnyField;
  readonly nodes: readonly FieldNode[];
  readonly shape: Shape;
  /** How it is worked out; undefined when only its resolver knows. */
  readonly work: AnyWork | undefined;
  /** Which of the loaded values of its object it is; -1 when it is worked out as it is written. */
  readonly place: number;
  /** Its arguments where no variable stands in them. */
  readonly args: Readonly<Record<string, unknown>> | undefined;
}

/** An operation that was compiled, for all values of its variables but those that include and skip. */
export interface Plan {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly root: Selection;
  readonly columnsOf: ColumnsOf;
}
