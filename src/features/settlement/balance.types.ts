import { ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { MoneyField, SettledMoney } from '../../graphql/money.ts';

const Settled = (column: string, description: string) =>
  MoneyField(column, { type: SettledMoney, description });

@Access(withParent)
@ObjectType({ description: 'What a payee has in one currency 余额, on the settled track.' })
export class PayeeBalance {
  @Settled('availableMinor', 'What may be paid out.')
  available!: unknown;

  @Settled('reservedMinor', 'What is kept back until a date.')
  reserved!: unknown;

  @Settled('owedMinor', 'What is owed after clawbacks and was not recovered yet.')
  owed!: unknown;

  @Settled('onItsWayMinor', 'What is being paid out; it has left the balance.')
  onItsWay!: unknown;

  @Settled(
    'balanceMinor',
    'What is available and reserved, less what is owed; below zero where more is owed than there is.',
  )
  balance!: unknown;
}

@Access(withParent)
@ObjectType({ description: 'What a brand has paid in, less what was settled out of it, in one currency.' })
export class EscrowBalance {
  @Settled('escrowMinor', 'What is left; below zero where the brand owes.')
  escrow!: unknown;
}

@Access(withParent)
@ObjectType({ description: 'What the alliance itself has in one currency.' })
export class AllianceBalance {
  @Settled('revenueMinor', 'Its technical fees, less what it has written off.')
  revenue!: unknown;

  @Settled('subsidyMinor', 'What it gives to official events; below zero by what was given.')
  subsidy!: unknown;

  @Settled('cashMinor', 'Money in banks, seen from outside: below zero by what is there.')
  cash!: unknown;

  @Settled('withholdingMinor', 'Tax withheld from payees, to be passed on.')
  withholding!: unknown;
}
