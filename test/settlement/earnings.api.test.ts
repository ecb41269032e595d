import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { LiveSessionRow } from '../../src/features/promotion/index.ts';
import { newId, toGlobalId } from '../../src/kernel/ids.ts';
import type { Caller, Json } from '../kit/alliance.ts';
import { EARLY, event, PLACED_AT, placed } from '../kit/world.ts';
import {
  agencyId,
  alliance,
  callers,
  creatorId,
  DUE_AT,
  later,
  lineUpTo,
  openScene,
  product,
  refund,
  settle,
  world,
} from './scene.ts';

openScene();

const GROUP = `day orderLines gmv { minorUnits } estimated { __typename minorUnits } settled { __typename minorUnits }
  plan { id } product { id } liveSession { id } promotionLink { id } campaign { id }`;
const JUNE = 'from: "2026-06-01", to: "2026-06-30"';

interface Asked {
  readonly type?: 'Creator' | 'Agency' | 'Brand';
  readonly id?: string;
  readonly args?: string;
}

const ask = (caller: Caller, { type = 'Creator', id = creatorId, args = JUNE }: Asked = {}) => {
  const field = type === 'Brand' ? 'commissionCosts' : 'earnings';
  const page = `nodes { ${GROUP} } pageInfo { hasNextPage endCursor }`;
  return caller.query(
    `{ node(id: "${toGlobalId(type, id)}") { ... on ${type} { page: ${field}(${args}) { ${page} } } } }`,
  );
};

async function groups(caller: Caller, asked: Asked = {}): Promise<Json[]> {
  const { data, errors } = await ask(caller, asked);
  expect(errors).toBeUndefined();
  return data.node.page.nodes;
}

/** Lines, GMV, estimated and settled, in fen. */
const figures = ({ orderLines, gmv, estimated, settled }: Json) => [
  orderLines,
  gmv === null ? null : Number(gmv.minorUnits),
  Number(estimated.minorUnits),
  Number(settled.minorUnits),
];

