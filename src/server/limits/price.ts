import { type ConstValueNode, Kind, type OperationDefinitionNode, type ValueNode } from 'graphql';
import { JsonText, type Selection, selectionsBelow, type Tally } from '../../breadth/index.ts';
import { DEFAULT_FIRST, MAX_FIRST } from '../../graphql/connection.ts';
import type { PricedField, PricedSelection, PricePlan } from './price-plan.ts';

type Values = Readonly<Record<string, unknown>>;

/** The points of every operation at least, and of each request that is none. */
export const LEAST = 1;
/** Prices are whole numbers that JSON can hold, however fast a document makes them grow. */
const MOST = Number.MAX_SAFE_INTEGER;

/** Values as they will be: what was sent, and the operation's own defaults where nothing was. */
export function valuesOf(operation: OperationDefinitionNode, given: Values | null | undefined): Values {
  const values: Record<string, unknown> = {};
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    const { value: name } = variable.name;
    const isGiven = given != null && Object.hasOwn(given, name);
    values[name] = isGiven ? given[name] : readValue(defaultValue as ConstValueNode | undefined, {});
  }
  return values;
}

/**
 * What an operation costs at most, in points, before it runs: every object one, page sizes multiplied with what is below
 * them. Each selection of the document is looked at once for a size of page.
 */
export const requestedPrice = (plan: PricePlan, values: Values): number =>
  Math.max(LEAST, new Pricing(values).selection(plan.root, undefined));

/** What an answer has cost: the same, by the objects that are in it, counted where somebody has counted them. */
export function actualPrice(plan: PricePlan, values: Values, data: unknown): number {
  const pricing = new Pricing(values);
  if (!(data instanceof JsonText)) return Math.max(LEAST, pricing.answer(plan.root, data));
  const { tally } = data;
  const price = tally
    ? pricing.counted(plan.root, [tally.root], tally.counts)
    : pricing.answer(plan.root, data.toJSON());
  return Math.max(LEAST, price);
}

class Pricing {
  readonly #values: Values;
  readonly #known = new Map<number | undefined, Map<PricedSelection, number>>();

  constructor(values: Values) {
    this.#values = values;
  }

  /** With the page size where the selection is that of a connection. */
  selection(selection: PricedSelection, page: number | undefined): number {
    let known = this.#known.get(page);
    if (known === undefined) {
      known = new Map();
      this.#known.set(page, known);
    }
    const before = known.get(selection);
    if (before !== undefined) return before;
    let points = 0;
    for (const field of selection.fields) points += this.#field(field, page);
    const exclusive = new Map<string, number>();
    for (const { of, selection: inner } of selection.fragments) {
      const price = this.selection(inner, page);
      if (of === undefined) points += price;
      else exclusive.set(of, (exclusive.get(of) ?? 0) + price);
    }
    const price = Math.min(MOST, points + Math.max(0, ...exclusive.values()));
    known.set(selection, price);
    return price;
  }

  answer(selection: PricedSelection, data: unknown): number {
    if (typeof data !== 'object' || data === null) return 0;
    let points = 0;
    for (const field of selection.fields) points += this.#answered(field, (data as Values)[field.key]);
    // What is of another type than the object has no value here.
    for (const { selection: inner } of selection.fragments) points += this.answer(inner, data);
    return points;
  }

  counted(selection: PricedSelection, asked: readonly Selection[], counts: Tally['counts']): number {
    let points = 0;
    for (const field of selection.fields) {
      const below: Selection[] = [];
      for (const { fields } of asked) {
        const planned = fields.find(({ key }) => key === field.key);
        const count = planned === undefined ? 0 : (counts[planned.index] ?? 0);
        if (planned === undefined || count === 0) continue;
        points += count * (field.cost.points + (planned.shape.kind === 'list' ? 0 : this.#further(field)));
        below.push(...selectionsBelow(planned.shape));
      }
      if (below.length > 0) points += this.counted(field.below, below, counts);
    }
    for (const { selection: inner } of selection.fragments) points += this.counted(inner, asked, counts);
    return points;
  }

  #field(field: PricedField, page: number | undefined): number {
    const { cost, shape, below } = field;
    switch (shape) {
      case 'one':
        return cost.points + this.#further(field) + this.selection(below, undefined);
      case 'connection':
        return cost.points + this.selection(below, this.#pageSize(field));
      case 'items':
        return (page ?? DEFAULT_FIRST) * (cost.points + this.selection(below, undefined));
      case 'list': {
        const size = cost.each ? this.#count(field) : cost.size;
        return size * (cost.points + this.selection(below, undefined));
      }
    }
  }

  #answered(field: PricedField, value: unknown): number {
    if (value === undefined || value === null) return 0;
    const { cost, below } = field;
    if (!Array.isArray(value)) return cost.points + this.#further(field) + this.answer(below, value);
    let points = 0;
    for (const item of value) if (item !== null) points += cost.points + this.answer(below, item);
    return points;
  }

  #pageSize({ argument }: PricedField): number {
    const first = readValue(argument('first'), this.#values);
    // What is out of range, or no number, is refused when the list is read.
    return typeof first === 'number' ? Math.min(MAX_FIRST, Math.max(0, first)) : DEFAULT_FIRST;
  }

  #further(field: PricedField): number {
    const { each } = field.cost;
    return each === undefined || field.shape === 'list' ? 0 : Math.ceil(this.#count(field) / each.perPoint);
  }

  #count({ cost, argument }: PricedField): number {
    const [name = '', ...path] = cost.each?.path ?? [];
    let value = readValue(argument(name), this.#values);
    for (const part of path) value = (value as Values | null | undefined)?.[part];
    if (Array.isArray(value)) return value.length;
    return value === undefined || value === null ? 0 : 1;
  }
}

/** What a value of the document is, with the variables in it. */
function readValue(node: ValueNode | undefined, values: Values): unknown {
  switch (node?.kind) {
    case Kind.VARIABLE:
      return values[node.name.value];
    case Kind.INT:
      return Number(node.value);
    case Kind.LIST:
      return node.values.map((each) => readValue(each, values));
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map(({ name, value }) => [name.value, readValue(value, values)]));
    case Kind.NULL:
      return null;
    default:
      // Other values are the size of nothing.
      return node === undefined ? undefined : '';
  }
}
