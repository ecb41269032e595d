import { sql } from 'kysely';
import { createApiKey } from '../../src/features/account/index.ts';
import { refreshFigures } from '../../src/features/agency/index.ts';
import { countInsight } from '../../src/features/insight/index.ts';
import { LiveSessionRow } from '../../src/features/promotion/index.ts';
import { newId, toGlobalId } from '../../src/kernel/ids.ts';
import { caughtUp } from '../kit/feed.ts';
import { EARLY, event, type MadeProduct, placed, type World } from '../kit/world.ts';
import { makeBlocks } from './side-blocks.ts';
import { makeContracts } from './side-contracts.ts';
import { makeEngagements } from './side-engagements.ts';
import { makeAccount } from './sides-account.ts';
import { makeAttributionClaim } from './sides-attribution.ts';
import { makeAudit } from './sides-audit.ts';
import { makeBelt } from './sides-belt.ts';
import { makeBoosts } from './sides-boost.ts';
import { makeCampaigns } from './sides-campaigns.ts';
import { makeCertification } from './sides-certification.ts';
import { makeSideChanges } from './sides-changes.ts';
import { makeSideExports } from './sides-exports.ts';
import { makeLive } from './sides-live.ts';
import { makeEvent } from './sides-occasion.ts';
import { makePayouts } from './sides-payouts.ts';
import { makeSamples } from './sides-samples.ts';
import { makeScreening } from './sides-screening.ts';
import { makeSettlement } from './sides-settlement.ts';
import { makeSharing } from './sides-sharing.ts';
import { makeSource } from './sides-source.ts';
import { makeSideStatements } from './sides-statements.ts';
import { makeTraffic } from './sides-traffic.ts';
import { makeTrust } from './sides-trust.ts';
import { makeSideWebhooks } from './sides-webhooks.ts';

/** The objects of one side of the world, by what they are, with their global ids. */
export type Objects = Readonly<Record<string, string>>;

/** One brand, creator, managing agency and recruiting agency who work together, and an object of every kind. */
export interface Side {
  readonly brandId: string;
  readonly creatorId: string;
  readonly agencyId: string;
  /** It managed the creator before the agency does. */
  readonly formerAgencyId: string;
  readonly recruiterId: string;
  /** An API key of the brand that may only read. */
  readonly brandKey: string;
  readonly objects: Objects;
}

export type Parties = Pick<Side, 'brandId' | 'creatorId' | 'agencyId' | 'formerAgencyId' | 'recruiterId'>;

const BEFORE = new Date('2026-06-16T12:00:00Z');
const SINCE = new Date('2026-07-16T12:00:00Z');

/** Makes a side: its orders lie before and after the day from which the agency manages the creator. */
export async function makeSide(world: World, name: string): Promise<Side> {
  const parties = {
    brandId: await world.brand(`Brand ${name}`),
    creatorId: await world.creator(`Creator ${name}`),
    agencyId: await world.agency(`Agency ${name}`),
    formerAgencyId: await world.agency(`Former agency ${name}`),
    recruiterId: await world.agency(`Recruiter ${name}`),
  };
  const { brandId } = parties;
  const listed = await world.product({ brandId });
  const named = await world.product({ brandId });
  const draft = await world.product({ brandId, draft: true });
  const enrolments = await makeCampaigns(world, parties, { listed, named, draft });
  const plans = await makePlans(world, parties, listed, named);
  const occasion = await makeEvent(world, listed);
  const belt = await makeBelt(world, parties);
  const contracts = await makeContracts(world, parties);
  const lines = await makeOrders(world, parties, { listed, named, enrolmentId: enrolments.local });
  const sold = { brandId, creatorId: parties.creatorId, product: listed, enrolmentId: enrolments.local };
  const settlement = await makeSettlement(world, sold);
  const engagements = await makeEngagements(world, parties, listed.id);
  const samples = await makeSamples(world, { ...parties, listed, named, draft });
  const { picks, key } = await makePicks(world, parties, listed, enrolments.local);
  const objects = {
    ...idsOf(parties, { listed, named, draft }),
    Category: toGlobalId('Category', await world.leafCategory()),
    ...plans,
    ...enrolments.objects,
    ...belt,
    ...contracts,
    ...lines,
    ...settlement,
    ...occasion,
    ...picks,
    ...engagements,
    ...(await makeBlocks(world, parties)),
    ...samples,
    ...(await makeCertification(world, parties.agencyId)),
    ...(await makeAccount(world, brandId)),
    ...(await makeAudit(world, parties, picks.ApiKey)),
    ...(await makePayouts(world, parties)),
    ...(await makeSideStatements(world, parties)),
    ...(await makeSideChanges(world, parties)),
    ...(await makeSideExports(world, parties)),
    ...(await makeSideWebhooks(world, parties)),
    ...(await makeTrust(world, sold)),
    ...(await makeLive(world, { ...sold, session: picks.LiveSession })),
    ...(await makeBoosts(world, { ...parties, listed })),
    ...(await makeSharing(world, listed)),
    AttributionClaim: await makeAttributionClaim(world, { ...parties, listed }),
    ...(await makeTraffic(world)),
    ...(await makeScreening(world, { creatorId: parties.creatorId, product: listed })),
    ...(await makeSource(world, {
      ...parties,
      listed,
      belt: belt.IndustrialBelt ?? '',
      base: belt.LiveBase ?? '',
    })),
  };
  await refreshFigures(world.database, new Date());
  await caughtUp(world.database);
  await countInsight(world.database, new Date());
  return { ...parties, brandKey: key, objects };
}

