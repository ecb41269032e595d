import { afterAll, beforeAll, expect, it } from 'vitest';
import { seatUser } from '../../src/features/account/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { LOCAL_ISSUER } from '../../src/server/local-issuer.ts';
import { act } from '../api/act.ts';
import { CreatorApp } from '../clients/creator-app.ts';
import * as documents from '../clients/generated/creator-app.ts';
import { committedClient, generateClient } from '../clients/typed-client.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { readOperations, runsOnDemo } from '../kit/operations.ts';
import { type MadeProduct, World } from '../kit/world.ts';
import { told1By1, wire, wirePlaced } from '../order/wire.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
const ADDRESS = { recipient: '李雷', phone: '13800000000', region: '浙江省杭州市', lines: ['文三路 1 号'] };

let alliance: TestAlliance;
let clock: TestClock;
let app: CreatorApp;
let apples: MadeProduct;
let pears: MadeProduct;
let categoryId: string;
let brand: Caller;
let agency: Caller;
let agencyId: string;
let creatorId: string;
let liveSessionId: string;
let linkCode: string;

beforeAll(async () => {
  clock = new TestClock('2026-06-16T01:00:00Z');
  alliance = await testAlliance({ clock, environment: { TRUSTED_DOCUMENTS_ONLY: 'yes' } });
  const world = new World(alliance.database);
  apples = await world.product({ title: '冰糖心苹果' });
  pears = await world.product({ title: '库尔勒香梨', brandId: apples.brandId });
  await world.plan(apples);
  await world.plan(pears, { commissionBp: 1000 });
  categoryId = toGlobalId('Category', await world.leafCategory());
  const made = await world.agency('星河');
  agencyId = toGlobalId('Agency', made);
  agency = await alliance.memberOf(made);
  brand = await alliance.memberOf(apples.brandId);
  app = new CreatorApp(alliance.server.url, (await alliance.issuer.issue('lilei', '李雷')).token);
});

afterAll(() => alliance.close());

/** What another party does meanwhile. */
async function meanwhile(who: Caller, name: string, input: object, fields = 'id'): Promise<Json> {
  const { userErrors, code, result } = await act(who, name, input, fields);
  expect([name, userErrors, code]).toEqual([name, [], undefined]);
  clock.advance(MINUTE_MS);
  return result;
}

/** A payload in which nothing is wrong. */
function fine<Payload extends { userErrors: readonly unknown[] }>(payload: Payload): Payload {
  expect(payload.userErrors).toEqual([]);
  clock.advance(MINUTE_MS);
  return payload;
}

const productId = (product: MadeProduct): string => toGlobalId('Product', product.id);

it('is written for a client that graphql-codegen makes from the schema of now', async () => {
  expect(await generateClient()).toBe(committedClient());
});

it('registers whoever has just signed in', async () => {
  expect((await app.read(documents.ViewerDocument)).viewer).toMatchObject({ name: '李雷', creator: null });
  const input = { name: '李雷', city: '杭州', about: '水果' };
  creatorId = fine(await app.write(documents.RegisterDocument, input)).creator!.id;
  const { viewer } = await app.read(documents.ViewerDocument);
  expect(viewer?.creator).toMatchObject({ id: creatorId, tier: 'ORDINARY', contractInForce: null });
});

