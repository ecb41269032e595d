// The types of the API are declared when a feature is loaded, and their decorators ask for this first.
import 'reflect-metadata';
import { sql } from 'kysely';
import type { Database, Tx } from '../src/db/database.ts';
import { analyze } from '../src/db/rights.ts';
import { refreshFigures } from '../src/features/agency/index.ts';
import { countInsight } from '../src/features/insight/index.ts';
import { refreshSales } from '../src/features/plan/index.ts';
import type { OnProgress } from '../src/kernel/progress.ts';
import { SetUpError } from '../src/kernel/set-up-error.ts';
import { seedAttributionClaims } from './demo/attribution.ts';
import { seedBlocks } from './demo/blocks.ts';
import { seedBoosts } from './demo/boosts.ts';
import { seedCampaigns } from './demo/campaigns.ts';
import { seedCatalogue } from './demo/catalogue.ts';
import { seedCertification } from './demo/certification.ts';
import { agencies, brands, candidates, creators, products } from './demo/content/index.ts';
import { seedContractStories } from './demo/contracts.ts';
import { seedEngagements } from './demo/engagements.ts';
import { seedEventMoney, seedEvents } from './demo/events.ts';
import { seedLiveNow } from './demo/live-now.ts';
import { seedDeposits, seedPayouts } from './demo/money.ts';
import { seedOrders } from './demo/orders.ts';
import { seedParties } from './demo/parties.ts';
import { seedPicks } from './demo/picks.ts';
import { seedLockDays, seedPlanChanges } from './demo/plan-changes.ts';
import { seedPlans } from './demo/plans.ts';
import { seedSamples } from './demo/samples.ts';
import { seedReports } from './demo/screening.ts';
import type { Seeding } from './demo/seeding.ts';
import { seedSharing } from './demo/sharing.ts';
import { seedSources } from './demo/sources.ts';
import { seedExposure } from './demo/traffic.ts';
import { seedClaims, seedTrustBuy } from './demo/trust.ts';

const SEED_LOCK = 7_246_616;

export interface SeedDemoOptions {
  readonly onProgress?: OnProgress;
  /** The moment up to which the demo has happened; the present when left out. */
  readonly now?: Date;
}

/** How much there is. */
export interface DemoCounts {
  readonly brands: number;
  readonly products: number;
  readonly creators: number;
  readonly agencies: number;
  readonly lines: number;
  readonly events: number;
}

/**
 * Fills an empty alliance with the demo, in one transaction: whoever stops it halfway finds the alliance empty again.
 * Throws a SetUpError, and changes nothing, when anybody is in the alliance.
 */
export async function seedDemo(database: Database, options: SeedDemoOptions = {}): Promise<DemoCounts> {
  const { now = new Date(), onProgress = () => undefined } = options;
  const counts = await database.transaction(async (tx) => {
    await requireEmpty(tx);
    const seeding: Seeding = { tx, within: withinTransaction(database, tx), now, onProgress };
    await seedParties(seeding);
    await seedCertification(seeding);
    await seedContractStories(seeding);
    await seedLockDays(seeding);
    await seedCatalogue(seeding);
    await seedPlans(seeding);
    await seedCampaigns(seeding);
    // The planner knows nothing of rows that were written just now; with its first guess it reads whole tables.
    await analyze(tx);
    await seedPicks(seeding);
    await analyze(tx, 'showcase_item', 'promotion_link');
    await seedPlanChanges(seeding);
    await seedDeposits(seeding);
    await seedTrustBuy(seeding);
    await seedSources(seeding);
    await seedEvents(seeding);
    const { lines, events } = await seedOrders(seeding);
    await seedSamples(seeding);
    await refreshSales(tx, now);
    await refreshFigures(tx, now);
    await seedEngagements(seeding);
    await seedPayouts(seeding);
    const refunds = await seedClaims(seeding);
    await seedExposure(seeding);
    await seedBoosts(seeding);
    await seedEventMoney(seeding);
    await seedReports(seeding);
    const shared = await seedSharing(seeding);
    await seedAttributionClaims(seeding);
    await seedBlocks(seeding);
    await seedLiveNow(seeding);
    return { lines: lines + shared.lines, events: events + refunds + shared.events };
  });
  await database.transaction((tx) => analyze(tx));
  // By what has become visible to the feed: whoever stops the seeding here has it counted by the worker.
  await countInsight(database, now);
  return {
    brands: brands.length,
    products: products.length,
    creators: creators.length,
    agencies: agencies.length + candidates.length,
    ...counts,
  };
}

/** Of two seedings at once the second waits for the first, and is refused then. */
async function requireEmpty(tx: Tx): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock(${SEED_LOCK})`);
  const members = await tx.rows(sql`select from party limit 1`);
  if (members.length === 0) return;
  throw new SetUpError(
    'This alliance has members already; the demo is only for an empty one. ' +
      'Name another ALLIANCE_DATA_DIR, or another database in DATABASE_URL.',
  );
}

/** The database as seen from inside the open transaction: use cases that open one join it. */
const withinTransaction = (database: Database, tx: Tx): Database => ({
  ...database,
  rows: (query) => tx.rows(query),
  transaction: (work) => work(tx),
});
