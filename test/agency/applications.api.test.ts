import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { announced, apply, CLAIMS, enterAgency, openWindow, standing, WINDOW } from './deals.ts';

const START = '2026-06-16T02:00:00.000Z';
const clock = new TestClock(START);
let alliance: TestAlliance;
let operator: Caller;
let windowId: string;
let agencyId: string;
let agency: Caller;

beforeAll(async () => {
  alliance = await testAlliance({ clock });
  operator = await alliance.memberOf(alliance.id);
  windowId = await openWindow(operator);
});

beforeEach(async () => {
  clock.set(START);
  agencyId = await enterAgency(alliance);
  agency = await alliance.memberOf(agencyId);
});

afterAll(() => alliance.close());

const review = (applicationId: string, approve: boolean, reasons: string[] | null = null) =>
  act(operator, 'certificationReview', { applicationId, approve, reasons }, 'state decidedAt reasons');

describe('an application', () => {
  it('is handed in, and told to the operator', async () => {
    const { result } = await apply(agency, agencyId, windowId);
    expect(result).toEqual({
      id: result.id,
      state: 'APPLIED',
      services: ['RECRUITING'],
      staff: 20,
      foundedOn: '2019-12-31',
      appliedAt: START,
      decidedAt: null,
      reasons: [],
    });
    expect((await announced(alliance, alliance.id)).at(-1)).toEqual({
      kind: 'CERTIFICATION_APPLIED',
      data: {},
    });
    expect(await standing(agency, agencyId)).toEqual({
      certification: 'NOT_CERTIFIED',
      certifiedUntil: null,
      certifiedFor: [],
    });
  });

  it('is refused at once with every requirement that is not met', async () => {
    const claims = { staff: 19, finishedCases: 9, foundedOn: '2020-01-01', officeAddress: null };
    const { userErrors } = await apply(agency, agencyId, windowId, claims);
    expect(userErrors).toEqual([
      {
        __typename: 'RequirementsNotMet',
        message: 'The agency does not meet every requirement of the window.',
        path: ['input'],
        unmet: [
          { requirement: 'STAFF', asked: '20', given: '19' },
          { requirement: 'FINISHED_CASES', asked: '10', given: '9' },
          { requirement: 'FOUNDED_BEFORE', asked: '2020-01-01', given: '2020-01-01' },
          { requirement: 'OFFICE', asked: 'an office', given: 'none' },
        ],
      },
    ]);
    const [one] = (await apply(agency, agencyId, windowId, { staff: 1 })).userErrors;
    expect(one.unmet).toEqual([{ requirement: 'STAFF', asked: '20', given: '1' }]);
    const rows = await alliance.database.rows(
      sql`select from certification_application where agency_id = ${agencyId}`,
    );
    expect(rows).toHaveLength(0);
  });

  it.each([
    [{ services: [] }, 'services'],
    [{ services: ['CREATOR_MANAGEMENT'] }, 'services'],
    [{ services: ['RECRUITING', 'RECRUITING'] }, 'services'],
    [{ staff: -1 }, 'staff'],
    [{ finishedCases: 1_000_001 }, 'finishedCases'],
    [{ foundedOn: '2026-06-17' }, 'foundedOn'],
    [{ foundedOn: '1799-12-31' }, 'foundedOn'],
    [{ officeAddress: '' }, 'officeAddress'],
    [{ statement: 'x'.repeat(5001) }, 'statement'],
  ])('of %j is none', async (more, field) => {
    const { userErrors } = await apply(agency, agencyId, windowId, more);
    expect(userErrors).toEqual([
      { __typename: 'InvalidInput', message: expect.any(String), path: ['input', field] },
    ]);
  });

  it('is taken while the window is open, to the millisecond', async () => {
    const later = await openWindow(operator, { opensAt: '2026-06-16T03:00:00.000Z' });
    const state = async () => (await apply(agency, agencyId, later)).userErrors[0]?.state;
    clock.set('2026-06-16T02:59:59.999Z');
    expect(await state()).toBe('PLANNED');
    clock.set(WINDOW.closesAt);
    expect(await state()).toBe('CLOSED');
    clock.set('2026-07-16T01:59:59.999Z');
    expect(await state()).toBe(undefined);
  });

  it('is one at a time, also of many sent at once: the database holds it', async () => {
    const sent = await Promise.all(Array.from({ length: 8 }, () => apply(agency, agencyId, windowId)));
    const said = sent.map(({ refused }) => refused.join() || 'DONE').sort();
    expect(said).toEqual(['DONE', ...Array.from({ length: 7 }, () => 'StateConflict')]);
    const conflict = sent.find(({ refused }) => refused.length > 0);
    expect(conflict?.userErrors).toMatchObject([{ state: 'APPLIED', path: ['input', 'agencyId'] }]);
  });

  it('is the agency’s alone: others are told that there is no such agency', async () => {
    const other = await alliance.memberOf(await enterAgency(alliance));
    const onlooker = await alliance.memberOf(agencyId, 'AGENCY', 'VIEWER');
    for (const caller of [other, onlooker]) {
      const { userErrors } = await apply(caller, agencyId, windowId);
      expect(userErrors).toMatchObject([{ __typename: 'NotFoundError', path: ['input', 'agencyId'] }]);
    }
    const { result } = await apply(agency, agencyId, windowId);
    const list = '{ certificationApplications { nodes { id officeAddress } } }';
    expect((await other.query(list)).data.certificationApplications.nodes).toEqual([]);
    const own = (await agency.query(list)).data.certificationApplications.nodes;
    expect(own).toEqual([{ id: result.id, officeAddress: CLAIMS.officeAddress }]);
    const all = '{ certificationApplications(state: APPLIED, first: 1) { nodes { id } } }';
    expect((await operator.query(all)).data.certificationApplications.nodes).toEqual([{ id: result.id }]);
    const withdrawn = await act(other, 'certificationWithdraw', { applicationId: result.id });
    expect(withdrawn.refused).toEqual(['NotFoundError']);
  });

  it('gives the first answer again under the same key', async () => {
    const again = () => apply(agency, agencyId, windowId, { idempotencyKey: 'apply-once-only' });
    const [first, second] = [await again(), await again()];
    expect(second.result).toEqual(first.result);
    const other = await apply(agency, agencyId, windowId, { idempotencyKey: 'apply-once-only', staff: 21 });
    expect(other.refused).toEqual(['IdempotencyKeyReused']);
  });
});

