import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inviteCreator } from '../../src/features/contract/index.ts';
import { fromGlobalId, toGlobalId } from '../../src/kernel/ids.ts';
import { buildAllianceSchema } from '../../src/server/schema.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { type MadeProduct, World } from '../kit/world.ts';
import { makeEngagements } from '../schema/side-engagements.ts';
import { makeAccount } from '../schema/sides-account.ts';
import { attributionIds } from '../schema/sides-attribution.ts';
import { makeBelt } from '../schema/sides-belt.ts';
import { boostIds } from '../schema/sides-boost.ts';
import { makeCertification } from '../schema/sides-certification.ts';
import { makeSideExports } from '../schema/sides-exports.ts';
import { eventIds } from '../schema/sides-occasion.ts';
import { makePayouts } from '../schema/sides-payouts.ts';
import { screeningIds } from '../schema/sides-screening.ts';
import { makeSettlement } from '../schema/sides-settlement.ts';
import { sharingIds } from '../schema/sides-sharing.ts';
import { makeSource } from '../schema/sides-source.ts';
import { makeTrust } from '../schema/sides-trust.ts';
import { makeSideWebhooks } from '../schema/sides-webhooks.ts';
import { act, type Outcome, said } from './act.ts';

let alliance: TestAlliance;
let world: World;
let mine: MadeProduct;
let theirs: MadeProduct;
let creatorId: string;
/** The ids of what is there, by the name of the field that names it. */
let ids: Record<string, string>;
let callers: Record<'brand' | 'creator' | 'operator', Caller>;

beforeAll(async () => {
  alliance = await testAlliance();
  world = new World(alliance.database);
  mine = await world.product();
  theirs = await world.product();
  creatorId = await world.creator();
  callers = {
    brand: await alliance.memberOf(mine.brandId),
    creator: await alliance.memberOf(creatorId),
    operator: await alliance.memberOf(alliance.id),
  };
  const creator = toGlobalId('Creator', creatorId);
  const organisationId = toGlobalId('Brand', mine.brandId);
  const session = await act(callers.creator, 'liveSessionStart', { creatorId: creator, title: 'Live' }, 'id');
  const key = await act(
    callers.brand,
    'apiKeyCreate',
    { organisationId, name: 'x', scopes: ['read'] },
    'apiKey { id }',
  );
  const agencyId = await world.agency();
  const enrolment = await world.enrolment(mine, agencyId);
  const category = toGlobalId('Category', await world.leafCategory());
  const planId = await world.plan(mine);
  ids = {
    // Before the agency is suspended.
    ...(await beltIds(agencyId)),
    ...(await certificationIds(agencyId)),
    ...(await sampleIds(organisationId, creator)),
    ...(await contractIds(agencyId)),
    memberId: (await makeAccount(world, mine.brandId))['OrganisationMember, of the brand'] ?? '',
    ...(await engagementIds()),
    ...(await blockIds(organisationId)),
    ...(await settlementIds()),
    ...(await trustIds()),
    ...(await boostIds(world, mine.brandId)),
    ...(await eventIds(world, mine.brandId)),
    ...(await screeningIds(world, mine.brandId, creatorId)),
    ...(await sharingIds(world, mine.brandId)),
    ...(await attributionIds(world, mine.brandId, creatorId)),
    categoryIds: category,
    onlyCategoryIds: category,
    exceptCategoryIds: category,
    ...(await liveIds(session.result.id)),
    ...(await payoutIds(agencyId)),
    ...(await webhookIds()),
    bulkExportId:
      (await makeSideExports(world, { brandId: mine.brandId, creatorId }))['BulkExport, of the brand'] ?? '',
    agencyId: toGlobalId('Agency', agencyId),
    campaignId: toGlobalId('RecruitingCampaign', enrolment.campaignId),
    enrolmentId: toGlobalId('Enrolment', enrolment.id),
    brandId: organisationId,
    organisationId,
    categoryId: category,
    authenticatedCategoryIds: category,
    warrantyCategoryIds: category,
    productId: toGlobalId('Product', mine.id),
    skuId: toGlobalId('Sku', mine.skuId),
    planId: toGlobalId('Plan', planId),
    creatorId: creator,
    showcaseItemId: toGlobalId('ShowcaseItem', await world.showcase(creatorId, mine)),
    liveSessionId: session.result.id,
    apiKeyId: key.result.apiKey.id,
  };
});

