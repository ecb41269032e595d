import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { Refusal, wrongState } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { MAX_AMOUNT_MINOR } from '../../kernel/money.ts';
import { isCleanText } from '../../kernel/text.ts';
import { findAlliance, textSaved } from '../account/index.ts';
import { type LiveSessionRow, startLiveSession } from '../promotion/index.ts';
import { addLiveItem, MOST_ITEMS } from './fill-cart.ts';
import type { HighlightValue, LiveAudience, LivePlanRow } from './plan.loaders.ts';

/** What a plan says: STAGE of domain.md. Amounts in minor units of the alliance's currency. */
export interface PlanContent {
  readonly title: string;
  readonly startsAt: Date;
  readonly plannedMinutes: number;
  readonly trafficBudgetMinor: bigint;
  readonly merchandise: readonly {
    readonly productId: string;
    readonly audience: LiveAudience;
    readonly priceMinor: bigint;
    readonly stock: number;
  }[];
  readonly gifts: readonly string[];
  readonly highlights: readonly HighlightValue[];
}

const MOST_MINUTES = 1440;
const MOST_TEXTS = 20;
const MOST_PIECES = 1_000_000_000;

/** Makes the plan of a session that is to come, as its first version. Gives its id. */
export async function planSession(
  tx: Tx,
  plan: { readonly id?: string; readonly creatorId: string; readonly content: PlanContent },
  now: Date,
): Promise<string> {
  const { id = newId(), creatorId, content } = plan;
  await check(tx, content);
  await tx.rows(sql`insert into live_plan (id, creator_id, created_at) values (${id}, ${creatorId}, ${now})`);
  await enterVersion(tx, id, content, now);
  return id;
}

/** Puts a new version of a plan beside those before, as long as its session has not begun. */
export async function changePlan(tx: Tx, planId: string, content: PlanContent, now: Date): Promise<void> {
  await check(tx, content);
  await lockPlan(tx, planId);
  await enterVersion(tx, planId, content, now);
}

/**
 * Begins the session of a plan, with its title, and puts into the cart what of its merchandise the creator may promote now;
 * what not is left out, since a product that has left the pool is no reason not to go live.
 */
export async function startPlanned(
  tx: Tx,
  { id, creatorId }: LivePlanRow,
  now: Date,
  sessionId = newId(),
): Promise<LiveSessionRow> {
  await lockPlan(tx, id);
  const [last] = await tx.rows(sql<{ title: string; productIds: string[] }>`
    select title, array(select m ->> 'productId' from jsonb_array_elements(merchandise) m) as "productIds"
    from live_plan_version where plan_id = ${id} order by version desc limit 1`);
  const session = await startLiveSession(tx, { id: sessionId, creatorId, title: last?.title ?? '' }, now);
  await tx.rows(sql`update live_plan set live_session_id = ${session.id} where id = ${id}`);
  for (const productId of new Set(last?.productIds)) {
    try {
      await addLiveItem(tx, { liveSessionId: session.id, creatorId, productId }, now);
    } catch (error) {
      // It is refused before anything is written.
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return session;
}

async function lockPlan(tx: Tx, planId: string): Promise<void> {
  const [plan] = await tx.rows(sql<{ liveSessionId: string | null }>`
    select live_session_id as "liveSessionId" from live_plan where id = ${planId} for no key update`);
  if (plan?.liveSessionId !== null)
    throw wrongState(['input', 'livePlanId'], 'STARTED', 'The session of the plan has begun.');
}

async function enterVersion(tx: Tx, planId: string, content: PlanContent, now: Date): Promise<void> {
  const { title, startsAt, plannedMinutes, trafficBudgetMinor, merchandise, gifts, highlights } = content;
  const goods = merchandise.map(({ productId, audience, priceMinor, stock }) => ({
    productId,
    audience,
    priceMinor: String(priceMinor),
    stock,
  }));
  const moments = highlights.map(({ minute, text }) => ({ minute, text }));
  await tx.rows(sql`
    insert into live_plan_version (plan_id, version, title, starts_at, planned_minutes, currency, budget_minor, merchandise,
      gifts, highlights, made_at)
    select ${planId}, coalesce((select max(version) from live_plan_version where plan_id = ${planId}), 0) + 1, ${title},
      ${startsAt}, ${plannedMinutes}, ${(await findAlliance(tx))?.currency}, ${trafficBudgetMinor}::bigint,
      ${JSON.stringify(goods)}::jsonb, ${gifts}::text[], ${JSON.stringify(moments)}::jsonb, ${now}`);
  await textSaved(tx, { type: 'LivePlan', id: planId }, now);
}

async function check(tx: Tx, content: PlanContent): Promise<void> {
  const { merchandise, gifts, highlights, plannedMinutes, trafficBudgetMinor } = content;
  const isWithin = (count: number, min: number, max: number) => count >= min && count <= max;
  const ids = [...new Set(merchandise.map(({ productId }) => productId))];
  const products = await tx.rows(sql<{ id: string }>`
    select id from product where id = any(${ids}::uuid[]) and listed_at is not null`);
  const known = new Set(products.map(({ id }) => id));
  const isText = (text: string) =>
    isWithin(text.trim().length, 1, 200) && text.length <= 200 && isCleanText(text);
  const checks = new Checks()
    .text(content.title, 'content.title', 1, 100)
    .that(
      isWithin(plannedMinutes, 1, MOST_MINUTES),
      'content.plannedMinutes',
      `From 1 to ${MOST_MINUTES} minutes.`,
    )
    .that(
      trafficBudgetMinor >= 0n && trafficBudgetMinor <= MAX_AMOUNT_MINOR,
      'content.trafficBudgetMinor',
      'A budget is 0 or more, in minor units.',
    )
    .that(merchandise.length <= MOST_ITEMS, 'content.merchandise', `At most ${MOST_ITEMS}.`)
    .that(
      gifts.length <= MOST_TEXTS && gifts.every(isText),
      'content.gifts',
      'At most 20, of 1 to 200 characters.',
    )
    .that(highlights.length <= MOST_TEXTS, 'content.highlights', 'At most 20.');
  for (const [i, { productId, priceMinor, stock }] of merchandise.slice(0, MOST_ITEMS).entries()) {
    const field = `content.merchandise.${i}`;
    checks
      .that(known.has(productId), `${field}.productId`, 'There is no such product.')
      .that(priceMinor > 0n && priceMinor <= MAX_AMOUNT_MINOR, `${field}.priceMinor`, 'A price is above 0.')
      .that(isWithin(stock, 1, MOST_PIECES), `${field}.stock`, `From 1 to ${MOST_PIECES} pieces.`);
  }
  for (const [i, { minute, text }] of highlights.slice(0, MOST_TEXTS).entries()) {
    const holds = isWithin(minute, 0, MOST_MINUTES) && isText(text);
    checks.that(holds, `content.highlights.${i}`, 'A minute from 0 to 1440, and 1 to 200 characters.');
  }
  checks.done();
}
