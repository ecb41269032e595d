/** How often all balances over the minimum are paid out without being asked for. */
export type PayoutSchedule = 'NONE' | 'DAILY' | 'WEEKLY' | 'MONTHLY';

/** What an alliance's policy version decides. */
export interface PolicyValues {
  readonly platformDiscountInBase: boolean;
  readonly creatorDiscountInBase: boolean;
  /** The alliance's own cut, of what is left to each payee. */
  readonly technicalFeeBp: number;
  /** Days from receipt to settlement, where no category says otherwise. */
  readonly holdingDays: number;
  readonly rateLockDays: number;
  readonly attributionWindowDays: number;
  /** The part of each settlement that is kept back, and for how many days. */
  readonly reserveBp: number;
  readonly reserveDays: number;
  /** The part of coming earnings that goes against what a payee owes. */
  readonly recoveryBp: number;
  readonly payoutSchedule: PayoutSchedule;
  /** The least that is paid out, in minor units of whatever currency the balance has. */
  readonly payoutMinimumMinor: bigint;
  /** Tax withheld from payouts, by what the payee is. */
  readonly withholdingCreatorBp: number;
  readonly withholdingAgencyBp: number;
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
} as const satisfies Record<string, PolicyRules>;

export type PolicyPreset = keyof typeof POLICY_PRESETS;

/** What a preset sets (money.md); how money is kept back, taken back and paid out stays the operator's own. */
type PolicyRules = Pick<
  PolicyValues,
  | 'platformDiscountInBase'
  | 'creatorDiscountInBase'
  | 'technicalFeeBp'
  | 'holdingDays'
  | 'rateLockDays'
  | 'attributionWindowDays'
>;

/** What holds until the operator says otherwise: nothing is kept back or withheld, and payouts are asked for. */
export const FIRST_MONEY_RULES: Omit<PolicyValues, keyof PolicyRules> = {
  reserveBp: 0,
  reserveDays: 0,
  recoveryBp: 10_000,
  payoutSchedule: 'NONE',
  payoutMinimumMinor: 0n,
  withholdingCreatorBp: 0,
  withholdingAgencyBp: 0,
};

function preset(
  platformDiscountInBase: boolean,
  creatorDiscountInBase: boolean,
  technicalFeeBp: number,
  holdingDays: number,
  rateLockDays: number,
  attributionWindowDays: number,
): PolicyRules {
  return {
    platformDiscountInBase,
    creatorDiscountInBase,
    technicalFeeBp,
    holdingDays,
    rateLockDays,
    attributionWindowDays,
  };
}
