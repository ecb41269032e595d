import type { TrustRules } from './trust-policy.ts';

export type TrustRuleName =
  | 'SHOP_SCORE'
  | 'LINES_RECEIVED'
  | 'NOT_RESTRICTED'
  | 'WAITED_AFTER_EXPULSION'
  | 'LINES_COMPLETED'
  | 'CLAIMS_DISMISSED';

/** One rule of admission, held against the facts. Counts, scores and days; 1 and 0 where it is yes or no. */
export interface TrustRuleValue {
  readonly rule: TrustRuleName;
  readonly needed: number;
  readonly actual: number;
  readonly holds: boolean;
}

const DAY_MS = 86_400_000;
const atLeast = (rule: TrustRuleName, needed: number, actual: number): TrustRuleValue => ({
  rule,
  needed,
  actual,
  holds: actual >= needed,
});
const atMost = (rule: TrustRuleName, needed: number, actual: number): TrustRuleValue => ({
  rule,
  needed,
  actual,
  holds: actual <= needed,
});

/** What is known of a brand that wants to join. */
export interface Applicant {
  /** Null before its score was first counted. */
  readonly score: number | null;
  readonly received: number | null;
  readonly restricted: boolean;
  readonly expelledAt: Date | null;
}

/** The rules of admission to Trust Buy, each with what it needs and what there is. Who meets all of them is a member. */
export function admissionRules(
  { score, received, restricted, expelledAt }: Applicant,
  rules: TrustRules,
  now: Date,
): TrustRuleValue[] {
  const waited =
    expelledAt === null
      ? rules.readmissionDays
      : Math.max(0, Math.floor((now.getTime() - expelledAt.getTime()) / DAY_MS));
  return [
    atLeast('SHOP_SCORE', rules.admissionScore, score ?? 0),
    atLeast('LINES_RECEIVED', rules.admissionLines, received ?? 0),
    atLeast('NOT_RESTRICTED', 1, restricted ? 0 : 1),
    atLeast('WAITED_AFTER_EXPULSION', rules.readmissionDays, waited),
  ];
}

/** The rules of a Trust Card 信任卡: whoever meets both is an honest buyer. */
export const cardRules = (
  { completed, dismissed }: { readonly completed: number; readonly dismissed: number },
  rules: Pick<TrustRules, 'cardOrders' | 'cardDismissed'>,
): TrustRuleValue[] => [
  atLeast('LINES_COMPLETED', rules.cardOrders, completed),
  atMost('CLAIMS_DISMISSED', rules.cardDismissed, dismissed),
];

export const allHold = (rules: readonly TrustRuleValue[]): boolean => rules.every(({ holds }) => holds);
