import { sql } from 'kysely';
import type { Sql, Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import { unknown, wrongState } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { mayMove } from '../../kernel/transitions.ts';
import type { EventProductRow } from './event-product.loaders.ts';
import { EVENT_PRODUCT_MACHINE, type EventProductState } from './event-state.ts';
import { eventsWhere, type OfficialEventRow } from './official-event.loaders.ts';

export interface NewEventProduct {
  readonly id?: string;
  readonly eventId: string;
  readonly productId: string;
}

const EVENT = ['input', 'officialEventId'];
const PRODUCT = ['input', 'productId'];

/** What is against a product in an event, as the words of one refusal. */
interface Fitness {
  readonly brandId: string;
  readonly currency: string;
  readonly commissionBp: number | null;
  readonly isOfCategory: boolean;
}

/** Registers a product for an event; what was rejected or withdrawn may be registered again. Gives its id. */
export async function registerProduct(tx: Sql, wish: NewEventProduct, now: Date): Promise<string> {
  const { eventId, productId } = wish;
  const [event] = await eventsWhere(tx, now, sql`t.id = ${eventId} for share`);
  if (event === undefined) throw unknown(EVENT, 'official event');
  if (event.state !== 'REGISTERING')
    throw wrongState(EVENT, event.state, 'Products are registered while the event is REGISTERING.');
  const { brandId } = await fitProduct(tx, event, productId);
  const [entered] = await tx.rows(sql<{ id: string }>`
    insert into event_product as p (id, event_id, product_id, brand_id, starts_at, ends_at, state, registered_at)
    values (${wish.id ?? newId()}, ${eventId}, ${productId}, ${brandId}, ${event.startsAt}, ${event.endsAt}, 'REGISTERED', ${now})
    on conflict (event_id, product_id) do update
      set state = 'REGISTERED', note = null, registered_at = excluded.registered_at, reviewed_at = null
      where p.state = any(${statesBefore('REGISTERED')}::text[])
    returning id`);
  if (entered === undefined)
    throw wrongState(PRODUCT, 'REGISTERED', 'The product is registered for this event already.');
  return entered.id;
}

const statesBefore = (to: EventProductState): EventProductState[] =>
  (Object.keys(EVENT_PRODUCT_MACHINE) as EventProductState[]).filter((from) =>
    mayMove(EVENT_PRODUCT_MACHINE, from, to),
  );

async function fitProduct(tx: Sql, event: OfficialEventRow, productId: string): Promise<Fitness> {
  const { categoryIds, minCommissionBp, currency } = event;
  const [fit] = await tx.rows(sql<Fitness>`
    select p.brand_id as "brandId", b.currency, e.commission_bp as "commissionBp",
      ${categoryIds.length === 0} or c.path && ${[...categoryIds]}::uuid[] as "isOfCategory"
    from product p join brand b on b.id = p.brand_id join category c on c.id = p.category_id
    left join pool_entry e on e.product_id = p.id where p.id = ${productId}`);
  if (fit === undefined) throw unknown(PRODUCT, 'product');
  const rate = minCommissionBp / 100;
  new Checks()
    .that(fit.commissionBp !== null, 'productId', 'The product is not in the pool.')
    .that(
      fit.currency === currency,
      'productId',
      `The event is in ${currency}, the brand sells in ${fit.currency}.`,
    )
    .that(fit.isOfCategory, 'productId', 'The event is not for the category of the product.')
    .that(
      (fit.commissionBp ?? minCommissionBp) >= minCommissionBp,
      'productId',
      `The event asks for a commission of ${rate} % or more, open to every creator.`,
    )
    .done();
  return fit;
}

/** Takes a product back before the event starts. */
export async function withdrawProduct(tx: Sql, id: string, now: Date): Promise<void> {
  const { isStarted } = await lockedProduct(tx, id, 'WITHDRAWN', now);
  if (isStarted) throw wrongState(['input', 'eventProductId'], 'RUNNING', 'The event has started.');
  await move(tx, id, 'WITHDRAWN', null, now);
}

/** What an operator decides on a registered product. */
export interface ProductReview {
  readonly id: string;
  readonly decision: 'APPROVED' | 'REJECTED' | 'REMOVED';
  /** Why, where it is not approved. */
  readonly note: string | null;
}

/**
 * Approves or rejects a registered product, before the event starts; or removes an approved one, also while it runs: what was
 * ordered until then counts. The brand is told.
 */
export async function reviewProduct(tx: Tx, { id, decision, note }: ProductReview, now: Date): Promise<void> {
  const path = ['input', 'eventProductId'];
  if (decision !== 'APPROVED') new Checks().text(note ?? '', 'note', 1, 500).done();
  const product = await lockedProduct(tx, id, decision, now);
  if (decision !== 'REMOVED' && product.isStarted)
    throw wrongState(path, 'RUNNING', 'Products are reviewed before the event starts.');
  if (product.isOver) throw wrongState(path, 'COUNTING', 'The event is over.');
  await move(tx, id, decision, decision === 'APPROVED' ? null : (note ?? '').trim(), now);
  const subject = { type: 'OfficialEventProduct', id };
  const news = {
    kind: 'EVENT_PRODUCT_REVIEWED' as const,
    subject,
    to: [product.brandId],
    data: { state: decision },
  };
  await announce(tx, [news], now);
}

interface LockedProduct extends EventProductRow {
  readonly isStarted: boolean;
  readonly isOver: boolean;
}

/** The product under its lock and, before that, the event's: nothing is ordered while one is removed. */
async function lockedProduct(tx: Sql, id: string, to: EventProductState, now: Date): Promise<LockedProduct> {
  await tx.rows(sql`
    select from official_event e where e.id = (select event_id from event_product where id = ${id}) for no key update`);
  const [product] = await tx.rows(sql<LockedProduct>`
    select p.id, p.brand_id as "brandId", p.state, p.starts_at <= ${now} as "isStarted", p.ends_at <= ${now} as "isOver"
    from event_product p where p.id = ${id} for update`);
  const path = ['input', 'eventProductId'];
  if (product === undefined) throw unknown(path, 'event product');
  if (mayMove(EVENT_PRODUCT_MACHINE, product.state, to)) return product;
  throw wrongState(path, product.state, `A product that is ${product.state} cannot become ${to}.`);
}

async function move(
  tx: Sql,
  id: string,
  to: EventProductState,
  note: string | null,
  now: Date,
): Promise<void> {
  await tx.rows(sql`
    update event_product set state = ${to}, note = ${note},
      reviewed_at = case when ${to !== 'WITHDRAWN'} then ${now}::timestamptz else reviewed_at end,
      removed_at = case when ${to === 'REMOVED'} then ${now}::timestamptz end
    where id = ${id}`);
}
