import { XMLBuilder } from 'fast-xml-parser';
import { sumOf, toDecimal } from '../../kernel/money.ts';
import type { CheckedMethod } from './payout-method.ts';

export const PAIN_001 = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';

/** An account with its bank, for one side of a payment. */
export type BankAccount = Omit<CheckedMethod, 'kind' | 'country'>;

export interface CreditTransfer {
  readonly payoutId: string;
  /** In minor units of the file's currency, above zero. */
  readonly amountMinor: bigint;
  readonly to: BankAccount;
}

/** Everything that a file for the bank is made of: the same gives the same bytes. */
export interface CreditTransferFile {
  readonly batchId: string;
  readonly madeAt: Date;
  /** The day on which the bank is to pay, such as 2026-06-16. */
  readonly executeOn: string;
  readonly currency: string;
  /** The alliance's own account. */
  readonly from: BankAccount;
  readonly transfers: readonly CreditTransfer[];
}

/** An id as banks take it: 32 characters of a UUID, where ISO 20022 allows 35. */
export const bankId = (uuid: string): string => uuid.replaceAll('-', '');

/** The UUID of such an id; undefined for every other text. */
export const fromBankId = (text: string): string | undefined =>
  /^[0-9a-f]{32}$/.test(text)
    ? text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    : undefined;

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  format: true,
  indentBy: ' ',
  suppressEmptyNode: true,
});

/**
 * A file of credit transfers for a bank in ISO 20022 pain.001.001.09 (CustomerCreditTransferInitiationV09), of one
 * account and one currency. Elements stand in the order of its schema. Texts have been brought into Latin letters.
 */
export function toPain001(file: CreditTransferFile): string {
  const totals = {
    NbOfTxs: String(file.transfers.length),
    CtrlSum: toDecimal(sumOf(file.transfers.map(({ amountMinor }) => amountMinor)), file.currency),
  };
  const message = {
    GrpHdr: {
      MsgId: bankId(file.batchId),
      CreDtTm: file.madeAt.toISOString(),
      ...totals,
      InitgPty: { Nm: file.from.holder },
    },
    PmtInf: {
      PmtInfId: bankId(file.batchId),
      PmtMtd: 'TRF',
      BtchBookg: 'false',
      ...totals,
      ReqdExctnDt: { Dt: file.executeOn },
      Dbtr: { Nm: file.from.holder },
      DbtrAcct: { ...accountOf(file.from), Ccy: file.currency },
      DbtrAgt: bankOf(file.from) ?? { FinInstnId: { Othr: { Id: 'NOTPROVIDED' } } },
      CdtTrfTxInf: file.transfers.map((transfer) => toTransfer(transfer, file)),
    },
  };
  const document = builder.build({ Document: { '@xmlns': PAIN_001, CstmrCdtTrfInitn: message } });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${document}`;
}

function toTransfer({ payoutId, amountMinor, to }: CreditTransfer, { currency, from }: CreditTransferFile) {
  // Between accounts with an IBAN euros go by the SEPA scheme, in which each side bears its own charges.
  const isSepa = currency === 'EUR' && to.isIban && from.isIban;
  const bank = bankOf(to);
  const id = bankId(payoutId);
  return {
    PmtId: { InstrId: id, EndToEndId: id },
    ...(isSepa && { PmtTpInf: { SvcLvl: { Cd: 'SEPA' } } }),
    Amt: { InstdAmt: { '@Ccy': currency, '#text': toDecimal(amountMinor, currency) } },
    ChrgBr: isSepa ? 'SLEV' : 'SHAR',
    ...(bank && { CdtrAgt: bank }),
    Cdtr: { Nm: to.holder },
    CdtrAcct: accountOf(to),
    RmtInf: { Ustrd: `Payout ${id}` },
  };
}

const accountOf = ({ accountNumber, isIban }: BankAccount) => ({
  Id: isIban ? { IBAN: accountNumber } : { Othr: { Id: accountNumber } },
});

function bankOf({ bic, clearingCode }: BankAccount) {
  if (bic === null && clearingCode === null) return undefined;
  return {
    FinInstnId: {
      ...(bic !== null && { BICFI: bic }),
      ...(clearingCode !== null && { ClrSysMmbId: { MmbId: clearingCode } }),
    },
  };
}
