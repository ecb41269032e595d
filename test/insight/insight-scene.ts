import { afterAll, beforeAll } from 'vitest';
import { seatUser } from '../../src/features/account/index.ts';
import { openEvent, registerProduct, reviewProduct } from '../../src/features/occasion/index.ts';
import { startLiveSession } from '../../src/features/promotion/index.ts';
import { LOCAL_ISSUER } from '../../src/server/local-issuer.ts';
import { type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { EARLY, type MadeProduct, World } from '../kit/world.ts';

/** The evening of a Tuesday in China: the next day begins four hours later. */
export const EVENING = new Date('2026-06-16T12:00:00Z');
const HOUR_MS = 3_600_000;
/** So many hours after the evening; 4 is the first moment of Wednesday. */
export const hours = (count: number): Date => new Date(EVENING.getTime() + count * HOUR_MS);

export const clock = new TestClock(EVENING.toISOString());
export let alliance: TestAlliance;
export let world: World;

export function openInsight(): void {
  beforeAll(async () => {
    alliance = await testAlliance({ clock });
    world = new World(alliance.database);
  });
  afterAll(() => alliance.close());
}

/** A brand whose goods come on every path. */
export interface Scene {
  readonly brandId: string;
  /** OPEN, in a campaign of a recruiter, EXCLUSIVE to the last creator, in an official event. */
  readonly goods: readonly MadeProduct[];
  /** The first is managed by an agency, the second is the brand itself, the last has the EXCLUSIVE plan. */
  readonly creators: readonly string[];
  /** By product and creator. */
  readonly links: readonly (readonly string[])[];
  readonly manager: string;
  readonly recruiter: string;
  readonly eventId: string;
  /** Of the first creator, from an hour before the evening on. */
  readonly sessionId: string;
}

let count = 0;

export async function makeScene(): Promise<Scene> {
  count += 1;
  const brandId = await world.brand();
  const goods = [];
  for (let i = 0; i < 4; i++) goods.push(await world.product({ brandId, stock: 1_000_000n }));
  const [open, recruited, exclusive, official] = goods as [
    MadeProduct,
    MadeProduct,
    MadeProduct,
    MadeProduct,
  ];
  const creators = [await world.creator(), await world.creator(), await world.creator()];
  const [managed = '', host = '', favoured = ''] = creators;
  const [manager, recruiter] = [await world.agency(), await world.agency()];
  await world.contract(manager, managed);
  const person = { issuer: LOCAL_ISSUER, subject: `host-${count}`, name: 'Host' };
  for (const partyId of [brandId, host])
    await world.tx((tx) => seatUser(tx, person, partyId, 'MANAGER', EARLY));
  for (const product of [open, recruited, official]) await world.plan(product);
  await world.plan(exclusive, { kind: 'EXCLUSIVE', creatorIds: [favoured], commissionBp: 3000 });
  const { id: enrolmentId } = await world.enrolment(recruited, recruiter);
  const links = await Promise.all(
    goods.map((product) =>
      Promise.all(
        creators.map((creator) => world.link(creator, product, product === recruited ? enrolmentId : null)),
      ),
    ),
  );
  const session = { creatorId: managed, title: '晚八点专场' };
  const { id: sessionId } = await world.tx((tx) => startLiveSession(tx, session, hours(-1)));
  return {
    brandId,
    goods,
    creators,
    links,
    manager,
    recruiter,
    eventId: await makeEvent(official),
    sessionId,
  };
}

/** An official event without a budget, from the evening on for two days. */
async function makeEvent({ id: productId }: MadeProduct): Promise<string> {
  const times = {
    registerFrom: EARLY,
    registerUntil: hours(-2),
    startsAt: hours(-1),
    endsAt: hours(48),
    closesAt: hours(1000),
  };
  const gives = { subsidy: null, bonus: null, prizes: [], categoryIds: [], minCommissionBp: 0 };
  const event = { code: `INSIGHT-${count}`, name: '616', currency: 'CNY', ...times, ...gives };
  const eventId = await world.tx((tx) => openEvent(tx, event, EARLY));
  const id = await world.tx((tx) => registerProduct(tx, { eventId, productId }, EARLY));
  await world.tx((tx) => reviewProduct(tx, { id, decision: 'APPROVED', note: null }, EARLY));
  return eventId;
}
