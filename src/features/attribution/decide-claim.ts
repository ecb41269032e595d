import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import { unknown, wrongState } from '../../graphql/user-errors.ts';
import { creditLine, type LinePlace, type NotCredited } from '../order/index.ts';
import { postCredited } from '../settlement/index.ts';
import {
  type AttributionClaimDecider,
  type AttributionClaimRow,
  type AttributionClaimState,
  attributionClaimsWhere,
} from './claim.loaders.ts';

export interface AttributionDecision {
  readonly claimId: string;
  readonly outcome: Exclude<AttributionClaimState, 'OPEN'>;
  readonly by: AttributionClaimDecider;
  readonly note: string | null;
}

const PATH = ['input', 'attributionClaimId'];

const SAID: Readonly<Record<NotCredited, string>> = {
  NOT_FOUND: 'The line lies in an old month that the alliance has put away.',
  CREDITED: 'The line is credited to somebody by now.',
  NO_OFFER_IN_FORCE: 'No plan was open to this creator when the line was placed: there is nothing to pay by.',
};

/**
 * Decides a claim, once. Where it is upheld, the line is credited to the creator by the terms of when it was placed, its commission
 * is posted for all that has happened to it since, and other claims on it are dismissed.
 */
export async function decideAttributionClaim(
  tx: Tx,
  decision: AttributionDecision,
  now: Date,
): Promise<void> {
  const { claimId, outcome, by, note } = decision;
  new Checks().text(note ?? '-', 'note', 1, 2000).done();
  const [claim] = await tx.rows(attributionClaimsWhere(sql`t.id = ${claimId} for update`));
  if (claim === undefined) throw unknown(PATH, 'claim');
  if (claim.state !== 'OPEN') throw wrongState(PATH, claim.state, `The claim is ${claim.state} already.`);
  if (outcome === 'UPHELD') await credit(tx, claim, now);
  await tx.rows(sql`
    update attribution_claim set state = ${outcome}, decided_at = greatest(${now}::timestamptz, opened_at), decided_by = ${by},
      note = ${note?.trim() ?? null} where id = ${claimId}`);
  await tell(tx, [{ ...claim, state: outcome }], now);
  if (outcome === 'UPHELD') await dismissOthers(tx, claim, now);
}

async function credit(tx: Tx, { brandId, lineId, creatorId }: AttributionClaimRow, now: Date): Promise<void> {
  const [place] = await tx.rows(sql<LinePlace>`
    select brand_id as "brandId", source_id as "sourceId", order_no as "orderNo", line_no as "lineNo" from order_line
    where brand_id = ${brandId} and id = ${lineId}`);
  const change = place === undefined ? 'NOT_FOUND' : await creditLine(tx, place, creatorId);
  if (typeof change === 'string') throw wrongState(PATH, change, SAID[change]);
  await postCredited(tx, [change], now);
}

/** A line is credited to one: who else claims it is told so. */
async function dismissOthers(tx: Tx, { brandId, lineId }: AttributionClaimRow, now: Date): Promise<void> {
  const others = await tx.rows(
    attributionClaimsWhere(sql`t.brand_id = ${brandId} and t.line_id = ${lineId} and t.state = 'OPEN'
      order by t.id for update`),
  );
  await tx.rows(sql`
    update attribution_claim set state = 'DISMISSED', decided_at = greatest(${now}::timestamptz, opened_at),
      decided_by = 'ANOTHER_CLAIM' where id = any(${others.map(({ id }) => id)}::uuid[])`);
  await tell(
    tx,
    others.map((claim) => ({ ...claim, state: 'DISMISSED' })),
    now,
  );
}

const tell = (tx: Tx, decided: readonly AttributionClaimRow[], now: Date): Promise<void> =>
  announce(
    tx,
    decided.map(({ id, brandId, creatorId, state, orderNo, lineNo }) => ({
      kind:
        state === 'UPHELD' ? ('ATTRIBUTION_CLAIM_UPHELD' as const) : ('ATTRIBUTION_CLAIM_DISMISSED' as const),
      subject: { type: 'AttributionClaim', id },
      to: [brandId, creatorId],
      data: { orderNo, lineNo },
    })),
    now,
  );
