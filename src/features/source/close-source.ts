import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { announce, type EventKind } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import { invalid, Refusal, wrongState } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import type { ProductSource } from '../product/index.ts';
import { type ClosingRow, closings } from './closing.loaders.ts';
import { suspendClosed } from './suspend-closed.ts';

export interface SourceClosing {
  readonly id?: string;
  readonly source: ProductSource;
  /** From when on; from now on without. */
  readonly from?: Date | null;
  /** Why, for those whose products leave the pool. */
  readonly reason: string;
}

const LATEST = new Date('2200-01-01T00:00:00Z');

/**
 * Closes an outside shop from a moment: a further version of its closings. From then on none of its products is listed, and
 * those that are leave the pool. Placed orders keep their terms: they were frozen with the line, and nothing here touches
 * lines. Refused while it is closed, or its closing is announced. Gives the id of the closing.
 */
export async function closeSource(tx: Sql, closing: SourceClosing, now: Date): Promise<string> {
  const { id = newId(), source, reason } = closing;
  const from = closing.from ?? now;
  new Checks()
    .text(reason, 'reason', 1, 500)
    .that(source !== 'OWN_SHOP', 'source', 'Only outside shops are closed.')
    .that(from >= now && from < LATEST, 'from', 'A closing lies not in the past, and before 2200.')
    .done();
  const last = await lastClosing(tx, source);
  if (last !== undefined && last.validTo === null) {
    const message = `The shop is closed from ${last.validFrom.toISOString()} on already.`;
    throw wrongState(['input', 'source'], 'SOURCE_CLOSED', message);
  }
  if (last?.validTo != null && from < last.validTo) {
    const message = `The shop is closed until ${last.validTo.toISOString()} already: close it from then on.`;
    throw new Refusal([invalid(['input', 'from'], message)]);
  }
  await tx.rows(sql`
    insert into outside_closing (id, source, version, reason, announced_at, valid_from)
    values (${id}, ${source}, ${(last?.version ?? 0) + 1}, ${reason.trim()}, ${now}, ${from})`);
  await tell(tx, 'OUTSIDE_SOURCE_CLOSES', { id, source, from }, now);
  if (from <= now) await takeOut(tx, source, now);
  return id;
}

/**
 * Opens an outside shop again from a moment, or takes a closing back that has not begun. Products that have left the pool
 * come back when their brands resume them. Gives the id of the closing that ends by it.
 */
export async function reopenSource(
  tx: Sql,
  source: ProductSource,
  from: Date | null,
  now: Date,
): Promise<string> {
  const wanted = from ?? now;
  new Checks()
    .that(source !== 'OWN_SHOP', 'source', 'Only outside shops are closed.')
    .that(wanted >= now && wanted < LATEST, 'from', 'An opening lies not in the past, and before 2200.')
    .done();
  const last = await lastClosing(tx, source);
  if (last === undefined || last.validTo !== null)
    throw wrongState(['input', 'source'], 'SOURCE_OPEN', 'The shop is open, or its opening is announced.');
  // What has not begun ends as it would begin, and so never was.
  const hasBegun = wanted > last.validFrom;
  const at = hasBegun ? wanted : last.validFrom;
  await tx.rows(sql`update outside_closing set valid_to = ${at} where id = ${last.id}`);
  await tell(tx, 'OUTSIDE_SOURCE_REOPENS', { id: last.id, source, from: at }, now);
  return last.id;
}

/** Whoever changes what is closed waits for each other, and for whoever is listing a product of an outside shop. */
async function lastClosing(tx: Sql, source: ProductSource): Promise<ClosingRow | undefined> {
  await tx.rows(sql`select from alliance for no key update`);
  const [last] = await tx.rows(closings(sql`t.source = ${source} order by t.version desc limit 1`));
  return last;
}

/** All of it leaves the pool in this transaction. The first products are suspended in it too; a chore goes on with the rest. */
async function takeOut(tx: Sql, source: ProductSource, now: Date): Promise<void> {
  await tx.rows(sql`delete from pool_entry where source = ${source} and source <> 'OWN_SHOP'`);
  await suspendClosed(tx, now);
}

interface Told {
  readonly id: string;
  readonly source: ProductSource;
  readonly from: Date;
}

/** Tells the brands that sell through the shop, and the creators who promote what they sell. */
async function tell(tx: Sql, kind: EventKind, { id, source, from }: Told, now: Date): Promise<void> {
  const parties = await tx.rows(sql<{ id: string }>`
    select distinct brand_id as id from product where source = ${source} and state in ('LISTED', 'SUSPENDED', 'IN_REVIEW')
    union
    select s.creator_id from product p join showcase_item s on s.product_id = p.id and s.removed_at is null
    where p.source = ${source} and p.state = 'LISTED'`);
  const subject = { type: 'OutsideClosing', id };
  const data = { source, takesEffectAt: from.toISOString() };
  await announce(tx, [{ kind, subject, to: parties.map((party) => party.id), data }], now);
}
