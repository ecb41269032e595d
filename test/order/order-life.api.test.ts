import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { event, placed, World } from '../kit/world.ts';

let alliance: TestAlliance;
let world: World;
let brandId: string;
let creatorId: string;
let mcnId: string;
let recruiterId: string;
let asBrand: Caller;
let lineId: string;

const WATERFALL = /* GraphQL */ `
  query ($id: ID!) {
    orderLine(id: $id) {
      state
      attribution
      refunded { amount }
      waterfall {
        sumsUp
        nodes {
          nodeNo
          role
          rate
          appliesTo
          payee { name }
          estimatedGross { minorUnits }
          estimatedNet { minorUnits }
        }
      }
      commissionExplanation {
        attribution { method linkCode }
        winner { kind commissionRate serviceFeeRate }
        losers { because offer { kind } }
        policyVersion
        baseParts { name effect amount { minorUnits } }
        steps {
          stepNo
          kind
          remainingBaseAfter { minorUnits }
          entries { nodeNo estimatedPosted { minorUnits } estimatedAfter { minorUnits } }
        }
      }
    }
  }
`;

interface ShownNode {
  readonly role: string;
  readonly rate: number | null;
  readonly appliesTo: string | null;
  readonly payee: { readonly name: string };
  readonly estimatedGross: { readonly minorUnits: string };
  readonly estimatedNet: { readonly minorUnits: string } | null;
}

beforeAll(async () => {
  alliance = await testAlliance();
  world = new World(alliance.database);
  brandId = await world.brand('若眠');
  creatorId = await world.creator('小满');
  mcnId = await world.agency('原野');
  recruiterId = await world.agency('匠峰');
  const product = await world.product({ brandId });
  await world.plan(product, { commissionBp: 1500 });
  await world.contract(mcnId, creatorId, 2000);
  const { id: enrolmentId } = await world.enrolment(product, recruiterId);
  const linkCode = await world.link(creatorId, product, enrolmentId);
  const answers = await world.ingest(brandId, [
    event(brandId, 'PLACED', 'A1', { placed: placed(product.code, { linkCode }) }),
    event(brandId, 'PAID', 'A1'),
    event(brandId, 'SHIPPED', 'A1'),
    event(brandId, 'REFUNDED', 'A1', { refund: { amountMinor: 2500n, quantity: 0 } }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(['APPLIED', 'APPLIED', 'APPLIED', 'APPLIED']);
  asBrand = await alliance.memberOf(brandId);
  const { data } = await asBrand.query('{ viewer { brand { orderLines { nodes { id } } } } }');
  lineId = data.viewer.brand.orderLines.nodes[0].id;
});

afterAll(() => alliance.close());

it('shows the brand every node with its rate, gross and net', async () => {
  const { data, errors } = await asBrand.query(WATERFALL, { id: lineId });
  expect(errors).toBeUndefined();
  const { state, attribution, refunded, waterfall } = data.orderLine;
  expect({ state, attribution, refunded, sumsUp: waterfall.sumsUp }).toEqual({
    state: 'SHIPPED',
    attribution: 'LINK',
    refunded: { amount: '25.00' },
    sumsUp: true,
  });
  const rows = waterfall.nodes.map((node: ShownNode) => [
    node.role,
    node.rate,
    node.appliesTo,
    node.payee.name,
    node.estimatedGross.minorUnits,
    node.estimatedNet?.minorUnits,
  ]);
  // The base is 10,000; 7,500 of it are left. 20 % are 1,500: a tenth is the fee, a fifth of the rest the MCN's.
  expect(rows).toEqual([
    ['CREATOR', 2000, 'BASE', '小满', '1500', '1080'],
    ['TECHNICAL_FEE', 1000, 'REST', '好物联盟', '150', '150'],
    ['MCN', 2000, 'REST', '原野', '270', '270'],
    ['RECRUITER', 300, 'BASE', '匠峰', '225', '203'],
    ['TECHNICAL_FEE', 1000, 'REST', '好物联盟', '22', '22'],
  ]);
});

it('explains the commission: evidence, the offers and why each lost, the base, each step', async () => {
  const { data } = await asBrand.query(WATERFALL, { id: lineId });
  const { attribution, winner, losers, policyVersion, baseParts, steps } =
    data.orderLine.commissionExplanation;
  expect(attribution).toMatchObject({ method: 'LINK' });
  expect(winner).toEqual({ kind: 'CAMPAIGN', commissionRate: 2000, serviceFeeRate: 300 });
  expect(losers).toEqual([{ because: 'OUTRANKED', offer: { kind: 'OPEN' } }]);
  expect(policyVersion).toBe(1);
  expect(baseParts.map(({ name, effect }: { name: string; effect: string }) => [name, effect])).toEqual([
    ['ITEM_TOTAL', 'ADDED'],
    ['BRAND_DISCOUNT', 'TAKEN_OFF'],
    ['PLATFORM_DISCOUNT', 'LEFT_IN_BASE'],
    ['CREATOR_DISCOUNT', 'TAKEN_OFF'],
  ]);
  expect(
    steps.map((step: { kind: string; remainingBaseAfter: { minorUnits: string } }) => [
      step.kind,
      step.remainingBaseAfter.minorUnits,
    ]),
  ).toEqual([
    ['ACCRUAL', '10000'],
    ['REFUND', '7500'],
  ]);
  expect(steps[1].entries[0]).toEqual({
    nodeNo: 0,
    estimatedPosted: { minorUnits: '-360' },
    estimatedAfter: { minorUnits: '1080' },
  });
});

it("shows a payee its own node, its payer's gross and what it passes on, and nobody else's share", async () => {
  const see = async (partyId: string) => {
    const { data } = await (await alliance.memberOf(partyId)).query(WATERFALL, { id: lineId });
    return data.orderLine.waterfall.nodes.map(
      (node: { role: string; rate: number | null; estimatedNet: { minorUnits: string } | null }) => [
        node.role,
        node.rate,
        node.estimatedNet?.minorUnits ?? null,
      ],
    );
  };
  expect(await see(creatorId)).toEqual([
    ['CREATOR', 2000, '1080'],
    ['TECHNICAL_FEE', 1000, null],
    ['MCN', 2000, null],
  ]);
  expect(await see(mcnId)).toEqual([
    ['CREATOR', 2000, '1080'],
    ['MCN', 2000, '270'],
  ]);
  await alliance.database.rows(
    sql`update contract_terms set visibility = array_remove(visibility, 'EARNINGS')`,
  );
  expect(await see(mcnId)).toEqual([
    ['CREATOR', null, null],
    ['MCN', 2000, '270'],
  ]);
  expect(await see(recruiterId)).toEqual([
    ['RECRUITER', 300, '203'],
    ['TECHNICAL_FEE', 1000, null],
  ]);
});

it('does not find the line for a stranger, in every way that leads to it', async () => {
  const stranger = await alliance.memberOf(await world.brand());
  const { data, errors } = await stranger.query(
    `query ($id: ID!, $brand: ID!) {
      node(id: $id) { id } orderLine(id: $id) { id } brand(id: $brand) { orderLines { nodes { id } } }
    }`,
    { id: lineId, brand: toGlobalId('Brand', brandId) },
  );
  expect(data).toEqual({ node: null, orderLine: null, brand: { orderLines: null } });
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
});