describe('a decision', () => {
  it('certifies until the end of the day so many months later in Shanghai', async () => {
    const { result } = await apply(agency, agencyId, windowId, { services: ['RECRUITING', 'CONTENT'] });
    clock.set('2026-06-30T15:59:59.999Z');
    expect((await review(result.id, true)).result).toEqual({
      state: 'APPROVED',
      decidedAt: '2026-06-30T15:59:59.999Z',
      reasons: [],
    });
    expect(await standing(alliance.withHeader(), agencyId)).toEqual({
      certification: 'CERTIFIED',
      certifiedUntil: '2027-06-30T16:00:00.000Z',
      certifiedFor: ['CONTENT', 'RECRUITING'],
    });
    expect((await announced(alliance, agencyId)).at(-1)).toEqual({
      kind: 'CERTIFICATION_APPROVED',
      data: {},
    });
    clock.set('2027-06-30T15:59:59.999Z');
    expect((await standing(agency, agencyId)).certification).toBe('CERTIFIED');
    clock.set('2027-06-30T16:00:00.000Z');
    expect(await standing(agency, agencyId)).toEqual({
      certification: 'EXPIRED',
      certifiedUntil: '2027-06-30T16:00:00.000Z',
      certifiedFor: [],
    });
  });

  it('rejects with reasons, at least one, and the agency may apply anew', async () => {
    const { result } = await apply(agency, agencyId, windowId);
    expect((await review(result.id, false, [])).userErrors).toMatchObject([{ path: ['input', 'reasons'] }]);
    expect((await review(result.id, false)).refused).toEqual(['InvalidInput']);
    expect((await review(result.id, true, ['why'])).refused).toEqual(['InvalidInput']);
    const reasons = ['案例缺少合同', '办公地址无法核实'];
    const decided = await review(result.id, false, reasons);
    expect(decided.result).toEqual({ state: 'REJECTED', decidedAt: START, reasons });
    expect((await announced(alliance, agencyId)).at(-1)).toEqual({
      kind: 'CERTIFICATION_REJECTED',
      data: {},
    });
    expect((await apply(agency, agencyId, windowId)).refused).toEqual([]);
  });

  it('is made once, and not on what was withdrawn', async () => {
    const { result } = await apply(agency, agencyId, windowId);
    const withdraw = () =>
      act(agency, 'certificationWithdraw', { applicationId: result.id }, 'state decidedAt');
    expect((await withdraw()).result).toEqual({ state: 'WITHDRAWN', decidedAt: START });
    expect((await withdraw()).userErrors).toMatchObject([
      { __typename: 'StateConflict', state: 'WITHDRAWN' },
    ]);
    expect((await review(result.id, true)).userErrors).toMatchObject([{ state: 'WITHDRAWN' }]);
    const next = await apply(agency, agencyId, windowId);
    const both = await Promise.all([review(next.result.id, true), review(next.result.id, false, ['no'])]);
    expect(both.map((one) => one.refused.join()).sort()).toEqual(['', 'StateConflict']);
  });

  it('is the operator’s', async () => {
    const { result } = await apply(agency, agencyId, windowId);
    const input = { applicationId: result.id, approve: true };
    expect(said(await act(agency, 'certificationReview', input))).toBe('FORBIDDEN');
    const nothing = { applicationId: toGlobalId('Agency', agencyId), approve: true };
    expect(said(await act(operator, 'certificationReview', nothing))).toBe('NotFoundError');
  });
});

