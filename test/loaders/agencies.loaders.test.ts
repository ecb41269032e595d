import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { changePolicy, seatUser } from '../../src/features/account/index.ts';
import { foundBelt, openLiveBase, openWindow, refreshFigures } from '../../src/features/agency/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { EARLY, World } from '../kit/world.ts';
import { makeBelt } from '../schema/sides-belt.ts';

const MANY = 20;

let alliance: TestAlliance;
let world: World;
let operator: Caller;
let agencyId: string;
let beltId: string;

beforeAll(async () => {
  alliance = await testAlliance();
  world = new World(alliance.database);
  operator = await alliance.memberOf(alliance.id);
  agencyId = await world.agency();
  for (let i = 0; i < MANY; i++)
    await makeBelt(world, { brandId: await world.brand(), recruiterId: await world.agency() });
  const belt = { name: 'Full belt', region: '江苏', agencyId, about: '' };
  beltId = await world.tx((tx) => foundBelt(tx, belt));
  for (let i = 0; i < MANY; i++) await fill(i);
  await refreshFigures(alliance.database, new Date());
});

afterAll(() => alliance.close());

/** One more of everything that is paged. */
async function fill(i: number): Promise<void> {
  const opensAt = new Date(EARLY.getTime() + i * 86_400_000);
  const closesAt = new Date(opensAt.getTime() + 3_600_000);
  await world.tx(async (tx) => {
    await tx.rows(sql`update brand set belt_id = ${beltId} where id = ${await world.brand()}`);
    const place = { city: '南通', address: 'Street', rooms: 1 };
    await openLiveBase(tx, { beltId, name: `Base ${i}`, ...place }, EARLY);
    const person = { issuer: 'urn:elsewhere', subject: `member-${i}`, name: `Member ${i}` };
    await seatUser(tx, person, agencyId, 'VIEWER', EARLY);
    const asked = { minStaff: 0, minFinishedCases: 0, foundedBefore: null, officeNeeded: false };
    const services = ['RECRUITING'] as const;
    const window = {
      title: `Window ${i}`,
      about: '',
      services,
      opensAt,
      closesAt,
      ...asked,
      certificateMonths: 1,
    };
    const windowId = await openWindow(tx, window, EARLY);
    await tx.rows(sql`
      insert into certification_application (id, window_id, agency_id, services, staff, finished_cases, founded_on,
        statement, state, applied_at, decided_at, reasons)
      values (gen_random_uuid(), ${windowId}, ${agencyId}, '{RECRUITING}', 1, 1, '2015-05-01', '', 'WITHDRAWN', ${EARLY},
        ${EARLY}, '{}')`);
    await tx.rows(sql`
      insert into agency_suspension (id, agency_id, reason, suspended_at, ends_at, end_seen_at)
      values (gen_random_uuid(), ${agencyId}, 'x', ${opensAt}, ${closesAt}, ${closesAt})`);
    await changePolicy(tx, { holdingDays: i + 20 }, opensAt);
  });
}

const agency = (fields: string) => `agency(id: "${toGlobalId('Agency', agencyId)}") { ${fields} }`;
const belt = (fields: string) =>
  `node(id: "${toGlobalId('IndustrialBelt', beltId)}") { ... on IndustrialBelt { ${fields} } }`;

const BUDGETS: [name: string, atMost: number, query: (first: string) => string][] = [
  [
    'directory with figures, belts, their brands and live bases',
    5,
    (first) => `agencyDirectory(${first}, orderBy: GMV) { nodes { name certification figures { creators }
      belts(first: 2) { nodes { name brands(first: 2) { nodes { name } } liveBases(first: 2) { nodes { name } } } } } }`,
  ],
  ['members of an agency', 2, (first) => agency(`members(${first}) { nodes { name role } }`)],
  [
    'certificates of the agencies of the directory',
    2,
    (first) => `agencyDirectory(${first}) { nodes { certificates(first: 2) { nodes { service } } } }`,
  ],
  [
    'applications of an agency with their windows',
    3,
    (first) =>
      agency(`certificationApplications(${first}) { nodes { state window { title } agency { name } } }`),
  ],
  [
    'windows with their applications and agencies',
    3,
    (first) =>
      `certificationWindows(${first}) { nodes { title applications(first: 1) { nodes { state agency { name } } } } }`,
  ],
  [
    'applications of all with agencies and windows',
    3,
    (first) => `certificationApplications(${first}) { nodes { state agency { name } window { title } } }`,
  ],
  ['suspensions of an agency', 2, (first) => agency(`suspensions(${first}) { nodes { reason } }`)],
  ['brands of a belt', 2, (first) => belt(`brands(${first}) { nodes { name } }`)],
  ['live bases of a belt', 2, (first) => belt(`liveBases(${first}) { nodes { name belt { name } } }`)],
  ['versions of the policy', 1, (first) => `alliancePolicies(${first}) { nodes { version } }`],
];

/** The longest list of nodes in an answer. */
function longest(value: Json): number {
  if (value === null || typeof value !== 'object') return 0;
  const own = Array.isArray(value) ? value.length : 0;
  return Math.max(own, ...Object.values<Json>(value).map(longest));
}

it.each(BUDGETS)('%s: at most %i statements, as many for one as for twenty', async (_name, atMost, query) => {
  const ask = async (first: number) => {
    const { data, errors, statements } = await operator.query(`{ ${query(`first: ${first}`)} }`);
    expect(errors).toBeUndefined();
    if (first === MANY) expect(longest(data)).toBe(MANY);
    return statements.length;
  };
  const [one, many] = [await ask(1), await ask(MANY)];
  expect(many).toBe(one);
  expect(many).toBeLessThanOrEqual(atMost);
});