afterAll(() => alliance.close());

/** A rule and a request under it, by the fields that name them. */
async function sampleIds(brandId: string, creator: string): Promise<Record<string, string>> {
  const product = await world.product({ brandId: fromGlobalId(brandId)?.id });
  await world.plan(product);
  const productId = toGlobalId('Product', product.id);
  const rule = await act(callers.brand, 'sampleRuleSet', { productId, approval: 'MANUAL', quota: 9 }, 'id');
  const asked = {
    creatorId: creator,
    productId,
    skuId: toGlobalId('Sku', product.skuId),
    address: { recipient: '收件人', phone: '13900001234', region: '杭州', lines: ['一号'] },
  };
  const request = await act(callers.creator, 'sampleRequest', asked, 'id');
  return { sampleRuleId: rule.result.id, sampleRequestId: request.result.id };
}

/** A belt with a request to join it, a live base and a source story that waits, by the fields that name them. */
async function beltIds(agencyId: string): Promise<Record<string, string>> {
  const made = await makeBelt(world, { brandId: mine.brandId, recruiterId: agencyId });
  const { IndustrialBelt: beltId = '', BeltJoin: joinId = '', LiveBase: liveBaseId = '' } = made;
  const listed = await world.product({ brandId: mine.brandId });
  const sides = { brandId: mine.brandId, recruiterId: agencyId, listed, belt: beltId, base: liveBaseId };
  const told = await makeSource(world, sides);
  return { beltId, joinId, liveBaseId, sourceStoryId: told['SourceStory, waiting'] };
}

/** Work that the creator has delivered, by the fields that name it and its sides. */
async function engagementIds(): Promise<Record<string, string>> {
  const sides = { brandId: mine.brandId, creatorId, recruiterId: await world.agency() };
  const made = await makeEngagements(world, sides, mine.id);
  return {
    engagementId: made['Engagement, of a creator'],
    milestoneId: made.EngagementMilestone,
    providerId: toGlobalId('Creator', creatorId),
  };
}

/** A block of the brand's, and an agency that it may block. */
async function blockIds(blockerId: string): Promise<Record<string, string>> {
  const [blockedId, other] = [await world.agency(), await world.agency()].map((id) =>
    toGlobalId('Agency', id),
  );
  const block = { blockerId, blockedId: other, reason: 'Late' };
  const { result } = await act(callers.brand, 'partyBlock', block, 'id');
  return { blockerId, blockedId: blockedId ?? '', blockId: result.id };
}

/** A line that was settled and returned, what is owed for it, and a case, by the fields that name them. */
async function settlementIds(): Promise<Record<string, string>> {
  const product = await world.product({ brandId: mine.brandId });
  await world.plan(product);
  const made = await makeSettlement(world, { brandId: mine.brandId, creatorId, product, enrolmentId: null });
  return {
    orderLineId: made['OrderLine, returned'] ?? '',
    clawbackId: made['Clawback, of the creator'] ?? '',
    caseId: made.AfterSalesCase ?? '',
  };
}

/** A claim of the brand's that waits, by the field that names it. */
async function trustIds(): Promise<Record<string, string>> {
  const product = await world.product({ brandId: mine.brandId });
  await world.plan(product);
  const made = await makeTrust(world, { brandId: mine.brandId, creatorId, product, enrolmentId: null });
  return { claimId: made.TrustClaim };
}

/** The cart of a running session and a plan of another, by the fields that name them. */
async function liveIds(liveSessionId: string): Promise<Record<string, string>> {
  const productId = toGlobalId('Product', mine.id);
  const item = await act(callers.creator, 'liveItemAdd', { liveSessionId, productId }, 'id');
  const content = {
    title: 'Live',
    startsAt: '2026-06-16T12:00:00Z',
    plannedMinutes: 60,
    merchandise: [{ productId, priceMinor: '1', stock: 1 }],
  };
  const input = { creatorId: toGlobalId('Creator', creatorId), content };
  const plan = await act(callers.creator, 'livePlanCreate', input, 'id');
  return { liveItemId: item.result.id, liveItemIds: item.result.id, livePlanId: plan.result.id };
}

/** A payout with the bank and the account that it goes to; accounts are set for the alliance, by its operator. */
async function payoutIds(agencyId: string): Promise<Record<string, string>> {
  const made = await makePayouts(world, { creatorId, agencyId });
  return {
    partyId: made.Alliance ?? '',
    payeeId: toGlobalId('Creator', creatorId),
    payoutId: made.Payout ?? '',
    payoutMethodId: made.PayoutMethod ?? '',
  };
}

