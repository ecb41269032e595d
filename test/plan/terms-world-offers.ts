import type { Random } from '../../seeds/random.ts';
import type { OfferKind } from '../../src/features/plan/resolve-terms.ts';
import type { Span, Tick, Version, World, WorldEnrolment, WorldPlan } from './terms-world.ts';

/** Worlds last from 0 to here; nothing is asked later. */
export const LAST_TICK = 11;
/** Few, so that rates are often equal. Basis points. */
export const RATES = [500, 1000, 1500, 2000, 3000];

/** What the parts of a world are drawn with. `lockTicks` stands for the alliance's rateLockDays. */
export interface Draft {
  readonly random: Random;
  readonly world: World;
  readonly lockTicks: number;
  newId(): string;
}

const overlap = (one: Span, other: Span): boolean =>
  one.from !== one.to &&
  other.from !== other.to &&
  (other.to === null || one.from < other.to) &&
  (one.to === null || other.from < one.to);

/** OPEN or EXCLUSIVE or the one after the other, and named plans beside them. */
export function addPlans(draft: Draft): void {
  const { random, world } = draft;
  const { kinds: general } = random.weighted(GENERAL, ({ weight }) => weight);
  const change = random.int(2, 8);
  general.forEach((kind, index) => {
    const first = index === 0;
    addPlan(draft, kind, first ? random.int(0, general.length > 1 ? 2 : 3) : change, {
      mustEndAt: first && general.length > 1 ? change : null,
    });
  });
  if (random.chance(450)) addPlan(draft, 'TARGETED', random.int(0, 6));
  if (random.chance(150)) addPlan(draft, 'TARGETED', random.int(0, 8));
  if (random.chance(400)) addPlan(draft, 'SHOP_TARGETED', random.int(0, 6));
  if (random.chance(50)) addPlan(draft, 'OPEN', random.int(0, 4), { productId: world.otherProductId });
}

/** What is offered to all, or to named creators instead: one after the other. */
const GENERAL: readonly { kinds: readonly WorldPlan['kind'][]; weight: number }[] = [
  { kinds: ['OPEN'], weight: 50 },
  { kinds: ['EXCLUSIVE'], weight: 12 },
  { kinds: ['OPEN', 'EXCLUSIVE'], weight: 14 },
  { kinds: ['EXCLUSIVE', 'OPEN'], weight: 8 },
  { kinds: ['OPEN', 'OPEN'], weight: 12 },
  { kinds: [], weight: 4 },
];

interface PlanOptions {
  mustEndAt?: Tick | null;
  productId?: string;
}

function addPlan(draft: Draft, kind: WorldPlan['kind'], opens: Tick, options: PlanOptions = {}): void {
  const { random, world } = draft;
  const announced = random.chance(options.mustEndAt ? 300 : 150);
  const closes =
    options.mustEndAt ?? (announced || random.chance(250) ? random.int(opens, LAST_TICK + 1) : null);
  const plan: WorldPlan = {
    id: draft.newId(),
    kind,
    productId: kind === 'SHOP_TARGETED' ? null : (options.productId ?? world.productId),
    from: opens,
    to: closes,
    versions: [],
    named: [],
    tallies: [],
  };
  world.plans.push(plan);
  addVersions(draft, plan, { ...plan, closedByHand: !announced }, planRates);
  if (kind !== 'OPEN') addNames(draft, plan);
  const asked = [world.creatorId, world.otherCreatorId];
  for (const creatorId of random.sample(asked, random.int(0, 2))) {
    for (const at of random.sample([1, 2, 3, 4, 5, 6, 7, 8, 9], random.int(1, 2))) {
      plan.tallies.push({ creatorId, at, lines: random.int(1, 6) });
    }
  }
}

type Rates = Pick<Version, 'commissionBp' | 'serviceFeeBp' | 'boostBp' | 'tierAfter' | 'tierBp'>;

