import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { select } from '../../graphql/loaders.ts';
import { endPayouts } from './end-payouts.ts';
import { type AnswerSource, PAYOUT_COLUMNS, type PayoutRow } from './payout-rows.ts';
import { type AnswerEffect, isFinal, type PayoutState, pathOf, type Said } from './payout-state.ts';
import { tellOf } from './tell-payouts.ts';

/** What a bank or a provider has said of one payout. */
export interface ProviderAnswer {
  readonly payoutId: string;
  readonly source: AnswerSource;
  readonly said: Said;
  /** A reason of the provider's or of ISO 20022, such as AC04. */
  readonly code?: string;
  readonly detail?: string;
}

/** What an answer has done. */
export interface AppliedAnswer {
  readonly answer: ProviderAnswer;
  readonly effect: AnswerEffect;
  readonly before: PayoutRow;
  readonly after: PayoutRow;
}

/**
 * Keeps answers and moves the payouts by them. The first final answer moves the money; whatever comes after it moves
 * nothing, and where it says the contrary the payout is marked for an operator. Payouts are locked in the order of
 * their ids, the ledger last. Of each payout one answer at most; of those that do not exist none is kept.
 */
export async function applyAnswers(
  tx: Sql,
  answers: readonly ProviderAnswer[],
  now: Date,
): Promise<AppliedAnswer[]> {
  const payouts = await lockPayouts(
    tx,
    answers.map(({ payoutId }) => payoutId),
  );
  const applied = answers.flatMap((answer) => {
    const before = payouts.get(answer.payoutId);
    return before === undefined ? [] : [outcomeOf(before, answer, now)];
  });
  if (applied.length === 0) return [];
  await keepAnswers(tx, applied, now);
  await writePayouts(
    tx,
    applied.map(({ after }) => after),
  );
  await tellOf(tx, applied.flatMap(newsOf), now);
  const ended = applied.filter(({ before, after }) => after.endings > before.endings);
  await endPayouts(
    tx,
    ended.map(({ after }) => after),
    now,
  );
  return applied;
}

/** Payouts under lock, by their ids. */
export async function lockPayouts(tx: Sql, ids: readonly string[]): Promise<Map<string, PayoutRow>> {
  const rows = await tx.rows(sql<PayoutRow>`
    select ${select('t', PAYOUT_COLUMNS)} from payout t
    where t.id = any(${ids}::uuid[]) order by t.id for update`);
  return new Map(rows.map((row) => [row.id, row]));
}

/** What becomes of a payout by an answer. Pure. */
function outcomeOf(before: PayoutRow, answer: ProviderAnswer, now: Date): AppliedAnswer {
  const { effect, path } = pathOf(before.state, answer.said);
  const state = path.at(-1) ?? before.state;
  const ends = path.some(isFinal);
  const after: PayoutRow = {
    ...before,
    state,
    answers: before.answers + 1,
    contradicted: before.contradicted || effect === 'CONTRADICTS',
    sentAt: before.sentAt ?? (path.length > 0 ? now : null),
    ...(ends && { endedAt: now, endings: before.endings + 1 }),
    ...(ends &&
      state === 'FAILED' && { failureCode: answer.code ?? null, failureDetail: answer.detail ?? null }),
  };
  return { answer, effect, before, after };
}

/** Each state that was entered, told once. */
const newsOf = ({ before, answer, after }: AppliedAnswer): { payout: PayoutRow; state: PayoutState }[] =>
  pathOf(before.state, answer.said).path.map((state) => ({ payout: after, state }));

async function keepAnswers(tx: Sql, applied: readonly AppliedAnswer[], now: Date): Promise<void> {
  const column = <Value>(value: (one: AppliedAnswer) => Value) => applied.map(value);
  await tx.rows(sql`
    insert into payout_answer (payout_id, no, source, said, code, detail, effect, received_at)
    select v.*, ${now} from unnest(
      ${column(({ after }) => after.id)}::uuid[], ${column(({ after }) => after.answers)}::int[],
      ${column(({ answer }) => answer.source)}::text[], ${column(({ answer }) => answer.said)}::text[],
      ${column(({ answer }) => answer.code ?? null)}::text[], ${column(({ answer }) => answer.detail ?? null)}::text[],
      ${column(({ effect }) => effect)}::text[]) v`);
}

/** Writes what moves of payouts that are locked. */
export async function writePayouts(tx: Sql, payouts: readonly PayoutRow[]): Promise<void> {
  const column = <Value>(value: (payout: PayoutRow) => Value) => payouts.map(value);
  await tx.rows(sql`
    update payout p set state = v.state, batch_id = v.batch_id, failure_code = v.failure_code,
      failure_detail = v.failure_detail, contradicted = v.contradicted, endings = v.endings, answers = v.answers,
      sent_at = v.sent_at, ended_at = v.ended_at
    from unnest(
      ${column(({ id }) => id)}::uuid[], ${column(({ state }) => state)}::text[],
      ${column(({ batchId }) => batchId)}::uuid[], ${column(({ failureCode }) => failureCode)}::text[],
      ${column(({ failureDetail }) => failureDetail)}::text[], ${column(({ contradicted }) => contradicted)}::boolean[],
      ${column(({ endings }) => endings)}::int[], ${column(({ answers }) => answers)}::int[],
      ${column(({ sentAt }) => sentAt)}::timestamptz[], ${column(({ endedAt }) => endedAt)}::timestamptz[])
      v (id, state, batch_id, failure_code, failure_detail, contradicted, endings, answers, sent_at, ended_at)
    where p.id = v.id`);
}
