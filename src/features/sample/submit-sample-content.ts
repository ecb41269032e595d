import { sql } from 'kysely';
import type { Sql, Tx } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { invalid, Refusal, unknown } from '../../graphql/user-errors.ts';
import { isWebAddress } from '../../kernel/text.ts';
import { moveSample } from './move-sample.ts';
import type { SampleRequestRow } from './sample.entity.ts';
import { fulfilment } from './sample-life.ts';

/** What a creator hands in: the address of a video, or a live session of the alliance. */
export interface SampleContent {
  readonly requestId: string;
  readonly title: string;
  readonly url?: string | null;
  readonly liveSessionId?: string | null;
}

/** Content fulfils a sample, also late, and also before the creator has said that the parcel is there. */
export function submitSampleContent(tx: Tx, content: SampleContent, now: Date): Promise<SampleRequestRow> {
  const { requestId, title, url = null, liveSessionId = null } = content;
  new Checks()
    .text(title, 'title', 1, 200)
    .that((url === null) !== (liveSessionId === null), 'url', 'Give either a url or a liveSessionId.')
    .that(url === null || isWebAddress(url), 'url', 'The address is an https URL of at most 500 characters.')
    .done();
  const stamp = async (request: SampleRequestRow) => {
    refuseUnwanted(request, url !== null);
    if (liveSessionId !== null) await checkSession(tx, liveSessionId, request);
    return { ...fulfilment(request, now, 'CONTENT'), contentTitle: title, contentUrl: url, liveSessionId };
  };
  return moveSample(tx, { requestId, to: 'FULFILLED', by: 'CREATOR', stamp }, now);
}

function refuseUnwanted({ contentWanted }: SampleRequestRow, isVideo: boolean): void {
  if (contentWanted === 'ANY' || (contentWanted === 'VIDEO') === isVideo) return;
  const message = `The brand asked for ${contentWanted === 'VIDEO' ? 'a video' : 'a live session'}.`;
  throw new Refusal([invalid(['input', isVideo ? 'url' : 'liveSessionId'], message)]);
}

/** The session is the creator's own and began after the sample was sent. */
async function checkSession(db: Sql, id: string, { creatorId, shippedAt }: SampleRequestRow): Promise<void> {
  const path = ['input', 'liveSessionId'];
  const [session] = await db.rows(sql<{ startedAt: Date }>`
    select started_at as "startedAt" from live_session where id = ${id} and creator_id = ${creatorId}`);
  if (session === undefined) throw unknown(path, 'live session of the creator');
  if (shippedAt == null || session.startedAt >= shippedAt) return;
  throw new Refusal([invalid(path, 'The live session began before the sample was sent.')]);
}
