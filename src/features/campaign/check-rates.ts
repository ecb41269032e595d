/** Commission and service fee together are at most this (domain.md, "Plans and terms"). */
const MAX_TOGETHER_BP = 9000;
const MAX_SERVICE_FEE_BP = 4000;

/** What an enrolment pays; the commission is null for a second-level agency's, which shares the first one's. */
export interface EnrolmentRates {
  readonly commissionBp: number | null;
  readonly serviceFeeBp: number;
}

/** What is wrong with the rates of an enrolment, whatever the campaign asks for, by their fields. */
export function rateProblems({ commissionBp, serviceFeeBp }: EnrolmentRates): RateProblem[] {
  const problems: RateProblem[] = [];
  const isCommission = commissionBp === null || (commissionBp >= 1 && commissionBp <= MAX_TOGETHER_BP);
  if (!isCommission) {
    problems.push({ field: 'commissionRate', message: 'A commission is 1 to 9000 basis points.' });
  }
  if (serviceFeeBp < 0 || serviceFeeBp > MAX_SERVICE_FEE_BP) {
    problems.push({ field: 'serviceFeeRate', message: 'A service fee is 0 to 4000 basis points.' });
  } else if (isCommission && (commissionBp ?? 0) + serviceFeeBp > MAX_TOGETHER_BP) {
    problems.push({ field: 'serviceFeeRate', message: 'Commission and fee are at most 9000 together.' });
  }
  return problems;
}

export interface RateProblem {
  readonly field: 'commissionRate' | 'serviceFeeRate';
  readonly message: string;
}
