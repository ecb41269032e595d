import { GraphQLScalarType, Kind } from 'graphql';
import { GraphQLCurrency } from 'graphql-scalars';
import { type ClassType, Extensions, Field, ObjectType } from 'type-graphql';
import { toDecimal } from '../kernel/money.ts';
import { Access, withParent } from './access.ts';

const DECIMAL = /^-?\d{1,20}(\.\d{1,4})?$/;

const asText =
  (parse: RegExp, what: string) =>
  (value: unknown): string => {
    if (typeof value === 'string' && parse.test(value)) return value;
    throw new TypeError(`${what} is a text such as "19.99".`);
  };

export const Decimal = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description: 'An exact decimal number as text, such as "19.99". Never a float.',
  serialize: (value) => String(value),
  parseValue: asText(DECIMAL, 'A Decimal'),
});

export const BigIntText = new GraphQLScalarType<bigint, string>({
  name: 'BigInt',
  description: 'A whole number as text, such as "1999". Inputs are taken up to 64 bits.',
  serialize: (value) => String(value),
  parseValue: toBigInt,
  parseLiteral: (node) => toBigInt(node.kind === Kind.INT || node.kind === Kind.STRING ? node.value : null),
});

function toBigInt(value: unknown): bigint {
  const isWhole =
    typeof value === 'bigint' ||
    Number.isSafeInteger(value) ||
    (typeof value === 'string' && /^-?\d{1,30}$/.test(value));
  const number = isWhole ? BigInt(value as bigint | number | string) : undefined;
  // What is beyond 64 bits, no column of the database could be compared with.
  if (number !== undefined && BigInt.asIntN(64, number) === number) return number;
  throw new TypeError('A BigInt is a whole number of at most 64 bits, given as text such as "1999".');
}

export const BasisPointsScalar = new GraphQLScalarType<number, number>({
  name: 'BasisPoints',
  description: 'A rate in whole basis points: 2000 is 20 %.',
  serialize: (value) => value as number,
  parseValue: toBasisPoints,
  parseLiteral: (node) => toBasisPoints(node.kind === Kind.INT ? Number(node.value) : null),
});

function toBasisPoints(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 10_000) return value;
  throw new TypeError('BasisPoints are a whole number from 0 to 10000; 2000 is 20 %.');
}

export const CurrencyCode = new GraphQLScalarType<string, string>({
  name: 'CurrencyCode',
  description: 'A currency by its three letters of ISO 4217, such as CNY.',
  serialize: (value) => String(value),
  parseValue: (value) => GraphQLCurrency.parseValue(value) as string,
  parseLiteral: (node) => GraphQLCurrency.parseLiteral(node) as string,
});

/** What the resolvers of money give: the rest is worked out when it is printed. */
export interface Amount {
  readonly minorUnits: bigint;
  readonly currencyCode: string;
}

function amountType(name: string, description: string): ClassType {
  @Access(withParent)
  @ObjectType(name, { description })
  class AmountType {
    @Extensions({ resolve: ({ minorUnits, currencyCode }: Amount) => toDecimal(minorUnits, currencyCode) })
    @Field(() => Decimal, { description: 'The amount in the major unit, exactly.' })
    amount!: string;

    @Field(() => BigIntText, { description: 'The amount in minor units, such as cents or fen.' })
    minorUnits!: bigint;

    @Field(() => CurrencyCode, { description: 'The currency.' })
    currencyCode!: string;
  }
  return AmountType;
}

export const Money = amountType('Money', 'An amount of money that is a fact: a price, or what a buyer paid.');
export const EstimatedMoney = amountType(
  'EstimatedMoney',
  'Commission on the estimated track: counted from payment on, and moving with each refund until it is settled.',
);

export const SettledMoney = amountType(
  'SettledMoney',
  'Money on the settled track: what became payable, was taken back or was paid, as the ledger has it.',
);

interface MoneyFieldOptions {
  readonly description: string;
  readonly type?: ClassType;
  readonly nullable?: boolean;
}

/** A money field that is made from a column of minor units and the row's `currency`. */
export function MoneyField(
  column: string,
  { description, type = Money, nullable = false }: MoneyFieldOptions,
) {
  const resolve = (row: Record<string, unknown>): Amount | null =>
    row[column] == null ? null : { minorUnits: row[column] as bigint, currencyCode: row.currency as string };
  return (target: object, property: string): void => {
    Extensions({ resolve })(target, property);
    Field(() => type, { description, nullable })(target, property);
  };
}

/** A field whose value is worked out from the row by a pure function. */
export const Computed = <Row>(resolve: (row: Row) => unknown) => Extensions({ resolve }) as PropertyDecorator;
