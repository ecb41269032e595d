import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import { unknown, wrongState } from '../../graphql/user-errors.ts';
import { mayMove } from '../../kernel/transitions.ts';
import type { FindingRow } from './finding.loaders.ts';
import { FINDING_MACHINE, type FindingState } from './finding-state.ts';
import { checkPenalty, givePenalty, lockForPenalty, type NewPenalty } from './give-penalty.ts';
import { tellReporters } from './tell-reporters.ts';

/** The decision of an operator on a finding. */
export interface FindingDecision {
  readonly outcome: 'UPHELD' | 'DISMISSED';
  /** For whoever wrote the text. */
  readonly reason: string;
  /** Only with UPHELD. */
  readonly penalty: NewPenalty | null;
}

const PATH = ['input', 'claimFindingId'];

/** Decides a finding, once: of two who decide at the same moment the second is refused. A penalty is given with it. */
export async function decideFinding(
  tx: Sql,
  { id, partyId }: Pick<FindingRow, 'id' | 'partyId'>,
  decision: FindingDecision,
  now: Date,
): Promise<void> {
  const { outcome, reason, penalty } = decision;
  const checks = new Checks()
    .text(reason, 'reason', 1, 500)
    .that(penalty === null || outcome === 'UPHELD', 'penalty', 'Only what is upheld carries a penalty.');
  if (penalty !== null) checkPenalty(checks, penalty, now);
  checks.done();
  if (penalty !== null) await lockForPenalty(tx, partyId, penalty, now);
  const [finding] = await tx.rows(sql<{ state: FindingState }>`
    select state from claim_finding where id = ${id} for update`);
  if (finding === undefined) throw unknown(PATH, 'claim finding');
  if (!mayMove(FINDING_MACHINE, finding.state, outcome))
    throw wrongState(PATH, finding.state, `The finding is ${finding.state} already.`);
  await tx.rows(sql`
    update claim_finding set state = ${outcome}, reason = ${reason}, decided_at = greatest(${now}::timestamptz, found_at)
    where id = ${id}`);
  const subject = { type: 'ClaimFinding', id };
  await announce(tx, [{ kind: 'SCREENING_DECIDED', subject, to: [partyId], data: { state: outcome } }], now);
  await tellReporters(tx, [id], outcome, now);
  if (penalty !== null) await givePenalty(tx, { id, partyId }, penalty, now);
}
