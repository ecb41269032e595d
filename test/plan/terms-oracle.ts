import type { LostBecause, OfferKind } from '../../src/features/plan/resolve-terms.ts';
import type {
  Span,
  Tick,
  Version,
  World,
  WorldBlock,
  WorldEnrolment,
  WorldLock,
  WorldPlan,
} from './terms-world.ts';

/**
 * What applies to a world's question, worked out from the rules as they are written (domain.md, "Plans and terms";
 * docs/decisions/terms.md), one plain sentence after another, without a thought of speed and without a line of the
 * code under test.
 */
export interface Judged {
  readonly winner: Candidate | null;
  readonly losers: readonly { readonly offer: Candidate; readonly because: LostBecause }[];
}

export interface Candidate {
  readonly kind: OfferKind;
  readonly offerId: string;
  readonly termsId: string;
  readonly commissionBp: number;
  readonly serviceFeeBp: number;
  /** What tiers went by; 0 where the version has none. */
  readonly settledLines: number;
  readonly rateSource: 'BASE' | 'TIER' | 'BOOST' | 'LINK';
  readonly lock: WorldLock | null;
  /** Since when it has reached the creator. */
  readonly since: Tick;
  /** Why it is out by itself, whatever else there is; null when it could win. */
  readonly out: LostBecause | null;
}

const STRENGTH: readonly OfferKind[] = ['EXCLUSIVE', 'TARGETED', 'CAMPAIGN', 'SHOP_TARGETED', 'OPEN'];
const isStronger = (one: OfferKind, other: OfferKind): boolean =>
  STRENGTH.indexOf(one) < STRENGTH.indexOf(other);

const runs = ({ from, to }: Span, at: Tick): boolean => from <= at && (to === null || at < to);
/** Whether it ran up to the moment: what ends there still did, what begins there did not yet. */
const ranUntil = ({ from, to }: Span, at: Tick): boolean => from < at && (to === null || at <= to);

export function judge(world: World): Judged {
  const candidates = [...plansInForce(world), ...namedEnrolment(world), ...locksHeld(world)];
  const losers: { offer: Candidate; because: LostBecause }[] = [];
  const lose = (offers: readonly Candidate[], because: LostBecause): void => {
    for (const offer of offers) losers.push({ offer, because });
  };
  for (const offer of candidates) if (offer.out) lose([offer], offer.out);
  const able = candidates.filter(({ out }) => out === null);

  // Of the versions in force the strongest kind wins.
  const inForce = able.filter(({ lock }) => lock === null);
  const strongest =
    inForce.find((offer) => inForce.every((other) => !isStronger(other.kind, offer.kind))) ?? null;
  lose(
    inForce.filter((offer) => offer !== strongest),
    'OUTRANKED',
  );

  // A stronger one that had reached the creator before the lock began leaves it nothing to keep.
  const kept = able.filter(({ lock }) => lock !== null);
  const neverHad = kept.filter(
    ({ kind, lock }) =>
      strongest !== null && isStronger(strongest.kind, kind) && strongest.since < lock!.from,
  );
  lose(neverHad, 'OUTRANKED');

  // Else a lock wins where its rate is higher; of several the highest, and of equal ones that of the strongest kind, then
  // the older version, then the longer lock.
  const rivals = kept.filter((offer) => !neverHad.includes(offer)).sort(byWorth);
  const best = rivals[0];
  const lockWins = best !== undefined && (strongest === null || best.commissionBp > strongest.commissionBp);
  if (!lockWins) {
    lose(rivals, 'NOT_HIGHER');
    return { winner: strongest, losers };
  }
  lose(rivals.slice(1), 'NOT_HIGHER');
  if (strongest !== null) lose([strongest], 'NOT_HIGHER');
  return { winner: best, losers };
}

const byWorth = (one: Candidate, other: Candidate): number =>
  other.commissionBp - one.commissionBp ||
  STRENGTH.indexOf(one.kind) - STRENGTH.indexOf(other.kind) ||
  (one.termsId === other.termsId ? other.lock!.to - one.lock!.to : one.termsId < other.termsId ? -1 : 1);

/** Plans on the product, and of the shop, that are open now, by their version in force. */
function plansInForce(world: World): Candidate[] {
  const { at } = world.question;
  return world.plans
    .filter((plan) => concerns(plan, world) && runs(plan, at))
    .flatMap((plan) =>
      plan.versions.filter((version) => runs(version, at)).map((version) => ({ plan, version })),
    )
    .map(({ plan, version }) => {
      const since = reachedSince(plan, world);
      const out = since === null ? 'NOT_NAMED' : isBlocked(world) ? 'BLOCKED' : null;
      return { ...planRate(plan, version, world), lock: null, since: since ?? at, out };
    });
}

