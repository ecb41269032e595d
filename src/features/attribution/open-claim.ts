import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import { type UserErrorValue, unknown, wrongState } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { isCleanText, isWebAddress } from '../../kernel/text.ts';

export interface NewAttributionClaim {
  readonly brandId: string;
  readonly creatorId: string;
  /** The shop's number of the order, as the buyer has it, and of the line in it. */
  readonly orderNo: string;
  readonly lineNo: number;
  readonly statement: string;
  readonly evidenceUrls: readonly string[];
}

const CLAIM_DAYS = 30;
const DAY_MS = 86_400_000;
const PATH = ['input', 'orderNo'];
const MOST_URLS = 10;

/** What the constraint says to whoever claims the same once more. */
export const CLAIMED_ALREADY: UserErrorValue = {
  __typename: 'StateConflict',
  message: 'You have claimed this line already.',
  path: PATH,
  state: 'CLAIMED',
};

/**
 * Claims an order line that is credited to nobody for a creator, at most 30 days after it was placed (domain.md, "Orders and
 * attribution"), also where one side has blocked the other since. One that is credited to somebody is not found: whose it is
 * concerns nobody else. Gives the id.
 */
export async function openAttributionClaim(tx: Tx, claim: NewAttributionClaim, now: Date): Promise<string> {
  const { brandId, creatorId, orderNo, lineNo, statement, evidenceUrls } = claim;
  check(claim);
  const [line] = await tx.rows(sql<{ id: string; placedAt: Date }>`
    select l.id, l.placed_at as "placedAt" from order_source s
    join order_line_key k on k.brand_id = ${brandId} and k.source_id = s.id and k.order_no = ${orderNo}
      and k.line_no = ${lineNo}
    join order_line l on l.brand_id = k.brand_id and l.id = k.line_id and l.creator_id is null
    where s.reporter_id = ${brandId} or s.reporter_id = (select id from alliance)
    order by l.placed_at desc limit 1`);
  if (line === undefined) throw unknown(PATH, 'order line without a creator');
  if (line.placedAt.getTime() + CLAIM_DAYS * DAY_MS <= now.getTime())
    throw wrongState(PATH, 'TOO_LATE', `A line can be claimed for ${CLAIM_DAYS} days after it was placed.`);
  const id = newId();
  await tx.rows(sql`
    insert into attribution_claim (id, brand_id, line_id, creator_id, order_no, line_no, statement, evidence_urls, state, opened_at)
    values (${id}, ${brandId}, ${line.id}, ${creatorId}, ${orderNo}, ${lineNo}, ${statement.trim()},
      ${[...evidenceUrls]}::text[], 'OPEN', ${now})`);
  const subject = { type: 'AttributionClaim', id };
  await announce(
    tx,
    [{ kind: 'ATTRIBUTION_CLAIM_OPENED', subject, to: [brandId, creatorId], data: { orderNo, lineNo } }],
    now,
  );
  return id;
}

function check({ orderNo, lineNo, statement, evidenceUrls }: NewAttributionClaim): void {
  const isOrderNo = orderNo.length >= 1 && orderNo.length <= 64 && isCleanText(orderNo);
  new Checks()
    .that(isOrderNo, 'orderNo', 'An order number has 1 to 64 characters and no control characters.')
    .that(lineNo >= 1 && lineNo <= 1_000_000, 'lineNo', 'Lines are numbered from 1 to 1000000.')
    .text(statement, 'statement', 1, 2000)
    .that(
      evidenceUrls.length <= MOST_URLS && evidenceUrls.every(isWebAddress),
      'evidenceUrls',
      `At most ${MOST_URLS} https addresses of at most 500 characters.`,
    )
    .done();
}