const idsOf = (
  { brandId, creatorId, agencyId, recruiterId }: Parties,
  { listed, named, draft }: Readonly<Record<'listed' | 'named' | 'draft', MadeProduct>>,
) => ({
  Brand: toGlobalId('Brand', brandId),
  Creator: toGlobalId('Creator', creatorId),
  Agency: toGlobalId('Agency', agencyId),
  'Agency, recruiting': toGlobalId('Agency', recruiterId),
  'Product, listed': toGlobalId('Product', listed.id),
  'Product, of a TARGETED plan': toGlobalId('Product', named.id),
  'Product, DRAFT': toGlobalId('Product', draft.id),
  'Sku, listed': toGlobalId('Sku', listed.skuId),
  'Sku, DRAFT': toGlobalId('Sku', draft.skuId),
});

async function makePlans(world: World, { creatorId }: Parties, listed: MadeProduct, named: MadeProduct) {
  const open = await world.plan(listed);
  await world.plan(named);
  await cutTwice(world, open, listed);
  const targeted = await world.plan(named, { kind: 'TARGETED', creatorIds: [creatorId], commissionBp: 3000 });
  return { 'Plan, OPEN': toGlobalId('Plan', open), 'Plan, TARGETED': toGlobalId('Plan', targeted) };
}

/** A cut after all orders, which those who had picked the product need not take, and another one far ahead. */
async function cutTwice({ database }: World, planId: string, { id, brandId }: MadeProduct): Promise<void> {
  const [first, second] = ['2026-08-01T00:00:00Z', '2099-01-01T00:00:00Z'];
  await database.rows(sql`
    with kept as (update plan_terms set valid_to = ${first} where plan_id = ${planId} returning id),
    later as (insert into plan_terms (id, plan_id, version, commission_bp, valid_from, valid_to)
      values (gen_random_uuid(), ${planId}, 2, 1900, ${first}, ${second}),
        (gen_random_uuid(), ${planId}, 3, 1800, ${second}, null))
    insert into rate_lock (id, kind, offer_id, terms_id, brand_id, product_id, locked_from, locked_until)
    select gen_random_uuid(), 'OPEN', ${planId}, id, ${brandId}, ${id}, ${first}, ${second} from kept`);
}

interface Sold {
  readonly listed: MadeProduct;
  readonly named: MadeProduct;
  readonly enrolmentId: string;
}

/** A line that pays everybody, one from before the contract, one that pays nobody, and an event without a line. */
async function makeOrders(
  world: World,
  { brandId, creatorId }: Parties,
  { listed, named, enrolmentId }: Sold,
) {
  const order = async (orderNo: string, product: MadeProduct, linkCode: string | null, occurredAt: Date) => {
    const events = [
      event(brandId, 'PLACED', orderNo, { occurredAt, placed: placed(product.code, { linkCode }) }),
      event(brandId, 'PAID', orderNo, { occurredAt }),
    ];
    const answers = await world.ingest(brandId, events);
    if (answers.some(({ status }) => status !== 'APPLIED')) throw new Error(JSON.stringify(answers));
  };
  await order('SHARED', listed, await world.link(creatorId, listed, enrolmentId), SINCE);
  await order('EARLIER', named, await world.link(creatorId, named), BEFORE);
  await order('NOBODYS', listed, null, SINCE);
  await world.ingest(brandId, [
    event(brandId, 'REFUNDED', 'UNKNOWN', { refund: { amountMinor: 1n, quantity: 0 } }),
  ]);
  const rows = await world.database.rows(
    sql<{
      id: string;
      orderNo: string;
    }>`select id, order_no as "orderNo" from order_line where brand_id = ${brandId}`,
  );
  const lineOf = (no: string) =>
    toGlobalId('OrderLine', rows.find(({ orderNo }) => orderNo === no)?.id ?? '', brandId);
  return {
    'OrderLine, pays all four': lineOf('SHARED'),
    'OrderLine, from before the contract': lineOf('EARLIER'),
    'OrderLine, pays nobody': lineOf('NOBODYS'),
  };
}

async function makePicks(
  world: World,
  { brandId, creatorId }: Parties,
  product: MadeProduct,
  enrolmentId: string,
) {
  const itemId = await world.showcase(creatorId, product, enrolmentId);
  const sessionId = newId();
  const made = await world.tx(async (tx) => {
    const session = { id: sessionId, creatorId, title: 'Live', startedAt: EARLY, endedAt: null };
    tx.em.create(LiveSessionRow, session);
    await tx.em.flush();
    return createApiKey(tx, { partyId: brandId, name: 'Shop', scopes: ['read'] }, 'test', EARLY);
  });
  const [link] = await world.database.rows(
    sql<{
      id: string;
    }>`select id from promotion_link where creator_id = ${creatorId} and creator_part_bp is null order by id limit 1`,
  );
  return {
    key: made.token,
    picks: {
      ShowcaseItem: toGlobalId('ShowcaseItem', itemId),
      PromotionLink: toGlobalId('PromotionLink', link?.id ?? ''),
      LiveSession: toGlobalId('LiveSession', sessionId),
      ApiKey: toGlobalId('ApiKey', made.row.id),
    },
  };
}
