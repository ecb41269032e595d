import { operatorsOnly, rule, selfAndOperators } from '../../graphql/access.ts';
import { relate, type ToOne, type ToPage, toOne, toOneOrNone } from '../../graphql/relation.ts';
import { toParty } from '../account/index.ts';
import { Agency, type NamedAgency } from '../agency/index.ts';
import { Creator, type NamedCreator } from '../creator/index.ts';
import { SettledShare, type SettledShareRow } from '../settlement/index.ts';
import { operatorsOfMoney } from './payout.access.ts';
import {
  answersOfPayout,
  batchById,
  correctionsOfPayout,
  fileOfBatch,
  methodById,
  methodOfParty,
  payoutsOfBatch,
  payoutsOfPayee,
  type ReadMethod,
} from './payout.loaders.ts';
import {
  Payout,
  PayoutAnswer,
  PayoutBatch,
  PayoutCorrection,
  PayoutFile,
  PayoutMethod,
} from './payout.types.ts';
import type { PayoutBatchRow, PayoutRow } from './payout-rows.ts';
import { payoutsOfShare } from './share-payouts.loaders.ts';

const ofPayee: { readonly payouts: ToPage<{ id: string }>; readonly payoutMethod: ToOne<{ id: string }> } = {
  payouts: {
    kind: 'page',
    type: () => Payout,
    description: 'Its payouts, newest first; for itself and operators.',
    key: ({ id }) => id,
    load: payoutsOfPayee,
    access: selfAndOperators,
  },
  payoutMethod: {
    kind: 'one',
    type: () => PayoutMethod,
    description: 'The account that it is paid to, if it has set one; for itself and operators.',
    key: ({ id }) => id,
    load: methodOfParty,
    nullable: true,
    access: selfAndOperators,
  },
};

export const payoutRelations = [
  ...relate<SettledShareRow>(SettledShare, {
    payouts: {
      kind: 'many',
      type: () => Payout,
      description:
        'The payouts that have paid it, together with other money of the balance, which is spent in the order in which it ' +
        'came; for the payee and operators.',
      key: ({ transactionId, brandId, payeeId }) => [transactionId, brandId, payeeId],
      load: payoutsOfShare,
    },
  }),
  ...relate<NamedCreator>(Creator, ofPayee),
  ...relate<NamedAgency>(Agency, ofPayee),
  ...relate<ReadMethod>(PayoutMethod, {
    party: toParty('partyId', 'Whose money goes there, or comes from there.'),
  }),
  ...relate<PayoutRow>(Payout, {
    payee: toParty('payeeId', 'Who is paid.'),
    method: toOne(() => PayoutMethod, methodById, 'methodId', 'The account that it goes to.'),
    batch: toOneOrNone(
      () => PayoutBatch,
      batchById,
      'batchId',
      'The file for the bank that it is in, if any; for operators.',
    ),
    answers: {
      kind: 'page',
      type: () => PayoutAnswer,
      description: 'All that was said of it, in the order in which it came; for operators.',
      key: ({ id }) => id,
      load: answersOfPayout,
      access: rule<PayoutRow>(operatorsOnly.name, operatorsOnly.allows),
    },
    corrections: {
      kind: 'many',
      type: () => PayoutCorrection,
      description: 'What operators have decided about how it has ended, in order.',
      key: ({ id }) => id,
      load: correctionsOfPayout,
    },
  }),
  ...relate<PayoutBatchRow>(PayoutBatch, {
    payouts: {
      kind: 'page',
      type: () => Payout,
      description: 'The payouts in it, in the order of the file.',
      key: ({ id }) => id,
      load: payoutsOfBatch,
    },
    file: {
      kind: 'one',
      type: () => PayoutFile,
      description: 'The file itself; for operators with money:write.',
      key: ({ id }) => id,
      load: fileOfBatch,
      nullable: true,
      access: rule<PayoutBatchRow>(operatorsOfMoney.name, operatorsOfMoney.allows),
    },
  }),
];
