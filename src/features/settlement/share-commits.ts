import DataLoader from 'dataloader';
import type { Database } from '../../db/database.ts';
import { overloaded } from '../../graphql/errors.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { GroupCommit } from '../../kernel/group-commit.ts';
import type { EventAnswer } from '../order/index.ts';
import { type AuditedReport, ingestReports } from './ingest-order-events.ts';

/** A report of more events than this is worth a commit of its own. */
const FEW_EVENTS = 8;
const MOST_REPORTS = 128;
/** Reports that wait for a commit at most: beyond it callers are asked to come again. */
const MOST_WAITING = 2_000;

type Answer = EventAnswer[] | Error;

/** One group a database and process: while one is committed, what arrives gathers for the next. */
const groups = new WeakMap<Database, CommitGroups>();

/** Takes a report as `ingestReports` does; where others of a few events arrive at the same time, in one commit with them. */
export async function ingestTogether(
  { database, clock, groupCommit }: { database: Database; clock: Clock; groupCommit?: GroupCommit },
  report: AuditedReport,
): Promise<EventAnswer[]> {
  if (groupCommit === undefined || groupCommit.waitMs === 0 || report.events.length > FEW_EVENTS)
    return (await ingestReports(database, [report], clock.now())).flat();
  const group = groups.get(database) ?? new CommitGroups(database, clock, groupCommit);
  groups.set(database, group);
  return group.take(report);
}

class CommitGroups {
  private waiting = 0;
  /** Resolves when the group before is over. */
  private before: Promise<unknown> = Promise.resolve();
  private readonly gathered: DataLoader<AuditedReport, EventAnswer[]>;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly settings: GroupCommit,
  ) {
    this.gathered = new DataLoader(
      (reports) => {
        const done = this.commit(reports);
        this.before = done;
        return done;
      },
      {
        cache: false,
        maxBatchSize: MOST_REPORTS,
        batchScheduleFn: (dispatch) =>
          void this.before.then(() => setTimeout(dispatch, this.settings.waitMs)),
      },
    );
  }

  async take(report: AuditedReport): Promise<EventAnswer[]> {
    if (this.waiting >= MOST_WAITING) throw overloaded();
    this.waiting += 1;
    try {
      return await this.gathered.load(report);
    } finally {
      this.waiting -= 1;
    }
  }

  /** Never rejects: when a group fails, each is taken by itself, so that only what is at fault is told of it. */
  private async commit(reports: readonly AuditedReport[]): Promise<Answer[]> {
    try {
      const began = performance.now();
      const answers = await ingestReports(this.database, reports, this.clock.now());
      this.settings.told?.({ calls: reports.length, ms: performance.now() - began });
      return answers;
    } catch (error) {
      if (reports.length === 1) return [error as Error];
      return Promise.all(reports.map(async (report) => (await this.commit([report]))[0] as Answer));
    }
  }
}
