import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { expect, it } from 'vitest';
import { toLatin } from '../../src/features/payout/latin-text.ts';
import { bankId, type CreditTransferFile, fromBankId, toPain001 } from '../../src/features/payout/pain001.ts';
import { checkMethod } from '../../src/features/payout/payout-method.ts';
import { sumOf, toDecimal } from '../../src/kernel/money.ts';
import { BANK } from './scene.ts';

const schema = readFileSync(new URL('fixtures/pain.001.001.09-subset.xsd', import.meta.url));

/** What the schema says against a file; nothing when it is valid. */
function faultsOf(xml: string): string[] {
  using xsd = XmlDocument.fromBuffer(schema);
  using validator = XsdValidator.fromDoc(xsd);
  using document = XmlDocument.fromString(xml);
  try {
    validator.validate(document);
    return [];
  } catch (error) {
    return [String(error)];
  }
}

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
  expect(faultsOf(xml.replace(/<InitgPty>.*?<\/InitgPty>/s, ''))).toHaveLength(1);
  expect(faultsOf(xml.replaceAll('EndToEndId', 'EndId'))).toHaveLength(1);
  expect(faultsOf(xml.replace(bankId(given.batchId), 'x'.repeat(36)))).toHaveLength(1);
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
