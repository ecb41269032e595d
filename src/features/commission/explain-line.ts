import { type Actor, isMember } from '../../graphql/actor.ts';
import type { Evidence } from '../order/index.ts';
import type { LostOfferValue, OfferValue } from '../plan/index.ts';
import { type NodeRow, seesAll, seesOffers, visibleNodes } from './visible-waterfall.ts';

/** Frozen terms as they are kept, with the parts of the line's base. */
export interface FrozenRow {
  readonly brandId: string;
  readonly lineId: string;
  readonly policyId: string;
  readonly policyVersion: number;
  readonly platformDiscountInBase: boolean;
  readonly creatorDiscountInBase: boolean;
  readonly technicalFeeBp: number;
  readonly contractTermsId: string | null;
  readonly evidence: Evidence;
  readonly candidates: {
    readonly winner: KeptOffer | null;
    readonly losers: readonly (Omit<LostOfferValue, 'offer'> & { readonly offer: KeptOffer })[];
  };
  readonly frozenAt: Date;
  readonly currency: string;
  readonly baseMinor: bigint;
  readonly itemTotalMinor: bigint;
  readonly brandDiscountMinor: bigint;
  readonly platformDiscountMinor: bigint;
  readonly creatorDiscountMinor: bigint;
}

const TIMES = ['since', 'lockedFrom', 'lockedUntil', 'validFrom', 'validTo'] as const;

/** An offer as it is kept in JSON: its times are text, and what was frozen earlier may lack some. */
type KeptOffer = Omit<OfferValue, (typeof TIMES)[number]> &
  Partial<Record<(typeof TIMES)[number], string | null>>;

/** A step as it is kept, with what it posted for each node. */
export interface StepRow {
  readonly lineId: string;
  readonly stepNo: number;
  readonly kind: 'ACCRUAL' | 'REFUND' | 'CANCELLATION';
  readonly eventId: string;
  readonly occurredAt: Date;
  readonly refundedMinor: bigint;
  readonly remainingBaseMinor: bigint;
  readonly entries: readonly bigint[];
}

/** A part of the commission base, and whether it was taken off. */
export interface BasePart {
  readonly name: 'ITEM_TOTAL' | 'BRAND_DISCOUNT' | 'PLATFORM_DISCOUNT' | 'CREATOR_DISCOUNT';
  readonly amountMinor: bigint;
  readonly effect: 'ADDED' | 'TAKEN_OFF' | 'LEFT_IN_BASE';
  readonly currency: string;
}

/** What a step made of one node's net. */
export interface ExplainedEntry {
  readonly nodeNo: number;
  readonly beforeMinor: bigint;
  readonly postedMinor: bigint;
  readonly afterMinor: bigint;
  readonly currency: string;
}

export interface ExplainedStep extends Omit<StepRow, 'entries' | 'lineId'> {
  readonly remainingBaseBeforeMinor: bigint;
  readonly entries: readonly ExplainedEntry[];
  readonly currency: string;
}

/** The ordered proof of a line's commission, as far as the caller may see it. */
export interface Explained {
  readonly brandId: string;
  readonly lineId: string;
  readonly currency: string;
  readonly evidence: Evidence;
  readonly winner: OfferValue | null;
  readonly losers: readonly LostOfferValue[];
  readonly policyVersion: number;
  readonly technicalFeeBp: number;
  readonly contractTermsId: string | null;
  readonly frozenAt: Date;
  readonly baseParts: readonly BasePart[];
  readonly baseMinor: bigint;
  readonly steps: readonly ExplainedStep[];
}

/** Puts the proof together. Pure: everything in it was frozen or posted, nothing is looked up anew. */
export function explain(
  actor: Actor,
  row: FrozenRow,
  nodes: readonly NodeRow[],
  steps: readonly StepRow[],
): Explained {
  const all = seesAll(actor, row.brandId);
  const { brandId, lineId, currency, evidence, policyVersion, technicalFeeBp, frozenAt, baseMinor } = row;
  const { winner, losers } = seesOffers(actor, brandId, nodes) ? row.candidates : NO_OFFERS;
  const isSide = nodes.some(
    ({ role, payeeId }) => (role === 'CREATOR' || role === 'MCN') && isMember(actor, payeeId),
  );
  return {
    brandId,
    lineId,
    currency,
    evidence,
    winner: winner === null ? null : revived(winner),
    // That a plan names others, and a rival offer of theirs, is their and the brand's business.
    losers: losers
      .filter(({ because }) => all || because !== 'NOT_NAMED')
      .map(({ offer, because }) => ({ offer: revived(offer), because })),
    policyVersion,
    technicalFeeBp,
    contractTermsId: all || isSide ? row.contractTermsId : null,
    frozenAt,
    baseParts: baseParts(row),
    baseMinor,
    steps: explainSteps(actor, row, nodes, steps),
  };
}

/** The rate is what a creator earns: who may see the line only is not told. */
const NO_OFFERS: FrozenRow['candidates'] = { winner: null, losers: [] };

function revived(offer: KeptOffer): OfferValue {
  const times = TIMES.map((name) => [name, offer[name] == null ? null : new Date(offer[name])]);
  return { ...offer, ...Object.fromEntries(times) };
}

function baseParts(row: FrozenRow): BasePart[] {
  const off = (inBase: boolean) => (inBase ? 'LEFT_IN_BASE' : 'TAKEN_OFF');
  const { currency } = row;
  return [
    { name: 'ITEM_TOTAL', amountMinor: row.itemTotalMinor, effect: 'ADDED', currency },
    { name: 'BRAND_DISCOUNT', amountMinor: row.brandDiscountMinor, effect: 'TAKEN_OFF', currency },
    {
      name: 'PLATFORM_DISCOUNT',
      amountMinor: row.platformDiscountMinor,
      effect: off(row.platformDiscountInBase),
      currency,
    },
    {
      name: 'CREATOR_DISCOUNT',
      amountMinor: row.creatorDiscountMinor,
      effect: off(row.creatorDiscountInBase),
      currency,
    },
  ];
}

/** Each step with the target before and after, for the nodes whose net the caller may see. */
function explainSteps(
  actor: Actor,
  { currency, baseMinor }: FrozenRow,
  nodes: readonly NodeRow[],
  steps: readonly StepRow[],
): ExplainedStep[] {
  const shown = visibleNodes(actor, nodes).filter(({ netMinor }) => netMinor !== null);
  const netMinor = nodes.map(() => 0n);
  let remainingBaseBeforeMinor = baseMinor;
  return steps.map(({ entries: posted, lineId: _line, ...step }) => {
    const entries = shown.map(({ nodeNo }): ExplainedEntry => {
      const beforeMinor = netMinor[nodeNo] ?? 0n;
      const postedMinor = posted[nodeNo] ?? 0n;
      return { nodeNo, beforeMinor, postedMinor, afterMinor: beforeMinor + postedMinor, currency };
    });
    for (const { nodeNo, afterMinor } of entries) netMinor[nodeNo] = afterMinor;
    const explained = { ...step, remainingBaseBeforeMinor, entries, currency };
    remainingBaseBeforeMinor = step.remainingBaseMinor;
    return explained;
  });
}
