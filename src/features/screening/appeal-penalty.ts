import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import { unknown, wrongState } from '../../graphql/user-errors.ts';
import { mayMove } from '../../kernel/transitions.ts';
import { findAlliance } from '../account/index.ts';
import { APPEAL_MACHINE, type AppealState } from './finding-state.ts';
import type { PenaltyRow } from './penalty.loaders.ts';

/** So long after a penalty its party may appeal. */
const APPEAL_DAYS = 30;
const PATH = ['input', 'claimPenaltyId'];

/** Until when, to the moment and without it, a penalty may be appealed against. */
export const appealableUntil = ({ givenAt }: Pick<PenaltyRow, 'givenAt'>): Date =>
  new Date(givenAt.getTime() + APPEAL_DAYS * 86_400_000);

/** Appeals against a penalty, once. It holds until the appeal is granted. */
export async function appealPenalty(tx: Sql, penaltyId: string, text: string, now: Date): Promise<void> {
  new Checks().text(text, 'text', 1, 2000).done();
  const penalty = await lockPenalty(tx, penaltyId);
  if (penalty.appealState !== null)
    throw wrongState(PATH, penalty.appealState, 'Against a penalty one appeals once.');
  const until = appealableUntil(penalty);
  if (now >= until) throw wrongState(PATH, 'LATE', `One could appeal until ${until.toISOString()}.`);
  await tx.rows(sql`
    update claim_penalty set appeal_state = 'OPEN', appeal_text = ${text},
      appealed_at = greatest(${now}::timestamptz, given_at)
    where id = ${penaltyId}`);
  const to = [penalty.partyId, (await findAlliance(tx))?.id].flatMap((party) => party ?? []);
  await announce(
    tx,
    [{ kind: 'PENALTY_APPEALED', subject: { type: 'ClaimPenalty', id: penaltyId }, to }],
    now,
  );
}

/** The decision of an operator on an appeal. */
export interface AppealDecision {
  readonly outcome: 'GRANTED' | 'REJECTED';
  readonly note: string;
}

/** Decides an appeal, once. A penalty whose appeal is granted is lifted; a brand then resumes its products. */
export async function decideAppeal(
  tx: Sql,
  penaltyId: string,
  { outcome, note }: AppealDecision,
  now: Date,
): Promise<void> {
  new Checks().text(note, 'note', 1, 500).done();
  const { appealState, partyId } = await lockPenalty(tx, penaltyId);
  if (appealState === null)
    throw wrongState(PATH, 'NOT_APPEALED', 'Nobody has appealed against the penalty.');
  if (!mayMove(APPEAL_MACHINE, appealState, outcome))
    throw wrongState(PATH, appealState, `The appeal is ${appealState} already.`);
  const decided = sql`greatest(${now}::timestamptz, appealed_at)`;
  await tx.rows(sql`
    update claim_penalty set appeal_state = ${outcome}, appeal_note = ${note}, appeal_decided_at = ${decided},
      lifted_at = case when ${outcome === 'GRANTED'} then ${decided} end
    where id = ${penaltyId}`);
  const kind = outcome === 'GRANTED' ? 'PENALTY_LIFTED' : 'PENALTY_APPEAL_REJECTED';
  await announce(tx, [{ kind, subject: { type: 'ClaimPenalty', id: penaltyId }, to: [partyId] }], now);
}

type Locked = Pick<PenaltyRow, 'partyId' | 'givenAt'> & { readonly appealState: AppealState | null };

async function lockPenalty(tx: Sql, id: string): Promise<Locked> {
  const [penalty] = await tx.rows(sql<Locked>`
    select party_id as "partyId", given_at as "givenAt", appeal_state as "appealState"
    from claim_penalty where id = ${id} for update`);
  if (penalty === undefined) throw unknown(PATH, 'claim penalty');
  return penalty;
}
