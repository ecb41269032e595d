import type { InsightRow } from './insight.loaders.ts';
import { PATHS, type Path } from './path.ts';
import { sharesBp } from './shares.ts';

/** What came on one path; the amount in minor units. */
export interface PathRow {
  readonly path: Path;
  readonly currency: string;
  readonly gmvMinor: bigint;
  readonly shareBp: number;
}

type ByPath = Pick<
  InsightRow,
  | 'currency'
  | 'channelExclusiveMinor'
  | 'selfBroadcastMinor'
  | 'publicTrafficMinor'
  | 'distributionMinor'
  | 'privateTrafficMinor'
>;

/** What came on each path, with shares that add up. */
export function pathsOf({
  currency,
  channelExclusiveMinor,
  selfBroadcastMinor,
  publicTrafficMinor,
  distributionMinor,
  privateTrafficMinor,
}: ByPath): PathRow[] {
  const gmvMinor: Readonly<Record<Path, bigint>> = {
    CHANNEL_EXCLUSIVE: channelExclusiveMinor,
    SELF_BROADCAST: selfBroadcastMinor,
    PUBLIC_TRAFFIC: publicTrafficMinor,
    DISTRIBUTION: distributionMinor,
    PRIVATE_TRAFFIC: privateTrafficMinor,
  };
  const shares = sharesBp(PATHS.map((path) => gmvMinor[path]));
  return PATHS.map((path, i) => ({ path, currency, gmvMinor: gmvMinor[path], shareBp: shares[i] ?? 0 }));
}