it('agrees with an agency on the second try, and narrows what it sees', async () => {
  const terms = {
    agencyId,
    creatorId,
    shareRate: 3000,
    visibility: ['SHOWCASE', 'ORDERS', 'EARNINGS'],
    message: '',
  };
  const first = await meanwhile(agency, 'contractInvite', terms);
  const no = { proposalId: first.id, reason: '太多' };
  expect(fine(await app.write(documents.DeclineProposalDocument, no)).proposal?.state).toBe('DECLINED');
  const second = await meanwhile(agency, 'contractInvite', { ...terms, shareRate: 1500 });
  const { contract } = fine(await app.write(documents.AcceptProposalDocument, { proposalId: second.id }));
  const contractId = contract!.id;
  const wish = { contractId, shareRate: 1000, visibility: ['ORDERS' as const] };
  const { proposal } = fine(await app.write(documents.ProposeChangeDocument, wish));
  const taken = fine(await app.write(documents.TakeProposalBackDocument, { proposalId: proposal!.id }));
  expect(taken.proposal?.state).toBe('WITHDRAWN');
  const narrow = { contractId, visibility: ['ORDERS' as const] };
  const narrowed = fine(await app.write(documents.NarrowVisibilityDocument, narrow)).contract;
  expect(narrowed?.terms).toMatchObject({ version: 2, shareRate: 1500, visibility: ['ORDERS'] });
  const { viewer } = await app.read(documents.ContractsDocument, { first: 5 });
  expect(viewer?.creator?.contractInForce?.agency.name).toBe('星河');
  expect(viewer?.creator?.contractProposals?.nodes.map(({ state }) => state)).toEqual([
    'WITHDRAWN',
    'ACCEPTED',
    'DECLINED',
  ]);
});

it('finds products, and asks for samples of them', async () => {
  for (const [product, approval] of [
    [apples, 'AUTOMATIC'],
    [pears, 'MANUAL'],
  ] as const) {
    const rule = { productId: productId(product), approval, quota: 10, contentWanted: 'ANY' };
    await meanwhile(brand, 'sampleRuleSet', rule);
  }
  const { productPool } = await app.read(documents.PoolDocument, {
    filter: { sampleOffered: true },
    orderBy: 'COMMISSION_RATE',
  });
  expect(productPool.nodes.map(({ title, openPlan }) => [title, openPlan?.commissionRate])).toEqual([
    ['冰糖心苹果', 2000],
    ['库尔勒香梨', 1000],
  ]);
  const { product } = await app.read(documents.ProductPageDocument, { id: productPool.nodes[0]!.id });
  expect(product?.sampleRule).toMatchObject({ approval: 'AUTOMATIC', left: 10 });
  const ask = (of: MadeProduct) => {
    const input = {
      creatorId,
      productId: productId(of),
      skuId: toGlobalId('Sku', of.skuId),
      address: ADDRESS,
    };
    return app.write(documents.AskForSampleDocument, input);
  };
  const apple = fine(await ask(apples)).sampleRequest!;
  const pear = fine(await ask(pears)).sampleRequest!;
  const back = fine(await app.write(documents.TakeSampleRequestBackDocument, { sampleRequestId: pear.id }));
  expect(back.sampleRequest?.state).toBe('WITHDRAWN');
  await meanwhile(brand, 'sampleShip', { sampleRequestId: apple.id, carrier: '顺丰', trackingNumber: 'SF1' });
  const arrived = fine(await app.write(documents.SampleArrivedDocument, { sampleRequestId: apple.id }));
  expect(arrived.sampleRequest?.arrivedAt).not.toBeNull();
});

it('goes live once, however often the app has to ask', async () => {
  const pick = { creatorId, productId: productId(apples) };
  const { showcaseItem } = fine(await app.write(documents.PickProductDocument, pick));
  linkCode = fine(await app.write(documents.MakeLinkDocument, pick)).promotionLink!.code;
  const session = { creatorId, title: '水果专场' };
  const started = fine(await app.write(documents.GoLiveDocument, session, 'live-of-today')).liveSession!;
  const again = fine(await app.write(documents.GoLiveDocument, session, 'live-of-today')).liveSession!;
  expect(again.id).toBe(started.id);
  liveSessionId = started.id;
  const { node } = await app.read(documents.LiveSessionDocument, { id: liveSessionId });
  expect(node).toMatchObject({ __typename: 'LiveSession', title: '水果专场', endedAt: null });
  await sell('L1', { linkCode });
  await sell('S1', { liveSessionId });
  const ended = fine(await app.write(documents.EndLiveDocument, { liveSessionId }));
  expect(ended.liveSession?.endedAt).not.toBeNull();
  const showcase = (await app.read(documents.ShowcaseDocument, { first: 5 })).viewer?.creator?.showcase;
  expect(showcase?.nodes.map(({ terms }) => terms?.winner?.commissionRate)).toEqual([2000]);
  const links = (await app.read(documents.LinksDocument, { first: 5 })).viewer?.creator?.promotionLinks;
  expect(links?.nodes.map(({ code }) => code)).toEqual([linkCode]);
  fine(await app.write(documents.TakeOutOfShowcaseDocument, { showcaseItemId: showcaseItem!.id }));
  expect((await app.read(documents.ShowcaseDocument, { first: 5 })).viewer?.creator?.showcase?.nodes).toEqual(
    [],
  );
});

