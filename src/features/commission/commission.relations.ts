import { selfAndOperators } from '../../graphql/access.ts';
import { relate } from '../../graphql/relation.ts';
import { toParty } from '../account/index.ts';
import { Agency, type NamedAgency } from '../agency/index.ts';
import { OrderLine, type ReadLine } from '../order/index.ts';
import { explanationOfLine, linesOfPayee, waterfallOfLine } from './commission.loaders.ts';
import { CommissionExplanation, Waterfall, WaterfallNode } from './commission.types.ts';
import type { VisibleNode } from './visible-waterfall.ts';

export const commissionRelations = [
  ...relate<ReadLine>(OrderLine, {
    waterfall: {
      kind: 'one',
      type: () => Waterfall,
      description: 'How its commission is divided; without nodes where it is credited to nobody.',
      key: ({ brandId, id }) => [brandId, id],
      load: waterfallOfLine,
      nullable: false,
    },
    commissionExplanation: {
      kind: 'one',
      type: () => CommissionExplanation,
      description: 'Why its commission is what it is: the ordered proof.',
      key: ({ brandId, id }) => [brandId, id],
      load: explanationOfLine,
      nullable: false,
    },
  }),
  ...relate<VisibleNode>(WaterfallNode, {
    payee: toParty('payeeId', 'Who is paid.'),
  }),
  ...relate<NamedAgency>(Agency, {
    orderLines: {
      kind: 'page',
      type: () => OrderLine,
      description: 'The order lines that it is paid from, newest first; for itself and operators.',
      key: ({ id }) => id,
      load: linesOfPayee,
      access: selfAndOperators,
    },
  }),
];
