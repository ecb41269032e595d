/** What an alliance's policy version decides. */
export interface PolicyValues {
  readonly platformDiscountInBase: boolean;
  readonly creatorDiscountInBase: boolean;
  /** The alliance's own cut, of what is left to each payee. */
  readonly technicalFeeBp: number;
  readonly holdingDays: number;
  readonly rateLockDays: number;
  readonly attributionWindowDays: number;
}

/**
 * The rules of known alliances as data, a starting point for an operator's own. From their public rule pages:
 * Kuaishou and Douyin leave the platform's coupons in the base and take a tenth of the commission as technical fee;
 * TikTok Shop leaves platform discounts in and takes no fee from the creator; Taobao pays on what the buyer paid.
 */
export const POLICY_PRESETS = {
  kuaishou: preset(true, false, 1000, 7, 0, 15),
  douyin: preset(true, false, 1000, 15, 0, 15),
  tiktok: preset(true, false, 0, 14, 30, 14),
  taobao: preset(false, false, 1000, 7, 0, 15),
  wechat: preset(false, false, 1000, 7, 0, 15),
} as const satisfies Record<string, PolicyValues>;

export type PolicyPreset = keyof typeof POLICY_PRESETS;

function preset(
  platformDiscountInBase: boolean,
  creatorDiscountInBase: boolean,
  technicalFeeBp: number,
  holdingDays: number,
  rateLockDays: number,
  attributionWindowDays: number,
): PolicyValues {
  return {
    platformDiscountInBase,
    creatorDiscountInBase,
    technicalFeeBp,
    holdingDays,
    rateLockDays,
    attributionWindowDays,
  };
}
