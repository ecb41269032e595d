import { countrySpecs, electronicFormatIBAN, isValidBIC, isValidIBAN } from 'ibantools';
import { Checks } from '../../graphql/checks.ts';
import { toLatin } from './latin-text.ts';

export type PayoutMethodKind = 'BANK' | 'PROVIDER';

/** An account to be paid to, as a payee gives it. */
export interface GivenMethod {
  readonly kind: PayoutMethodKind;
  readonly holder: string;
  readonly country?: string | null;
  readonly iban?: string | null;
  readonly accountNumber?: string | null;
  readonly bic?: string | null;
  readonly clearingCode?: string | null;
}

/** An account that was checked, in the forms that banks take. The number is secret. */
export interface CheckedMethod {
  readonly kind: PayoutMethodKind;
  readonly holder: string;
  /** ISO 3166, two letters. */
  readonly country: string;
  readonly accountNumber: string;
  readonly isIban: boolean;
  readonly bic: string | null;
  readonly clearingCode: string | null;
}

const OTHER_NUMBER = /^[A-Za-z0-9-]{6,34}$/;
const PROVIDER_ACCOUNT = /^[\x21-\x7e]{6,64}$/;
const CLEARING_CODE = /^[A-Z0-9]{3,35}$/;
/** What `holder` may have at most: pain.001 takes 140, SEPA 70. */
const MAX_HOLDER = 70;

/** Checks an account and brings it into form. Refuses with everything that is wrong with it, and repeats no number. */
export function checkMethod(given: GivenMethod): CheckedMethod {
  const iban = given.iban == null ? null : (electronicFormatIBAN(given.iban) ?? '');
  const method: CheckedMethod = {
    kind: given.kind,
    holder: toLatin(given.holder) ?? '',
    country: iban?.slice(0, 2) ?? given.country?.toUpperCase() ?? '',
    accountNumber: iban ?? given.accountNumber?.trim() ?? '',
    isIban: iban !== null,
    bic: given.bic?.trim().toUpperCase() || null,
    clearingCode: given.clearingCode?.trim().toUpperCase() || null,
  };
  const checks = new Checks();
  checks.that(
    method.holder.length > 0 && method.holder.length <= MAX_HOLDER,
    'holder',
    `holder has 1 to ${MAX_HOLDER} characters in Latin letters, as the bank writes the name.`,
  );
  (given.kind === 'BANK' ? checkBank : checkProvider)(checks, given, method);
  checks.done();
  return method;
}

function checkBank(checks: Checks, given: GivenMethod, method: CheckedMethod): void {
  const { accountNumber, country, bic, clearingCode } = method;
  checks
    .that(
      (given.iban == null) !== (given.accountNumber == null),
      'iban',
      'Give an IBAN, or the number of an account that has none.',
    )
    .that(bic === null || isValidBIC(bic), 'bic', 'A BIC has 8 or 11 letters and digits (ISO 9362).')
    .that(
      clearingCode === null || CLEARING_CODE.test(clearingCode),
      'clearingCode',
      'A clearing code has 3 to 35 letters and digits.',
    );
  if (method.isIban) {
    checks.that(
      isValidIBAN(accountNumber),
      'iban',
      'The IBAN is not one: its length or check digits are wrong.',
    );
    return;
  }
  checks
    .that(
      OTHER_NUMBER.test(accountNumber),
      'accountNumber',
      'The number of an account has 6 to 34 letters, digits and hyphens.',
    )
    .that(country in countrySpecs, 'country', 'country is one of ISO 3166, in two letters.')
    .that(
      bic !== null || clearingCode !== null,
      'bic',
      'Without an IBAN the bank is named by its BIC or clearing code.',
    );
}

function checkProvider(checks: Checks, given: GivenMethod, method: CheckedMethod): void {
  checks
    .that(
      PROVIDER_ACCOUNT.test(method.accountNumber) && given.iban == null,
      'accountNumber',
      "The name of a provider's account has 6 to 64 visible ASCII characters.",
    )
    .that(method.country in countrySpecs, 'country', 'country is one of ISO 3166, in two letters.')
    .that(method.bic === null && method.clearingCode === null, 'bic', "A provider's account has no bank.");
}

/** What may be shown and logged of the number of an account. */
export const maskOf = (accountNumber: string): string => `•••• ${accountNumber.slice(-4)}`;
