import { Migration } from '@mikro-orm/migrations';
import { parties } from './m0001-parties.ts';
import { pool } from './m0002-pool.ts';
import { orders } from './m0003-orders.ts';
import { outbox } from './m0004-outbox.ts';
import { plans } from './m0005-plans.ts';
import { campaigns } from './m0006-campaigns.ts';
import { certification } from './m0007-certification.ts';
import { contracts } from './m0008-contracts.ts';
import { samples } from './m0009-samples.ts';
import { engagements } from './m0010-engagements.ts';
import { ledger } from './m0011-ledger.ts';
import { settlement } from './m0012-settlement.ts';
import { payouts } from './m0013-payouts.ts';
import { statements } from './m0014-statements.ts';
import { sandbox } from './m0015-sandbox.ts';
import { rights } from './m0016-rights.ts';
import { identity } from './m0017-identity.ts';
import { rateLimits } from './m0018-rate-limits.ts';
import { feed } from './m0019-feed.ts';
import { webhooks } from './m0020-webhooks.ts';
import { bulk } from './m0021-bulk.ts';
import { months } from './m0022-months.ts';
import { names } from './m0023-names.ts';
import { trust } from './m0024-trust.ts';
import { live } from './m0026-live.ts';
import { traffic } from './m0027-traffic.ts';
import { covering } from './m0033-covering.ts';
import { boosts } from './m0035-boosts.ts';
import { source } from './m0037-source.ts';
import { termsOfPlan } from './m0040-terms-of-plan.ts';
import { screening } from './m0041-screening.ts';
import { officialEvents } from './m0042-official-events.ts';
import { insight } from './m0043-insight.ts';
import { sharing } from './m0044-sharing.ts';
import { admission } from './m0045-admission.ts';
import { attributionClaims } from './m0046-attribution-claims.ts';

/** The migrations in their order. One that has been released is never edited: a further one is added. */
export const migrations = () => [
  { name: '0001-parties', class: ofSql(parties) },
  { name: '0002-pool', class: ofSql(pool) },
  { name: '0003-orders', class: ofSql(orders) },
  { name: '0004-outbox', class: ofSql(outbox) },
  { name: '0005-plans', class: ofSql(plans) },
  { name: '0006-campaigns', class: ofSql(campaigns) },
  { name: '0007-certification', class: ofSql(certification) },
  { name: '0008-contracts', class: ofSql(contracts) },
  { name: '0009-samples', class: ofSql(samples) },
  { name: '0010-engagements', class: ofSql(engagements) },
  { name: '0011-ledger', class: ofSql(ledger) },
  { name: '0012-settlement', class: ofSql(settlement) },
  { name: '0013-payouts', class: ofSql(payouts) },
  { name: '0014-statements', class: ofSql(statements) },
  { name: '0015-sandbox', class: ofSql(sandbox) },
  { name: '0016-rights', class: ofSql(rights) },
  { name: '0017-identity', class: ofSql(identity) },
  { name: '0018-rate-limits', class: ofSql(rateLimits) },
  { name: '0019-feed', class: ofSql(feed) },
  { name: '0020-webhooks', class: ofSql(webhooks) },
  { name: '0021-bulk', class: ofSql(bulk) },
  { name: '0022-months', class: ofSql(months) },
  { name: '0023-names', class: ofSql(names) },
  { name: '0024-trust', class: ofSql(trust) },
  { name: '0026-live', class: ofSql(live) },
  { name: '0027-traffic', class: ofSql(traffic) },
  { name: '0033-covering', class: ofSql(covering) },
  { name: '0035-boosts', class: ofSql(boosts) },
  { name: '0037-source', class: ofSql(source) },
  { name: '0040-terms-of-plan', class: ofSql(termsOfPlan) },
  { name: '0041-screening', class: ofSql(screening) },
  { name: '0042-official-events', class: ofSql(officialEvents) },
  { name: '0043-insight', class: ofSql(insight) },
  { name: '0044-sharing', class: ofSql(sharing) },
  { name: '0045-admission', class: ofSql(admission) },
  { name: '0046-attribution-claims', class: ofSql(attributionClaims) },
];

function ofSql(sql: string): new (...args: ConstructorParameters<typeof Migration>) => Migration {
  // A class expression: Vite moves the superclass of a declaration to a place that is not yet evaluated here.
  return class SqlMigration extends Migration {
    override up(): void {
      this.addSql(sql);
    }
  };
}