it('plans a session and begins it with its goods, which a brand may sell cheaper there', async () => {
  const startsAt = new Date(clock.now().getTime() + MINUTE_MS).toISOString();
  const merchandise = [{ productId: productId(apples), priceMinor: '8000', stock: 10 }];
  const content = { title: '加场', startsAt, plannedMinutes: 60, merchandise };
  const { livePlan } = fine(await app.write(documents.PlanLiveDocument, { creatorId, content }));
  const begin = { livePlanId: livePlan!.id };
  const { liveSession } = fine(await app.write(documents.StartPlannedLiveDocument, begin));
  const id = liveSession!.id;
  const add = { liveSessionId: id, productId: productId(apples) };
  const { liveItem } = fine(await app.write(documents.AddToCartDocument, add));
  fine(await app.write(documents.PinItemDocument, { liveItemId: liveItem!.id }));
  const offer = {
    liveItemId: liveItem!.id,
    skuId: toGlobalId('Sku', apples.skuId),
    priceMinor: '8000',
    stock: 10,
  };
  await meanwhile(brand, 'liveOfferSet', offer);
  const { node } = await app.read(documents.LiveCartDocument, { liveSessionId: id });
  const nodes = node?.__typename === 'LiveSession' ? node.cart.nodes : [];
  expect(nodes.map(({ pinned, offers }) => [pinned, offers[0]?.left])).toEqual([[true, 10]]);
  const { viewer } = await app.read(documents.MyLiveSessionsDocument, {});
  expect(
    viewer?.creator?.liveSessions?.nodes.map(({ title, plan }) => [title, plan?.current.version]),
  ).toEqual([
    ['加场', 1],
    ['水果专场', undefined],
  ]);
  fine(await app.write(documents.EndLiveDocument, { liveSessionId: id }));
});

async function sell(orderNo: string, detail: object): Promise<void> {
  const occurredAt = clock.now().toISOString();
  const events = [
    wirePlaced(`${orderNo}/PLACED`, orderNo, apples.code, detail, { occurredAt }),
    wire(`${orderNo}/PAID`, orderNo, { occurredAt }),
  ];
  expect(await told1By1(brand, events)).toEqual(['APPLIED', 'APPLIED']);
  clock.advance(MINUTE_MS);
}

