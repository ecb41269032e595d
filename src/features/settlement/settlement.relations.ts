import { selfAndOperators } from '../../graphql/access.ts';
import { relate, type ToOne, type ToPage } from '../../graphql/relation.ts';
import { toParty } from '../account/index.ts';
import { Agency, type NamedAgency } from '../agency/index.ts';
import { Brand, type NamedBrand, toBrand } from '../brand/index.ts';
import { CommissionExplanation } from '../commission/index.ts';
import { Creator, type NamedCreator } from '../creator/index.ts';
import { lineById, OrderLine, type ReadLine, shopSide } from '../order/index.ts';
import type { CaseRow } from './after-sales-case.ts';
import { casesOfBrand, casesOfLine } from './case.loaders.ts';
import { AfterSalesCase } from './case.types.ts';
import {
  type ClawbackRow,
  clawbacksOfLine,
  clawbacksOfPayee,
  recoveriesOfClawback,
} from './clawback.loaders.ts';
import { Clawback, ClawbackRecovery } from './clawback.types.ts';
import {
  type LineSettlement as LineSettlementRow,
  type SettledShare as ShareRow,
  settlementOfLine,
} from './line-settlement.loaders.ts';
import { LineSettlement, SettledShare } from './line-settlement.types.ts';

const toLine = (description: string): ToOne<{ readonly brandId: string; readonly lineId: string }> => ({
  kind: 'one',
  type: () => OrderLine,
  description,
  key: ({ brandId, lineId }) => [brandId, lineId],
  load: lineById,
  nullable: false,
});

const settlement = <Parent>(
  key: (parent: Parent) => readonly string[],
  description: string,
): ToOne<Parent> => ({
  kind: 'one',
  type: () => LineSettlement,
  description,
  key,
  load: settlementOfLine,
  nullable: false,
});

const ownClawbacks: ToPage<{ readonly id: string }> = {
  kind: 'page',
  type: () => Clawback,
  description: 'What it has had to give back after settlement, newest first; for itself and operators.',
  key: ({ id }) => id,
  load: clawbacksOfPayee,
  access: selfAndOperators,
};

export const settlementRelations = [
  ...relate<ReadLine>(OrderLine, {
    settlement: settlement(({ brandId, id }) => [brandId, id], 'Where it stands on the settled track.'),
    afterSalesCases: {
      kind: 'page',
      type: () => AfterSalesCase,
      description: 'Its after-sales cases, newest first; for the brand and operators.',
      key: ({ brandId, id }) => [brandId, id],
      load: casesOfLine,
      access: shopSide,
    },
  }),
  ...relate<{ readonly brandId: string; readonly lineId: string }>(CommissionExplanation, {
    settlement: settlement(
      ({ brandId, lineId }) => [brandId, lineId],
      'How the proof goes on: settlement and after.',
    ),
  }),
  ...relate<LineSettlementRow>(LineSettlement, {
    clawbacks: {
      kind: 'many',
      type: () => Clawback,
      description: 'What was taken back after settlement, as far as the caller may know.',
      key: ({ brandId, lineId }) => [brandId, lineId],
      load: clawbacksOfLine,
    },
  }),
  ...relate<ShareRow>(SettledShare, { payee: toParty('payeeId', 'Who is paid.') }),
  ...relate<ClawbackRow>(Clawback, {
    orderLine: toLine('The order line whose goods were returned.'),
    payee: toParty('payeeId', 'Who owes it.'),
    brand: toBrand('The brand that has it back.'),
    recoveries: {
      kind: 'many',
      type: () => ClawbackRecovery,
      description: 'How it came back, part by part.',
      key: ({ id }) => id,
      load: recoveriesOfClawback,
    },
  }),
  ...relate<CaseRow>(AfterSalesCase, { orderLine: toLine('The order line.') }),
  ...relate<NamedBrand>(Brand, {
    afterSalesCases: {
      kind: 'page',
      type: () => AfterSalesCase,
      description: 'The after-sales cases on its order lines, newest first; for itself and operators.',
      key: ({ id }) => id,
      load: casesOfBrand,
      access: selfAndOperators,
    },
  }),
  ...relate<NamedCreator>(Creator, { clawbacks: ownClawbacks }),
  ...relate<NamedAgency>(Agency, { clawbacks: ownClawbacks }),
];