function planRates({ random }: Draft): Rates {
  const commissionBp = random.pick(RATES);
  const tiers = random.chance(350) ? random.int(1, 2) : 0;
  const counts = random.sample([1, 2, 3, 4, 5], tiers).sort((one, other) => one - other);
  return {
    commissionBp,
    serviceFeeBp: 0,
    boostBp: random.chance(400) ? random.pick(RATES) : null,
    tierAfter: counts,
    tierBp: counts.map((_, index) => commissionBp + 500 * (index + 1)),
  };
}

/** What a lock needs to know of what it keeps a version of. */
type Offered = { id: string; kind?: OfferKind; productId: string | null };

/**
 * One to three versions from the beginning on. A change that is no raise leaves a lock. Some changes are overtaken by
 * another one before they take effect: their version and their lock stay with empty intervals.
 */
function addVersions(
  draft: Draft,
  offered: Offered & { versions: Version[] },
  span: Span & { closedByHand: boolean },
  ratesOf: (draft: Draft) => Rates,
): void {
  const { random } = draft;
  const { versions } = offered;
  const end = span.to ?? LAST_TICK + 1;
  const add = (from: Tick): void => {
    versions.push({ id: draft.newId(), version: versions.length + 1, from, to: null, ...ratesOf(draft) });
  };
  add(span.from);
  for (let changes = random.int(0, 2); changes > 0; changes -= 1) {
    const last = versions.at(-1)!;
    if (last.from + 1 >= end) break;
    const at = random.int(last.from + 1, end - 1);
    if (random.chance(200)) {
      const planned = random.int(at, end);
      add(planned);
      versions.at(-1)!.to = planned;
      addLock(draft, offered, last, planned, planned);
    }
    last.to = at;
    add(at);
    if (isCut(last, versions.at(-1)!)) addLock(draft, offered, last, at, at + draft.lockTicks);
  }
  if (span.to === null) return;
  if (span.closedByHand && span.to > span.from) {
    addLock(draft, offered, versions.at(-1)!, span.to, span.to + draft.lockTicks);
  }
  // Whether the closing of an offer closes its last version too makes no difference to anybody.
  if (random.chance(500)) versions.at(-1)!.to = span.to;
}

const isCut = (before: Version, after: Version): boolean =>
  (after.commissionBp ?? 0) < (before.commissionBp ?? 0) ||
  (before.boostBp !== null && (after.boostBp ?? 0) < before.boostBp) ||
  before.tierBp.some((rate, index) => (after.tierBp[index] ?? 0) < rate);

function addLock(
  draft: Draft,
  offered: Offered,
  kept: Version,
  from: Tick,
  to: Tick,
  creatorId: string | null = null,
): void {
  if (draft.lockTicks === 0 || kept.commissionBp === null) return;
  const { id: offerId, kind = 'CAMPAIGN', productId } = offered;
  draft.world.locks.push({
    id: draft.newId(),
    kind,
    offerId,
    termsId: kept.id,
    productId,
    creatorId,
    from,
    to,
  });
}

/** Names creators over intervals of the plan; the end of one leaves a lock for that creator alone. */
function addNames(draft: Draft, plan: WorldPlan): void {
  const { random, world } = draft;
  const latest = plan.to ?? LAST_TICK;
  const name = (creatorId: string, earliest: Tick): Tick | null => {
    const from = random.chance(500) ? earliest : random.int(earliest, Math.max(earliest, latest));
    const ends = from < latest && random.chance(350);
    const to = ends ? random.int(from, latest) : plan.to;
    const taken = world.plans.some(
      ({ kind, named }) =>
        kind === plan.kind &&
        named.some((other) => other.creatorId === creatorId && overlap(other, { from, to })),
    );
    if (
      taken ||
      (to !== null && to < from) ||
      plan.named.some((other) => other.creatorId === creatorId && other.from === from)
    ) {
      return null;
    }
    plan.named.push({ creatorId, from, to });
    if (!ends || to === null || to === from || to === plan.to) return null;
    const kept = plan.versions.find(
      (version) => version.from < to && (version.to === null || version.to >= to),
    );
    if (kept) addLock(draft, plan, kept, to, to + draft.lockTicks, creatorId);
    return to;
  };
  if (random.chance(750)) {
    const ended = name(world.creatorId, plan.from);
    if (ended !== null && random.chance(400)) name(world.creatorId, ended);
  }
  if (random.chance(300)) name(world.otherCreatorId, plan.from);
}

