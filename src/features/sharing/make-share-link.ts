import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { select } from '../../graphql/loaders.ts';
import { unknown, wrongState } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import type { LineRow } from '../order/index.ts';

/** An order line by its key. */
interface LineKey {
  readonly brandId: string;
  readonly id: string;
}

const BOUGHT = [
  'brandId',
  'id',
  'productId',
  'sourceId',
  'buyerRef',
  'currency',
  'state',
  'paidAt',
  'cancelledAt',
  'quantity',
  'goodsPaidMinor',
  'refundedMinor',
  'refundReportedQuantity',
] as const satisfies readonly (keyof LineRow)[];
type Bought = Pick<LineRow, (typeof BOUGHT)[number]>;

const PATH = ['input', 'orderLineId'];

/**
 * Makes the link by which a buyer shares what they have bought and kept; gives its id, that of the one that is there where they
 * share the product already.
 */
export async function makeShareLink(tx: Sql, { brandId, id }: LineKey, now: Date): Promise<string> {
  const [line] = await tx.rows(sql<Bought>`
    select ${select('t', BOUGHT)} from order_line t where t.brand_id = ${brandId} and t.id = ${id}`);
  if (line === undefined) throw unknown(PATH, 'order line');
  const { sourceId, buyerRef } = line;
  if (!isKept(line))
    throw wrongState(
      PATH,
      line.state,
      'Only who has paid for the goods, received and kept them can share them.',
    );
  const [sharer] = await tx.rows(sql<{ id: string; isStopped: boolean }>`
    insert into sharer as s (id, brand_id, source_id, buyer_ref, currency, created_at)
    values (${newId()}, ${brandId}, ${sourceId}, ${buyerRef}, ${line.currency}, ${now})
    on conflict (brand_id, source_id, buyer_ref) do update set created_at = s.created_at
    returning id, stopped_at is not null as "isStopped"`);
  if (sharer === undefined || sharer.isStopped)
    throw wrongState(PATH, 'STOPPED', 'The brand has stopped this buyer from sharing.');
  const [link] = await tx.rows(sql<{ id: string }>`
    insert into share_link as l (id, sharer_id, brand_id, product_id, line_id, code, created_at)
    values (${newId()}, ${sharer.id}, ${brandId}, ${line.productId}, ${line.id}, ${randomBytes(12).toString('base64url')}, ${now})
    on conflict (sharer_id, product_id) do update set line_id = excluded.line_id
    returning id`);
  return link?.id as string;
}

/** Not called off, and not all sent back: by quantity where the buyer paid nothing, as the commission base is. */
const isKept = (line: Bought): boolean =>
  line.state === 'RECEIVED' &&
  line.paidAt !== null &&
  line.cancelledAt === null &&
  (line.goodsPaidMinor > 0n
    ? line.refundedMinor < line.goodsPaidMinor
    : line.refundReportedQuantity < line.quantity);
