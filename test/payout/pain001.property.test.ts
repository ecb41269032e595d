import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { expect, it } from 'vitest';
import { toLatin } from '../../src/features/payout/latin-text.ts';
import { bankId, type CreditTransferFile, fromBankId, toPain001 } from '../../src/features/payout/pain001.ts';
import { readPain002 } from '../../src/features/payout/pain002.ts';
import { checkMethod } from '../../src/features/payout/payout-method.ts';
import { sumOf, toDecimal } from '../../src/kernel/money.ts';
import { toPain002 } from './bank-answer.ts';
import { faultsBy, isoFaults } from './iso-schemas.ts';
import { BANK } from './scene.ts';

const BY_HAND = 'fixtures/pain.001.001.09-subset.xsd';

/** What the schemas say against a file, ours and ISO's own where it is there; nothing when it is valid. */
const faultsOf = (xml: string): string[] => [
  ...faultsBy(readFileSync(new URL(BY_HAND, import.meta.url)), xml),
  ...isoFaults('pain.001.001.09', xml),
];

const accounts = [
  checkMethod(BANK),
  checkMethod({ ...BANK, bic: 'DEUTDEFF500' }),
  checkMethod({
    kind: 'BANK',
    holder: 'Zo\u00eb O\'Neil <&> "Ltd"'.replaceAll(/[<>"]/g, ''),
    country: 'CN',
    accountNumber: '6222021234567890',
    clearingCode: '102100099996',
  }),
  checkMethod({ kind: 'BANK', holder: 'Łukasz', country: 'US', accountNumber: '000123456', bic: 'BOFAUS3N' }),
];
const from = checkMethod({ kind: 'BANK', holder: 'Goods Alliance', iban: 'NL91ABNA0417164300' });

const file = fc.record({
  batchId: fc.uuid(),
  madeAt: fc.date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
  executeOn: fc.constant('2026-06-16'),
  currency: fc.constantFrom('EUR', 'CNY', 'JPY', 'KWD'),
  from: fc.constantFrom(from, { ...from, bic: 'ABNANL2A' }),
  transfers: fc.array(
    fc.record({
      payoutId: fc.uuid(),
      amountMinor: fc.bigInt({ min: 1n, max: 10n ** 15n }),
      to: fc.constantFrom(...accounts),
    }),
    { minLength: 1, maxLength: 6 },
  ),
}) satisfies fc.Arbitrary<CreditTransferFile>;

it('a file is valid by the schema, adds up, names each payout, and has only letters that banks take', () => {
  fc.assert(
    fc.property(file, (given) => {
      const xml = toPain001(given);
      expect(faultsOf(xml)).toEqual([]);
      const read = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'CdtTrfTxInf' }).parse(
        xml,
      );
      const { GrpHdr, PmtInf } = read.Document.CstmrCdtTrfInitn;
      const total = toDecimal(sumOf(given.transfers.map(({ amountMinor }) => amountMinor)), given.currency);
      for (const { NbOfTxs, CtrlSum } of [GrpHdr, PmtInf]) {
        expect([NbOfTxs, CtrlSum]).toEqual([String(given.transfers.length), total]);
      }
      expect(
        PmtInf.CdtTrfTxInf.map((transfer: never) =>
          fromBankId((transfer as { PmtId: { EndToEndId: string } }).PmtId.EndToEndId),
        ),
      ).toEqual(given.transfers.map(({ payoutId }) => payoutId));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
      expect(xml).toMatch(/^[\x00-\x7f]*$/);
    }),
    { numRuns: 200 },
  );
});

it('the same content gives the same bytes, and the schema refuses what is not in its order', () => {
  const [given] = fc.sample(file, { seed: 7, numRuns: 1 }) as unknown as [CreditTransferFile];
  const xml = toPain001(given);
  expect(toPain001(structuredClone(given))).toBe(xml);
  const schemas = faultsOf(xml.replaceAll('EndToEndId', 'EndId')).length;
  expect(schemas).toBe(process.env.ISO20022_SCHEMAS === undefined ? 1 : 2);
  expect(faultsOf(xml.replace(/<InitgPty>.*?<\/InitgPty>/s, ''))).toHaveLength(schemas);
  expect(faultsOf(xml.replace(bankId(given.batchId), 'x'.repeat(36)))).toHaveLength(schemas);
});

it('the answers that the tests read are such as ISO has banks write them', () => {
  const payoutId = '0197a3b0-0000-7000-8000-000000000001';
  const rejected = { payoutId, status: 'RJCT', reason: 'AC01', detail: 'Unknown account' };
  const amount = '<InstdAmt Ccy="CNY">1.00</InstdAmt>';
  for (const report of [
    { batchId: payoutId, group: 'ACCP', count: '3', sum: '270.00' },
    { batchId: payoutId, payment: 'RJCT' },
    { batchId: payoutId, transactions: [rejected, { payoutId, status: 'ACSC', amount }] },
  ]) {
    const xml = toPain002(report);
    expect(isoFaults('pain.002.001.10', xml)).toEqual([]);
    expect(fromBankId(readPain002(xml).messageId)).toBe(payoutId);
  }
});

it.each([
  ['Müller & Söhne', 'Muller + Sohne'],
  ['Straße', 'Strasse'],
  ['Łódź Đorđe Øystein', 'Lodz Dorde Oystein'],
  ['Crème  brûlée', 'Creme brulee'],
  ['ＡＢＣ', 'ABC'],
  ['李雷', undefined],
  ['Li @ Lei', undefined],
  ['/Li', undefined],
  ['Li//Lei', undefined],
  ['', undefined],
  ['Li\u0000Lei', undefined],
])('%j in Latin letters is %j', (text, latin) => {
  expect(toLatin(text)).toBe(latin);
});
