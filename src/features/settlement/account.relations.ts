import { operatorsOnly, selfAndOperators } from '../../graphql/access.ts';
import { relate, type ToMany, toOneOrNone } from '../../graphql/relation.ts';
import { Alliance, toParty } from '../account/index.ts';
import { Agency, type NamedAgency } from '../agency/index.ts';
import { Brand, brandById, type NamedBrand } from '../brand/index.ts';
import { Creator, type NamedCreator } from '../creator/index.ts';
import { lineById, OrderLine } from '../order/index.ts';
import { type AccountRow, accountsOfParty } from './account.loaders.ts';
import { LedgerAccount } from './account.types.ts';
import {
  type EntryLineRow,
  entryLinesKey,
  historyOfAccount,
  type LedgerEntryRow,
  linesOfEntry,
} from './history.loaders.ts';
import { LedgerEntry, LedgerEntryLine } from './history.types.ts';

const accounts: ToMany<{ readonly id: string }> = {
  kind: 'many',
  type: () => LedgerAccount,
  description: 'Its accounts in the ledger, one per currency and kind; for itself and operators.',
  key: ({ id }) => id,
  load: accountsOfParty,
  access: selfAndOperators,
};

const ofAccount = relate<AccountRow>(LedgerAccount, {
  party: toParty('partyId', 'Whose account it is.'),
  history: {
    kind: 'page',
    type: () => LedgerEntry,
    description: 'Its transfers with the balance after each, newest first.',
    key: ({ id }) => id,
    load: historyOfAccount,
  },
});

/**
 * No transfer goes from one payee to another, so that whoever may read an account may know who is on the other side: for
 * a payee the brand whose sale it was, the alliance or itself; for a brand the payee that it pays.
 */
const ofEntry = relate<LedgerEntryRow>(LedgerEntry, {
  counterparty: toParty(
    'counterpartyId',
    'Whose account is on the other side; it may be another of the same party.',
  ),
  brand: toOneOrNone(
    () => Brand,
    brandById,
    'brandId',
    'The brand whose sale it comes from, if there is one.',
  ),
  orderLines: {
    kind: 'page',
    type: () => LedgerEntryLine,
    description:
      'The order lines behind a SETTLEMENT, a CLAWBACK or an ADJUSTMENT, by their ids; none behind other kinds.',
    key: entryLinesKey,
    load: linesOfEntry,
  },
});

const ofEntryLine = relate<EntryLineRow>(LedgerEntryLine, {
  orderLine: {
    kind: 'one',
    type: () => OrderLine,
    description: 'The order line.',
    key: ({ brandId, lineId }) => [brandId, lineId],
    load: lineById,
    nullable: false,
  },
});

export const ledgerAccountRelations = [
  ...ofAccount,
  ...ofEntry,
  ...ofEntryLine,
  ...relate<NamedBrand>(Brand, { accounts }),
  ...relate<NamedCreator>(Creator, { accounts }),
  ...relate<NamedAgency>(Agency, { accounts }),
  ...relate<{ readonly id: string }>(Alliance, { accounts: { ...accounts, access: operatorsOnly } }),
];
