import { fromGlobalId } from '../../src/kernel/ids.ts';
import { connectionIn, DOCUMENTS, type OperationName } from './operations.ts';
import type { BenchRequest } from './requests.ts';

/** How a contender is asked, and how its answers compare with those of the others. */
export interface Dialect {
  /** The body of a request. */
  bodyOf(request: BenchRequest, after: string | null): object;
  /** The cursor of the next page; null where there is none. */
  nextOf(operation: OperationName, data: unknown): string | null;
  /** The same values in the shape of the alliance, without cursors. */
  normal(operation: OperationName, data: unknown): unknown;
}

const variablesOf = ({ operation, orderBy, category }: BenchRequest, after: string | null) =>
  operation === 'poolPage' ? { orderBy, category, after } : { after };

const nextOf = (operation: OperationName, data: unknown): string | null => {
  const { pageInfo } = connectionIn(operation, data);
  return pageInfo.hasNextPage ? pageInfo.endCursor : null;
};

/** The rows of the page, and whether there are more. */
const normal = (operation: OperationName, data: unknown): unknown => {
  const { nodes, pageInfo } = connectionIn(operation, data);
  return { nodes, hasNextPage: pageInfo.hasNextPage };
};

export const ALLIANCE_DIALECT: Dialect = {
  bodyOf: (request, after) => ({
    query: DOCUMENTS[request.operation],
    variables: variablesOf(request, after),
  }),
  nextOf,
  normal,
};

/** Asked by the name of the operation alone: there is no GraphQL in it. */
export const RAW_DIALECT: Dialect = {
  ...ALLIANCE_DIALECT,
  bodyOf: (request, after) => ({
    operation: request.operation,
    variables: variablesOf(request, after),
  }),
};

/** Nearly the same document: its ids are plain, and it has one filter alone. */
export const PLAIN_DIALECT: Dialect = {
  ...ALLIANCE_DIALECT,
  bodyOf: ({ category, ...request }, after) => ({
    query: DOCUMENTS[request.operation].replace('filter: { categoryId: $category }', 'categoryId: $category'),
    variables: variablesOf({ ...request, category: category && fromGlobalId(category)?.id }, after),
  }),
};
