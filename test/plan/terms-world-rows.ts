import { sql } from 'kysely';
import type { Database, Sql } from '../../src/db/database.ts';
import { asOwner } from '../../src/db/rights.ts';
import { ownerRuns } from '../kit/database.ts';
import { CREATOR_IDS, type Tick, type World } from './terms-world.ts';

const EPOCH_MS = Date.UTC(2026, 5, 1);
const TICK_MS = 3_600_000;
const AGENCY_ID = 'a0000000-0000-4000-8000-000000000001';
const CATEGORY_ID = 'c0000000-0000-4000-8000-000000000001';

export const dateOf = (tick: Tick): Date => new Date(EPOCH_MS + tick * TICK_MS);
export const tickOf = (date: Date): Tick => (date.getTime() - EPOCH_MS) / TICK_MS;
const time = (tick: Tick | null): string | null => (tick === null ? null : dateOf(tick).toISOString());
const CREATED = dateOf(0).toISOString();

/** The table, its columns with their types, and the rows of them. */
type Rows = readonly [table: string, columns: string, rows: readonly (readonly unknown[])[]];

/** What all worlds share: the creators, an agency, a category. */
export async function insertShared(db: Sql): Promise<void> {
  const parties = [
    ...CREATOR_IDS.map((id) => [id, 'CREATOR', 'creator', CREATED]),
    [AGENCY_ID, 'AGENCY', 'agency', CREATED],
  ];
  await insert(db, PARTY(parties));
  await insert(db, [
    'creator',
    'id uuid, tier text, city text, about text, followers bigint',
    CREATOR_IDS.map((id) => [id, 'ORDINARY', '', '', 0]),
  ]);
  await insert(db, [
    'agency',
    'id uuid, services text, city text, about text',
    [[AGENCY_ID, '{RECRUITING}', '', '']],
  ]);
  await insert(db, [
    'category',
    'id uuid, level int, path text, slug text, name_zh text, name_en text',
    [[CATEGORY_ID, 1, `{${CATEGORY_ID}}`, 'all', '全部', 'All']],
  ]);
}

/** Inserts worlds in bulk, one statement a table; unless `checked`, without looking up foreign keys. */
export async function insertWorlds(
  db: Database,
  worlds: readonly World[],
  { checked }: { checked: boolean },
): Promise<void> {
  await db.transaction(async (tx) => {
    if (!checked) await asOwner(tx, () => tx.rows(sql`set local session_replication_role = replica`));
    for (const rows of [
      ...poolRows(worlds),
      ...planRows(worlds),
      ...campaignRows(worlds),
      ...lockRows(worlds),
      ...linkRows(worlds),
    ]) {
      await insert(tx, rows);
    }
  });
}

/** Drops the constraints that cost most of the time, on overlaps and rising tiers, from the database of one test. */
export async function dropCostlyConstraints(db: Database): Promise<void> {
  const costly = await db.rows(
    sql<{ table: string; name: string }>`
      select conrelid::regclass::text as "table", conname as name from pg_constraint
      where contype = 'x' or contype = 'c' and pg_get_constraintdef(oid) like '%rises(%'`,
  );
  for (const { table, name } of costly) {
    await ownerRuns(db, sql`alter table ${sql.table(table)} drop constraint ${sql.id(name)}`);
  }
}

const PARTY = (rows: Rows[2]): Rows => [
  'party',
  'id uuid, kind text, name text, created_at timestamptz',
  rows,
];

function poolRows(worlds: readonly World[]): Rows[] {
  return [
    PARTY(worlds.map(({ brandId }) => [brandId, 'BRAND', 'brand', CREATED])),
    [
      'brand',
      'id uuid, kind text, currency text, city text, about text',
      worlds.map(({ brandId }) => [brandId, 'BRAND', 'CNY', '', '']),
    ],
    [
      'product',
      'id uuid, brand_id uuid, category_id uuid, title text, description text, state text, source text, ' +
        'created_at timestamptz, listed_at timestamptz',
      worlds.flatMap((world) =>
        productsOf(world).map((id) => [
          id,
          world.brandId,
          CATEGORY_ID,
          'product',
          '',
          'LISTED',
          'OWN_SHOP',
          CREATED,
          CREATED,
        ]),
      ),
    ],
  ];
}

const productsOf = (world: World): string[] => {
  const { productId, otherProductId, plans, enrolments, showcase } = world;
  const isUsed = [...plans, ...enrolments, ...showcase].some((one) => one.productId === otherProductId);
  return isUsed ? [productId, otherProductId] : [productId];
};

function planRows(worlds: readonly World[]): Rows[] {
  const all = worlds.flatMap(({ brandId, plans }) => plans.map((plan) => ({ brandId, ...plan })));
  return [
    [
      'plan',
      'id uuid, brand_id uuid, product_id uuid, kind text, title text, opens_at timestamptz, closes_at timestamptz, ' +
        'created_at timestamptz',
      all.map(({ id, brandId, productId, kind, from, to }) => [
        id,
        brandId,
        productId,
        kind,
        'plan',
        time(from),
        time(to),
        CREATED,
      ]),
    ],
    [
      'plan_creator',
      'plan_id uuid, creator_id uuid, brand_id uuid, product_id uuid, kind text, opens_at timestamptz, closes_at timestamptz',
      all.flatMap(({ id, brandId, productId, kind, named }) =>
        named.map(({ creatorId, from, to }) => [
          id,
          creatorId,
          brandId,
          productId,
          kind,
          time(from),
          time(to),
        ]),
      ),
    ],
    [
      'plan_terms',
      'id uuid, plan_id uuid, version int, commission_bp int, boost_bp int, tier_after text, tier_bp text, ' +
        'valid_from timestamptz, valid_to timestamptz',
      all.flatMap((plan) =>
        plan.versions.map(({ id, version, commissionBp, boostBp, tierAfter, tierBp, from, to }) => [
          id,
          plan.id,
          version,
          commissionBp,
          boostBp,
          `{${tierAfter}}`,
          `{${tierBp}}`,
          time(from),
          time(to),
        ]),
      ),
    ],
    [
      'plan_tally',
      'plan_id uuid, creator_id uuid, at timestamptz, lines bigint',
      all.flatMap(({ id, tallies }) =>
        tallies.map(({ creatorId, at, lines }) => [id, creatorId, time(at), lines]),
      ),
    ],
  ];
}

