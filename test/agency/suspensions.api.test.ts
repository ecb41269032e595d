import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type AgencyService,
  refuseUncertified,
  registerAgency,
  remindAgencies,
} from '../../src/features/agency/index.ts';
import { Refusal } from '../../src/graphql/user-errors.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { announced, apply, enterAgency, openWindow, standing } from './deals.ts';

const START = '2026-06-16T02:00:00.000Z';
const UNTIL = '2026-12-31T16:00:00.000Z';
const clock = new TestClock(START);
let alliance: TestAlliance;
let operator: Caller;
let agencyId: string;

beforeAll(async () => {
  alliance = await testAlliance({ clock });
  operator = await alliance.memberOf(alliance.id);
});

beforeEach(async () => {
  clock.set(START);
  agencyId = await enterAgency(alliance, UNTIL);
});

afterAll(() => alliance.close());

const suspend = (more: object = {}) =>
  act(
    operator,
    'agencySuspend',
    { agencyId: toGlobalId('Agency', agencyId), reason: '虚假宣传', ...more },
    'id reason suspendedAt endsAt reinstatedAt',
  );
const reinstate = () =>
  act(operator, 'agencyReinstate', { agencyId: toGlobalId('Agency', agencyId) }, 'id reinstatedAt');
const certification = async () => (await standing(operator, agencyId)).certification;

/** What `refuseUncertified` says of the agency for a service now; nothing when it lets it through. */
async function refusal(service: AgencyService = 'RECRUITING', id = agencyId) {
  const outcome = await refuseUncertified(alliance.database, id, service, clock.now(), ['input']).catch(
    (error: unknown) => error,
  );
  return outcome instanceof Refusal ? outcome.errors[0] : outcome;
}

describe('a suspension', () => {
  it('holds until it is lifted, is told, and is one at a time', async () => {
    const { result } = await suspend();
    expect(result).toMatchObject({
      reason: '虚假宣传',
      suspendedAt: START,
      endsAt: null,
      reinstatedAt: null,
    });
    expect(await certification()).toBe('SUSPENDED');
    expect((await suspend()).userErrors).toMatchObject([{ __typename: 'StateConflict', state: 'SUSPENDED' }]);
    clock.advance(1000);
    expect((await reinstate()).result).toEqual({ id: result.id, reinstatedAt: '2026-06-16T02:00:01.000Z' });
    expect(await certification()).toBe('CERTIFIED');
    expect((await reinstate()).userErrors).toMatchObject([{ state: 'NOT_SUSPENDED' }]);
    expect((await announced(alliance, agencyId)).map(({ kind }) => kind)).toEqual([
      'AGENCY_SUSPENDED',
      'AGENCY_REINSTATED',
    ]);
    expect((await suspend()).refused).toEqual([]);
  });

  it('with an end is over by itself at that moment, told once by the chore', async () => {
    await suspend({ endsAt: '2026-06-17T02:00:00.000Z' });
    clock.set('2026-06-17T01:59:59.999Z');
    expect([await certification(), await remindAgencies(alliance.database, clock.now())]).toEqual([
      'SUSPENDED',
      0,
    ]);
    clock.set('2026-06-17T02:00:00.000Z');
    expect(await certification()).toBe('CERTIFIED');
    const told = await Promise.all([1, 2, 3].map(() => remindAgencies(alliance.database, clock.now())));
    expect(told.sort()).toEqual([0, 0, 1]);
    expect((await announced(alliance, agencyId)).map(({ kind }) => kind)).toEqual([
      'AGENCY_SUSPENDED',
      'AGENCY_REINSTATED',
    ]);
    expect((await suspend({ endsAt: START })).userErrors).toMatchObject([{ path: ['input', 'endsAt'] }]);
  });

  it('takes the agency out of the directory, and is the operator’s to declare', async () => {
    const listed = async () => {
      const { data } = await alliance.withHeader().query('{ agencyDirectory(first: 100) { nodes { id } } }');
      return data.agencyDirectory.nodes.some(
        ({ id }: { id: string }) => id === toGlobalId('Agency', agencyId),
      );
    };
    expect(await listed()).toBe(true);
    await suspend();
    expect(await listed()).toBe(false);
    const member = await alliance.memberOf(agencyId);
    expect(said(await act(member, 'agencyReinstate', { agencyId: toGlobalId('Agency', agencyId) }))).toBe(
      'FORBIDDEN',
    );
    const { data } = await member.query(
      'query ($id: ID!) { agency(id: $id) { suspensions { nodes { reason } } } }',
      {
        id: toGlobalId('Agency', agencyId),
      },
    );
    expect(data.agency.suspensions.nodes).toEqual([{ reason: '虚假宣传' }]);
  });
});

