/** What is measured: the page of goods that a creator looks through, what one earns, and an agency's look at its creators. */
export const OPERATION_NAMES = ['poolPage', 'creatorEarnings', 'agencyView'] as const;
export type OperationName = (typeof OPERATION_NAMES)[number];

/** How many there are on a page of each. */
export const PAGE_SIZE = { poolPage: 50, creatorEarnings: 50, agencyView: 20 } as const;

const POOL_PAGE = /* GraphQL */ `query PoolPage($orderBy: PoolOrder!, $category: ID, $after: String) {
  productPool(first: 50, after: $after, orderBy: $orderBy, filter: { categoryId: $category }) {
    nodes {
      id
      title
      brand { name city }
      plans(first: 5) { nodes { kind title commissionRate } }
      enrolments { commissionRate serviceFeeRate agency { name } }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

const CREATOR_EARNINGS = /* GraphQL */ `query CreatorEarnings($after: String) {
  viewer {
    creator {
      orderLines(first: 50, after: $after) {
        nodes {
          id
          orderNo
          state
          placedAt
          goodsPaid { minorUnits currencyCode }
          product { title }
          brand { name }
          waterfall {
            sumsUp
            nodes {
              role
              rate
              estimatedGross { minorUnits }
              estimatedNet { minorUnits }
              payee { name kind }
            }
          }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

const AGENCY_VIEW = /* GraphQL */ `query AgencyView($after: String) {
  viewer {
    agency {
      creators(first: 20, after: $after) {
        nodes {
          id
          name
          showcase(first: 10) {
            nodes {
              id
              product { title brand { name } }
              terms { winner { kind commissionRate serviceFeeRate } }
            }
          }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

/** The documents of the alliance's own API. */
export const DOCUMENTS: Readonly<Record<OperationName, string>> = {
  poolPage: POOL_PAGE,
  creatorEarnings: CREATOR_EARNINGS,
  agencyView: AGENCY_VIEW,
};

interface Connection {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly unknown[];
}

/** The connection that an operation pages through, in an answer of the shape of the alliance. */
export function connectionIn(operation: OperationName, data: unknown): Connection {
  // biome-ignore lint/suspicious/noExplicitAny: the shape is that of the document above
  const answer = data as any;
  if (operation === 'poolPage') return answer.productPool;
  return operation === 'creatorEarnings' ? answer.viewer.creator.orderLines : answer.viewer.agency.creators;
}
