import { fromGlobalId } from '../../../src/kernel/ids.ts';
import type { Dialect } from '../dialects.ts';
import type { OperationName } from '../operations.ts';

/** The three operations in the words of PostGraphile's schema. */
const DOCUMENTS: Readonly<Record<OperationName, string>> = {
  poolPage: /* GraphQL */ `query PoolPage($viewer: UUID!, $orderBy: [PoolEntryOrderBy!], $category: UUID, $after: Cursor) {
  allPoolEntries(first: 50, after: $after, orderBy: $orderBy, condition: { within: $category }) {
    nodes {
      productByProductId {
        rowId
        title
        brandByBrandId { city partyByRowId { name } }
        visiblePlansList(viewer: $viewer) { kind title commissionBp }
        openEnrolmentsList(viewer: $viewer) { commissionBp serviceFeeBp agencyName }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
  creatorEarnings: /* GraphQL */ `query CreatorEarnings($viewer: UUID!, $after: Cursor) {
  creatorByRowId(rowId: $viewer) {
    orderLinesByCreatorId(first: 50, after: $after, orderBy: [PLACED_AT_DESC, ROW_ID_DESC]) {
      nodes {
        rowId
        orderNo
        state
        placedAt
        goodsPaidMinor
        currency
        productByProductId { title }
        brandByBrandId { partyByRowId { name } }
        sumsUp
        visibleNodesList(viewer: $viewer) { role rateBp grossMinor netMinor payeeName payeeKind }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
  agencyView: /* GraphQL */ `query AgencyView($viewer: UUID!, $after: Cursor) {
  agencyByRowId(rowId: $viewer) {
    benchManagedCreatorsByAgencyId(first: 20, after: $after, orderBy: [CONTRACT_ID_DESC]) {
      nodes {
        creatorByCreatorId {
          rowId
          partyByRowId { name }
          showcaseItemsByCreatorId(first: 10, orderBy: [ROW_ID_DESC], condition: { removedAt: null }) {
            nodes {
              rowId
              productByProductId { title brandByBrandId { partyByRowId { name } } }
              winner { kind commissionBp serviceFeeBp }
            }
          }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
};

const ORDERS: Readonly<Record<string, string>> = {
  RECOMMENDED: 'SCORE_DESC',
  COMMISSION_RATE: 'COMMISSION_BP_DESC',
  SALES: 'SALES_DESC',
  NEWEST: 'LISTED_AT_DESC',
};

// biome-ignore lint/suspicious/noExplicitAny: the shapes are those of the documents above
type Json = any;

function connectionOf(operation: OperationName, data: Json): Json {
  if (operation === 'poolPage') return data.allPoolEntries;
  return operation === 'creatorEarnings'
    ? data.creatorByRowId.orderLinesByCreatorId
    : data.agencyByRowId.benchManagedCreatorsByAgencyId;
}

/** A row of each operation in the shape of the alliance. */
const ROWS: Readonly<Record<OperationName, (row: Json) => unknown>> = {
  poolPage: ({ productByProductId: product }) => ({
    id: product.rowId,
    title: product.title,
    brand: { name: product.brandByBrandId.partyByRowId.name, city: product.brandByBrandId.city },
    plans: {
      nodes: product.visiblePlansList.map(({ kind, title, commissionBp }: Json) => ({
        kind,
        title,
        commissionRate: commissionBp,
      })),
    },
    enrolments: product.openEnrolmentsList.map(({ commissionBp, serviceFeeBp, agencyName }: Json) => ({
      commissionRate: commissionBp,
      serviceFeeRate: serviceFeeBp,
      agency: { name: agencyName },
    })),
  }),
  creatorEarnings: (line) => ({
    id: line.rowId,
    orderNo: line.orderNo,
    state: line.state,
    placedAt: new Date(line.placedAt).toISOString(),
    goodsPaid: { minorUnits: line.goodsPaidMinor, currencyCode: line.currency },
    product: { title: line.productByProductId.title },
    brand: { name: line.brandByBrandId.partyByRowId.name },
    waterfall: {
      sumsUp: line.sumsUp,
      nodes: line.visibleNodesList.map((node: Json) => ({
        role: node.role,
        rate: node.rateBp,
        estimatedGross: { minorUnits: node.grossMinor },
        estimatedNet: node.netMinor === null ? null : { minorUnits: node.netMinor },
        payee: { name: node.payeeName, kind: node.payeeKind },
      })),
    },
  }),
  agencyView: ({ creatorByCreatorId: creator }) => ({
    id: creator.rowId,
    name: creator.partyByRowId.name,
    showcase: {
      nodes: creator.showcaseItemsByCreatorId.nodes.map((item: Json) => ({
        id: item.rowId,
        product: {
          title: item.productByProductId.title,
          brand: { name: item.productByProductId.brandByBrandId.partyByRowId.name },
        },
        terms: {
          winner: item.winner && {
            kind: item.winner.kind,
            commissionRate: item.winner.commissionBp,
            serviceFeeRate: item.winner.serviceFeeBp,
          },
        },
      })),
    },
  }),
};

export const POSTGRAPHILE_DIALECT: Dialect = {
  bodyOf: ({ operation, orderBy = '', category }, after) => ({
    query: DOCUMENTS[operation],
    variables:
      operation === 'poolPage'
        ? {
            orderBy: [ORDERS[orderBy], 'PRODUCT_ID_DESC'],
            category: category && fromGlobalId(category)?.id,
            after,
          }
        : { after },
  }),
  nextOf: (operation, data) => {
    const { pageInfo } = connectionOf(operation, data);
    return pageInfo.hasNextPage ? pageInfo.endCursor : null;
  },
  normal: (operation, data) => {
    const { nodes, pageInfo } = connectionOf(operation, data);
    return { nodes: nodes.map(ROWS[operation]), hasNextPage: pageInfo.hasNextPage };
  },
};
