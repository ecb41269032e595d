import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { act, said } from '../api/act.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { World } from '../kit/world.ts';
import { announced, enterAgency, openWindow, WINDOW } from './deals.ts';

const START = '2026-06-16T02:00:00.000Z';
const clock = new TestClock(START);
let alliance: TestAlliance;
let operator: Caller;
let onlooker: Caller;
let agency: Caller;
let agencyId: string;

beforeAll(async () => {
  alliance = await testAlliance({ clock });
  operator = await alliance.memberOf(alliance.id);
  onlooker = await alliance.memberOf(alliance.id, 'ALLIANCE', 'VIEWER');
  agencyId = await enterAgency(alliance);
  agency = await alliance.memberOf(agencyId);
});

afterAll(() => alliance.close());

const FIELDS = `id title about services state opensAt closesAt minStaff minFinishedCases foundedBefore officeNeeded
  certificateMonths`;

it('an operator opens a window; members read it, and agencies of its services are told', async () => {
  const { result } = await act(operator, 'certificationWindowOpen', WINDOW, FIELDS);
  const { id, ...window } = result;
  expect(window).toEqual({ ...WINDOW, opensAt: START, state: 'OPEN' });
  const { data } = await agency.query(`{ certificationWindows { nodes { ${FIELDS} } } }`);
  expect(data.certificationWindows.nodes).toEqual([result]);
  expect(await announced(alliance, agencyId)).toEqual([
    { kind: 'CERTIFICATION_WINDOW_OPENED', data: { opensAt: START, closesAt: WINDOW.closesAt } },
  ]);
  const { data: seen, errors } = await alliance
    .withHeader()
    .query('{ certificationWindows { nodes { id } } }');
  expect([seen, errors?.[0]?.extensions.code]).toEqual([null, 'UNAUTHENTICATED']);
});

it('nobody else does, and an operator who only looks on does not', async () => {
  expect(said(await act(agency, 'certificationWindowOpen', WINDOW))).toBe('FORBIDDEN');
  expect(said(await act(onlooker, 'certificationWindowOpen', WINDOW))).toBe('FORBIDDEN');
  expect(said(await act(alliance.withHeader(), 'certificationWindowOpen', WINDOW))).toBe('UNAUTHENTICATED');
  const windowId = await openWindow(operator);
  expect(said(await act(agency, 'certificationWindowClose', { windowId }))).toBe('FORBIDDEN');
  await act(operator, 'certificationWindowClose', { windowId });
});

it.each([
  [{ title: '' }, 'title'],
  [{ about: 'x'.repeat(5001) }, 'about'],
  [{ services: [] }, 'services'],
  [{ services: ['CONTENT', 'CONTENT'] }, 'services'],
  [{ opensAt: '2026-06-16T01:59:59.999Z' }, 'opensAt'],
  [{ closesAt: START }, 'closesAt'],
  [{ closesAt: '2028-06-17T02:00:00.000Z' }, 'closesAt'],
  [{ minStaff: -1 }, 'minStaff'],
  [{ minFinishedCases: 1_000_001 }, 'minFinishedCases'],
  [{ foundedBefore: '2026-06-17' }, 'foundedBefore'],
  [{ foundedBefore: '1799-12-31' }, 'foundedBefore'],
  [{ certificateMonths: 0 }, 'certificateMonths'],
  [{ certificateMonths: 121 }, 'certificateMonths'],
])('a window of %j is none', async (more, field) => {
  const { userErrors } = await act(operator, 'certificationWindowOpen', { ...WINDOW, ...more });
  expect(userErrors).toEqual([
    { __typename: 'InvalidInput', message: expect.any(String), path: ['input', field] },
  ]);
});

it('is planned, open and closed to the millisecond, and can be closed early once', async () => {
  const opensAt = '2026-06-17T02:00:00.000Z';
  const windowId = await openWindow(operator, { opensAt });
  const stateOf = async () => {
    const { data } = await agency.query(
      `query ($id: ID!) { node(id: $id) { ... on CertificationWindow { state closesAt } } }`,
      { id: windowId },
    );
    return data.node;
  };
  expect(await stateOf()).toEqual({ state: 'PLANNED', closesAt: WINDOW.closesAt });
  clock.set(opensAt);
  expect(await stateOf()).toEqual({ state: 'OPEN', closesAt: WINDOW.closesAt });
  clock.set('2026-07-16T01:59:59.999Z');
  expect(await stateOf()).toEqual({ state: 'OPEN', closesAt: WINDOW.closesAt });
  const { result } = await act(operator, 'certificationWindowClose', { windowId }, 'state closesAt');
  expect(result).toEqual({ state: 'CLOSED', closesAt: '2026-07-16T01:59:59.999Z' });
  const { userErrors } = await act(operator, 'certificationWindowClose', { windowId });
  expect(userErrors).toMatchObject([{ __typename: 'StateConflict', state: 'CLOSED' }]);
  clock.set(WINDOW.closesAt);
  const open = '{ certificationWindows(state: OPEN) { nodes { id } } }';
  expect((await agency.query(open)).data.certificationWindows.nodes).toEqual([]);
});

it('one that has not opened never does once it is closed', async () => {
  clock.set(START);
  const windowId = await openWindow(operator, { opensAt: '2026-06-20T00:00:00.000Z' });
  const { result } = await act(operator, 'certificationWindowClose', { windowId }, 'state closesAt');
  expect(result).toEqual({ state: 'PLANNED', closesAt: '2026-06-20T00:00:00.000Z' });
  clock.set('2026-06-20T00:00:00.000Z');
  const { data } = await agency.query('{ certificationWindows(first: 1) { nodes { id state } } }');
  expect(data.certificationWindows.nodes).toEqual([{ id: windowId, state: 'CLOSED' }]);
  expect((await announced(alliance, agencyId)).at(-1)).toEqual({
    kind: 'CERTIFICATION_WINDOW_CLOSED',
    data: {},
  });
});

it('is paged, newest first, with cursors that fit no other list; and repeated by its key', async () => {
  const idempotencyKey = 'one-window-only';
  const first = await act(operator, 'certificationWindowOpen', {
    ...WINDOW,
    opensAt: '2026-06-21T00:00:00.000Z',
    idempotencyKey,
  });
  const again = await act(
    operator,
    'certificationWindowOpen',
    { ...WINDOW, opensAt: '2026-06-21T00:00:00.000Z', idempotencyKey },
    'id',
  );
  expect([first.refused, again.refused]).toEqual([[], []]);
  const page =
    'query ($after: String) { certificationWindows(first: 2, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } } }';
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const { data }: Json = await agency.query(page, { after });
    seen.push(...data.certificationWindows.nodes.map(({ id }: { id: string }) => id));
    after = data.certificationWindows.pageInfo.hasNextPage
      ? data.certificationWindows.pageInfo.endCursor
      : null;
  } while (after !== null);
  const [row] = await alliance.database.rows(
    sql<{ n: number }>`select count(*)::int as n from certification_window`,
  );
  expect(seen).toHaveLength(row?.n ?? -1);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen[0]).toBe(again.result.id);
  const { errors } = await agency.query(page, { after: 'bm8' });
  expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
});

it('the world of a test has agencies that are certified for all services', async () => {
  const id = await new World(alliance.database).agency();
  const { data } = await agency.query('query ($id: ID!) { agency(id: $id) { certifiedFor } }', {
    id: `Agency_${Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')}`,
  });
  expect(data.agency.certifiedFor).toEqual(['BELT_BASE', 'CONTENT', 'CREATOR_MANAGEMENT', 'RECRUITING']);
});