/** An endpoint of the brand's, and a delivery to it. */
async function webhookIds(): Promise<Record<string, string>> {
  const made = await makeSideWebhooks(world, { brandId: mine.brandId, creatorId });
  return {
    webhookEndpointId: made['WebhookEndpoint, of the brand'] ?? '',
    webhookDeliveryId: made.WebhookDelivery ?? '',
  };
}

/** A contract of the creator, and an invitation that is open. */
async function contractIds(agencyId: string): Promise<Record<string, string>> {
  const contract = await world.contract(agencyId, creatorId);
  const rival = await world.agency();
  const invitation = { agencyId: rival, creatorId, shareBp: 1, visibility: [] };
  const proposal = await world.tx((tx) => inviteCreator(tx, invitation, new Date()));
  return {
    contractId: toGlobalId('CreatorContract', contract),
    proposalId: toGlobalId('ContractProposal', proposal),
  };
}

/** A window and an application in it, by the fields that name them. */
async function certificationIds(agencyId: string): Promise<Record<string, string>> {
  const made = await makeCertification(world, agencyId);
  return {
    windowId: made.CertificationWindow ?? '',
    applicationId: made.CertificationApplication ?? '',
  };
}

const mutations = buildAllianceSchema().getMutationType() as GraphQLObjectType;
const NAMES = Object.keys(mutations.getFields());

/** What nobody sends by accident. Which of them fits a field is the server's to say. */
const HOSTILE: Record<string, Json> = {
  'a null character': 'a\u0000b',
  'a lone surrogate': '\ud800',
  'control characters': '\u0001\u001b[31m',
  'ten thousand characters': 'x'.repeat(10_000),
  'an empty text': '',
  'a negative amount': '-1',
  'an amount beyond 64 bits': '9'.repeat(29),
  'a number of 2^63': '9223372036854775808',
  'a number of 2^53': 2 ** 53,
  'a fraction': 1.5,
  'not a number': 'NaN',
  'an injection': "'; drop table product; --",
  'a time before time': '0000-01-01T00:00:00Z',
  'a time after time': '9999-12-31T23:59:59Z',
  'a leap second': '2026-06-30T23:59:60Z',
  'an object': { a: {} },
  'a list': [[]],
  'nothing at all': null,
};

/** Stands for a key that was never used. */
const FRESH = 'a fresh key';

/** Lists that are right only when empty, or when they fit what stands beside them. */
const LEFT_EMPTY =
  /^(creatorIds|addCreatorIds|removeCreatorIds|partyIds|addPartyIds|productIds|milestoneIds|tiers)$/;

/** An input that is right in its types, with ids of one's own. */
function validOf(type: GraphQLInputType, name: string): Json {
  if (isNonNullType(type)) return validOf(type.ofType, name);
  if (isListType(type)) return LEFT_EMPTY.test(name) ? [] : [validOf(type.ofType, name)];
  const named = getNamedType(type);
  if (isInputObjectType(named)) {
    const fields = Object.values(named.getFields());
    // What opens later is as good as not there yet: the fields beside it would never be looked at.
    const isLater = (field: { name: string; type: GraphQLInputType }) =>
      field.name === 'opensAt' && !isNonNullType(field.type);
    return Object.fromEntries(
      fields.map((field) => [field.name, isLater(field) ? null : validOf(field.type, field.name)]),
    );
  }
  if (isEnumType(named)) return named.getValues()[0]?.value;
  const values: Record<string, Json> = {
    ID: ids[name] ?? null,
    String:
      name === 'idempotencyKey'
        ? FRESH
        : name === 'scopes'
          ? 'read'
          : name === 'query'
            ? '{ viewer { brand { orderLines { nodes { id } } } } }'
            : name === 'url' || name === 'evidenceUrls'
              ? 'https://hook.example.com/'
              : name === 'sourceUrl'
                ? null
                : name === 'sha256'
                  ? 'a'.repeat(64)
                  : `text-${name}`,
    Boolean: true,
    Int: 1,
    BigInt: '1',
    BasisPoints: 1,
    CurrencyCode: 'CNY',
    ReportedInteger: '1',
    Date: '2015-05-01',
    DateTimeISO: ['closesAt', 'endsAt', 'expiresAt', 'from'].includes(name)
      ? '2100-01-01T00:00:00Z'
      : '2026-06-16T12:00:00Z',
    ReportedTime: '2026-06-16T12:00:00Z',
  };
  return values[named.name] ?? null;
}

