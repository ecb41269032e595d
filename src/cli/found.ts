import type { Database } from '../db/database.ts';
import { foundAlliance } from '../features/account/index.ts';
import type { Config } from '../server/config.ts';

const NAME = 'Goods Alliance 好物联盟';

/** Founds the alliance by its configuration, unless that has been done; gives its id. */
export function foundByConfig(
  database: Database,
  { timeZone, currencyCode }: Config,
  now: Date,
): Promise<string> {
  const options = { name: NAME, timeZone, currency: currencyCode };
  return database.transaction((tx) => foundAlliance(tx, options, now));
}
