import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromGlobalId, toGlobalId } from '../../src/kernel/ids.ts';
import { act } from '../api/act.ts';
import { approved, makeScene, opened, type Scene } from '../campaign/scene.ts';
import type { Caller, Json } from '../kit/alliance.ts';

const MANY = 20;

let scene: Scene;
let operator: Caller;
let spread: string;
let campaign: string;

beforeAll(async () => {
  scene = await makeScene();
  operator = await scene.alliance.memberOf(scene.alliance.id);
  const partyIds = await Promise.all(Array.from({ length: MANY }, () => scene.world.creator()));
  campaign = await opened(scene, {
    access: 'NAMED_CREATORS',
    partyIds: partyIds.map((id) => toGlobalId('Creator', id)),
    secondLevelOpen: true,
  });
  for (let i = 0; i < MANY; i++) await approved(scene, campaign);
  for (let i = 1; i < MANY; i++) await opened(scene);
  const second = await opened(scene, { pays: 'SPREAD', minServiceFeeRate: 0 });
  spread = await approved(scene, second, { serviceFeeRate: 0 });
  const creatorId = toGlobalId('Creator', partyIds[0] ?? '');
  const link = { enrolmentId: spread, creatorId, creatorRate: 1000 };
  for (let i = 0; i < MANY; i++) await act(scene.agency, 'spreadLinkCreate', link);
  await scene.alliance.database.rows(sql`
    update enrolment_terms set valid_to = '2026-06-16T02:00:00Z' where enrolment_id = ${fromGlobalId(spread)?.id}`);
  await scene.alliance.database.rows(sql`
    insert into enrolment_terms (id, enrolment_id, version, commission_bp, service_fee_bp, valid_from, valid_to)
    select gen_random_uuid(), ${fromGlobalId(spread)?.id}, n, 2000, 0, '2026-06-16T02:00:00Z', '2026-06-16T02:00:00Z'
    from generate_series(2, ${MANY}::int) n`);
}, 120_000);

afterAll(() => scene.alliance.close());

const ENROLMENT = 'state commissionRate invalidBecause campaign { title } product { title brand { name } }';

/** The name, the statements at most, the query for so many, and where the list stands. */
const BUDGETS: [string, number, (first: number) => string, (data: Json) => Json[]][] = [
  [
    'running campaigns with agency, categories, figures and five enrolments of each',
    10,
    (first) => `{ recruitingCampaigns(first: ${first}) { nodes { title placesTaken agency { name }
      categories { minCommissionRate category { nameZh } } figures { approved sales { orderLines } }
      enrolments(first: 5) { nodes { state product { title } } } } } }`,
    (data) => data.recruitingCampaigns.nodes,
  ],
  [
    'enrolments of a campaign with what is wrong with them',
    7,
    (first) =>
      `{ node(id: "${campaign}") { ... on RecruitingCampaign { enrolments(first: ${first}) { nodes { ${ENROLMENT} } } } } }`,
    (data) => data.node.enrolments.nodes,
  ],
  [
    'the parties that a campaign names',
    2,
    (first) =>
      `{ node(id: "${campaign}") { ... on RecruitingCampaign { namedParties(first: ${first}) { nodes { name } } } } }`,
    (data) => data.node.namedParties.nodes,
  ],
  [
    'enrolments of a brand with campaign, product, versions and second-level ones',
    8,
    (
      first,
    ) => `{ brand(id: "${toGlobalId('Brand', scene.brandId)}") { enrolments(first: ${first}) { nodes { ${ENROLMENT}
      versions(first: 3) { nodes { version } } secondEnrolments(first: 3) { nodes { state } } } } } }`,
    (data) => data.brand.enrolments.nodes,
  ],
  [
    'links of a spread enrolment with creator and terms',
    5,
    (
      first,
    ) => `{ node(id: "${spread}") { ... on Enrolment { spreadLinks(first: ${first}) { nodes { code creatorRate
      creator { name } terms { winner { commissionRate } } } } } } }`,
    (data) => data.node.spreadLinks.nodes,
  ],
  [
    'versions of an enrolment',
    2,
    (first) =>
      `{ node(id: "${spread}") { ... on Enrolment { versions(first: ${first}) { nodes { version } } } } }`,
    (data) => data.node.versions.nodes,
  ],
];

describe('statements of the lists of campaigns', () => {
  it.each(BUDGETS)('%s: %d at most, as many for one as for many', async (name, atMost, query, listOf) => {
    const ask = async (first: number) => {
      const { data, errors, statements } = await operator.query(query(first));
      expect(errors).toBeUndefined();
      expect(listOf(data)).toHaveLength(first);
      return statements.length;
    };
    const [one, many] = [await ask(1), await ask(MANY)];
    process.stdout.write(`${name}: ${one} statements for 1, ${many} for ${MANY}\n`);
    expect(many).toBe(one);
    expect(many).toBeLessThanOrEqual(atMost);
  });
});
