import { CompiledQuery, type DatabaseConnection, sql } from 'kysely';
import type { Tx } from './database.ts';

/** The role that every connection of the application works as. It owns nothing, so what it was not granted it lacks. */
export const APP_ROLE = 'goods_alliance_app';

/** What was append-only when the application's role was made; what came later is made so by its own migration. */
export const APPEND_ONLY_AT_FIRST = [
  'ledger_transfer',
  'commission_entry',
  'commission_step',
  'audit_entry',
  'engagement_entry',
  'line_settlement',
  'settlement_batch',
  'clawback_recovery',
  'escrow_movement',
  'payout_answer',
  'payout_correction',
  'payout_posting',
  'frozen_terms',
  'statement',
  'statement_account',
  'statement_total',
] as const;

/** Tables whose rows are written once: the application may add to them and read them, and nothing else. */
export const APPEND_ONLY = [
  ...APPEND_ONLY_AT_FIRST,
  'audit_concern',
  'order_line_key',
  'order_event_key',
  'detached_month',
  'detached_amount',
  'detached_batch',
  'live_plan_version',
  'source_document',
  'boost_charge',
  'boost_pause',
  'claim_report',
  'event_prize',
  'event_award',
  'share_credit',
] as const;

/** Whether this user may work as the role, and the role was given the tables of this database. */
const ROLE_IS_OURS = `exists (
  select from pg_roles where rolname = '${APP_ROLE}' and pg_has_role(oid, 'MEMBER')
    and has_table_privilege(oid, to_regclass('ledger_transfer'), 'INSERT'))`;

/**
 * The part of a migration that makes these tables append-only: the role loses the right to change them. Where the user
 * of the database has no such role, a trigger refuses the same statements with the same SQLSTATE, 42501.
 */
export const appendOnly = (tables: readonly string[]): string => /* sql */ `
do $$
declare name text;
begin
  foreach name in array array[${tables.map((table) => `'${table}'`).join(', ')}] loop
    if ${ROLE_IS_OURS} then
      execute format('revoke update, delete, truncate on %I from ${APP_ROLE}', name);
    else
      execute format('create trigger append_only before update or delete or truncate on %I
        for each statement execute function refuse_change()', name);
    end if;
  end loop;
end $$;
`;

/** What makes a connection ready; see setUpConnection. */
export const SET_UP = CompiledQuery.raw(`
  select set_config('jit', 'off', false), set_config('TimeZone', 'UTC', false),
    case when ${ROLE_IS_OURS} then set_config('role', '${APP_ROLE}', false) end`);

/**
 * Makes a connection ready. The application's role becomes its own; it stays the owner's before the first migration. And
 * PostgreSQL compiles no statement to machine code, which takes it a quarter of a second where the statement takes a few
 * milliseconds. Times come in UTC, which parseTime reads quickly.
 */
export async function setUpConnection(connection: DatabaseConnection): Promise<void> {
  await connection.executeQuery(SET_UP);
}

/** Does the work with the rights of the database's owner, for what only an owner may do, within this transaction. */
export async function asOwner<Result>(tx: Tx, work: () => Promise<Result>): Promise<Result> {
  const [before] = await tx.rows(sql<{ role: string }>`select current_setting('role') as role`);
  await tx.rows(sql`set local role none`);
  const result = await work();
  // After a failure the transaction is rolled back, and the role with it.
  await tx.rows(sql`select set_config('role', ${before?.role}, true)`);
  return result;
}

/** Renews what the planner knows of these tables, of all when none is named. To the application's role it is forbidden. */
export async function analyze(tx: Tx, ...tables: string[]): Promise<void> {
  const named = tables.length === 0 ? sql`` : sql.join(tables.map((table) => sql.table(table)));
  await asOwner(tx, () => tx.rows(sql`analyze ${named}`));
}