describe('a renewal', () => {
  it('may be asked for in the last 60 days, and follows the old certificate without a gap', async () => {
    const until = '2026-08-16T16:00:00.000Z';
    agencyId = await enterAgency(alliance, until);
    agency = await alliance.memberOf(agencyId);
    clock.set('2026-06-17T15:59:59.999Z');
    const { userErrors } = await apply(agency, agencyId, windowId);
    expect(userErrors).toMatchObject([{ state: 'CERTIFIED', path: ['input', 'services'] }]);
    clock.set('2026-06-17T16:00:00.000Z');
    const { result } = await apply(agency, agencyId, windowId);
    await review(result.id, true);
    const list = `query ($id: ID!) { agency(id: $id) { certificates(first: 1) { nodes {
      service validFrom validTo application { id } } } } }`;
    const { data } = await agency.query(list, { id: toGlobalId('Agency', agencyId) });
    expect(data.agency.certificates.nodes).toEqual([
      {
        service: 'RECRUITING',
        validFrom: until,
        validTo: '2027-08-16T16:00:00.000Z',
        application: { id: result.id },
      },
    ]);
    clock.set(until);
    expect(await standing(agency, agencyId)).toEqual({
      certification: 'CERTIFIED',
      certifiedUntil: '2027-08-16T16:00:00.000Z',
      certifiedFor: ['RECRUITING'],
    });
  });

  it('after the end begins at the decision, and another service may be added at any time', async () => {
    agencyId = await enterAgency(alliance, '2026-06-01T16:00:00.000Z');
    agency = await alliance.memberOf(agencyId);
    expect((await standing(agency, agencyId)).certification).toBe('EXPIRED');
    const renewed = await apply(agency, agencyId, windowId);
    await review(renewed.result.id, true);
    expect((await standing(agency, agencyId)).certifiedFor).toEqual(['RECRUITING']);
    expect((await apply(agency, agencyId, windowId)).userErrors).toMatchObject([{ state: 'CERTIFIED' }]);
    const added = await apply(agency, agencyId, windowId, { services: ['CONTENT'] });
    await review(added.result.id, true);
    expect(await standing(agency, agencyId)).toEqual({
      certification: 'CERTIFIED',
      certifiedUntil: '2027-06-16T16:00:00.000Z',
      certifiedFor: ['CONTENT', 'RECRUITING'],
    });
  });
});
