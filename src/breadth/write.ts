import { type GraphQLError, locatedError } from 'graphql';
import { Failure, Slot } from './load.ts';
import type { ListShape, ObjectShape, PlannedField, Selection, Shape } from './plan.ts';

/** An error that was given its place in the answer, on its way up to the next place that may be null. */
class Located {
  constructor(readonly error: GraphQLError) {}
}

/** Writes the answer of an operation as JSON text when everything in it is loaded. */
export class Writer<Context> {
  readonly errors: GraphQLError[] = [];
  /** By the index of a field: how many objects were written of it. */
  readonly counts: number[] = [];
  readonly #path: (string | number)[] = [];

  constructor(private readonly context: Context) {}

  /** The JSON text of the data: "null" when an error has gone up to the top. */
  answer(root: Slot): string {
    try {
      return this.#object(root.selection, root.row, root.values);
    } catch (error) {
      if (!(error instanceof Located)) throw error;
      this.errors.push(error.error);
      return 'null';
    }
  }

  #object(selection: Selection, row: unknown, values: readonly unknown[]): string {
    let text = '';
    for (const field of selection.fields) text += field.prefix + this.#field(field, row, values);
    return text === '' ? '{}' : `${text}}`;
  }

  #field(field: PlannedField, row: unknown, values: readonly unknown[]): string {
    const depth = this.#path.length;
    try {
      const { work, place, shape } = field;
      const value = place < 0 ? (work as RowWork<Context>).valueOf(row, this.context) : values[place];
      if (shape.kind !== 'leaf') this.#path.push(field.key);
      const text = this.#value(shape, value, field);
      this.#path.length = depth;
      return text;
    } catch (error) {
      this.#path.length = depth;
      const located = this.#locate(error, field, [...this.#path, field.key]);
      if (field.shape.isRequired) throw located;
      this.errors.push(located.error);
      return 'null';
    }
  }

  #value(shape: Shape, value: unknown, field: PlannedField): string {
    if (value instanceof Failure) throw value.cause;
    if (value instanceof Error) throw value;
    if (value === null || value === undefined) {
      if (!shape.isRequired) return 'null';
      const { parent, field: declared } = field;
      throw new Error(`Cannot return null for non-nullable field ${parent.name}.${declared.name}.`);
    }
    if (shape.kind === 'list') return this.#list(shape, value, field);
    if (shape.kind === 'leaf') return shape.write(value);
    this.counts[field.index] = (this.counts[field.index] ?? 0) + 1;
    return this.#composite(shape, value);
  }

  #composite(shape: ObjectShape, value: unknown): string {
    if (value instanceof Slot) return this.#object(value.selection, value.row, value.values);
    return this.#object(shape.selectionOf(value as object), value, NO_VALUES);
  }

  #list({ of: shape }: ListShape, value: unknown, field: PlannedField): string {
    if (typeof value !== 'object' || value === null || !(Symbol.iterator in value)) {
      const name = `${field.parent.name}.${field.field.name}`;
      throw new Error(`Expected Iterable, but did not find one for field "${name}".`);
    }
    const path = this.#path;
    const depth = path.length;
    let text = '';
    let index = 0;
    for (const item of value as Iterable<unknown>) {
      path[depth] = index;
      if (index > 0) text += ',';
      text += this.#item(shape, item, field);
      path.length = depth;
      index += 1;
    }
    return `[${text}]`;
  }

  #item(shape: Shape, item: unknown, field: PlannedField): string {
    const depth = this.#path.length;
    try {
      return this.#value(shape, item, field);
    } catch (error) {
      this.#path.length = depth;
      const located = this.#locate(error, field, [...this.#path]);
      if (shape.isRequired) throw located;
      this.errors.push(located.error);
      return 'null';
    }
  }

  #locate(error: unknown, field: PlannedField, path: readonly (string | number)[]): Located {
    return error instanceof Located ? error : new Located(locatedError(error, field.nodes, path));
  }
}

interface RowWork<Context> {
  readonly valueOf: (row: unknown, context: Context) => unknown;
}

const NO_VALUES: readonly unknown[] = [];