/** A paid line that came by this, placed then. */
async function paidLine(orderNo: string, more: object, occurredAt = PLACED_AT, sku = product): Promise<void> {
  const answers = await world.ingest(sku.brandId, [
    event(sku.brandId, 'PLACED', orderNo, { occurredAt, placed: placed(sku.code, more) }),
    event(sku.brandId, 'PAID', orderNo, { occurredAt }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(['APPLIED', 'APPLIED']);
}

describe('earnings', () => {
  it('move from the estimated track to the settled one, and never count on both', async () => {
    const line = await lineUpTo('RECEIVED');
    expect((await groups(callers.creator)).map(figures)).toEqual([[1, 10_000, 1440, 0]]);
    await settle(DUE_AT);
    await lineUpTo('PAID');
    expect((await groups(callers.creator)).map(figures)).toEqual([[2, 20_000, 1440, 1440]]);
    await refund(line, 5000n, later(DUE_AT, 1));
    const [group] = await groups(callers.creator);
    expect(figures(group)).toEqual([2, 20_000, 1440, 720]);
    expect([group.estimated.__typename, group.settled.__typename]).toEqual([
      'EstimatedMoney',
      'SettledMoney',
    ]);
  });

  it('leave out what was not paid or was cancelled', async () => {
    await lineUpTo('PLACED');
    const line = await lineUpTo('PAID');
    await world.ingest(product.brandId, [event(product.brandId, 'CANCELLED', line.orderNo)]);
    expect(await groups(callers.creator)).toEqual([]);
  });

  it('are those of the agency for its part, and of the brand for all that it pays', async () => {
    await lineUpTo('RECEIVED');
    await settle(DUE_AT);
    await lineUpTo('PAID');
    const agency = await groups(callers.agency, { type: 'Agency', id: agencyId });
    expect(agency.map(figures)).toEqual([[2, 20_000, 360, 360]]);
    const brand = await groups(callers.brand, { type: 'Brand', id: product.brandId });
    expect(brand.map(figures)).toEqual([[2, 20_000, 2000, 2000]]);
  });

  it('lie in the days of the alliance, not in those of UTC', async () => {
    const linkCode = await world.link(creatorId, product);
    // Midnight in Shanghai is at 16:00 in UTC.
    await paidLine('D1', { linkCode }, new Date('2026-06-16T15:59:59.999Z'));
    await paidLine('D2', { linkCode }, new Date('2026-06-16T16:00:00.000Z'));
    const days = async (args: string) => (await groups(callers.creator, { args })).map(({ day }) => day);
    expect(await days(JUNE)).toEqual(['2026-06-16', '2026-06-17']);
    expect(await days('from: "2026-06-17", to: "2026-06-17"')).toEqual(['2026-06-17']);
    expect(await days('from: "2026-06-10", to: "2026-06-16"')).toEqual(['2026-06-16']);
    // The clock stands at the 16th in Shanghai, which is the last of thirty days when nothing is said.
    expect(await days('by: DAY')).toEqual(['2026-06-16']);
    expect(await days('from: "2026-06-17"')).toEqual(['2026-06-17']);
    expect(await days('to: "2026-07-16"')).toEqual(['2026-06-17']);
  });
});

describe('earnings by', () => {
  it('product and plan', async () => {
    const other = await world.product({ brandId: product.brandId });
    const planId = await world.plan(other);
    await lineUpTo('PAID');
    await paidLine('P1', { linkCode: await world.link(creatorId, other) }, PLACED_AT, other);
    const products = await groups(callers.creator, { args: `by: PRODUCT, ${JUNE}` });
    expect(products.map((group) => [group.product.id, figures(group)])).toEqual(
      [product.id, other.id].sort().map((id) => [toGlobalId('Product', id), [1, 10_000, 1440, 0]]),
    );
    const plans = await groups(callers.creator, { args: `by: PLAN, ${JUNE}` });
    expect(plans).toHaveLength(2);
    expect(plans.map(({ plan }) => plan.id)).toContain(toGlobalId('Plan', planId));
    expect(
      plans.every(({ day, product: of, campaign }) => day === null && of === null && campaign === null),
    ).toBe(true);
  });

  it('content: the session of the creator, else the link, also where a click told it', async () => {
    const [session, foreign] = [newId(), newId()];
    await world.tx(async (tx) => {
      const row = { title: 'Live', startedAt: EARLY, endedAt: null };
      tx.em.create(LiveSessionRow, { ...row, id: session, creatorId });
      tx.em.create(LiveSessionRow, { ...row, id: foreign, creatorId: await world.creator() });
      await tx.em.flush();
    });
    const linkCode = await world.link(creatorId, product);
    const [link] = await alliance.database.rows(
      sql<{ id: string }>`select id from promotion_link where code = ${linkCode}`,
    );
    await alliance.database.rows(sql`
      insert into click (brand_id, id, product_id, link_id, creator_id, buyer_ref, clicked_at)
      values (${product.brandId}, ${newId()}, ${product.id}, ${link?.id}, ${creatorId}, 'clicker', ${later(PLACED_AT, -1)})`);
    await paidLine('C1', { linkCode });
    await paidLine('C2', { buyerRef: 'clicker' });
    await paidLine('C3', { linkCode, liveSessionId: session });
    await paidLine('C4', { linkCode, liveSessionId: foreign });
    const found = await groups(callers.creator, { args: `by: CONTENT, ${JUNE}` });
    const shown = found.map((group) => [
      group.liveSession?.id ?? null,
      group.promotionLink?.id ?? null,
      group.orderLines,
    ]);
    expect(shown.sort()).toEqual(
      [
        [toGlobalId('LiveSession', session), null, 1],
        [null, toGlobalId('PromotionLink', link?.id ?? ''), 3],
      ].sort(),
    );
  });

  it('campaign: for each agency the one that it is paid by', async () => {
    const [first, second] = [await world.agency(), await world.agency()];
    const enrolled = await world.enrolment(product, first);
    const below = await world.enrolment(
      product,
      second,
      { commissionBp: 2000, serviceFeeBp: 100 },
      enrolled.id,
    );
    await paidLine('K1', { linkCode: await world.link(creatorId, product, below.id) });
    const campaignOf = async (id: string) => {
      const asked = { type: 'Agency', id, args: `by: CAMPAIGN, ${JUNE}` } as const;
      return (await groups(callers.operator, asked)).map(({ campaign, orderLines }) => [
        campaign.id,
        orderLines,
      ]);
    };
    expect(await campaignOf(first)).toEqual([[toGlobalId('RecruitingCampaign', enrolled.campaignId), 1]]);
    expect(await campaignOf(second)).toEqual([[toGlobalId('RecruitingCampaign', below.campaignId), 1]]);
    const plans = await groups(callers.creator, { args: `by: PLAN, ${JUNE}` });
    expect(plans.map(({ plan, orderLines }) => [plan, orderLines])).toEqual([[null, 1]]);
  });
});

describe('who asks for earnings', () => {
  beforeEach(() => lineUpTo('PAID'));

  const letSee = (...parts: string[]) =>
    alliance.database.rows(
      sql`update contract_terms set visibility = ${parts}::text[] where creator_id = ${creatorId}`,
    );

  it('is the creator, operators and the managing agency where it sees EARNINGS, with the GMV where it sees ORDERS', async () => {
    expect((await groups(callers.operator)).map(figures)).toEqual([[1, 10_000, 1440, 0]]);
    await letSee('EARNINGS', 'ORDERS');
    expect((await groups(callers.agency)).map(figures)).toEqual([[1, 10_000, 1440, 0]]);
    await letSee('EARNINGS');
    expect((await groups(callers.agency)).map(figures)).toEqual([[1, null, 1440, 0]]);
    await letSee('ORDERS');
    for (const caller of [callers.agency, callers.brand, callers.stranger]) {
      const { errors } = await ask(caller);
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['NOT_FOUND']);
    }
  });

  it('is told what is wrong with the days and the cursor', async () => {
    const { data } = await ask(callers.creator, { args: `${JUNE}, first: 1` });
    const { endCursor } = data.node.page.pageInfo;
    const wrong = [
      'from: "2026-06-02", to: "2026-06-01"',
      'from: "2026-01-01", to: "2026-04-03"',
      'from: "1969-12-31"',
      'to: "9999-12-31"',
      `by: PLAN, ${JUNE}, after: "${endCursor}"`,
      `${JUNE}, after: "x"`,
      `${JUNE}, first: 101`,
    ];
    for (const args of wrong) {
      const { errors } = await ask(callers.creator, { args });
      expect([args, errors?.[0]?.extensions.code]).toEqual([args, 'BAD_USER_INPUT']);
    }
    expect(await groups(callers.creator, { args: 'from: "2026-06-16", to: "2026-09-15"' })).toHaveLength(1);
  });

  it('pages through the groups', async () => {
    const linkCode = await world.link(creatorId, product);
    for (const day of [1, 2, 3, 4]) await paidLine(`Q${day}`, { linkCode }, later(PLACED_AT, day));
    const days: string[] = [];
    for (let after = ''; ; ) {
      const { data } = await ask(callers.creator, { args: `${JUNE}, first: 2${after}` });
      days.push(...data.node.page.nodes.map(({ day }: Json) => day));
      if (!data.node.page.pageInfo.hasNextPage) break;
      after = `, after: "${data.node.page.pageInfo.endCursor}"`;
    }
    expect(days).toEqual(['16', '17', '18', '19', '20'].map((day) => `2026-06-${day}`));
  });
});
