import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { termsFor } from '../../src/features/promotion/index.ts';
import { testDatabase } from '../kit/database.ts';
import { judge } from './terms-oracle.ts';
import { CREATOR_IDS, type Version, type World, type WorldEnrolment, type WorldPlan } from './terms-world.ts';
import { dateOf, insertShared, insertWorlds } from './terms-world-rows.ts';

let db: Database;
let worlds = 0;
beforeAll(async () => {
  db = await testDatabase();
  await insertShared(db);
});
afterAll(() => db.close());

const id = (thing: number): string =>
  `${String(worlds).padStart(8, '0')}-0000-4000-8000-${String(thing).padStart(12, '0')}`;

const version = (
  thing: number,
  number: number,
  commissionBp: number,
  from: number,
  to: number | null,
): Version => ({
  id: id(thing),
  version: number,
  commissionBp,
  serviceFeeBp: 0,
  boostBp: null,
  tierAfter: [],
  tierBp: [],
  from,
  to,
});

/** An offer of 20 % from 0 to 5, which is cut to 5 % then. */
const cutAt5 = (thing: number): Version[] => [
  version(thing, 1, 2000, 0, 5),
  version(thing + 1, 2, 500, 5, null),
];

const openPlan = (versions: Version[]): WorldPlan => ({
  id: id(10),
  kind: 'OPEN',
  productId: id(2),
  from: 0,
  to: null,
  versions,
  named: [],
  tallies: [],
});

const enrolment = (versions: Version[]): WorldEnrolment => ({
  id: id(20),
  campaign: { id: id(21), pays: 'SERVICE_FEE', closesAt: null },
  parentId: null,
  productId: id(2),
  state: 'APPROVED',
  startsAt: 0,
  committedUntil: null,
  endsAt: null,
  versions,
});

/** A lock from 5 to 9 on the first version of an offer. */
const lock = (
  kind: 'OPEN' | 'CAMPAIGN',
  offer: { id: string; versions: Version[] },
): World['locks'][number] => ({
  id: id(30),
  kind,
  offerId: offer.id,
  termsId: offer.versions[0]!.id,
  productId: id(2),
  creatorId: null,
  from: 5,
  to: 9,
});

/** A creator who has had the product in the showcase since 1, asked at 7; nothing is offered yet. */
function newWorld(): World {
  worlds += 1;
  return {
    brandId: id(1),
    productId: id(2),
    otherProductId: id(3),
    creatorId: CREATOR_IDS[0]!,
    otherCreatorId: CREATOR_IDS[1]!,
    plans: [],
    enrolments: [],
    locks: [],
    showcase: [
      { id: id(4), creatorId: CREATOR_IDS[0]!, productId: id(2), enrolmentId: null, from: 1, to: null },
    ],
    links: [],
    blocks: [],
    question: { at: 7, boosted: false, enrolmentId: null, creatorPartBp: null },
  };
}

const linkOf = ({ id: enrolmentId }: WorldEnrolment, createdAt: number): World['links'][number] => ({
  id: id(40),
  enrolmentId,
  creatorPartBp: null,
  createdAt,
});

/** What applies in the world: kind, rate and whether by a lock. The oracle must say the same. */
async function winnerIn(world: World): Promise<string> {
  await insertWorlds(db, [world], { checked: true });
  const { brandId, productId, creatorId, question } = world;
  const [answer] = await termsFor(db, [
    { ...question, brandId, productId, creatorId, at: dateOf(question.at) },
  ]);
  const { winner } = judge(world);
  const rules = winner && `${winner.kind} ${winner.commissionBp}${winner.lock ? ' by a lock' : ''}`;
  const { kind, commissionBp, lockedUntil } = answer!.winner!;
  const code = `${kind} ${commissionBp}${lockedUntil ? ' by a lock' : ''}`;
  expect(code).toBe(rules);
  return code;
}

describe('who was blocked when a rate was cut', () => {
  const blocked = (takesEffectAt: number, liftedAt: number | null): World => {
    const world = newWorld();
    const plan = openPlan(cutAt5(11));
    const block = { id: id(50), blockerId: id(1), blockedId: world.creatorId, blockedAt: 2 };
    world.blocks.push({ ...block, takesEffectAt, runningUntil: takesEffectAt, liftedAt });
    return Object.assign(world, { plans: [plan], locks: [lock('OPEN', plan)] });
  };

  it('keeps nothing once the block is lifted', async () => {
    expect(await winnerIn(blocked(3, 6))).toBe('OPEN 500');
  });

  it('keeps the rate when the block took effect with the cut, and not before', async () => {
    expect(await winnerIn(blocked(5, null))).toBe('OPEN 2000 by a lock');
  });

  it('keeps the rate when the block was lifted before the cut', async () => {
    expect(await winnerIn(blocked(3, 4))).toBe('OPEN 2000 by a lock');
  });
});

describe('the lock of a campaign', () => {
  const cutCampaign = (pickedFromIt: boolean, linkAt: number): World => {
    const world = newWorld();
    const offer = enrolment(cutAt5(22));
    if (pickedFromIt) world.showcase[0]!.enrolmentId = offer.id;
    world.question.enrolmentId = offer.id;
    return Object.assign(world, {
      enrolments: [offer],
      locks: [lock('CAMPAIGN', offer)],
      links: [linkOf(offer, linkAt)],
    });
  };

  it('is held by who picked the product from the campaign', async () => {
    expect(await winnerIn(cutCampaign(true, 6))).toBe('CAMPAIGN 2000 by a lock');
  });

  it('is held by who had a link from the campaign before the cut', async () => {
    expect(await winnerIn(cutCampaign(false, 4))).toBe('CAMPAIGN 2000 by a lock');
  });

  it('is not held by who makes a link only when the rate has been cut', async () => {
    expect(await winnerIn(cutCampaign(false, 5))).toBe('CAMPAIGN 500');
  });
});

describe('a campaign that pays less than a locked OPEN rate', () => {
  const joined = (linkAt: number): World => {
    const world = newWorld();
    const [plan, offer] = [openPlan(cutAt5(11)), enrolment([version(22, 1, 1000, 0, null)])];
    world.question.enrolmentId = offer.id;
    return Object.assign(world, {
      plans: [plan],
      enrolments: [offer],
      locks: [lock('OPEN', plan)],
      links: [linkOf(offer, linkAt)],
    });
  };

  it('does not take the lock from who joins it after the cut', async () => {
    expect(await winnerIn(joined(6))).toBe('OPEN 2000 by a lock');
  });

  it('does not take the lock from who joins it at the moment of the cut', async () => {
    expect(await winnerIn(joined(5))).toBe('OPEN 2000 by a lock');
  });

  it('applies to who had joined it before, and so never had the OPEN rate', async () => {
    expect(await winnerIn(joined(4))).toBe('CAMPAIGN 1000');
  });
});
