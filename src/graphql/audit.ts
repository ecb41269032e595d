import { sql } from 'kysely';
import type { Sql } from '../db/database.ts';
import { fromGlobalId, newId, UUID } from '../kernel/ids.ts';
import { type Actor, isSignedIn } from './actor.ts';
import type { RequestContext } from './context.ts';

/** What became of a call: it was done, done before under the same key, refused with an answer, or failed by our fault. */
export type AuditOutcome = 'DONE' | 'REPEATED' | 'REFUSED' | 'FAILED';

/** One call of a mutation, on its way into the audit log. */
export interface AuditedCall {
  readonly operation: string;
  readonly input: object;
  /** The global id of what the call was about, by its result. */
  readonly objectOf?: (result: unknown) => string | undefined;
  /** Whether what was done stands in the log: it was written in the transaction that did it, which is committed. */
  entered?: boolean;
  /** Whether it was done before, so that nothing was done this time. */
  repeated?: boolean;
}

/** One line of the audit log. Nothing of an input but the names of its fields: values may be personal, or secret. */
export interface NewAuditEntry {
  readonly at: Date;
  readonly actor?: Pick<Actor, 'userId' | 'apiKeyId' | 'issuer' | 'subject'>;
  /** The organisation that was acted for, whose log shows who it was and from where. */
  readonly partyId?: string;
  /** Whose logs it stands in. */
  readonly concerned: readonly string[];
  readonly operation: string;
  /** The global id of what it was done to. */
  readonly object?: string;
  readonly address?: string;
  readonly requestId?: string;
  readonly outcome: AuditOutcome;
  /** The types of the user errors, or the code, by which it was refused. */
  readonly errorTypes?: readonly string[];
  readonly inputFields?: readonly string[];
  readonly attempts?: number;
}

/** Adds lines to the audit log. One statement. */
export async function writeAuditEntries(db: Sql, entries: readonly NewAuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await db.rows(sql`
    with said as (
      select * from jsonb_to_recordset(${JSON.stringify(entries.map(rowOf))}::jsonb) as e (id uuid, at timestamptz,
        user_id uuid, issuer text, newcomer text, api_key_id uuid, party_id uuid, concerned uuid[], operation text,
        object text, address text, outcome text, error_types text[], input_fields text[], request_id uuid, attempts int)),
    entry as (
      insert into audit_entry (id, at, user_id, subject, api_key_id, party_id, operation, object, address, outcome,
        error_types, input_fields, request_id, attempts)
      select s.id, at, coalesce(user_id, u.id), s.issuer || ' ' || newcomer, api_key_id, party_id, operation, object, address,
        outcome, error_types, input_fields, request_id, attempts
      from said s left join app_user u on u.issuer = s.issuer and u.subject = newcomer)
    insert into audit_concern (party_id, at, entry_id, operation)
    select party, at, id, operation from said, unnest(concerned) as party`);
}

/** Who registers in this very transaction, a newcomer, has an account only since then. */
function rowOf(entry: NewAuditEntry): object {
  const { userId, issuer, subject, apiKeyId } = entry.actor ?? {};
  const newcomer = userId === undefined && subject !== undefined;
  return {
    id: newId(),
    at: entry.at,
    user_id: userId,
    ...(newcomer && { issuer, newcomer: subject.toWellFormed() }),
    api_key_id: apiKeyId,
    party_id: entry.partyId,
    concerned: [...new Set(entry.concerned)],
    operation: entry.operation,
    object: entry.object,
    address: entry.address,
    outcome: entry.outcome,
    error_types: entry.errorTypes ?? [],
    input_fields: entry.inputFields ?? [],
    request_id: entry.requestId,
    attempts: entry.attempts ?? 1,
  };
}

/** What tells of a mutation that is done, to be written in the transaction that does it; see AuditedCall.entered. */
export const auditEntryOf = (context: RequestContext, call: AuditedCall, result: unknown): NewAuditEntry => ({
  ...lineOf(context, call, result),
  outcome: 'DONE',
});

