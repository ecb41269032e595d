import { sql } from 'kysely';
import { keyColumns, manyByKey, oneByKey, selectAsked } from '../../graphql/loaders.ts';
import { newestOf, rowById } from '../../graphql/table-loaders.ts';
import type { LiveSessionRow } from '../promotion/index.ts';

/** For whom something of a session is meant. */
export type LiveAudience = 'EVERYBODY' | 'NEW_FANS' | 'OLD_FANS';

/** The plan of a session; what it says stands in its versions. */
export interface LivePlanRow {
  readonly id: string;
  readonly creatorId: string;
  /** The session that it has become. */
  readonly liveSessionId: string | null;
  readonly createdAt: Date;
}

export interface HighlightValue {
  readonly minute: number;
  readonly text: string;
}

/** One version of a plan; amounts in minor units. */
export interface LivePlanVersionRow {
  readonly planId: string;
  readonly version: number;
  readonly title: string;
  readonly startsAt: Date;
  readonly plannedMinutes: number;
  readonly currency: string;
  readonly budgetMinor: bigint;
  readonly gifts: readonly string[];
  readonly highlights: readonly HighlightValue[];
  readonly madeAt: Date;
}

/** What is to be sold, for whom, at what price and how much of it. */
export interface MerchandiseRow {
  readonly planId: string;
  readonly version: number;
  readonly productId: string;
  readonly audience: LiveAudience;
  readonly currency: string;
  readonly priceMinor: bigint;
  readonly stock: number;
}

const PLAN_COLUMNS = ['id', 'creatorId', 'liveSessionId', 'createdAt'] as const;
const VERSION_COLUMNS = [
  'planId',
  'version',
  'title',
  'startsAt',
  'plannedMinutes',
  'currency',
  'budgetMinor',
  'gifts',
  'highlights',
  'madeAt',
] as const;

export const livePlanById = rowById<LivePlanRow>({
  name: 'livePlanById',
  table: 'live_plan',
  columns: PLAN_COLUMNS,
});

export const plansOfCreator = newestOf<LivePlanRow>({
  name: 'livePlansOfCreator',
  table: 'live_plan',
  key: 'creatorId',
  columns: PLAN_COLUMNS,
});

export const planOfSession = oneByKey<LivePlanRow>({
  name: 'planOfLiveSession',
  columns: PLAN_COLUMNS,
  read: (ids, scope) =>
    scope.sql.rows(sql<LivePlanRow>`
      select ${selectAsked('t', PLAN_COLUMNS, scope, 'liveSessionId')} from live_plan t
      where t.live_session_id = any(${ids}::uuid[])`),
  keyOf: ({ liveSessionId }) => liveSessionId ?? '',
});

export const versionsOfPlan = newestOf<LivePlanVersionRow>({
  name: 'versionsOfLivePlan',
  table: 'live_plan_version',
  key: 'planId',
  by: 'version',
  columns: VERSION_COLUMNS,
});

export const lastVersionOfPlan = oneByKey<LivePlanVersionRow>({
  name: 'lastVersionOfLivePlan',
  columns: VERSION_COLUMNS,
  read: (ids, scope) =>
    scope.sql.rows(sql<LivePlanVersionRow>`
      select distinct on (t.plan_id) ${selectAsked('t', VERSION_COLUMNS, scope, 'planId')} from live_plan_version t
      where t.plan_id = any(${ids}::uuid[]) order by t.plan_id, t.version desc`),
  keyOf: ({ planId }) => planId,
});

export const merchandiseOfVersion = manyByKey<MerchandiseRow>({
  name: 'merchandiseOfLivePlan',
  columns: ['productId', 'audience', 'currency', 'priceMinor', 'stock'],
  read: (keys, { sql: db }) => {
    const [plans = [], versions = []] = keyColumns(keys, 2);
    return db.rows(sql<MerchandiseRow>`
      select v.plan_id as "planId", v.version, (m.value ->> 'productId')::uuid as "productId",
        m.value ->> 'audience' as audience, v.currency, (m.value ->> 'priceMinor')::bigint as "priceMinor",
        (m.value ->> 'stock')::int as stock
      from unnest(${plans}::uuid[], ${versions}::int[]) k (plan_id, version)
      join live_plan_version v on v.plan_id = k.plan_id and v.version = k.version
      cross join jsonb_array_elements(v.merchandise) with ordinality m (value, no)
      order by v.plan_id, v.version, m.no`);
  },
  keyOf: ({ planId, version }) => [planId, String(version)],
});

const SESSION_COLUMNS = ['id', 'creatorId', 'title', 'startedAt', 'endedAt'] as const;

/** The sessions of a creator, newest first. */
export const sessionsOfCreator = newestOf<LiveSessionRow>({
  name: 'liveSessionsOfCreator',
  table: 'live_session',
  key: 'creatorId',
  columns: SESSION_COLUMNS,
});
