import { selfAndOperators } from '../../graphql/access.ts';
import { relate } from '../../graphql/relation.ts';
import { toParty } from '../account/index.ts';
import { Agency, type NamedAgency } from '../agency/index.ts';
import { Brand, type NamedBrand } from '../brand/index.ts';
import { Creator, type NamedCreator } from '../creator/index.ts';
import { lineById, OrderLine } from '../order/index.ts';
import type { StatementOrderLine as OrderLineRow } from './read-order-lines.ts';
import {
  accountsOfStatement,
  linesOfStatement,
  orderLinesKey,
  orderLinesOfLine,
  type StatementLineRow,
  statementsOfParty,
  totalsOfStatement,
} from './statement.loaders.ts';
import {
  Statement,
  StatementAccount,
  StatementLine,
  StatementOrderLine,
  StatementTotal,
} from './statement.types.ts';
import type { StatementRow } from './statement-rows.ts';

const statements = {
  kind: 'page',
  type: () => Statement,
  description: 'Its statements, newest first; for itself and operators.',
  key: ({ id }: { id: string }) => id,
  load: statementsOfParty,
  access: selfAndOperators,
} as const;

export const statementRelations = [
  ...relate<NamedBrand>(Brand, { statements }),
  ...relate<NamedCreator>(Creator, { statements }),
  ...relate<NamedAgency>(Agency, { statements }),
  ...relate<StatementRow>(Statement, {
    party: toParty('partyId', 'Whose statement it is.'),
    accounts: {
      kind: 'many',
      type: () => StatementAccount,
      description: 'Its accounts of the ledger, which it sums to.',
      key: ({ id }) => id,
      load: accountsOfStatement,
    },
    totals: {
      kind: 'many',
      type: () => StatementTotal,
      description: 'What the lines of each kind come to in each account.',
      key: ({ id }) => id,
      load: totalsOfStatement,
    },
    lines: {
      kind: 'page',
      type: () => StatementLine,
      description: 'Its lines, by account and then in the order of posting.',
      key: ({ id }) => id,
      load: linesOfStatement,
    },
  }),
  ...relate<StatementLineRow>(StatementLine, {
    counterpart: toParty('counterpartId', 'Whose account is on the other side.'),
    orderLines: {
      kind: 'page',
      type: () => StatementOrderLine,
      description: 'The order lines behind a settlement or a clawback.',
      key: orderLinesKey,
      load: orderLinesOfLine,
    },
  }),
  ...relate<OrderLineRow>(StatementOrderLine, {
    orderLine: {
      kind: 'one',
      type: () => OrderLine,
      description: 'The order line itself.',
      key: ({ brandId, lineId }) => [brandId, lineId],
      load: lineById,
      nullable: true,
    },
  }),
];
