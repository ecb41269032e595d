import type { ClassType } from 'type-graphql';
import { operatorsOnly, selfAndOperators } from '../../graphql/access.ts';
import type { ManyByKey } from '../../graphql/loaders.ts';
import { relate, type ToMany } from '../../graphql/relation.ts';
import { Alliance } from '../account/index.ts';
import { Agency, type NamedAgency } from '../agency/index.ts';
import { Brand, type NamedBrand } from '../brand/index.ts';
import { Creator, type NamedCreator } from '../creator/index.ts';
import { balancesOfAlliance, balancesOfBrand, balancesOfPayee } from './balance.loaders.ts';
import { AllianceBalance, EscrowBalance, PayeeBalance } from './balance.types.ts';

const balances = <Row>(type: () => ClassType, load: ManyByKey<Row>): ToMany<{ readonly id: string }> => ({
  kind: 'many',
  type,
  description: 'What it has, by currency; none before the first money. For itself and operators.',
  key: ({ id }) => id,
  load,
  access: selfAndOperators,
});

const ofPayee = balances(() => PayeeBalance, balancesOfPayee);

export const balanceRelations = [
  ...relate<NamedCreator>(Creator, { balances: ofPayee }),
  ...relate<NamedAgency>(Agency, { balances: ofPayee }),
  ...relate<NamedBrand>(Brand, { balances: balances(() => EscrowBalance, balancesOfBrand) }),
  ...relate<{ readonly id: string }>(Alliance, {
    balances: { ...balances(() => AllianceBalance, balancesOfAlliance), access: operatorsOnly },
  }),
];