describe('who is not certified begins nothing new', () => {
  it('by state and service', async () => {
    expect(await refusal()).toBe(undefined);
    expect(await refusal('BELT_BASE')).toMatchObject({
      __typename: 'AgencyNotCertified',
      certification: 'NOT_CERTIFIED',
      service: 'BELT_BASE',
      path: ['input'],
    });
    await suspend();
    expect(await refusal()).toMatchObject({ certification: 'SUSPENDED', service: 'RECRUITING' });
    clock.set(UNTIL);
    expect(await refusal()).toMatchObject({ certification: 'EXPIRED' });
    expect(await refusal('RECRUITING', alliance.id)).toMatchObject({ certification: 'NOT_CERTIFIED' });
  });
});

describe('reminders', () => {
  const told = async (at: string) => {
    clock.set(at);
    await Promise.all([1, 2].map(() => remindAgencies(alliance.database, clock.now())));
    return (await announced(alliance, agencyId)).map(({ kind, data }) => [kind, data.service, data.days]);
  };

  it('come 60, 30 and 7 days ahead and at the end, each once', async () => {
    const agency = { name: '单项', services: ['CONTENT'], city: '杭州', about: '' } as const;
    const certifiedUntil = new Date(UNTIL);
    agencyId = await alliance.database.transaction((tx) =>
      registerAgency(tx, { ...agency, certifiedUntil }, undefined, new Date(START)),
    );
    expect(await told('2026-11-01T15:59:59.999Z')).toEqual([]);
    const soon = (days: number) => ['CERTIFICATE_ENDS_SOON', 'CONTENT', days];
    expect(await told('2026-11-01T16:00:00.000Z')).toEqual([soon(60)]);
    expect(await told('2026-12-01T15:59:59.999Z')).toEqual([soon(60)]);
    expect(await told('2026-12-01T16:00:00.000Z')).toEqual([soon(60), soon(30)]);
    expect(await told('2026-12-24T16:00:00.000Z')).toEqual([soon(60), soon(30), soon(7)]);
    expect(await told('2026-12-31T15:59:59.999Z')).toHaveLength(3);
    const expired = ['CERTIFICATE_EXPIRED', 'CONTENT', undefined];
    expect(await told(UNTIL)).toEqual([soon(60), soon(30), soon(7), expired]);
    expect(await told('2027-03-01T00:00:00.000Z')).toHaveLength(4);
  });

  it('that are late are one, and who has renewed is told neither of the end nor of its coming', async () => {
    const soon = (service: string) => ['CERTIFICATE_ENDS_SOON', service, 7];
    expect((await told('2026-12-26T00:00:00.000Z')).sort()).toEqual([soon('CONTENT'), soon('RECRUITING')]);
    const windowId = await openWindow(operator, { closesAt: '2027-01-16T00:00:00.000Z' });
    const { result } = await apply(await alliance.memberOf(agencyId), agencyId, windowId);
    await act(operator, 'certificationReview', { applicationId: result.id, approve: true });
    const last = (await told(UNTIL)).filter(([kind]) => kind === 'CERTIFICATE_EXPIRED');
    expect(last).toEqual([['CERTIFICATE_EXPIRED', 'CONTENT', undefined]]);
  });
});
