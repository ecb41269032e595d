import { sql } from 'kysely';
import { registerAgency } from '../../src/features/agency/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act } from '../api/act.ts';
import type { Caller, Json, TestAlliance } from '../kit/alliance.ts';

/** What a window asks for, unless a test says otherwise. */
export const WINDOW = {
  title: '2026 夏季认证',
  about: '提交近一年的案例',
  services: ['RECRUITING', 'CONTENT'],
  opensAt: null,
  closesAt: '2026-07-16T02:00:00.000Z',
  minStaff: 20,
  minFinishedCases: 10,
  foundedBefore: '2020-01-01',
  officeNeeded: true,
  certificateMonths: 12,
};

/** What an agency says of itself that meets all of it. */
export const CLAIMS = {
  services: ['RECRUITING'],
  staff: 20,
  finishedCases: 10,
  foundedOn: '2019-12-31',
  officeAddress: '杭州市滨江区 1 号',
  statement: '',
};

/** An agency with two services, certified from before until then, or not at all. */
export function enterAgency(alliance: TestAlliance, certifiedUntil?: string): Promise<string> {
  const agency = { name: '江风', services: ['RECRUITING', 'CONTENT'], city: '杭州', about: '' } as const;
  const until = certifiedUntil === undefined ? {} : { certifiedUntil: new Date(certifiedUntil) };
  const from = new Date('2025-06-01T00:00:00Z');
  return alliance.database.transaction((tx) => registerAgency(tx, { ...agency, ...until }, undefined, from));
}

export async function openWindow(operator: Caller, more: object = {}): Promise<string> {
  const { result } = await act(operator, 'certificationWindowOpen', { ...WINDOW, ...more }, 'id');
  return result.id;
}

export const apply = (caller: Caller, agencyId: string, windowId: string, more: object = {}) =>
  act(
    caller,
    'certificationApply',
    { ...CLAIMS, windowId, agencyId: toGlobalId('Agency', agencyId), ...more },
    'id state services staff foundedOn appliedAt decidedAt reasons',
  );

/** How an agency stands, as anybody who may look reads it. */
export async function standing(caller: Caller, agencyId: string): Promise<Json> {
  const { data } = await caller.query(
    'query ($id: ID!) { agency(id: $id) { certification certifiedUntil certifiedFor } }',
    { id: toGlobalId('Agency', agencyId) },
  );
  return data.agency;
}

/** What was announced to a party, oldest first. */
export const announced = (alliance: TestAlliance, partyId: string): Promise<Json[]> =>
  alliance.database.rows(sql<Json>`
    select kind, data from outbox_event where ${partyId}::uuid = any(party_ids) order by xid, id`);
