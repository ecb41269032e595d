import type { CreatorTier } from './creator.entity.ts';

const HEAD_FROM = 5_000_000n;
const WAIST_FROM = 300_000n;

/**
 * The tier of a creator by followers. Kuaishou and Douyin draw the lines of 头部 and 腰部 near 5 million and a few
 * hundred thousand followers; figures of sales join in when insight has them.
 */
export function tierOf(followers: bigint): CreatorTier {
  if (followers >= HEAD_FROM) return 'HEAD';
  return followers >= WAIST_FROM ? 'WAIST' : 'ORDINARY';
}
