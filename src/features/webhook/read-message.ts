import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { globalIdOf } from '../../graphql/node.ts';
import { unseal } from '../../kernel/secret-box.ts';
import type { Claim } from './claim-deliveries.ts';
import type { Message } from './sign-message.ts';

/** The kind of a message that says only that messages arrive. */
export const PING = 'PING';

interface EventRow {
  readonly kind: string;
  readonly at: Date;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly brandId: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The message of a delivery: the event as the change feed shows it. The same bytes each time. */
export async function readMessage(db: Sql, { messageId, eventId, createdAt, kind }: Claim): Promise<Message> {
  if (eventId === null) {
    const ping = { type: kind, timestamp: createdAt.toISOString(), data: {} };
    return { id: messageId, body: JSON.stringify(ping) };
  }
  const [event] = await db.rows(sql<EventRow>`
    select kind, at, subject_type as "subjectType", subject_id as "subjectId", brand_id as "brandId", data
    from outbox_event where id = ${eventId}`);
  if (event === undefined) throw new Error(`The event ${eventId} of a delivery is gone.`);
  const { subjectType, subjectId, brandId } = event;
  const body = {
    type: event.kind,
    timestamp: event.at.toISOString(),
    data: {
      id: messageId,
      subjectId: globalIdOf(subjectType, { id: subjectId, brandId: brandId ?? undefined }),
      details: event.data,
    },
  };
  return { id: messageId, body: JSON.stringify(body) };
}

/** The secrets of an endpoint that are live, the newest first. */
export async function readSecrets(
  db: Sql,
  endpointId: string,
  key: Buffer | undefined,
  now: Date,
): Promise<string[]> {
  const rows = await db.rows(sql<{ sealed: Buffer }>`
    select sealed from webhook_secret
    where endpoint_id = ${endpointId} and coalesce(retires_at, 'infinity') > ${now}
    order by created_at desc, id desc`);
  return rows.map(({ sealed }) => unseal(sealed, endpointId, key));
}
