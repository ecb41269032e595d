import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { unknown, wrongState } from '../../graphql/user-errors.ts';
import { mayMove } from '../../kernel/transitions.ts';
import { type BoostRow, boostsWhere } from './boost.loaders.ts';
import { BOOST_MACHINE, type BoostState } from './boost-state.ts';
import { endBoosts } from './move-boosts.ts';

const PATH = ['input', 'boostId'];

/** Shows a boost no further until it is resumed; its time goes on. */
export async function pauseBoost(tx: Sql, id: string, now: Date): Promise<void> {
  await locked(tx, id, 'PAUSED');
  await tx.rows(sql`update boost set state = 'PAUSED', paused_at = ${now} where id = ${id}`);
}

/** Shows a paused boost again. The pause is kept: what was shown in it and is told later costs nothing. */
export async function resumeBoost(tx: Sql, id: string, now: Date): Promise<void> {
  await locked(tx, id, 'ACTIVE');
  await tx.rows(sql`
    insert into boost_pause (boost_id, paused_at, resumed_at)
    select id, paused_at, greatest(${now}::timestamptz, paused_at) from boost where id = ${id}
    on conflict (boost_id, paused_at) do nothing`);
  await tx.rows(sql`update boost set state = 'ACTIVE', paused_at = null where id = ${id}`);
}

/** Ends a boost before its time, and gives back what is left of its budget. What is reported later is not charged. */
export async function stopBoost(tx: Sql, id: string, now: Date): Promise<void> {
  await endBoosts(tx, [await locked(tx, id, 'ENDED')], 'STOPPED', now);
}

/** The boost under its lock, in a state from which it may move so. */
async function locked(tx: Sql, id: string, to: BoostState): Promise<BoostRow> {
  const [boost] = await tx.rows(boostsWhere(sql`t.id = ${id} for update`));
  if (boost === undefined) throw unknown(PATH, 'boost');
  if (mayMove(BOOST_MACHINE, boost.state, to)) return boost;
  throw wrongState(PATH, boost.state, `A boost that is ${boost.state} cannot become ${to}.`);
}
