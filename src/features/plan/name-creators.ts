import { sql } from 'kysely';
import type { Sql, Tx } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { unknown } from '../../graphql/user-errors.ts';
import { announceOpened, announcePlan } from './announce-plan.ts';
import { checkCreators, MAX_CREATORS } from './check-creators.ts';
import { refuseConflicts } from './find-conflicts.ts';
import { type Changing, refuseClosing, windowOf } from './lock-plan.ts';
import type { PlanRow } from './plan.entity.ts';
import { readVersions } from './plan-versions.ts';
import { takesEffectAt } from './take-effect.ts';

/** Whom a plan is to name from now on, and whom no longer from the next midnight. */
export interface Naming {
  readonly addCreatorIds: readonly string[];
  readonly removeCreatorIds: readonly string[];
}

/** Names further creators at once and lets others go at the next midnight, whose moment it gives; at least one must stay. */
export async function nameCreators(tx: Tx, changing: Changing, naming: Naming): Promise<Date | null> {
  const { addCreatorIds, removeCreatorIds } = naming;
  if (addCreatorIds.length + removeCreatorIds.length === 0) return null;
  const { plan, now } = changing;
  const named = await namedBy(tx, plan, now);
  check(plan, named, naming);
  const { current } = await readVersions(tx, plan.id, now);
  if (addCreatorIds.length > 0) {
    await add(tx, changing, addCreatorIds);
    await announceOpened(tx, plan, current.commissionBp, addCreatorIds, now);
  }
  if (removeCreatorIds.length === 0) return null;
  const at = await drop(tx, changing, removeCreatorIds);
  const news = { takesEffectAt: at, rateBefore: current.commissionBp, rateAfter: null, closesAt: at };
  await announcePlan(tx, 'PLAN_CLOSED', plan, news, removeCreatorIds, now);
  return at;
}

/** The creators whom a plan names for as long as it runs. */
export async function namedBy(tx: Sql, { id }: PlanRow, now: Date): Promise<string[]> {
  const rows = await tx.rows(sql<{ id: string }>`
    select creator_id as id from plan_creator
    where plan_id = ${id} and not dropped and (closes_at is null or closes_at > ${now}) order by 1`);
  return rows.map((row) => row.id);
}

function check(
  { kind }: PlanRow,
  named: readonly string[],
  { addCreatorIds, removeCreatorIds }: Naming,
): void {
  const all = new Set([...addCreatorIds, ...removeCreatorIds]);
  const staying = named.length - removeCreatorIds.length + addCreatorIds.length;
  new Checks()
    .that(kind !== 'OPEN', 'addCreatorIds', 'OPEN names no creator.')
    .that(
      all.size === addCreatorIds.length + removeCreatorIds.length,
      'addCreatorIds',
      'Each creator stands in one of the lists, once.',
    )
    .that(!addCreatorIds.some((id) => named.includes(id)), 'addCreatorIds', 'A plan names each creator once.')
    .that(staying <= MAX_CREATORS, 'addCreatorIds', `A plan names at most ${MAX_CREATORS} creators.`)
    .that(staying >= 1, 'removeCreatorIds', 'At least one creator stays; to let all go, close the plan.')
    .done();
  if (removeCreatorIds.some((id) => !named.includes(id)))
    throw unknown(['input', 'removeCreatorIds'], 'creator');
}

/** Names creators at once; of those who were to go at midnight, the naming goes on. */
async function add(tx: Tx, changing: Changing, creatorIds: readonly string[]): Promise<void> {
  const { plan, now } = changing;
  const window = { ...windowOf(changing), creatorIds };
  await checkCreators(tx, plan.brandId, creatorIds, now, 'addCreatorIds');
  await refuseConflicts(tx, window);
  const kept = await tx.rows(sql<{ id: string }>`
    update plan_creator set closes_at = ${window.closesAt}, dropped = false
    where plan_id = ${plan.id} and creator_id = any(${creatorIds}::uuid[]) and dropped and closes_at > ${now}
    returning creator_id as id`);
  const fresh = creatorIds.filter((id) => !kept.some((row) => row.id === id));
  await tx.rows(sql`
    insert into plan_creator (plan_id, creator_id, brand_id, product_id, kind, opens_at, closes_at)
    select ${plan.id}, id, ${plan.brandId}, ${window.productId}, ${plan.kind}, ${window.opensAt}, ${window.closesAt}
    from unnest(${fresh}::uuid[]) id
    on conflict (plan_id, creator_id, opens_at) do update set closes_at = excluded.closes_at, dropped = false`);
}

/** Ends the naming of creators at the next midnight; before the plan has opened, at once. Gives the moment. */
async function drop(tx: Tx, { plan, rules, now }: Changing, creatorIds: readonly string[]): Promise<Date> {
  const isOpen = plan.opensAt <= now;
  const at = isOpen ? takesEffectAt('CUT', now, rules.timeZone, ['input', 'removeCreatorIds']) : plan.opensAt;
  refuseClosing(plan, at);
  await tx.rows(sql`
    update plan_creator set closes_at = ${at}, dropped = true
    where plan_id = ${plan.id} and creator_id = any(${creatorIds}::uuid[]) and not dropped
      and (closes_at is null or closes_at > ${now})`);
  return at;
}
