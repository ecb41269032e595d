import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Said } from './payout-state.ts';

export const PAIN_002 = 'urn:iso:std:iso:20022:tech:xsd:pain.002.001.10';

/** What a bank tells of one payment. */
export interface TransactionStatus {
  readonly endToEndId: string;
  readonly said: Said;
  readonly code?: string;
  readonly detail?: string;
  /** Where the bank repeats it: in the major unit, with its currency. */
  readonly amount?: { readonly decimal: string; readonly currency: string };
}

/** What a bank tells of a file, as far as it concerns us. */
export interface StatusReport {
  /** The id of the file. */
  readonly messageId: string;
  /** The numbers of payments and the sums that the bank gives for the file as a whole. */
  readonly counts: readonly string[];
  readonly sums: readonly string[];
  /** What holds for every payment that is not named; undefined where the bank says nothing of the whole. */
  readonly whole?: Omit<TransactionStatus, 'endToEndId'>;
  readonly transactions: readonly TransactionStatus[];
}

/** Thrown for what is no report; the message says why and repeats nothing of it. */
export class NoStatusReport extends Error {}

/** Characters that are read at most: a report of 5,000 payments has about three million. */
const MOST_CHARACTERS = 8_000_000;

/** What the codes of ISO 20022 (ExternalPaymentTransactionStatus1Code) mean for the money: all others are not final. */
const FINAL: Readonly<Record<string, Said>> = { ACSC: 'CONFIRMED', ACCC: 'CONFIRMED', RJCT: 'FAILED' };
const NOT_FINAL = new Set(['PDNG', 'ACSP', 'ACTC', 'ACCP', 'ACWC', 'ACWP', 'ACFC', 'RCVD', 'PATC', 'PART']);

// biome-ignore lint/suspicious/noExplicitAny: what came in, looked at element by element
type Element = any;

const LISTS = new Set(['OrgnlPmtInfAndSts', 'TxInfAndSts', 'StsRsnInf', 'AddtlInf']);
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  // Of the names only: the attributes say which standard it is.
  transformTagName: (name) => name.replace(/^.*:/, ''),
  parseTagValue: false,
  isArray: (name) => LISTS.has(name),
});

/**
 * Reads a bank's answer to a file: ISO 20022 pain.002.001.10 (CustomerPaymentStatusReportV10). A document type is not
 * read at all, since it is what hostile XML is made of. Throws NoStatusReport.
 */
export function readPain002(xml: string): StatusReport {
  const report = parse(xml).CstmrPmtStsRpt;
  const group = report?.OrgnlGrpInfAndSts;
  if (typeof group !== 'object') throw new NoStatusReport('It has no OrgnlGrpInfAndSts.');
  const messageId = textOf(group, 'OrgnlMsgId');
  if (messageId === undefined) throw new NoStatusReport('It does not say which file it answers.');
  const payments: Element[] = report.OrgnlPmtInfAndSts ?? [];
  if (payments.length > 1)
    throw new NoStatusReport('A file has one payment block, and this tells of several.');
  const [payment = {}] = payments;
  const wholes = [group, payment].map((element, i) => statusIn(element, i === 0 ? 'GrpSts' : 'PmtInfSts'));
  const transactions = (payment.TxInfAndSts ?? []).map(readTransaction) as TransactionStatus[];
  const report_: StatusReport = {
    messageId,
    counts: textsOf([group, payment], 'OrgnlNbOfTxs'),
    sums: textsOf([group, payment], 'OrgnlCtrlSum'),
    whole: wholes[1] ?? wholes[0],
    transactions,
  };
  refuseContradictions(wholes, transactions);
  return report_;
}

function parse(xml: string): Element {
  if (xml.length > MOST_CHARACTERS) throw new NoStatusReport('It is too long.');
  if (/<!(?!--|\[CDATA\[)/.test(xml))
    throw new NoStatusReport('It has a document type or an entity of its own.');
  let read: Element;
  try {
    if (XMLValidator.validate(xml) !== true) throw new NoStatusReport('It is not well-formed XML.');
    read = parser.parse(xml);
  } catch {
    throw new NoStatusReport('It is not well-formed XML.');
  }
  const root = read.Document;
  if (typeof root !== 'object' || !Object.values(root).includes(PAIN_002)) {
    throw new NoStatusReport(`It is not of ${PAIN_002}.`);
  }
  return root;
}

function readTransaction(element: Element): TransactionStatus {
  const endToEndId = textOf(element, 'OrgnlEndToEndId') ?? textOf(element, 'OrgnlInstrId');
  const status = statusIn(element, 'TxSts');
  if (endToEndId === undefined || status === undefined) {
    throw new NoStatusReport('A payment has no OrgnlEndToEndId or no TxSts.');
  }
  const amount = element.OrgnlTxRef?.Amt?.InstdAmt;
  if (amount === undefined) return { endToEndId, ...status };
  return {
    endToEndId,
    ...status,
    amount: { decimal: String(amount['#text']), currency: String(amount['@Ccy']) },
  };
}

/** The status that an element gives, with its first reason. Throws for one that ISO 20022 does not know. */
function statusIn(element: Element, name: string): Omit<TransactionStatus, 'endToEndId'> | undefined {
  const status = textOf(element, name);
  if (status === undefined) return undefined;
  const said = FINAL[status] ?? (NOT_FINAL.has(status) ? 'PENDING' : undefined);
  if (said === undefined) throw new NoStatusReport(`${name} has a status that is not known.`);
  const [reason] = element.StsRsnInf ?? [];
  const code = textOf(reason?.Rsn, 'Cd') ?? textOf(reason?.Rsn, 'Prtry');
  const detail = reason?.AddtlInf?.filter((text: unknown) => typeof text === 'string').join(' ');
  return { said, ...(code && { code: code.slice(0, 35) }), ...(detail && { detail: detail.slice(0, 500) }) };
}

/** A file that was rejected as a whole has no payment that was not. */
function refuseContradictions(
  wholes: readonly (Omit<TransactionStatus, 'endToEndId'> | undefined)[],
  transactions: readonly TransactionStatus[],
): void {
  const isRejected = wholes.some((whole) => whole?.said === 'FAILED');
  const all = [...wholes.filter((whole) => whole !== undefined), ...transactions];
  if (isRejected && all.some(({ said }) => said === 'CONFIRMED')) {
    throw new NoStatusReport('It rejects the whole, and confirms a part of it.');
  }
}

function textOf(element: Element, name: string): string | undefined {
  const value: unknown = element?.[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const textsOf = (elements: readonly Element[], name: string): string[] =>
  elements.flatMap((element) => textOf(element, name) ?? []);
