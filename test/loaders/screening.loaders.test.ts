import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideFinding, reportClaim } from '../../src/features/screening/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { EARLY, World } from '../kit/world.ts';

const MANY = 20;

let alliance: TestAlliance;
let world: World;
let operator: Caller;
const ids: Record<'Brand' | 'Creator', string[]> = { Brand: [], Creator: [] };

/** A brand that was warned for one product, with another one that waits; both were reported by a creator of its own. */
async function makeOne(): Promise<void> {
  const [brandId, creatorId] = [await world.brand(), await world.creator()];
  const goods = [
    await world.product({ brandId, title: '全网第一苹果' }),
    await world.product({ brandId, title: '香梨' }),
  ];
  await world.tx(async (tx) => {
    for (const { id } of goods)
      await reportClaim(
        tx,
        { reporterId: creatorId, subject: { type: 'Product', id }, words: '夸大' },
        EARLY,
      );
    const [finding] = await tx.rows(sql<{ id: string }>`
      select id from claim_finding where product_id = ${goods[0]?.id ?? ''}`);
    const penalty = { kind: 'WARNING', endsAt: null } as const;
    const decision = { outcome: 'UPHELD', reason: '属实', penalty } as const;
    await decideFinding(tx, { id: finding?.id ?? '', partyId: brandId }, decision, EARLY);
    await tx.rows(sql`
      update claim_penalty set appeal_state = 'OPEN', appeal_text = '不服', appealed_at = given_at
      where party_id = ${brandId}`);
  });
  ids.Brand.push(toGlobalId('Brand', brandId));
  ids.Creator.push(toGlobalId('Creator', creatorId));
}

beforeAll(async () => {
  alliance = await testAlliance();
  operator = await alliance.memberOf(alliance.id);
  world = new World(alliance.database);
  for (let i = 0; i < MANY; i++) await makeOne();
}, 120_000);
afterAll(() => alliance.close());

const FINDING = `state hits { code } party { name } product { title } penalty { kind appeal { state } }
  reports(first: 5) { nodes { words reporter { name } } }`;

describe('statements for the screening', () => {
  it('brands with their findings, reports and penalties: 9, for one as for twenty', async () => {
    const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Brand { claimFindings(first: 5) { nodes { ${FINDING} } }
      claimPenalties(first: 5) { nodes { kind party { name } finding { state } } } } } }`;
    for (const count of [1, MANY]) {
      const { data, errors, statements } = await operator.query(query, { ids: ids.Brand.slice(0, count) });
      expect(errors).toBeUndefined();
      expect(data.nodes).toHaveLength(count);
      for (const { claimFindings, claimPenalties } of data.nodes) {
        expect(claimFindings.nodes).toMatchObject([
          { state: 'OPEN', hits: [], penalty: null, reports: { nodes: [{ words: '夸大' }] } },
          {
            state: 'UPHELD',
            hits: [{ code: 'FIRST_RANK' }],
            penalty: { kind: 'WARNING', appeal: { state: 'OPEN' } },
          },
        ]);
        expect(claimPenalties.nodes).toMatchObject([{ kind: 'WARNING', finding: { state: 'UPHELD' } }]);
      }
      expect(statements).toHaveLength(9);
    }
  });

  it('what members have reported: 3, for one as for twenty', async () => {
    const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Creator {
      claimReports(first: 5) { nodes { state words reporter { name } } } } } }`;
    for (const count of [1, MANY]) {
      const { data, errors, statements } = await operator.query(query, { ids: ids.Creator.slice(0, count) });
      expect(errors).toBeUndefined();
      for (const { claimReports } of data.nodes)
        expect(claimReports.nodes).toMatchObject([{ state: 'OPEN' }, { state: 'UPHELD' }]);
      expect(statements).toHaveLength(3);
    }
  });

  it('the queues of findings and of appeals: 6 and 3, for one as for twenty', async () => {
    for (const first of [1, MANY]) {
      const queue = await operator.query(`{ openClaimFindings(first: ${first}) { nodes { ${FINDING} } } }`);
      expect(queue.data.openClaimFindings.nodes).toHaveLength(first);
      expect(queue.statements).toHaveLength(6);
      const appeals = await operator.query(
        `{ openClaimAppeals(first: ${first}) { nodes { kind party { name } finding { state reason } } } }`,
      );
      expect(appeals.data.openClaimAppeals.nodes).toHaveLength(first);
      expect(appeals.statements).toHaveLength(3);
    }
  });
});