const concerns = (offer: { kind: OfferKind; productId: string | null }, world: World): boolean =>
  offer.kind === 'SHOP_TARGETED' || offer.productId === world.productId;

/** OPEN is for everybody; the others for those whom they name now, since that naming began. */
function reachedSince(plan: WorldPlan, { creatorId, question }: World): Tick | null {
  if (plan.kind === 'OPEN') return plan.from;
  const naming = plan.named.find((one) => one.creatorId === creatorId && runs(one, question.at));
  return naming ? Math.max(plan.from, naming.from) : null;
}

function planRate(plan: WorldPlan, version: Version, { question, creatorId }: World) {
  const reports = plan.tallies.filter((tally) => tally.creatorId === creatorId && tally.at <= question.at);
  const latest = Math.max(...reports.map(({ at }) => at));
  const lines = reports.find(({ at }) => at === latest)?.lines ?? 0;
  const settledLines = version.tierAfter.length > 0 ? lines : 0;
  const own = { kind: plan.kind, offerId: plan.id, termsId: version.id, serviceFeeBp: 0, settledLines };
  if (question.boosted && version.boostBp !== null) {
    return { ...own, commissionBp: version.boostBp, rateSource: 'BOOST' as const };
  }
  const reached = version.tierBp.filter((_, index) => lines >= version.tierAfter[index]!);
  if (reached.length === 0) {
    return { ...own, commissionBp: version.commissionBp!, rateSource: 'BASE' as const };
  }
  return { ...own, commissionBp: Math.max(...reached), rateSource: 'TIER' as const };
}

/** The campaign that the creator picked from, by the latest version that has been in force, also when it is over. */
function namedEnrolment(world: World): Candidate[] {
  const { at, enrolmentId } = world.question;
  const enrolment = world.enrolments.find(({ id }) => id === enrolmentId);
  if (!enrolment || enrolment.productId !== world.productId) return [];
  if (enrolment.state !== 'APPROVED' && enrolment.state !== 'ENDED') return [];
  const version = latestBy(enrolment, at);
  if (!version) return [];
  const paid = paidBy(enrolment, version, at, world);
  const out =
    isOver(enrolment, at, world) || !runs(version, at)
      ? 'NOT_IN_FORCE'
      : !isPicked(enrolment, world)
        ? 'NOT_PICKED'
        : isBlocked(world)
          ? 'BLOCKED'
          : null;
  return [
    { ...enrolmentOffer(enrolment, paid, world), lock: null, since: pickedSince(enrolment, world), out },
  ];
}

/** The version that began last of those that have been in force by the moment. */
const latestBy = ({ versions }: WorldEnrolment, at: Tick): Version | undefined =>
  versions.filter(({ from, to }) => from <= at && from !== to).sort((one, other) => other.from - one.from)[0];

function isOver(enrolment: WorldEnrolment, at: Tick, world: World): boolean {
  const { endsAt, committedUntil, campaign, parentId } = enrolment;
  if (endsAt !== null && endsAt <= at) return true;
  const closes = campaign.closesAt === null ? null : Math.max(campaign.closesAt, committedUntil ?? 0);
  if (closes !== null && closes <= at) return true;
  const first = world.enrolments.find(({ id }) => id === parentId);
  if (!first) return false;
  const version = latestBy(first, at);
  return isOver(first, at, world) || !version || !runs(version, at);
}

/** What the brand pays is the first agency's version at all times. */
function paidBy(enrolment: WorldEnrolment, own: Version, at: Tick, world: World): Version {
  const first = world.enrolments.find(({ id }) => id === enrolment.parentId);
  return first ? latestBy(first, at)! : own;
}

/** An offer of an enrolment: its rates, or in a SPREAD campaign the part on the link and the rest for the agency. */
function enrolmentOffer(enrolment: WorldEnrolment, version: Version, { question }: World) {
  const own = { kind: 'CAMPAIGN' as const, offerId: enrolment.id, termsId: version.id, settledLines: 0 };
  const total = version.commissionBp!;
  if (enrolment.campaign.pays === 'SERVICE_FEE') {
    return { ...own, commissionBp: total, serviceFeeBp: version.serviceFeeBp, rateSource: 'BASE' as const };
  }
  const commissionBp = Math.min(total, question.creatorPartBp ?? 0);
  return { ...own, commissionBp, serviceFeeBp: total - commissionBp, rateSource: 'LINK' as const };
}

