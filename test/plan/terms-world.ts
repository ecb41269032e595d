import { createRandom } from '../../seeds/random.ts';
import type { OfferKind } from '../../src/features/plan/resolve-terms.ts';
import { addEnrolments, addPlans, type Draft, LAST_TICK, RATES } from './terms-world-offers.ts';

/** A moment of a world: a small whole number, so that endings, picks and questions often coincide. */
export type Tick = number;

/** Half-open; null is open-ended; one that ends where it begins never was. */
export interface Span {
  from: Tick;
  to: Tick | null;
}

export interface Version extends Span {
  id: string;
  version: number;
  /** Null for a second-level enrolment, which sets its part of the fee only. */
  commissionBp: number | null;
  serviceFeeBp: number;
  boostBp: number | null;
  tierAfter: number[];
  tierBp: number[];
}

export interface WorldPlan extends Span {
  id: string;
  kind: Exclude<OfferKind, 'CAMPAIGN'>;
  /** Null for SHOP_TARGETED. */
  productId: string | null;
  versions: Version[];
  named: (Span & { creatorId: string })[];
  tallies: { creatorId: string; at: Tick; lines: number }[];
}

export interface WorldEnrolment {
  id: string;
  campaign: { id: string; pays: 'SERVICE_FEE' | 'SPREAD'; closesAt: Tick | null };
  parentId: string | null;
  productId: string;
  state: 'PENDING' | 'APPROVED' | 'REJECTED' | 'WITHDRAWN' | 'ENDED';
  startsAt: Tick;
  committedUntil: Tick | null;
  endsAt: Tick | null;
  versions: Version[];
}

export interface WorldLock {
  id: string;
  kind: OfferKind;
  offerId: string;
  termsId: string;
  productId: string | null;
  creatorId: string | null;
  from: Tick;
  to: Tick;
}

export interface WorldBlock {
  id: string;
  blockerId: string;
  blockedId: string;
  blockedAt: Tick;
  takesEffectAt: Tick;
  runningUntil: Tick;
  liftedAt: Tick | null;
}

/** All that bears on one question for terms, and some things that should not. */
export interface World {
  brandId: string;
  productId: string;
  otherProductId: string;
  creatorId: string;
  otherCreatorId: string;
  plans: WorldPlan[];
  enrolments: WorldEnrolment[];
  locks: WorldLock[];
  showcase: (Span & { id: string; creatorId: string; productId: string; enrolmentId: string | null })[];
  links: { id: string; enrolmentId: string; creatorPartBp: number | null; createdAt: Tick }[];
  blocks: WorldBlock[];
  question: { at: Tick; boosted: boolean; enrolmentId: string | null; creatorPartBp: number | null };
}

const CREATORS = 40;

/** An id that says which world it is of and which thing in it; both whole numbers. */
const idOf = (world: number, thing: number): string =>
  `${world.toString(16).padStart(8, '0')}-0000-4000-8000-${thing.toString(16).padStart(12, '0')}`;

/** The creators that the worlds share: each world has its own brand, so they do not meet. */
export const CREATOR_IDS = Array.from({ length: CREATORS }, (_, index) => idOf(0, index + 1));

const runsAt = (span: Span, at: Tick): boolean => span.from <= at && (span.to === null || at < span.to);

/** The world of that number (1 and up) of the seed; the same on every machine. */
export function makeWorld(seed: number, number: number): World {
  const random = createRandom((seed ^ Math.imul(number, 0x9e3779b1)) >>> 0);
  let things = 0;
  const newId = (): string => {
    things += 1;
    return idOf(number, things);
  };
  const [creatorId, otherCreatorId] = random.sample(CREATOR_IDS, 2);
  const world: World = {
    brandId: newId(),
    productId: newId(),
    otherProductId: newId(),
    creatorId: creatorId!,
    otherCreatorId: otherCreatorId!,
    plans: [],
    enrolments: [],
    locks: [],
    showcase: [],
    links: [],
    blocks: [],
    question: {
      at: random.int(2, LAST_TICK),
      boosted: random.chance(250),
      enrolmentId: null,
      creatorPartBp: null,
    },
  };
  const draft: Draft = { random, world, newId, lockTicks: random.pick([0, 2, 3, 5, 8]) };
  addPlans(draft);
  addEnrolments(draft);
  addShowcase(draft);
  addBlocks(draft);
  ask(draft);
  return world;
}

function addShowcase(draft: Draft): void {
  const { random, world } = draft;
  const put = (creatorId: string, productId: string, earliest: Tick): Tick | null => {
    const from = random.int(earliest, Math.max(earliest, random.int(2, 8)));
    const to = random.chance(250) ? random.int(from, LAST_TICK) : null;
    const offered = world.enrolments.filter((one) => one.productId === productId && one.startsAt <= from);
    const enrolmentId = offered.length > 0 && random.chance(700) ? random.pick(offered).id : null;
    world.showcase.push({ id: draft.newId(), creatorId, productId, enrolmentId, from, to });
    return to;
  };
  if (random.chance(850)) {
    const removed = put(world.creatorId, world.productId, 0);
    if (removed !== null && random.chance(500)) put(world.creatorId, world.productId, removed);
  }
  if (random.chance(100)) put(world.otherCreatorId, world.productId, 0);
  if (random.chance(50)) put(world.creatorId, world.otherProductId, 0);
}

/** The brand blocks the creator, or sometimes somebody else, or is itself blocked. */
function addBlocks(draft: Draft): void {
  const { random, world } = draft;
  const block = (blockerId: string, blockedId: string, earliest: Tick): Tick | null => {
    const blockedAt = random.int(earliest, Math.max(earliest, 6));
    const takesEffectAt = blockedAt + random.int(0, 2);
    const liftedAt = random.chance(350) ? random.int(blockedAt, LAST_TICK) : null;
    const runningUntil = takesEffectAt + draft.lockTicks;
    world.blocks.push({
      id: draft.newId(),
      blockerId,
      blockedId,
      blockedAt,
      takesEffectAt,
      runningUntil,
      liftedAt,
    });
    return liftedAt;
  };
  if (random.chance(300)) {
    const lifted = block(world.brandId, world.creatorId, 0);
    if (lifted !== null && random.chance(300)) block(world.brandId, world.creatorId, lifted);
  }
  if (random.chance(40)) block(world.brandId, world.otherCreatorId, 0);
  if (random.chance(40)) block(world.creatorId, world.brandId, 0);
}

/** Asks with the enrolment of the showcase, or with that of a link, which may fix a part. */
function ask({ random, world, newId }: Draft): void {
  const { question, showcase, enrolments } = world;
  const begun = enrolments.filter(({ startsAt }) => startsAt <= question.at);
  if (begun.length > 0 && random.chance(500)) {
    const { id: enrolmentId, campaign, startsAt } = random.pick(begun);
    const creatorPartBp = campaign.pays === 'SPREAD' && random.chance(850) ? random.pick(RATES) : null;
    world.links.push({
      id: newId(),
      enrolmentId,
      creatorPartBp,
      createdAt: random.int(startsAt, question.at),
    });
    Object.assign(question, { enrolmentId, creatorPartBp });
    return;
  }
  const place = showcase.find(
    (item) =>
      item.creatorId === world.creatorId && item.productId === world.productId && runsAt(item, question.at),
  );
  question.enrolmentId = place?.enrolmentId ?? null;
}
