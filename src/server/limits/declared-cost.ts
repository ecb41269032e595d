import { type GraphQLField, getNamedType, isCompositeType } from 'graphql';

/** What a field costs beside what is asked for below it. */
export interface DeclaredCost {
  /** For each object that it gives. */
  readonly points: number;
  /** How many objects a list without an argument for that is taken to hold. */
  readonly size: number;
  /** Further points for so many items of a list in its input, by the path from the field's arguments. */
  readonly each?: { readonly path: readonly string[]; readonly perPoint: number };
}

/** A list that is no page holds few objects; when it holds more, the price turns out higher than what was asked. */
const USUAL_SIZE = 5;
const MUTATION: DeclaredCost = { points: 10, size: 1 };

/** Objects that are made of columns of the one above, and cost nothing more. */
const FREE_TYPES = /^(Money|EstimatedMoney|SettledMoney|PageInfo|.+Edge)$/;

/** Where the default does not fit, by the name of the type and the field. */
const DECLARED: Readonly<Record<string, DeclaredCost>> = {
  // The whole schema is walked and printed.
  'Query.__schema': { points: 100, size: 1 },
  'Query.__type': { points: 10, size: 1 },
  // A read of each id, whatever it is of.
  'Query.nodes': { points: 1, size: USUAL_SIZE, each: { path: ['ids'], perPoint: 1 } },
  'Mutation.orderEventsIngest': { points: 10, size: 1, each: { path: ['input', 'events'], perPoint: 10 } },
  'Mutation.clicksIngest': { points: 10, size: 1, each: { path: ['input', 'clicks'], perPoint: 10 } },
  'Mutation.enrolmentsCreate': { points: 10, size: 1, each: { path: ['input', 'products'], perPoint: 5 } },
  'Mutation.enrolmentsReview': { points: 10, size: 1, each: { path: ['input', 'decisions'], perPoint: 5 } },
};

/** What a field costs: an object a point, a mutation ten, a value nothing, where nothing else is declared. */
export function costOf(field: GraphQLField<unknown, unknown>, parent: string): DeclaredCost {
  const declared = DECLARED[`${parent}.${field.name}`];
  if (declared !== undefined) return declared;
  if (parent === 'Mutation') return MUTATION;
  const type = getNamedType(field.type);
  // What a mutation answers is part of its price.
  if (!isCompositeType(type) || FREE_TYPES.test(type.name) || parent.endsWith('Payload'))
    return { points: 0, size: USUAL_SIZE };
  return { points: 1, size: USUAL_SIZE };
}

/** The fields with a price of their own, for the documentation and the test that they exist. */
export const declaredCosts = (): readonly string[] => Object.keys(DECLARED);