/** Notes what a mutation did, in the transaction that did it. Once that is committed the call is to be marked as entered. */
export function auditDone(
  tx: Sql,
  context: RequestContext,
  call: AuditedCall,
  result: unknown,
): Promise<void> {
  return writeAuditEntries(tx, [auditEntryOf(context, call, result)]);
}

/** Notes a call that did nothing: one that was refused, failed, or had been done before. Of nobody nothing is noted. */
export async function auditUndone(
  context: RequestContext,
  call: AuditedCall,
  outcome: AuditOutcome,
  errorTypes: readonly string[] = [],
): Promise<void> {
  if (!isSignedIn(context.actor)) return;
  await writeAuditEntries(context.database, [{ ...lineOf(context, call, undefined), outcome, errorTypes }]);
}

function lineOf(context: RequestContext, call: AuditedCall, result: unknown) {
  const { actor, clock, address, requestId } = context;
  const { operation, input } = call;
  const inputFields = Object.entries(input).flatMap(([name, value]) => (value == null ? [] : [name]));
  const object = call.objectOf?.(result) ?? objectOfInput(input);
  return {
    at: clock.now(),
    actor,
    operation,
    object,
    address,
    requestId,
    inputFields,
    ...partiesOf(actor, input, result, object),
  };
}

/** What an input is about: the first global id in it, since the subject comes first. */
function objectOfInput(input: object): string | undefined {
  for (const [name, value] of Object.entries(input))
    if (name !== 'idempotencyKey' && typeof value === 'string' && fromGlobalId(value)) return value;
  return undefined;
}

/** The columns by which a row belongs to an organisation. */
const OWNERS = ['partyId', 'brandId', 'agencyId', 'creatorId'];
const PARTY_TYPES = /^(Brand|Agency|Creator)_/;

/**
 * The organisation that was acted for, and all in whose logs it stands. Where the caller belongs to several, it is the
 * one that the input or the result names; what none of them is named in, only operators see.
 */
function partiesOf(
  { seats }: Actor,
  input: object,
  result: unknown,
  object: string | undefined,
): { partyId?: string; concerned: string[] } {
  const columns = columnsOf(result);
  const named = new Set([...idsOf(input), ...columns.map(([, value]) => value)]);
  const own = seats.filter(({ partyKind }) => partyKind !== 'ALLIANCE').map(({ partyId }) => partyId);
  const acting = own.filter((id) => named.has(id));
  if (acting.length > 0) return { partyId: acting[0], concerned: acting };
  const itself = object !== undefined && PARTY_TYPES.test(object) ? [fromGlobalId(object)?.id ?? ''] : [];
  const alliance = seats.find(({ partyKind }) => partyKind === 'ALLIANCE')?.partyId;
  if (alliance !== undefined) {
    const owners = columns.filter(([name]) => OWNERS.includes(name)).map(([, value]) => value);
    const done = result === undefined ? [] : [...owners, ...itself];
    return { partyId: alliance, concerned: [alliance, ...done] };
  }
  // Who had no organisation has just registered one.
  const only = own.length === 0 && result !== undefined ? itself : own;
  return only.length === 1 ? { partyId: only[0], concerned: only } : { concerned: [] };
}

const idsOf = (input: object): string[] =>
  Object.values(input).flatMap((value) => (typeof value === 'string' ? (fromGlobalId(value)?.id ?? []) : []));

/** The columns of a row that hold ids, also of one inside of the result, such as the key of a new key. */
function columnsOf(result: unknown, depth = 0): [name: string, value: string][] {
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return [];
  return Object.entries(result).flatMap(([name, value]) => {
    if (typeof value === 'string') return UUID.test(value) ? [[name, value] as [string, string]] : [];
    return depth === 0 ? columnsOf(value, 1) : [];
  });
}
