import { LockMode } from '@mikro-orm/core';
import { sql } from 'kysely';
import type { Sql, Tx } from '../../db/database.ts';
import { type Announcement, announce, type EventKind } from '../../db/outbox.ts';
import { unknown, wrongState } from '../../graphql/user-errors.ts';
import { mayMove } from '../../kernel/transitions.ts';
import { refusePenalised } from '../account/index.ts';
import { refuseClosedSource } from './outside-sources.ts';
import { ProductRow } from './product.entity.ts';
import { PRODUCT_STATE_NAMES, PRODUCT_STATES, type ProductState } from './product-state.ts';
import { refuseUndecided } from './undecided-finding.ts';

export interface ProductMove {
  readonly productId: string;
  /** The states that this move may start from, where they are fewer than the machine allows. */
  readonly from?: readonly ProductState[];
  readonly to: ProductState;
  /** Whether an operator moves it: what an operator has suspended, only an operator resumes. */
  readonly byOperator?: boolean;
  /** Why, for whoever reads the product next. */
  readonly note?: string;
}

/** Moves a product to another state under a row lock; this file is the only place that assigns a state. */
export async function moveProduct(tx: Tx, move: ProductMove, now: Date): Promise<ProductRow> {
  const product = await tx.em.findOne(
    ProductRow,
    { id: move.productId },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (product === null) throw unknown(['input', 'productId'], 'product');
  const fits = move.from?.includes(product.state) ?? true;
  if (!fits || !mayMove(PRODUCT_STATES, product.state, move.to)) {
    const message = `A product that is ${product.state} cannot become ${move.to} by this.`;
    throw wrongState(['input', 'productId'], product.state, message);
  }
  if (product.heldByOperator && move.to === 'LISTED' && !move.byOperator) {
    const message = 'An operator has suspended the product, and only an operator resumes it.';
    throw wrongState(['input', 'productId'], product.state, message);
  }
  if (move.to === 'LISTED' || move.to === 'IN_REVIEW') await refuseUnfit(tx, product, move.to, now);
  product.state = move.to;
  product.heldByOperator = move.to === 'SUSPENDED' && (move.byOperator ?? false);
  product.reviewNote = move.note ?? null;
  if (move.to === 'LISTED') product.listedAt ??= now;
  await tx.em.flush();
  await announce(tx, [newsOf(product, move)], now);
  return product;
}

/** Refuses what may not come into the pool, or before an operator on its way there. */
async function refuseUnfit(
  tx: Tx,
  product: ProductRow,
  to: 'LISTED' | 'IN_REVIEW',
  now: Date,
): Promise<void> {
  const path = ['input', 'productId'];
  await refuseClosedSource(tx, product.source, now, path);
  await refusePenalised(tx, product.brandId, now, path);
  if (to === 'LISTED') await refuseUndecided(tx, product.id, path);
}

/**
 * Suspends those of these products that are LISTED, for a reason that lies not in themselves: once it is gone their brands
 * may resume them. Gives their ids. However many they are, a fixed number of statements.
 */
export async function suspendProducts(
  tx: Sql,
  productIds: readonly string[],
  note: string,
  now: Date,
): Promise<string[]> {
  const from = PRODUCT_STATE_NAMES.filter((state) => mayMove(PRODUCT_STATES, state, 'SUSPENDED'));
  const rows = await tx.rows(sql<Pick<ProductRow, 'id' | 'brandId'>>`
    update product set state = 'SUSPENDED', held_by_operator = false, review_note = ${note}
    where id = any(${productIds}::uuid[]) and state = any(${from}::text[]) returning id, brand_id as "brandId"`);
  const news = rows.map((row) => newsOf({ ...row, heldByOperator: false }, { to: 'SUSPENDED' }));
  await announce(tx, news, now);
  return rows.map(({ id }) => id);
}

/** What is told of each state when it is entered. */
const KINDS: Readonly<Record<ProductState, EventKind>> = {
  DRAFT: 'PRODUCT_RETURNED',
  IN_REVIEW: 'PRODUCT_SUBMITTED',
  LISTED: 'PRODUCT_LISTED',
  SUSPENDED: 'PRODUCT_SUSPENDED',
  DELISTED: 'PRODUCT_DELISTED',
};

type Told = Pick<ProductRow, 'id' | 'brandId' | 'heldByOperator'>;

function newsOf({ id, brandId, heldByOperator }: Told, { to }: Pick<ProductMove, 'to'>): Announcement {
  const data = to === 'SUSPENDED' ? { byOperator: heldByOperator === true } : undefined;
  return { kind: KINDS[to], subject: { type: 'Product', id }, to: [brandId], data };
}
