import { decideFinding, reportClaim } from '../../src/features/screening/index.ts';
import { products, type ReportSeed, reports } from './content/index.ts';
import { demoId } from './ids.ts';
import { ago, forEachItem, type Seeding } from './seeding.ts';

const DECIDED_AFTER_DAYS = 2;

/** What creators have reported of texts, with the decisions on it. */
export const seedReports = (seeding: Seeding): Promise<void> =>
  forEachItem(seeding, 'Reports of claims', reports, (report) => reportOne(seeding, report));

async function reportOne(seeding: Seeding, { key, product, reporter, words, days, decided }: ReportSeed) {
  const findingId = demoId(`finding:${key}`);
  const subject = { type: 'Product', id: demoId(product) } as const;
  const report = { id: demoId(`report:${key}`), findingId, reporterId: demoId(reporter), subject, words };
  await reportClaim(seeding.tx, report, ago(seeding, days));
  if (decided === undefined) return;
  const warning = { id: demoId(`penalty:${key}`), kind: 'WARNING', endsAt: null } as const;
  const decision = { ...decided, penalty: decided.outcome === 'UPHELD' ? warning : null };
  const partyId = demoId(products.find((it) => it.key === product)?.brand ?? '');
  const at = ago(seeding, days - DECIDED_AFTER_DAYS);
  await decideFinding(seeding.tx, { id: findingId, partyId }, decision, at);
}
