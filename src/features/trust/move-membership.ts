import { sql } from 'kysely';
import type { Database, Sql, Tx } from '../../db/database.ts';
import { announce, type EventKind } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { mayMove } from '../../kernel/transitions.ts';
import { markBrands } from './mark-pool.ts';
import { MEMBERSHIP_MACHINE, type MembershipState } from './membership-state.ts';
import { type TrustPolicyRow, trustRulesAt } from './trust-policy.ts';
import { admissionRules, allHold } from './trust-rule.ts';

interface Membership {
  readonly id: string;
  readonly brandId: string;
  readonly state: MembershipState;
}

/** A running membership, with what the rules of admission ask of its brand. */
interface Running extends Membership {
  readonly score: number | null;
  readonly received: number | null;
  readonly restricted: boolean;
  readonly expelledAt: Date | null;
}

const PATH = ['input', 'brandId'];
const TOLD: Readonly<Record<MembershipState, EventKind>> = {
  APPLIED: 'TRUST_BUY_APPLIED',
  MEMBER: 'TRUST_BUY_JOINED',
  LEFT: 'TRUST_BUY_LEFT',
  EXPELLED: 'TRUST_BUY_EXPELLED',
};

/**
 * A brand applies for Trust Buy, and is a member at once where it meets the rules of admission; else its application
 * waits until it does. Refused while it has applied or is a member.
 */
export async function joinTrustBuy(tx: Sql, brandId: string, now: Date): Promise<void> {
  const id = newId();
  const applied = await tx.rows(sql`
    insert into trust_membership (id, brand_id, state, applied_at) values (${id}, ${brandId}, 'APPLIED', ${now})
    on conflict (brand_id) where state in ('APPLIED', 'MEMBER') do nothing returning id`);
  if (applied.length === 0) {
    const [running] = await lockRunning(tx, brandId);
    throw wrongState(PATH, running?.state ?? 'APPLIED', 'The brand has applied, or is a member, already.');
  }
  await tell(tx, [{ brandId, state: 'APPLIED' }], now);
  const rules = await trustRulesAt(tx, now);
  const [application] = await readRunning(tx, sql`t.id = ${id}`);
  if (application !== undefined && allHold(admissionRules(application, rules, now)))
    await move(tx, [application], 'MEMBER', now);
}

/** A brand leaves, or takes its application back. What it has sold keeps its protections. */
export const leaveTrustBuy = (tx: Sql, brandId: string, now: Date): Promise<void> =>
  end(tx, brandId, 'LEFT', null, now);

/** An operator expels a brand, with the reason that it is told. */
export async function expelFromTrustBuy(tx: Sql, brandId: string, reason: string, now: Date): Promise<void> {
  new Checks().text(reason, 'reason', 1, 500).done();
  await end(tx, brandId, 'EXPELLED', reason, now);
}

async function end(tx: Sql, brandId: string, to: 'LEFT' | 'EXPELLED', reason: string | null, now: Date) {
  const [running] = await lockRunning(tx, brandId);
  if (running === undefined) throw wrongState(PATH, 'NONE', 'The brand is not in Trust Buy.');
  if (!mayMove(MEMBERSHIP_MACHINE, running.state, to))
    throw wrongState(PATH, running.state, 'An application is not expelled: it has not been admitted.');
  await move(tx, [running], to, now, reason);
}

const lockRunning = (tx: Sql, brandId: string): Promise<Membership[]> =>
  tx.rows(sql<Membership>`
    select t.id, t.brand_id as "brandId", t.state from trust_membership t
    where t.brand_id = ${brandId} and t.state in ('APPLIED', 'MEMBER') for update`);

/** So many memberships at once. */
const AT_ONCE = 500;
const LOW_SCORE = 'The shop score has fallen below what Trust Buy asks for.';
const RESTRICTED = 'The brand no longer meets the admission rules of the alliance.';

/**
 * Admits applicants that meet the rules by now, and expels members that no longer do; what a member must keep up is less
 * than what admitted it. Several processes share the work; whoever was cut short is followed by the next.
 */
export async function moveMemberships(database: Database, now: Date): Promise<void> {
  const rules = await trustRulesAt(database, now);
  for (let after: string | undefined = ''; after !== undefined; ) {
    const from: string = after;
    after = await database.transaction((tx) => moveSome(tx, rules, from, now));
  }
}

async function moveSome(
  tx: Tx,
  rules: TrustPolicyRow,
  after: string,
  now: Date,
): Promise<string | undefined> {
  const some = await readRunning(
    tx,
    sql`t.state in ('APPLIED', 'MEMBER') and t.id > ${after === '' ? null : after}::uuid is not false
      order by t.id limit ${AT_ONCE} for update of t skip locked`,
  );
  const admitted = some.filter((it) => it.state === 'APPLIED' && allHold(admissionRules(it, rules, now)));
  const members = some.filter(({ state }) => state === 'MEMBER');
  const restricted = members.filter((it) => it.restricted);
  const low = members.filter((it) => !it.restricted && it.score !== null && it.score < rules.expulsionScore);
  await move(tx, admitted, 'MEMBER', now);
  await move(tx, restricted, 'EXPELLED', now, RESTRICTED);
  await move(tx, low, 'EXPELLED', now, LOW_SCORE);
  return some.at(-1)?.id;
}

const readRunning = (tx: Sql, condition: ReturnType<typeof sql>): Promise<Running[]> =>
  tx.rows(sql<Running>`
    select t.id, t.brand_id as "brandId", t.state, s.score, s.received, b.restricted,
      (select max(x.ended_at) from trust_membership x
        where x.brand_id = t.brand_id and x.state = 'EXPELLED') as "expelledAt"
    from trust_membership t join brand b on b.id = t.brand_id left join trust_score s on s.party_id = t.brand_id
    where ${condition}`);

/** The one way in which memberships change their state, with what the pool says of their products. */
async function move(
  tx: Sql,
  memberships: readonly Membership[],
  to: MembershipState,
  now: Date,
  reason: string | null = null,
): Promise<void> {
  if (memberships.length === 0) return;
  await tx.rows(sql`
    update trust_membership set state = ${to}, reason = ${reason},
      member_from = case ${to} when 'MEMBER' then greatest(${now}::timestamptz, applied_at) else member_from end,
      ended_at = case ${to} when 'MEMBER' then null else greatest(${now}::timestamptz, member_from, applied_at) end
    where id = any(${memberships.map(({ id }) => id)}::uuid[])`);
  const brandIds = memberships.map(({ brandId }) => brandId);
  await markBrands(tx, brandIds);
  await tell(
    tx,
    brandIds.map((brandId) => ({ brandId, state: to })),
    now,
  );
}

/** Tells the brand. */
const tell = (
  tx: Sql,
  moved: readonly { readonly brandId: string; readonly state: MembershipState }[],
  now: Date,
): Promise<void> =>
  announce(
    tx,
    moved.map(({ brandId, state }) => ({
      kind: TOLD[state],
      subject: { type: 'Brand', id: brandId },
      to: [brandId],
    })),
    now,
  );
