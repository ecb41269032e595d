import {
  closeDueEvents,
  openEvent,
  postSubsidies,
  registerProduct,
  reviewProduct,
} from '../../src/features/occasion/index.ts';
import { type EventSeed, officialEvents } from './content/index.ts';
import { demoId } from './ids.ts';
import { ago, forEachItem, type Seeding } from './seeding.ts';

const SUBSIDY_BP = 500;
const BONUS_BP = 200;
const CAP_MINOR = 2_000n;

/** Official events with their products, before the orders that count for them. */
export const seedEvents = (seeding: Seeding): Promise<void> =>
  forEachItem(seeding, 'Official events', officialEvents, (event) => openOne(seeding, event));

async function openOne(seeding: Seeding, event: EventSeed): Promise<void> {
  const { key, code, name, openedDays, startsDays, subsidyMinor, bonusMinor } = event;
  const opened = ago(seeding, openedDays);
  const purse = (rateBp: number, budgetMinor: bigint) => ({ rateBp, capMinor: CAP_MINOR, budgetMinor });
  const prizes = event.prizesMinor.map((amountMinor, i) => ({
    board: 'CREATORS' as const,
    rank: i + 1,
    amountMinor,
  }));
  const times = {
    registerFrom: opened,
    // Registration ends a day before the start.
    registerUntil: ago(seeding, startsDays + 1),
    startsAt: ago(seeding, startsDays),
    endsAt: ago(seeding, event.endsDays),
    closesAt: ago(seeding, event.closesDays),
  };
  const gives = { subsidy: purse(SUBSIDY_BP, subsidyMinor), bonus: purse(BONUS_BP, bonusMinor), prizes };
  const rules = { currency: 'CNY', categoryIds: [], minCommissionBp: 500 };
  const eventId = await openEvent(
    seeding.tx,
    { id: demoId(key), code, name, ...rules, ...times, ...gives },
    opened,
  );
  for (const product of [...event.approved, ...event.waiting]) {
    const id = demoId(`${key}/${product}`);
    await registerProduct(seeding.tx, { id, eventId, productId: demoId(product) }, opened);
    if (event.approved.includes(product))
      await reviewProduct(seeding.tx, { id, decision: 'APPROVED', note: null }, opened);
  }
}

/** What is settled by now is subsidised, and the event that is over is closed. */
export async function seedEventMoney({ within, now }: Seeding): Promise<void> {
  await postSubsidies(within, now);
  await closeDueEvents(within, now);
}
