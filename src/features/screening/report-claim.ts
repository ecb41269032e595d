import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { lockReporter } from '../../db/locks.ts';
import { Checks } from '../../graphql/checks.ts';
import { invalid, Refusal } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import type { SavedText } from '../account/index.ts';
import { openFinding } from './screen-text.ts';
import { columnOf, readText } from './screened-text.ts';

/** So many reports may one member make within 24 hours. */
export const MOST_REPORTS_PER_DAY = 20;
const DAY_MS = 86_400_000;

/** What a member reports of a text of somebody else. */
export interface NewReport {
  readonly id?: string;
  /** Of the finding, where it opens one. */
  readonly findingId?: string;
  readonly reporterId: string;
  readonly subject: SavedText;
  /** What is wrong with it, in the words of the reporter. */
  readonly words: string;
}

/**
 * Reports a text for exaggeration. It joins what is open on the text, or opens a finding. The same text reported again by the
 * same member is the report that there is. Gives its id.
 */
export async function reportClaim(tx: Sql, report: NewReport, now: Date): Promise<string> {
  const { reporterId, subject, words } = report;
  new Checks().text(words, 'words', 1, 1000).done();
  await lockReporter(tx, reporterId);
  const text = await readText(tx, subject);
  if (text.partyId === reporterId)
    throw new Refusal([invalid(['input', 'subjectId'], 'Nobody reports a text of their own: mend it.')]);
  const [there] = await tx.rows(sql<{ id: string }>`
    select id from claim_report
    where reporter_id = ${reporterId} and subject_id = ${subject.id} and text_hash = ${text.hash}`);
  if (there !== undefined) return there.id;
  await refuseTooMany(tx, reporterId, now);
  const [open] = await tx.rows(sql<{ id: string }>`
    select id from claim_finding where ${columnOf(text.type)} = ${text.id} and state = 'OPEN' for update`);
  const findingId =
    open?.id ?? (await openFinding(tx, text, { id: report.findingId, hits: [], version: null }, now));
  const { id = newId() } = report;
  await tx.rows(sql`
    insert into claim_report (id, finding_id, reporter_id, subject_id, text_hash, words, reported_at)
    values (${id}, ${findingId}, ${reporterId}, ${subject.id}, ${text.hash}, ${words}, ${now})`);
  return id;
}

async function refuseTooMany(tx: Sql, reporterId: string, now: Date): Promise<void> {
  const since = new Date(now.getTime() - DAY_MS);
  const [made] = await tx.rows(sql<{ count: number; first: Date }>`
    select count(*)::int as count, min(reported_at) as first from claim_report
    where reporter_id = ${reporterId} and reported_at > ${since}`);
  if (made === undefined || made.count < MOST_REPORTS_PER_DAY) return;
  const again = new Date(made.first.getTime() + DAY_MS);
  const message = `A member reports at most ${MOST_REPORTS_PER_DAY} texts in 24 hours; the next one from ${again.toISOString()}.`;
  throw new Refusal([
    {
      __typename: 'TooManyReports',
      message,
      path: ['input', 'reporterId'],
      most: MOST_REPORTS_PER_DAY,
      retryAt: again,
    },
  ]);
}