const keyless = ({ idempotencyKey: _key, ...input }: Json): Json => input;

/** Every way to put one value in the place of one leaf of an input. */
function* withOneChanged(value: Json, hostile: Json): Generator<Json> {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries())
      for (const next of withOneChanged(item, hostile)) yield value.with(i, next);
  } else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) {
      for (const next of withOneChanged(item, hostile)) yield { ...value, [key]: next };
    }
  } else yield hostile;
}

/** Typed: done, refused with a reason, or told that the input is none; never our fault. */
const isTyped = ({ status, code, refused, result }: Outcome): boolean =>
  code === undefined
    ? status === 200 && (refused.length > 0 || result !== null)
    : ['BAD_USER_INPUT', 'FORBIDDEN', 'UNAUTHENTICATED'].includes(code);

describe.each(NAMES)('%s', (name) => {
  const field = mutations.getFields()[name];
  const type = field?.args[0]?.type as GraphQLInputType;

  it('answers whatever stands in any of its fields with a type', async () => {
    const valid = validOf(type, 'input');
    const untyped: string[] = [];
    let sent = 0;
    expect(said(await act(callers.operator, name, keyless(valid)))).not.toMatch(/^[A-Z_]+_[A-Z]+/);
    for (const [what, hostile] of Object.entries(HOSTILE)) {
      for (const { idempotencyKey, ...rest } of withOneChanged(valid, hostile)) {
        const input = idempotencyKey === FRESH ? rest : { ...rest, idempotencyKey };
        for (const [who, caller] of Object.entries(callers)) {
          if (who !== 'operator' && sent % 7 !== 0) continue;
          const outcome = await act(caller, name, input);
          if (!isTyped(outcome))
            untyped.push(`${what} for ${who}: ${said(outcome)} ${JSON.stringify(input).slice(0, 300)}`);
        }
        sent += 1;
      }
    }
    expect(sent).toBeGreaterThanOrEqual(Object.keys(HOSTILE).length);
    expect(untyped).toEqual([]);
  });
});

describe('ids of somebody else', () => {
  const foreign = (): [keyof typeof callers, string, Json][] => {
    const [brandId, productId] = [toGlobalId('Brand', theirs.brandId), toGlobalId('Product', theirs.id)];
    const creator = toGlobalId('Creator', creatorId);
    const inputOf = (name: string): Json => {
      const input = getNamedType(
        mutations.getFields()[name]?.args[0]?.type as never,
      ) as unknown as GraphQLInputObjectType;
      return keyless(validOf(input, 'input'));
    };
    return [
      ['brand', 'productCreate', { ...inputOf('productCreate'), brandId }],
      ['brand', 'productSubmit', { productId }],
      ['brand', 'productDelist', { productId }],
      ['brand', 'skuUpdate', { skuId: toGlobalId('Sku', theirs.skuId), stock: '0' }],
      ['brand', 'planCreate', { brandId, productId, kind: 'OPEN', title: 'x', commissionRate: 1 }],
      ['brand', 'apiKeyCreate', { organisationId: brandId, name: 'x', scopes: ['read'] }],
      ['brand', 'membershipGrant', { organisationId: brandId, subject: 'me', name: 'me', role: 'OWNER' }],
      ['brand', 'showcaseAdd', { creatorId: creator, productId: toGlobalId('Product', mine.id) }],
      ['brand', 'liveSessionStart', { creatorId: creator, title: 'x' }],
      ['brand', 'payoutRequest', { payeeId: creator, currencyCode: 'CNY' }],
      ['brand', 'payoutMethodSet', { ...inputOf('payoutMethodSet'), partyId: creator }],
      ['creator', 'payoutMethodSet', inputOf('payoutMethodSet')],
      ['brand', 'payoutMethodRetire', inputOf('payoutMethodRetire')],
    ];
  };

  it('are not found', async () => {
    for (const [who, name, input] of foreign()) {
      expect([name, said(await act(callers[who], name, input))]).toEqual([name, 'NotFoundError']);
    }
  });
});

it('masked nothing on the way: the log holds no failure', () => {
  const failures = alliance.log.filter((line) => /"level":(50|60)/.test(line));
  expect(failures).toEqual([]);
});