/** What the creator can have picked the product from: up to four enrolments, one perhaps of the second level. */
export function addEnrolments(draft: Draft): void {
  const { random, world } = draft;
  if (!random.chance(550)) return;
  const withSecond = random.chance(350);
  const first = addEnrolment(draft, null, {
    spread: !withSecond && random.chance(450),
    mayBeRefused: !withSecond,
  });
  if (withSecond && first.endsAt !== first.startsAt)
    addEnrolment(draft, first, { spread: false, mayBeRefused: false });
  if (random.chance(200)) addEnrolment(draft, null, { spread: random.chance(300) });
  if (random.chance(50)) addEnrolment(draft, null, { spread: false, productId: world.otherProductId });
}

interface EnrolmentOptions {
  spread: boolean;
  mayBeRefused?: boolean;
  productId?: string;
}

function addEnrolment(
  draft: Draft,
  parent: WorldEnrolment | null,
  { spread, mayBeRefused = true, productId = draft.world.productId }: EnrolmentOptions,
): WorldEnrolment {
  const { random, world } = draft;
  const startsAt = parent ? random.int(parent.startsAt, (parent.endsAt ?? 8) - 1) : random.int(0, 5);
  const withParent = parent?.endsAt != null && parent.endsAt >= startsAt && random.chance(500);
  const endsAt = withParent ? parent.endsAt : random.chance(300) ? random.int(startsAt, LAST_TICK) : null;
  const enrolment: WorldEnrolment = {
    id: draft.newId(),
    campaign: {
      id: draft.newId(),
      pays: spread ? 'SPREAD' : 'SERVICE_FEE',
      closesAt: random.chance(350) ? random.int(startsAt, LAST_TICK) : null,
    },
    parentId: parent?.id ?? null,
    productId,
    state: random.chance(mayBeRefused ? 60 : 0)
      ? random.pick(['PENDING', 'REJECTED', 'WITHDRAWN'])
      : 'APPROVED',
    startsAt,
    committedUntil: random.chance(400) ? random.int(startsAt, LAST_TICK) : null,
    endsAt,
    versions: [],
  };
  // The chore that moves the state may be late, and the question may be for a moment before it.
  if (endsAt !== null && enrolment.state === 'APPROVED' && random.chance(500)) enrolment.state = 'ENDED';
  world.enrolments.push(enrolment);
  const isRefused = enrolment.state !== 'APPROVED' && enrolment.state !== 'ENDED';
  const locking = isRefused ? { ...draft, lockTicks: 0 } : draft;
  addVersions(locking, enrolment, { from: startsAt, to: endsAt, closedByHand: true }, () => ({
    commissionBp: parent ? null : random.pick(RATES),
    serviceFeeBp: spread ? 0 : random.int(1, 4) * 100,
    boostBp: null,
    tierAfter: [],
    tierBp: [],
  }));
  if (parent && endsAt !== null && endsAt > startsAt) lockParent(draft, parent, endsAt);
  return enrolment;
}

/** What a second-level enrolment's creators keep when it ends is the first one's version. */
function lockParent(draft: Draft, parent: WorldEnrolment, end: Tick): void {
  const kept = parent.versions.find(({ from, to }) => from < end && (to === null || end <= to));
  if (kept && (parent.endsAt === null || end < parent.endsAt)) {
    addLock(draft, parent, kept, end, end + draft.lockTicks);
  }
}