function campaignRows(worlds: readonly World[]): Rows[] {
  const all = worlds.flatMap(({ brandId, enrolments }) =>
    enrolments.map((enrolment) => ({ brandId, ...enrolment })),
  );
  return [
    [
      'recruiting_campaign',
      'id uuid, agency_id uuid, title text, about text, access text, min_service_fee_bp int, pays text, ' +
        'opens_at timestamptz, closes_at timestamptz, created_at timestamptz',
      all.map(({ campaign: { id, pays, closesAt } }) => [
        id,
        AGENCY_ID,
        'campaign',
        '',
        'ALL',
        0,
        pays,
        CREATED,
        time(closesAt),
        CREATED,
      ]),
    ],
    [
      'enrolment',
      'id uuid, campaign_id uuid, agency_id uuid, brand_id uuid, product_id uuid, parent_id uuid, state text, ' +
        'created_at timestamptz, decided_at timestamptz, committed_until timestamptz, ends_at timestamptz',
      all.map(({ id, campaign, brandId, productId, parentId, state, startsAt, committedUntil, endsAt }) => [
        id,
        campaign.id,
        AGENCY_ID,
        brandId,
        productId,
        parentId,
        state,
        CREATED,
        time(startsAt),
        time(committedUntil),
        time(endsAt),
      ]),
    ],
    [
      'enrolment_terms',
      'id uuid, enrolment_id uuid, version int, commission_bp int, service_fee_bp int, valid_from timestamptz, ' +
        'valid_to timestamptz',
      all.flatMap((enrolment) =>
        enrolment.versions.map(({ id, version, commissionBp, serviceFeeBp, from, to }) => [
          id,
          enrolment.id,
          version,
          commissionBp,
          serviceFeeBp,
          time(from),
          time(to),
        ]),
      ),
    ],
  ];
}

function lockRows(worlds: readonly World[]): Rows[] {
  return [
    [
      'rate_lock',
      'id uuid, kind text, offer_id uuid, terms_id uuid, brand_id uuid, product_id uuid, creator_id uuid, ' +
        'locked_from timestamptz, locked_until timestamptz',
      worlds.flatMap(({ brandId, locks }) =>
        locks.map(({ id, kind, offerId, termsId, productId, creatorId, from, to }) => [
          id,
          kind,
          offerId,
          termsId,
          brandId,
          productId,
          creatorId,
          time(from),
          time(to),
        ]),
      ),
    ],
    [
      'showcase_item',
      'id uuid, creator_id uuid, product_id uuid, brand_id uuid, enrolment_id uuid, picked_at timestamptz, removed_at timestamptz',
      worlds.flatMap(({ brandId, showcase }) =>
        showcase.map(({ id, creatorId, productId, enrolmentId, from, to }) => [
          id,
          creatorId,
          productId,
          brandId,
          enrolmentId,
          time(from),
          time(to),
        ]),
      ),
    ],
  ];
}

function linkRows(worlds: readonly World[]): Rows[] {
  return [
    [
      'promotion_link',
      'id uuid, code text, creator_id uuid, product_id uuid, brand_id uuid, enrolment_id uuid, creator_part_bp int, ' +
        'created_at timestamptz',
      worlds.flatMap(({ brandId, creatorId, productId, links }) =>
        links.map(({ id, enrolmentId, creatorPartBp, createdAt }) => [
          id,
          id,
          creatorId,
          productId,
          brandId,
          enrolmentId,
          creatorPartBp,
          time(createdAt),
        ]),
      ),
    ],
    [
      'party_block',
      'id uuid, blocker_id uuid, blocked_id uuid, reason text, blocked_at timestamptz, takes_effect_at timestamptz, ' +
        'running_until timestamptz, lifted_at timestamptz',
      worlds.flatMap(({ blocks }) =>
        blocks.map(({ id, blockerId, blockedId, blockedAt, takesEffectAt, runningUntil, liftedAt }) => [
          id,
          blockerId,
          blockedId,
          'no more',
          time(blockedAt),
          time(takesEffectAt),
          time(runningUntil),
          time(liftedAt),
        ]),
      ),
    ],
  ];
}

/** Columns that are arrays travel as text: `unnest` would take an array of arrays apart. */
const CASTS: Record<string, string> = {
  services: 'text[]',
  path: 'uuid[]',
  tier_after: 'int[]',
  tier_bp: 'int[]',
};

async function insert(db: Sql, [table, columns, rows]: Rows): Promise<void> {
  if (rows.length === 0) return;
  const typed = columns.split(', ').map((column) => column.split(' ') as [name: string, type: string]);
  const names = sql.join(typed.map(([name]) => sql.id(name)));
  const values = sql.join(
    typed.map(([name]) => sql`${sql.id(name)}${sql.raw(CASTS[name] ? `::${CASTS[name]}` : '')}`),
  );
  const arrays = sql.join(
    typed.map(([, type], index) => sql`${rows.map((row) => row[index])}::${sql.raw(`${type}[]`)}`),
  );
  await db.rows(
    sql`insert into ${sql.table(table)} (${names}) select ${values} from unnest(${arrays}) r (${names})`,
  );
}
