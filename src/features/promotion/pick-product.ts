import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Sql, Tx } from '../../db/database.ts';
import { unknown, wrongState } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { refuseBlocked, refusePenalised } from '../account/index.ts';
import { enrolmentTables, isInForce, isOpenToCreator } from '../campaign/index.ts';
import { PromotionLinkRow, ShowcaseItemRow } from './promotion.entity.ts';

export interface Pick {
  readonly creatorId: string;
  readonly productId: string;
  /** The approved enrolment that it is picked from, if any. */
  readonly enrolmentId: string | null;
}

/** Puts a product of the pool into a creator's showcase. Picking it again gives the item that is there. */
export async function addToShowcase(
  tx: Tx,
  pick: Pick & { readonly id?: string },
  now: Date,
): Promise<ShowcaseItemRow> {
  const brandId = await checkPick(tx, pick, now);
  const { id = newId(), creatorId, productId, enrolmentId } = pick;
  const [row] = await tx.rows(sql<{ id: string }>`
    insert into showcase_item (id, creator_id, product_id, brand_id, enrolment_id, picked_at)
    values (${id}, ${creatorId}, ${productId}, ${brandId}, ${enrolmentId}, ${now})
    on conflict (creator_id, product_id) where removed_at is null
      do update set enrolment_id = excluded.enrolment_id
    returning id`);
  return tx.em.findOneOrFail(ShowcaseItemRow, { id: row?.id });
}

/** Takes a product out of a showcase; what was ordered stays as it is. */
export async function removeFromShowcase(tx: Tx, item: ShowcasePlace, now: Date): Promise<ShowcaseItemRow> {
  const row = await tx.em.findOne(ShowcaseItemRow, { creatorId: item.creatorId, id: item.itemId });
  if (row === null) throw unknown(['input', 'showcaseItemId'], 'showcase item');
  row.removedAt ??= now;
  await tx.em.flush();
  return row;
}

interface ShowcasePlace {
  readonly creatorId: string;
  readonly itemId: string;
}

/** Makes a tracking code for a creator and a product of the pool; the code is one that nobody guesses unless it is given. */
export async function createLink(tx: Tx, pick: NewLink, now: Date): Promise<PromotionLinkRow> {
  return enterLink(tx, pick, await checkPick(tx, pick, now), now);
}

/** A link to make, with the creator's part of the rate in a SPREAD campaign. */
export interface NewLink extends Pick {
  readonly id?: string;
  readonly code?: string;
  readonly creatorPartBp?: number;
}

/** Enters a link of what has been checked. */
export async function enterLink(
  tx: Tx,
  link: NewLink,
  brandId: string,
  now: Date,
): Promise<PromotionLinkRow> {
  const { id = newId(), code = newCode(), creatorId, productId, enrolmentId, creatorPartBp = null } = link;
  const row = { id, code, creatorId, productId, enrolmentId, brandId, creatorPartBp, createdAt: now };
  const made = tx.em.create(PromotionLinkRow, row);
  await tx.em.flush();
  return made;
}

/** Sixteen letters and digits that nobody guesses. */
const newCode = (): string => randomBytes(12).toString('base64url');

interface Checked {
  readonly brandId: string;
  readonly state: string;
  readonly offered: boolean;
  /** What is paid in the campaign of the enrolment; null where that is not one to pick from. */
  readonly pays: 'SERVICE_FEE' | 'SPREAD' | null;
}

/**
 * The product must be listed and have an offer for the creator; an enrolment must be one of it; and neither the brand
 * nor the creator's side has blocked the other; nor is the creator suspended. Gives the brand.
 */
export async function checkPick(
  db: Sql,
  { creatorId, productId, enrolmentId }: Pick,
  now: Date,
): Promise<string> {
  const [found] = await db.rows(sql<Checked>`
    select p.brand_id as "brandId", p.state,
      exists (select from plan n where (n.product_id = p.id or (n.kind = 'SHOP_TARGETED' and n.brand_id = p.brand_id))
        and tstzrange(n.opens_at, n.closes_at) @> ${now}::timestamptz and (n.kind = 'OPEN'
          or exists (select from plan_creator c where c.plan_id = n.id and c.creator_id = ${creatorId}))) as offered,
      (select g.pays from ${enrolmentTables}
        where e.id = ${enrolmentId} and e.product_id = p.id and ${isInForce(now)}
          and ${isOpenToCreator(sql`${creatorId}`)}) as pays
    from product p where p.id = ${productId} and p.listed_at is not null`);
  if (found === undefined) throw unknown(['input', 'productId'], 'product');
  if (enrolmentId !== null && found.pays === null) throw unknown(['input', 'enrolmentId'], 'enrolment');
  if (found.pays === 'SPREAD') {
    const message =
      'In a SPREAD campaign the agency makes the link, with your part of the rate: ask it for one.';
    throw wrongState(['input', 'enrolmentId'], 'SPREAD', message);
  }
  if (found.state !== 'LISTED')
    throw wrongState(['input', 'productId'], found.state, 'The product is not in the pool now.');
  if (!found.offered && enrolmentId === null) {
    throw wrongState(
      ['input', 'productId'],
      'NO_OFFER',
      'No plan on the product is open to the creator now.',
    );
  }
  await refuseBlocked(db, creatorId, found.brandId, now, ['input', 'productId']);
  await refusePenalised(db, creatorId, now, ['input', 'creatorId']);
  return found.brandId;
}
