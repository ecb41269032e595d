import { type GraphQLResolveInfo, getArgumentValues } from 'graphql';
import { type Batch, type BatchKey, type ColumnsOf, type FieldWork, hashOf } from './field-work.ts';
import { isLoading, type Plan, type PlannedField, type Selection, type Shape } from './plan.ts';

/** An object whose loaded values have a place beside it: the row, and the values in the order of `loading`. */
export class Slot {
  readonly values: unknown[];

  constructor(
    readonly selection: Selection,
    readonly row: unknown,
  ) {
    this.values = new Array(selection.loading.length);
  }
}

/** What stands in the place of a value that could not be had. */
export class Failure {
  constructor(readonly cause: unknown) {}
}

/** A field of one level, and the objects that want it. */
interface Wanted {
  readonly field: PlannedField;
  readonly slots: readonly Slot[];
}

type Found = Map<string, unknown>;
type BatchWork<Context> = Extract<FieldWork<Context>, { kind: 'batch' }>;

/** Loads what an operation asks for, level by level: of each level every source is read once, for all its keys. */
export class Loading<Context> {
  readonly #plan: Plan;
  readonly #context: Context;
  readonly #variables: Record<string, unknown>;
  readonly #root: unknown;
  /** What was read before, by source and name: equal keys are read once. */
  readonly #known = new Map<object, Map<string, Found>>();
  /** Objects that are yet to be looked at, by what is asked of them. */
  #fresh = new Map<Selection, Slot[]>();

  constructor(plan: Plan, context: Context, variables: Record<string, unknown>, root?: unknown) {
    this.#plan = plan;
    this.#context = context;
    this.#variables = variables;
    this.#root = root;
  }

  async all(): Promise<Slot> {
    const root = this.#slot(this.#plan.root, this.#root);
    for (;;) {
      const wanted = this.#expand();
      if (wanted.length === 0) return root;
      await this.#load(wanted);
    }
  }

