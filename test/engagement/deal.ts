import { sql } from 'kysely';
import { runOutOfTime } from '../../src/features/engagement/index.ts';
import { fromGlobalId, toGlobalId } from '../../src/kernel/ids.ts';
import { act } from '../api/act.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { World } from '../kit/world.ts';

export const START = '2026-06-16T02:00:00.000Z';
export const DAY_MS = 86_400_000;
export const daysOn = (days: number, from = START): string =>
  new Date(Date.parse(from) + days * DAY_MS).toISOString();

const MILESTONE = `id no kind title state since dueAt overdue answerDueAt changesAsked cancelAskedBy cancelReason
  disputeReason toProvider { amount } resolution price { amount currencyCode }
  deliveries { round note links deliveredAt changesNote changesAskedAt }
  entries { no kind amount { minorUnits } heldAfter { minorUnits } at }`;
const ENGAGEMENT = `id title brief state price { amount } reviewDays changeRounds offeredAt lapsesAt answeredAt note
  provider { name kind } milestones { ${MILESTONE} }`;

/** A brand, a creator and an operator with what they do in an engagement, on a clock that the test moves. */
export class Deal {
  readonly world: World;
  brandId = '';
  creatorId = '';
  brand!: Caller;
  creator!: Caller;
  operator!: Caller;
  /** The objects whose announcements count; those of all without. */
  watched: readonly string[] = [];

  private constructor(
    readonly alliance: TestAlliance,
    readonly clock: TestClock,
  ) {
    this.world = new World(alliance.database);
  }

  static async make(): Promise<Deal> {
    const clock = new TestClock(START);
    const deal = new Deal(await testAlliance({ clock }), clock);
    deal.brandId = await deal.world.brand();
    deal.creatorId = await deal.world.creator();
    deal.brand = await deal.alliance.memberOf(deal.brandId);
    deal.creator = await deal.alliance.memberOf(deal.creatorId);
    deal.operator = await deal.alliance.memberOf(deal.alliance.id);
    return deal;
  }

  /** Two milestones, due after 10 and 20 days. */
  terms(more: object = {}) {
    return {
      brandId: toGlobalId('Brand', this.brandId),
      providerId: toGlobalId('Creator', this.creatorId),
      title: '618 短视频',
      brief: '三条种草短视频，突出产地。',
      milestones: [
        { kind: 'SCRIPT', title: '脚本', priceMinor: '100000', dueAt: daysOn(10, this.now()) },
        { kind: 'SHOOTING', title: '成片', priceMinor: '300001', dueAt: daysOn(20, this.now()) },
      ],
      ...more,
    };
  }

  now(): string {
    return this.clock.now().toISOString();
  }

  offer(more: object = {}, caller = this.brand) {
    return act(caller, 'engagementOffer', this.terms(more), ENGAGEMENT);
  }

  /** An engagement that was offered, and accepted when asked for. */
  async engagement({
    accepted = true,
    ...more
  }: {
    accepted?: boolean;
    [more: string]: unknown;
  } = {}): Promise<Json> {
    const { result, userErrors } = await this.offer(more);
    if (result === null) throw new Error(JSON.stringify(userErrors));
    if (!accepted) return result;
    return (await this.on(this.creator, 'engagementAccept', result.id)).result;
  }

  /** A mutation on an engagement. */
  on(caller: Caller, name: string, engagementId: string, more: object = {}) {
    return act(caller, name, { engagementId, ...more }, ENGAGEMENT);
  }

  /** A mutation on a milestone. */
  step(caller: Caller, name: string, milestoneId: string, more: object = {}) {
    return act(caller, name, { milestoneId, ...more }, MILESTONE);
  }

  deliver(milestoneId: string, caller = this.creator) {
    const links = ['https://disk.example/cut-1.mp4'];
    return this.step(caller, 'milestoneDeliver', milestoneId, { note: '第一版', links });
  }

  async read(id: string): Promise<Json> {
    const type = id.startsWith('EngagementMilestone')
      ? ['EngagementMilestone', MILESTONE]
      : ['Engagement', ENGAGEMENT];
    const { data } = await this.operator.query(`{ node(id: "${id}") { ... on ${type[0]} { ${type[1]} } } }`);
    return data.node;
  }

  /** Lets time alone do what it does. */
  runOutOfTime(): Promise<void> {
    return runOutOfTime(this.alliance.database, this.clock.now());
  }

  /** What was announced since this was last asked, as `KIND to brand and provider`. */
  async announced(): Promise<string[]> {
    const rows = await this.alliance.database.rows(sql<{ kind: string; to: string[] }>`
      with told as (delete from outbox_event returning *)
      select kind, party_ids::text[] as to from told
      where ${this.watched.length === 0} or subject_id = any(${this.watched.map((id) => fromGlobalId(id)?.id)}::uuid[])
      order by id`);
    const name = (id: string) => (id === this.brandId ? 'brand' : 'provider');
    return rows.map(({ kind, to }) => `${kind} to ${to.map(name).sort().join(' and ')}`);
  }
}
