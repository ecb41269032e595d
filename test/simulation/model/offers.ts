import type { ModelDeal } from '../../order/line-model.ts';
import {
  type Agency,
  type Creator,
  DAY,
  HOUR,
  type Order,
  type Party,
  type Version,
  valueAt,
} from './words.ts';

/** The campaign of the second product never changes; its recruiting agency is also the first creator's own agency. */
export const CAMPAIGN = { commissionBp: 1875, recruiterBp: 777, secondBp: 333 } as const;
export const RECRUITER: Agency = 'agency0';
export const SECOND: Agency = 'agency1';
/** The second product's category has holding days of its own. */
export const CATEGORY_DAYS = 3;

/** A creator's binding to an agency; without one the creator keeps its share. */
export interface Contract {
  readonly agency: Agency;
  readonly shareBp: number;
}

/** What a brand, creators and agencies have agreed to, in versions (domain.md, "Plans and terms", "Agencies"). */
export class Offers {
  plan: Version<number>[] = [{ from: 0, value: 2000 }];
  readonly contracts: Record<Creator, Version<Contract | null>[]> = {
    creator0: [{ from: 0, value: { agency: 'agency0', shareBp: 2000 } }],
    creator1: [{ from: 0, value: null }],
  };

  /** A raise holds at once, a cut from the next midnight of the alliance; what was to come before is taken back. */
  changePlan(commissionBp: number, now: number): void {
    const held = this.plan.filter(({ from }) => from <= now);
    const current = valueAt(held, now);
    if (commissionBp === current) this.plan = held;
    else {
      const from = commissionBp > current ? now : nextMidnight(now);
      this.plan = [...held, { from, value: commissionBp }];
    }
  }

  contractOf(creator: Creator, at: number): Contract | null {
    return valueAt(this.contracts[creator], at);
  }

  changeContract(creator: Creator, value: Contract | null, from: number): void {
    this.contracts[creator].push({ from, value });
  }

  /** Who shares in an order and at which rates, by what held when it was placed; null where nobody does. */
  dealOf({ product, creator, placedAt }: Order): { deal: ModelDeal; payees: Record<string, Party> } | null {
    if (creator === null) return null;
    const contract = this.contractOf(creator, placedAt);
    const mcnBp = contract?.shareBp ?? null;
    const payees: Record<string, Party> = {
      CREATOR: creator,
      TECHNICAL_FEE: 'alliance',
      RECRUITER,
      SECOND_RECRUITER: SECOND,
      ...(contract === null ? {} : { MCN: contract.agency }),
    };
    if (product === 1) return { deal: { ...CAMPAIGN, mcnBp }, payees };
    const commissionBp = valueAt(this.plan, placedAt);
    return { deal: { commissionBp, mcnBp, recruiterBp: null, secondBp: null }, payees };
  }
}

/** The alliance's clock on the wall is eight hours ahead all year. */
const AHEAD = 8 * HOUR;
export const nextMidnight = (now: number): number => Math.floor((now + AHEAD) / DAY + 1) * DAY - AHEAD;
/** In the last ten minutes of a day nothing can be cut. */
export const isGuarded = (now: number): boolean => nextMidnight(now) - now <= HOUR / 6;