  #slot(selection: Selection, row: unknown): Slot {
    const slot = new Slot(selection, row);
    if (selection.loading.length === 0) return slot;
    const fresh = this.#fresh.get(selection);
    if (fresh === undefined) this.#fresh.set(selection, [slot]);
    else fresh.push(slot);
    return slot;
  }

  /** Works out what needs no loading, and gives what does. */
  #expand(): Wanted[] {
    const wanted: Wanted[] = [];
    while (this.#fresh.size > 0) {
      const fresh = this.#fresh;
      this.#fresh = new Map();
      for (const [selection, slots] of fresh)
        for (const field of selection.loading) {
          if (field.work?.kind !== 'row') wanted.push({ field, slots });
          else {
            const { work } = field;
            this.#fill(field, slots, ({ row }) => work.valueOf(row as never, this.#context));
          }
        }
    }
    return wanted;
  }

  #fill(field: PlannedField, slots: readonly Slot[], value: (slot: Slot, index: number) => unknown): void {
    const { place, shape } = field;
    for (let index = 0; index < slots.length; index++) {
      const slot = slots[index] as Slot;
      try {
        slot.values[place] = this.#complete(shape, value(slot, index));
      } catch (error) {
        slot.values[place] = new Failure(error);
      }
    }
  }

  /** Puts objects that have something to load into slots; the rest stays as it is until it is written. */
  #complete(shape: Shape, value: unknown): unknown {
    if (value === null || value === undefined || value instanceof Error || value instanceof Failure)
      return value;
    if (shape.kind === 'object' && shape.isLoading) return this.#slot(shape.selectionOf(value), value);
    if (shape.kind !== 'list' || !isLoading(shape.of) || !isList(value)) return value;
    const items: unknown[] = [];
    for (const item of value) items.push(this.#complete(shape.of, item));
    return items;
  }

  async #load(wanted: readonly Wanted[]): Promise<void> {
    const batches = new Batches(this.#known);
    const completions = wanted.map(({ field, slots }) => {
      const { work } = field;
      const args = this.#argumentsOf(field);
      if (args instanceof Failure) return () => this.#fill(field, slots, () => args);
      if (work?.kind !== 'batch') return this.#resolve(field, slots, args);
      return this.#join(field, slots, batches, work, args);
    });
    await batches.read();
    for (const complete of await Promise.all(completions)) complete();
  }

  #join(
    field: PlannedField,
    slots: readonly Slot[],
    batches: Batches,
    { batch: batchOf, check }: BatchWork<Context>,
    args: Readonly<Record<string, unknown>>,
  ): () => void {
    const batch = attempt(() => batchOf(args, this.#context, this.#plan.columnsOf));
    const asked = slots.map(({ row }) => {
      try {
        check?.(row, this.#context);
        if (batch instanceof Failure) return batch;
        const key = batch.keyOf(row);
        return key === null ? null : new Asked(key);
      } catch (error) {
        return new Failure(error);
      }
    });
    if (batch instanceof Failure) return () => this.#fill(field, slots, (_, index) => asked[index]);
    const found = batches.add(batch, asked);
    return () => this.#fill(field, slots, (_, index) => valueIn(batch, asked[index] ?? null, found()));
  }

  /** Asks the resolver for each object, all at the same time. */
  async #resolve(
    field: PlannedField,
    slots: readonly Slot[],
    args: Readonly<Record<string, unknown>>,
  ): Promise<() => void> {
    const resolve = field.field.resolve;
    if (resolve === undefined) throw new Error(`${field.parent.name}.${field.key} has no resolver.`);
    const info = this.#infoOf(field);
    const values = await Promise.all(
      slots.map(async ({ row }) => {
        try {
          return await settled(await resolve(row, args, this.#context, info));
        } catch (error) {
          return new Failure(error);
        }
      }),
    );
    return () => this.#fill(field, slots, (_, index) => values[index]);
  }

  #argumentsOf(field: PlannedField): Readonly<Record<string, unknown>> | Failure {
    if (field.args !== undefined) return field.args;
    const [node] = field.nodes;
    if (node === undefined) throw new Error('A field is of a document.');
    return attempt(() => getArgumentValues(field.field, node, this.#variables));
  }

  /** What a resolver may ask of the operation, and which columns of its rows are asked for; where in the answer it is, it is not told. */
  #infoOf({ field, nodes, parent }: PlannedField): GraphQLResolveInfo & { columnsOf: ColumnsOf } {
    const { schema, operation, fragments, columnsOf } = this.#plan;
    return {
      fieldName: field.name,
      fieldNodes: nodes,
      returnType: field.type,
      parentType: parent,
      path: { prev: undefined, key: field.name, typename: parent.name },
      schema,
      fragments,
      rootValue: this.#root,
      operation,
      variableValues: this.#variables,
      columnsOf,
    };
  }
}

/** A key that a parent has, with its one text. */
class Asked {
  readonly hash: string;

  constructor(readonly key: BatchKey) {
    this.hash = hashOf(key);
  }
}

/** The reads of one level. */
class Batches {
  readonly #reads = new Map<object, Map<string, Read>>();

  constructor(private readonly known: Map<object, Map<string, Found>>) {}

  /** Adds keys to what is read of a source. Gives what was found, once it was read. */
  add(batch: Batch, keys: readonly (Asked | null | Failure)[]): () => Found | Failure {
    const read = this.#readOf(batch);
    for (const key of keys) if (key instanceof Asked) read.want(key);
    return () => read.failure ?? read.found;
  }

  async read(): Promise<void> {
    const reads = [...this.#reads.values()].flatMap((byName) => [...byName.values()]);
    await Promise.all(reads.map((read) => read.all()));
  }

  #readOf(batch: Batch): Read {
    const { source, name } = batch;
    const byName = within(this.#reads, source, () => new Map<string, Read>());
    return within(byName, name, () => {
      const found = within(
        within(this.known, source, () => new Map<string, Found>()),
        name,
        (): Found => new Map(),
      );
      return new Read(batch, found);
    });
  }
}

class Read {
  failure: Failure | undefined;
  readonly #wanted = new Map<string, BatchKey>();

  constructor(
    private readonly batch: Batch,
    readonly found: Found,
  ) {}

  want({ key, hash }: Asked): void {
    if (!this.found.has(hash)) this.#wanted.set(hash, key);
  }

  async all(): Promise<void> {
    if (this.#wanted.size === 0) return;
    const { read, keyOfRow, isGrouped } = this.batch;
    const { found } = this;
    try {
      const rows = await read([...this.#wanted.values()]);
      // Keys that were asked for and have nothing are not asked for again.
      for (const hash of this.#wanted.keys()) found.set(hash, isGrouped ? [] : undefined);
      for (const row of rows) {
        const hash = hashOf(keyOfRow(row));
        if (isGrouped) (found.get(hash) as unknown[] | undefined)?.push(row);
        else found.set(hash, row);
      }
    } catch (error) {
      this.failure = new Failure(error);
    }
  }
}

function valueIn(batch: Batch, asked: Asked | null | Failure, found: Found | Failure): unknown {
  if (asked instanceof Failure) return asked;
  if (asked === null) return batch.valueOf(undefined, null);
  return found instanceof Failure ? found : batch.valueOf(found.get(asked.hash), asked.key);
}

function within<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function attempt<Result>(work: () => Result): Result | Failure {
  try {
    return work();
  } catch (error) {
    return new Failure(error);
  }
}

const isList = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value;

/** A list of promises when each of them is settled; anything else as it is. */
async function settled(value: unknown): Promise<unknown> {
  if (!Array.isArray(value) || !value.some((item) => item instanceof Promise)) return value;
  return Promise.all(value.map((item) => Promise.resolve(item).catch((error) => new Failure(error))));
}
