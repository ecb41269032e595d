import { giniBp } from './gini.ts';
import { ofTenThousand, partBp } from './parts.ts';

/** What of a version of the traffic policy decides about amounts. */
export interface AllotmentRules {
  /** What a work gets in the day at most by tier, from tier 0 on: the first is the base exposure. They rise. */
  readonly tierExposures: readonly number[];
  /** The Gini coefficient that a day's exposures may have, in basis points. */
  readonly giniLimitBp: number;
  /** The least part that goes to members that are not HEAD, in basis points. */
  readonly nonHeadShareBp: number;
}

/** A work or product that exposure is allotted to. */
export interface Work {
  readonly tier: number;
  /** What it was shown in all its time. */
  readonly shown: number;
  /** Its estimated conversion rate, per million exposures. */
  readonly rate: number;
  /** Whether its member is HEAD. */
  readonly head: boolean;
  readonly trustBuy: boolean;
  /** The most that it can be shown in the day: no more people are there who may see it. */
  readonly reach: number;
}

interface Room {
  head: number;
  all: number;
}

/**
 * Divides the exposures of a day, whole numbers, over works, by their places in the list. First what is left of each
 * base exposure; then what its tier lets a work have, by estimated conversion, Trust Buy first among equals. What that
 * leaves goes round again with the tier above. HEAD has at most what the share of the others leaves, and what would
 * break the Gini limit is spread evenly. Where limits cannot both hold the share goes first; a work beyond its reach
 * gets no more, and what nobody can take is not given.
 */
export function allotExposure(
  works: readonly Work[],
  capacity: number,
  rules: AllotmentRules,
): readonly number[] {
  const given = new Array<number>(works.length).fill(0);
  const room: Room = { all: capacity, head: headRoom(works, capacity, rules) };
  const best = order(works);
  const top = rules.tierExposures.length;
  const give = (index: number, ceiling: number) => {
    const { head, reach } = works[index]!;
    const most = Math.min(ceiling, reach) - given[index]!;
    const amount = Math.max(0, Math.min(most, room.all, head ? room.head : room.all));
    given[index]! += amount;
    room.all -= amount;
    if (head) room.head -= amount;
  };
  for (const index of best) give(index, rules.tierExposures[0]! - works[index]!.shown);
  for (let round = 0; round < top && room.all > 0; round++) {
    for (const index of best)
      give(index, rules.tierExposures[Math.min(works[index]!.tier + round, top - 1)]!);
  }
  for (const index of best) give(index, Number.POSITIVE_INFINITY);
  return levelled(works, given, rules);
}

/** Whoever converts best first; Trust Buy first among equals; then as they stand in the list. */
const order = (works: readonly Work[]): number[] =>
  works
    .map((_, index) => index)
    .sort((a, b) => {
      const [one, other] = [works[a]!, works[b]!];
      return other.rate - one.rate || Number(other.trustBuy) - Number(one.trustBuy) || a - b;
    });

/** What HEAD may have of a day. Where there is nobody else the share has no one to go to. */
const headRoom = (works: readonly Work[], capacity: number, { nonHeadShareBp }: AllotmentRules): number =>
  works.every(({ head }) => head) ? capacity : ofTenThousand(capacity, 10_000 - nonHeadShareBp);

/** The least evened amounts that hold the Gini limit. */
function levelled(
  works: readonly Work[],
  given: readonly number[],
  rules: AllotmentRules,
): readonly number[] {
  const found = giniBp(given);
  if (found <= rules.giniLimitBp) return given;
  const even = evenly(works, given, rules);
  // Mixed with what is even, the coefficient falls in proportion; whole numbers and small reaches may need a little more.
  let mixBp = 10_000 - partBp(rules.giniLimitBp, found);
  let mixed = mix(works, given, even, mixBp);
  while (giniBp(mixed) > rules.giniLimitBp && mixBp < 10_000) {
    mixBp = mixBp > 9_950 ? 10_000 : mixBp + 50;
    mixed = mix(works, given, even, mixBp);
  }
  return mixed;
}

/** Amounts between two divisions of the same sum: `bp` of the way from one to the other, for HEAD and for others alike. */
function mix(works: readonly Work[], from: readonly number[], to: readonly number[], bp: number): number[] {
  const mixed = from.map((amount, i) => Math.floor((amount * (10_000 - bp) + to[i]! * bp) / 10_000));
  const sumOf = (amounts: readonly number[], head?: boolean) =>
    amounts.reduce((sum, amount, i) => sum + (head === undefined || works[i]!.head === head ? amount : 0), 0);
  const ofHeads = Math.floor((sumOf(from, true) * (10_000 - bp) + sumOf(to, true) * bp) / 10_000);
  giveBack(true, ofHeads - sumOf(mixed, true));
  giveBack(false, sumOf(from) - ofHeads - sumOf(mixed, false));
  return mixed;

  /** Less than one was cut off each: first who gains by mixing has it back, then the others. */
  function giveBack(toHeads: boolean, cut: number): void {
    let left = cut;
    for (const bounds of [to, from]) {
      for (let i = 0; i < mixed.length && left > 0; i++) {
        if (works[i]!.head !== toHeads || mixed[i]! >= bounds[i]!) continue;
        mixed[i]!++;
        left--;
      }
    }
  }
}

/** The same sum, as even as reaches and the share of those that are not HEAD let it be. */
function evenly(works: readonly Work[], given: readonly number[], rules: AllotmentRules): number[] {
  const sum = given.reduce((total, amount) => total + amount, 0);
  const even = new Array<number>(works.length).fill(0);
  const heads = works.flatMap(({ head }, index) => (head ? [index] : []));
  const others = works.flatMap(({ head }, index) => (head ? [] : [index]));
  const ofHeads = Math.min(headRoom(works, sum, rules), Math.floor((sum * heads.length) / works.length));
  const taken = ofHeads - pour(works, even, heads, ofHeads);
  // What the others cannot take is HEAD's again, and no more than HEAD had: the sum stays what it was.
  const left = pour(works, even, others, sum - taken);
  pour(works, even, heads, taken + left);
  return even;
}

/** Fills the reaches of some works to one level, and gives what is over. */
function pour(works: readonly Work[], into: number[], indexes: readonly number[], amount: number): number {
  const bySize = [...indexes].sort((a, b) => works[a]!.reach - works[b]!.reach || a - b);
  let left = amount;
  bySize.forEach((index, place) => {
    const part = Math.min(works[index]!.reach, Math.floor(left / (bySize.length - place)));
    into[index] = part;
    left -= part;
  });
  return left;
}
