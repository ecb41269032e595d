import { sql } from 'kysely';
import type { Sql, Tx } from '../../db/database.ts';
import { lockOrderLines } from '../../db/locks.ts';
import { announce } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import { unknown, wrongState } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { mayMove } from '../../kernel/transitions.ts';
import { lineKeyOf, takeOrderEvents } from '../order/index.ts';
import { closeCase, postLines } from '../settlement/index.ts';
import type { ClaimRow } from './claim.loaders.ts';
import { type ClaimParts, partsOf } from './claim-amounts.ts';
import { CLAIM_MACHINE, type ClaimDecider, type ClaimPayer } from './claim-state.ts';

/** The decision on a claim. */
export type ClaimDecision =
  | {
      readonly outcome: 'UPHELD';
      readonly payer: ClaimPayer;
      /** What of the claim is upheld; all of it when null. */
      readonly upheldMinor: bigint | null;
      readonly note: string | null;
      readonly by: ClaimDecider;
    }
  | { readonly outcome: 'DISMISSED'; readonly note: string };

/** Where the line of a claim was reported. */
interface Reported {
  readonly sourceId: string;
  readonly source: string;
  readonly reporterId: string;
  readonly orderNo: string;
  readonly lineNo: number;
  readonly goodsPaidMinor: bigint;
}

const PATH = ['input', 'claimId'];

/**
 * Decides a claim, once: of two who decide at the same moment the second is refused. What goes back for goods is
 * entered as a refund of the line, by an event whose id the claim names: base, shares, clawbacks and the ledger move as
 * with any refund, in this transaction. Compensation beside the goods is between the payer and the buyer.
 */
export async function decideClaim(
  tx: Tx,
  named: Pick<ClaimRow, 'brandId' | 'id' | 'lineId'>,
  decision: ClaimDecision,
  now: Date,
): Promise<void> {
  check(decision);
  const reported = await readReported(tx, named);
  // The lock of the intake, before the claim's own row: locks are taken in one order (db/locks.ts).
  await lockOrderLines(tx, [lineKeyOf({ ...named, ...reported, source: reported.sourceId })]);
  const claim = await lockOpen(tx, named, decision);
  const parts = partsUpheld(claim, decision, reported);
  const eventId = parts !== null && parts.goodsMinor > 0n ? `claim-${newId()}` : null;
  await write(tx, claim, decision, { parts, eventId }, now);
  const outcome = decision.outcome === 'UPHELD' ? 'REFUNDED' : 'REJECTED';
  const { brandId, caseId, lineId, id: claimId } = claim;
  await closeCase(tx, { brandId, id: caseId, lineId }, { outcome, note: null, claimId }, now);
  await tell(tx, claim, decision, parts, now);
  if (parts !== null && eventId !== null) await refund(tx, claim, { ...reported, eventId, ...parts }, now);
}

function check(decision: ClaimDecision): void {
  const { note } = decision;
  if (note !== null) new Checks().text(note, 'note', 1, 2000).done();
}

async function readReported(tx: Sql, { brandId, lineId }: Pick<ClaimRow, 'brandId' | 'lineId'>) {
  const [row] = await tx.rows(sql<Reported>`
    select s.id as "sourceId", s.name as source, s.reporter_id as "reporterId", l.order_no as "orderNo",
      l.line_no as "lineNo", l.goods_paid_minor as "goodsPaidMinor"
    from order_line l join order_source s on s.id = l.source_id where l.brand_id = ${brandId} and l.id = ${lineId}`);
  if (row === undefined) throw unknown(PATH, 'claim');
  return row;
}

type LockedClaim = Pick<
  ClaimRow,
  'brandId' | 'id' | 'lineId' | 'creatorId' | 'kind' | 'state' | 'currency' | 'amountMinor' | 'caseId'
>;

async function lockOpen(tx: Sql, { brandId, id }: { brandId: string; id: string }, decision: ClaimDecision) {
  const [claim] = await tx.rows(sql<LockedClaim>`
    select brand_id as "brandId", id, line_id as "lineId", creator_id as "creatorId", kind, state, currency,
      amount_minor as "amountMinor", case_id as "caseId"
    from trust_claim where brand_id = ${brandId} and id = ${id} for update`);
  if (claim === undefined) throw unknown(PATH, 'claim');
  if (!mayMove(CLAIM_MACHINE, claim.state, decision.outcome))
    throw wrongState(PATH, claim.state, `The claim is ${claim.state} already.`);
  return claim;
}

function partsUpheld(claim: LockedClaim, decision: ClaimDecision, line: Reported): ClaimParts | null {
  if (decision.outcome === 'DISMISSED') return null;
  const upheldMinor = decision.upheldMinor ?? claim.amountMinor;
  new Checks()
    .that(
      upheldMinor >= 1n && upheldMinor <= claim.amountMinor,
      'upheldMinor',
      `From 1 to the ${claim.amountMinor} minor units that are claimed.`,
    )
    .done();
  return partsOf(claim.kind, upheldMinor, line);
}

async function write(
  tx: Sql,
  { brandId, id }: LockedClaim,
  decision: ClaimDecision,
  { parts, eventId }: { readonly parts: ClaimParts | null; readonly eventId: string | null },
  now: Date,
): Promise<void> {
  const { by, payer } = decision.outcome === 'UPHELD' ? decision : { by: 'OPERATOR', payer: null };
  await tx.rows(sql`
    update trust_claim set state = ${decision.outcome}, decided_at = greatest(${now}::timestamptz, opened_at),
      decided_by = ${by}, note = ${decision.note}, payer = ${payer}, goods_minor = ${parts?.goodsMinor ?? null},
      compensation_minor = ${parts?.compensationMinor ?? null}, refund_event_id = ${eventId}
    where brand_id = ${brandId} and id = ${id}`);
}

type Refund = Reported & ClaimParts & { readonly eventId: string };

/** Reports the refund where the line was reported, so that the line stays what its events make of it. */
async function refund(tx: Tx, { brandId }: LockedClaim, line: Refund, now: Date): Promise<void> {
  const { reporterId, source, orderNo, lineNo, eventId, goodsMinor: amountMinor } = line;
  const event = {
    ...{ eventId, source, brandId, orderNo, lineNo, occurredAt: now },
    kind: 'REFUNDED' as const,
    refund: { amountMinor, quantity: 0 },
  };
  const [answer] = await takeOrderEvents(tx, reporterId, [event], postLines, now);
  if (answer?.status !== 'APPLIED')
    throw new Error(`The refund of a claim was not taken: ${JSON.stringify(answer)}`);
}

/** Tells both sides, whoever decided. */
async function tell(
  tx: Sql,
  { brandId, creatorId, id, currency }: LockedClaim,
  decision: ClaimDecision,
  parts: ClaimParts | null,
  now: Date,
): Promise<void> {
  const to = creatorId === null ? [brandId] : [brandId, creatorId];
  const subject = { type: 'TrustClaim', id, brandId };
  if (decision.outcome === 'DISMISSED' || parts === null)
    return announce(tx, [{ kind: 'CLAIM_DISMISSED', subject, to }], now);
  const { goodsMinor, compensationMinor } = parts;
  const data = {
    payer: decision.payer,
    goodsMinor: String(goodsMinor),
    compensationMinor: String(compensationMinor),
    currency,
  };
  return announce(tx, [{ kind: 'CLAIM_UPHELD', subject, to, data }], now);
}
