import { sql } from 'kysely';
import { newId } from '../../src/kernel/ids.ts';
import { ownerRuns } from '../kit/database.ts';
import type { MadeProduct, World } from '../kit/world.ts';
import type { ModelDeal, ModelPolicy } from './line-model.ts';

/** A product with an arrangement of payees, and the link that credits its creator; without a link nobody is. */
export interface MadeDeal {
  readonly product: MadeProduct;
  readonly linkCode: string | null;
  readonly deal: ModelDeal | null;
}

const STOCK = 1_000_000_000n;

/** One product for each arrangement of money.md, all of one brand; the last is credited to nobody. */
export async function makeDeals(world: World, brandId: string): Promise<MadeDeal[]> {
  const terms: ModelDeal[] = [
    { commissionBp: 2000, mcnBp: null, recruiterBp: null, secondBp: null },
    { commissionBp: 1533, mcnBp: 3333, recruiterBp: null, secondBp: null },
    { commissionBp: 2000, mcnBp: 2000, recruiterBp: 300, secondBp: null },
    { commissionBp: 5000, mcnBp: null, recruiterBp: 4000, secondBp: 1777 },
    { commissionBp: 1, mcnBp: 9999, recruiterBp: 7, secondBp: 7 },
    { commissionBp: 9000, mcnBp: 5000, recruiterBp: 0, secondBp: null },
  ];
  const made: MadeDeal[] = [];
  for (const deal of terms) made.push(await makeDeal(world, brandId, deal));
  const product = await world.product({ brandId, stock: STOCK });
  return [...made, { product, linkCode: null, deal: null }];
}

async function makeDeal(world: World, brandId: string, deal: ModelDeal): Promise<MadeDeal> {
  const product = await world.product({ brandId, stock: STOCK });
  const creatorId = await world.creator();
  if (deal.mcnBp !== null) await world.contract(await world.agency(), creatorId, deal.mcnBp);
  let enrolmentId: string | null = null;
  if (deal.recruiterBp === null) await world.plan(product, { commissionBp: deal.commissionBp });
  else {
    // A general offer at another rate stands beside it, so that taking the wrong one would be seen.
    await world.plan(product, { commissionBp: 4242 });
    const rates = { commissionBp: deal.commissionBp, serviceFeeBp: deal.recruiterBp };
    ({ id: enrolmentId } = await world.enrolment(product, await world.agency(), rates));
    if (deal.secondBp !== null) {
      const second = { ...rates, serviceFeeBp: deal.secondBp };
      ({ id: enrolmentId } = await world.enrolment(product, await world.agency(), second, enrolmentId));
    }
  }
  return { product, deal, linkCode: await world.link(creatorId, product, enrolmentId) };
}

/** From here on another version of the alliance's policy is in force. */
export const SECOND_POLICY_FROM = new Date('2026-06-20T00:00:00Z');
export const POLICIES: readonly ModelPolicy[] = [
  { platformInBase: true, creatorInBase: false, feeBp: 1000 },
  { platformInBase: false, creatorInBase: true, feeBp: 0 },
];

/** Gives the alliance a second version of its policy. */
export async function changePolicy({ database }: World): Promise<void> {
  await database.rows(sql`update alliance_policy set valid_to = ${SECOND_POLICY_FROM}`);
  await database.rows(sql`
    insert into alliance_policy (id, version, preset, platform_discount_in_base, creator_discount_in_base,
      technical_fee_bp, holding_days, rate_lock_days, attribution_window_days, valid_from)
    select ${newId()}, 2, preset, false, true, 0, holding_days, rate_lock_days, attribution_window_days, valid_to
    from alliance_policy`);
}

const FROZEN_FROM = [
  'plan',
  'plan_terms',
  'enrolment',
  'enrolment_terms',
  'recruiting_campaign',
  'contract_terms',
  'alliance_policy',
  'promotion_link',
];

/** Keeps everything that terms are frozen from, to put it back later. */
export async function keepTerms({ database }: World): Promise<void> {
  for (const table of FROZEN_FROM)
    await ownerRuns(database, sql`create table ${sql.id(`kept_${table}`)} as table ${sql.table(table)}`);
}

/** Changes everything that terms are frozen from: rates, shares, policies, who holds a link, what is still open. */
export async function changeAllTerms({ database }: World, byBp: number): Promise<void> {
  for (const statement of [
    sql`update plan_terms set commission_bp = 1 + (commission_bp + ${byBp}::int) % 9000`,
    sql`update enrolment_terms set commission_bp = 1 + (commission_bp + ${byBp}::int) % 4999,
      service_fee_bp = (service_fee_bp + ${byBp}::int) % 4000`,
    sql`update contract_terms set share_bp = (share_bp + ${byBp}::int) % 10000`,
    sql`update alliance_policy set technical_fee_bp = (technical_fee_bp + ${byBp}::int) % 3000,
      platform_discount_in_base = not platform_discount_in_base, creator_discount_in_base = not creator_discount_in_base,
      attribution_window_days = 1`,
    sql`update enrolment set state = 'REJECTED', parent_id = null`,
    sql`update plan set closes_at = opens_at`,
    sql`update recruiting_campaign set closes_at = opens_at`,
    sql`update promotion_link l set creator_id = (select id from creator order by id limit 1)`,
  ])
    await database.rows(statement);
}

/** Puts back what `keepTerms` has kept. */
export async function putTermsBack({ database }: World): Promise<void> {
  const columns: Record<string, string[]> = {
    plan_terms: ['commission_bp'],
    enrolment_terms: ['commission_bp', 'service_fee_bp'],
    contract_terms: ['share_bp'],
    alliance_policy: [
      'technical_fee_bp',
      'platform_discount_in_base',
      'creator_discount_in_base',
      'attribution_window_days',
    ],
    enrolment: ['state', 'parent_id'],
    plan: ['closes_at'],
    recruiting_campaign: ['closes_at'],
    promotion_link: ['creator_id'],
  };
  for (const [table, names] of Object.entries(columns)) {
    const set = sql.join(names.map((name) => sql`${sql.id(name)} = k.${sql.id(name)}`));
    await database.rows(
      sql`update ${sql.table(table)} t set ${set} from ${sql.id(`kept_${table}`)} k where k.id = t.id`,
    );
  }
}