it('reads what the orders bring, page by page, and why', async () => {
  const rows: string[] = [];
  let after: string | null = null;
  do {
    const page: documents.OrdersQuery = await app.read(documents.OrdersDocument, { first: 1, after });
    const { nodes, pageInfo } = page.viewer!.creator!.orderLines!;
    rows.push(...nodes.map(({ orderNo, attribution }) => `${orderNo} ${attribution}`));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  expect(rows).toEqual(['S1 LIVE_SESSION', 'L1 LINK']);
  const [line] = (await app.read(documents.OrdersDocument, { first: 1 })).viewer!.creator!.orderLines!.nodes;
  const { orderLine } = await app.read(documents.OrderDocument, { id: line!.id });
  expect(orderLine?.commissionExplanation?.winner?.commissionRate).toBe(2000);
  // 2000 of 100.00, less a tenth for the alliance, less 15 % of what is left for the agency.
  expect(line?.waterfall?.nodes[0]?.estimatedNet?.amount).toBe('15.30');
  const { viewer } = await app.read(documents.EarningsDocument, { by: 'DAY' });
  const [day] = viewer!.creator!.earnings!.nodes;
  expect([day?.day, day?.orderLines, day?.estimated.amount]).toEqual(['2026-06-16', 2, '30.60']);
});

it('takes one job, declines another, and gives the first one back', async () => {
  const dueAt = new Date(clock.now().getTime() + 10 * DAY_MS).toISOString();
  const milestones = [{ kind: 'SCRIPT', title: '脚本', priceMinor: '100000', dueAt }];
  const brandId = toGlobalId('Brand', apples.brandId);
  const offer = { brandId, providerId: creatorId, title: '短视频', brief: '三条短视频。', milestones };
  const one = await meanwhile(brand, 'engagementOffer', offer);
  const other = await meanwhile(brand, 'engagementOffer', offer);
  const taken = fine(await app.write(documents.AcceptEngagementDocument, { engagementId: one.id }));
  expect(taken.engagement?.state).toBe('RUNNING');
  const declined = fine(await app.write(documents.DeclineEngagementDocument, { engagementId: other.id }));
  expect(declined.engagement?.state).toBe('DECLINED');
  const cancel = { engagementId: one.id, reason: '病了' };
  const asked = fine(await app.write(documents.CancelMilestonesDocument, cancel));
  expect(asked.engagement?.milestones?.map(({ cancelAskedBy }) => cancelAskedBy)).toEqual(['PROVIDER']);
});

it('says where its money goes, hears that there is none yet, and changes its mind', async () => {
  const method = {
    partyId: creatorId,
    kind: 'BANK' as const,
    holder: 'Li Lei',
    iban: 'DE89370400440532013000',
  };
  const { payoutMethod } = fine(await app.write(documents.SetPayoutMethodDocument, method));
  const { viewer } = await app.read(documents.BalanceDocument);
  expect(viewer?.creator).toMatchObject({
    balances: [],
    payoutMethod: { maskedNumber: payoutMethod!.maskedNumber },
  });
  const ask = { payeeId: creatorId, currencyCode: 'CNY' };
  const { userErrors } = await app.write(documents.AskForPayoutDocument, ask);
  expect(userErrors.map(({ __typename }) => __typename)).toEqual(['PayoutAboveBalance']);
  const retire = { payoutMethodId: payoutMethod!.id };
  expect(
    fine(await app.write(documents.RetirePayoutAccountDocument, retire)).payoutMethod?.retiredAt,
  ).not.toBeNull();
  expect((await app.read(documents.PayoutsDocument, { first: 5 })).viewer?.creator?.payouts?.nodes).toEqual(
    [],
  );
});

it('lists what a brand has just landed, arranges the cart, and says how many have watched', async () => {
  // A host who belongs to the brand too: only such a one may list its goods in a session.
  const host = { issuer: LOCAL_ISSUER, subject: 'lilei', name: '李雷' };
  await alliance.database.transaction((tx) => seatUser(tx, host, apples.brandId, 'OWNER', clock.now()));
  const startsAt = new Date(clock.now().getTime() + DAY_MS).toISOString();
  const content = { title: '渔港专场', startsAt, plannedMinutes: 60, merchandise: [] };
  const { livePlan } = fine(await app.write(documents.PlanLiveDocument, { creatorId, content }));
  const later = { livePlanId: livePlan!.id, content: { ...content, title: '渔港夜场' } };
  const changed = fine(await app.write(documents.ChangeLivePlanDocument, later)).livePlan;
  expect(changed?.current).toMatchObject({ version: 2, title: '渔港夜场' });
  const { liveSession } = fine(
    await app.write(documents.StartPlannedLiveDocument, { livePlanId: livePlan!.id }),
  );
  const id = liveSession!.id;
  const pear = fine(
    await app.write(documents.AddToCartDocument, { liveSessionId: id, productId: productId(pears) }),
  ).liveItem!;
  const crab = fine(
    await app.write(documents.FlashListingDocument, {
      liveSessionId: id,
      brandId: toGlobalId('Brand', apples.brandId),
      categoryId,
      title: '现捞大闸蟹',
      photoUrl: 'https://img.example/crab.jpg',
      priceMinor: '9900',
      stock: 5,
    }),
  ).liveItem!;
  const order = { liveSessionId: id, liveItemIds: [crab.id, pear.id] };
  const arranged = fine(await app.write(documents.ArrangeCartDocument, order)).liveSession;
  expect(arranged?.cart.nodes.map((item) => item.id)).toEqual([crab.id, pear.id]);
  const taken = fine(await app.write(documents.TakeOutOfCartDocument, { liveItemId: pear.id })).liveItem;
  expect(taken?.removedAt).not.toBeNull();
  const watched = fine(
    await app.write(documents.ReportViewersDocument, { liveSessionId: id, viewers: '1234' }),
  );
  expect(watched.liveSession?.figures?.viewers).toBe('1234');
  fine(await app.write(documents.EndLiveDocument, { liveSessionId: id }));
});

it('claims an order that came without its link', async () => {
  const occurredAt = clock.now().toISOString();
  const order = wirePlaced('C1', 'O-LOST', apples.code, { buyerRef: 'fan' }, { occurredAt });
  expect(await told1By1(brand, [order])).toEqual(['APPLIED']);
  const claim = { creatorId, brandId: toGlobalId('Brand', apples.brandId), orderNo: 'O-LOST' };
  const said = { statement: '粉丝说是看了我的视频下的单。', evidenceUrls: [] };
  const { attributionClaim } = fine(await app.write(documents.ClaimOrderDocument, { ...claim, ...said }));
  expect(attributionClaim?.state).toBe('OPEN');
});

it('is warned for what it promises, and appeals', async () => {
  const startsAt = new Date(clock.now().getTime() + DAY_MS).toISOString();
  const content = { title: '绝对有效的水果', startsAt, plannedMinutes: 60, merchandise: [] };
  fine(await app.write(documents.PlanLiveDocument, { creatorId, content }));
  const own = async () => (await app.read(documents.MyClaimFindingsDocument)).viewer!.creator!;
  const finding = (await own()).claimFindings!.nodes[0]!;
  const decision = {
    claimFindingId: finding.id,
    outcome: 'UPHELD',
    reason: '夸大宣传',
    penalty: { kind: 'WARNING' },
  };
  await meanwhile(await alliance.memberOf(alliance.id), 'claimFindingDecide', decision);
  const claimPenaltyId = (await own()).claimPenalties!.nodes[0]!.id;
  const appeal = { claimPenaltyId, text: '这是品种的名字。' };
  const { claimPenalty } = fine(await app.write(documents.AppealPenaltyDocument, appeal));
  expect(claimPenalty?.appeal?.state).toBe('OPEN');
});

it('leaves the agency', async () => {
  const { viewer } = await app.read(documents.ContractsDocument, {});
  const contractId = viewer!.creator!.contractInForce!.id;
  const endsAt = new Date(clock.now().getTime() + MINUTE_MS).toISOString();
  const { contract } = fine(await app.write(documents.EndContractDocument, { contractId, endsAt }));
  expect(contract?.endsAt).toBe(endsAt);
});

it('has run every document of the app that the demo alone cannot run', () => {
  const rest = readOperations().filter((each) => each.caller === 'creator-app' && !runsOnDemo(each));
  expect(rest.length).toBeGreaterThan(10);
  expect(rest.filter(({ documentId }) => !app.ran.has(documentId)).map(({ path }) => path)).toEqual([]);
});