/** From a SPREAD campaign only links with a part earn. */
const isPicked = ({ campaign }: WorldEnrolment, { question }: World): boolean =>
  campaign.pays === 'SERVICE_FEE' || question.creatorPartBp !== null;

/** Since when the creator has had the product, or a link of it, from the campaign. */
function pickedSince(enrolment: WorldEnrolment, world: World): Tick {
  const places = world.showcase.filter(
    (item) =>
      item.creatorId === world.creatorId &&
      item.enrolmentId === enrolment.id &&
      runs(item, world.question.at),
  );
  const links = world.links.filter(({ enrolmentId }) => enrolmentId === enrolment.id);
  return Math.min(...places.map(({ from }) => from), ...links.map(({ createdAt }) => createdAt));
}

/**
 * Versions kept by locks that run now and that the creator holds; those of a campaign for what is promoted from it. A
 * block does not end them.
 */
function locksHeld(world: World): Candidate[] {
  const { at, enrolmentId } = world.question;
  return world.locks
    .filter((lock) => concerns(lock, world) && runs(lock, at) && holds(lock, world))
    .filter(({ kind, offerId }) => kind !== 'CAMPAIGN' || isOf(enrolmentId, offerId, world))
    .map((lock) => keptOffer(lock, world));
}

/** Whether an enrolment is the given first one, or a second-level one below it. */
const isOf = (enrolmentId: string | null, firstId: string, { enrolments }: World): boolean =>
  enrolments.some(({ id, parentId }) => id === enrolmentId && (id === firstId || parentId === firstId));

function keptOffer(lock: WorldLock, world: World): Candidate {
  const plan = world.plans.find(({ id }) => id === lock.offerId);
  if (plan) {
    const version = plan.versions.find(({ id }) => id === lock.termsId)!;
    return { ...planRate(plan, version, world), lock, since: lock.from, out: null };
  }
  const first = world.enrolments.find(({ id }) => id === lock.offerId)!;
  const version = first.versions.find(({ id }) => id === lock.termsId)!;
  const enrolment = world.enrolments.find(({ id }) => id === world.question.enrolmentId)!;
  const out = isPicked(enrolment, world) ? null : 'NOT_PICKED';
  return { ...enrolmentOffer(enrolment, version, world), lock, since: lock.from, out };
}

/** In the showcase since before the lock began, without a break, and reached by the offer when it ended. */
function holds(lock: WorldLock, world: World): boolean {
  const { creatorId, question } = world;
  if (lock.creatorId !== null && lock.creatorId !== creatorId) return false;
  const place = placeAt(world, question.at);
  if (!place || place.from >= lock.from) return false;
  if (isBlockedUntil(world, lock.from)) return false;
  if (lock.kind === 'OPEN') return true;
  if (lock.kind === 'CAMPAIGN') {
    const hadLink = world.links.some(
      (link) => link.createdAt < lock.from && isOf(link.enrolmentId, lock.offerId, world),
    );
    return hadLink || isOf(place.enrolmentId, lock.offerId, world);
  }
  const plan = world.plans.find(({ id }) => id === lock.offerId)!;
  return plan.named.some((naming) => naming.creatorId === creatorId && ranUntil(naming, lock.from));
}

const placeAt = ({ showcase, creatorId, productId }: World, at: Tick) =>
  showcase.find((item) => item.creatorId === creatorId && item.productId === productId && runs(item, at));

/** Whether a block of the brand keeps its offers from the creator now. */
function isBlocked(world: World): boolean {
  const { at } = world.question;
  return blocksOf(world).some((block) => {
    if (block.takesEffectAt > at || (block.liftedAt !== null && block.liftedAt <= at)) return false;
    const place = placeAt(world, at);
    const promotes = place !== undefined && place.from < block.takesEffectAt;
    return !(promotes && at < block.runningUntil);
  });
}

/** Whether a block kept them from the creator up to the moment: then nothing that ended there was the creator's. */
function isBlockedUntil(world: World, at: Tick): boolean {
  return blocksOf(world).some((block) => {
    if (block.takesEffectAt >= at || (block.liftedAt !== null && block.liftedAt < at)) return false;
    const promotes = placeAt(world, world.question.at)!.from < block.takesEffectAt;
    return !(promotes && at <= block.runningUntil);
  });
}

const blocksOf = ({ blocks, brandId, creatorId }: World): WorldBlock[] =>
  blocks.filter(({ blockerId, blockedId }) => blockerId === brandId && blockedId === creatorId);
