import { type RawBuilder, sql } from 'kysely';
import { type Actor, isOperator, partyIds } from '../../graphql/actor.ts';
import type { AuditOutcome } from '../../graphql/audit.ts';
import { keyset, limitOf, type Page } from '../../graphql/connection.ts';
import { oneByKey, pageByKey } from '../../graphql/loaders.ts';
import { idOfType, NO_ID } from '../../kernel/ids.ts';

export type AuditActorKind = 'PERSON' | 'API_KEY' | 'NOBODY';

/** An entry as the reader may see it: who it was and from where is told to the organisation that was acted for. */
export interface AuditRow {
  readonly id: string;
  readonly at: Date;
  readonly operation: string;
  readonly object: string | null;
  readonly outcome: AuditOutcome;
  readonly errorTypes: readonly string[];
  readonly inputFields: readonly string[];
  readonly requestId: string | null;
  readonly attempts: number;
  readonly partyId: string | null;
  readonly partyIds: readonly string[];
  readonly actorKind: AuditActorKind;
  readonly actorName: string | null;
  readonly address: string | null;
  readonly apiKeyId: string | null;
  readonly memberId: string | null;
  /** The organisation whose log it was read from. */
  readonly logOf?: string;
}

const COLUMNS = [
  ...(['id', 'at', 'operation', 'object', 'outcome', 'errorTypes', 'inputFields', 'requestId'] as const),
  ...([
    'attempts',
    'partyId',
    'partyIds',
    'actorKind',
    'actorName',
    'address',
    'apiKeyId',
    'memberId',
  ] as const),
];

/** What narrows a log. */
export interface AuditFilter {
  /** The global id of an API key or of a member. */
  readonly actorId?: string | null;
  readonly action?: string | null;
  readonly objectId?: string | null;
  readonly outcome?: AuditOutcome | null;
  readonly from?: Date | null;
  readonly to?: Date | null;
}

/** SQL: whether the reader belongs to the organisation that was acted for in `e`. */
const isOwn = (actor: Actor): RawBuilder<boolean> =>
  isOperator(actor) ? sql`true` : sql`e.party_id = any(${partyIds(actor)}::uuid[])`;

const shown = (actor: Actor) => sql`
  e.id, e.at, e.operation, e.object, e.outcome, e.error_types as "errorTypes", e.input_fields as "inputFields",
  e.request_id as "requestId", e.attempts, e.party_id as "partyId",
  array(select party_id from audit_concern where entry_id = e.id) as "partyIds",
  case when e.api_key_id is not null then 'API_KEY'
    when e.user_id is not null or e.subject is not null then 'PERSON' else 'NOBODY' end as "actorKind",
  case when ${isOwn(actor)} then coalesce(k.name, u.name, e.subject) end as "actorName",
  case when ${isOwn(actor)} then e.address end as address,
  case when ${isOwn(actor)} then e.api_key_id end as "apiKeyId",
  case when ${isOwn(actor)} then m.id end as "memberId"`;

const WHO = sql`
  left join api_key k on k.id = e.api_key_id
  left join app_user u on u.id = e.user_id
  left join membership m on m.user_id = e.user_id and m.party_id = e.party_id`;

/** SQL: what a filter leaves of the entries `e`; `log` is the alias of what is read first. */
function narrowed(filter: AuditFilter, actor: Actor, log: string): RawBuilder<boolean> {
  const conditions = [sql<boolean>`true`];
  const { actorId, action, objectId, outcome, from, to } = filter;
  if (action != null) conditions.push(sql`${sql.ref(`${log}.operation`)} = ${action}`);
  if (from != null) conditions.push(sql`${sql.ref(`${log}.at`)} >= ${from}`);
  if (to != null) conditions.push(sql`${sql.ref(`${log}.at`)} < ${to}`);
  if (objectId != null) conditions.push(sql`e.object = ${objectId}`);
  if (outcome != null) conditions.push(sql`e.outcome = ${outcome}`);
  if (actorId != null) conditions.push(sql`${isOwn(actor)} and ${actedBy(actorId)}`);
  return sql.join(conditions, sql` and `) as RawBuilder<boolean>;
}

function actedBy(actorId: string): RawBuilder<boolean> {
  const memberId = idOfType(actorId, 'OrganisationMember');
  if (memberId === undefined) return sql`e.api_key_id = ${idOfType(actorId, 'ApiKey') ?? NO_ID}`;
  return sql`e.user_id = (select user_id from membership where id = ${memberId})`;
}

const places = (at: string, id: string, page: Page) =>
  keyset(
    [
      { sql: sql.ref(at), type: 'timestamptz' },
      { sql: sql.ref(id), type: 'uuid' },
    ],
    'desc',
    page,
  );

export const auditEntryById = oneByKey<AuditRow>({
  name: 'auditEntryById',
  columns: COLUMNS,
  read: (ids, { sql: db, actor }) =>
    db.rows(sql<AuditRow>`
      select ${shown(actor)} from audit_entry e ${WHO} where e.id = any(${ids}::uuid[])`),
  keyOf: ({ id }) => id,
});

export const auditLogOfParty = pageByKey<AuditRow, AuditFilter>({
  name: 'auditLogOfParty',
  columns: COLUMNS,
  read: (keys, page, filter, { sql: db, actor }) => {
    const { where, order } = places('c.at', 'c.entry_id', page);
    return db.rows(sql<AuditRow>`
      select r.* from unnest(${keys}::uuid[]) p (id)
      cross join lateral (
        select ${shown(actor)}, c.party_id as "logOf" from audit_concern c join audit_entry e on e.id = c.entry_id ${WHO}
        where c.party_id = p.id and ${narrowed(filter, actor, 'c')} and ${where}
        order by ${order} ${limitOf(page)}) r
      order by r.at desc, r.id desc`);
  },
  keyOf: ({ logOf }) => logOf ?? NO_ID,
  cursorOf: ({ at, id }) => [at, id],
});

/** A page of all entries of the alliance, newest first, with one row more than asked for. SQL. */
export function auditEntries(filter: AuditFilter, actor: Actor, page: Page): RawBuilder<AuditRow> {
  const { where, order } = places('e.at', 'e.id', page);
  return sql<AuditRow>`
    select ${shown(actor)} from audit_entry e ${WHO}
    where ${narrowed(filter, actor, 'e')} and ${where} order by ${order} ${limitOf(page)}`;
}
