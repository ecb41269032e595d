import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../src/features/account/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import type { Caller } from '../kit/alliance.ts';
import { ADDRESS, DAY, SampleWorld } from './sample-world.ts';

/** The states of a request, and who reads the address then: from "visible only to the creator, and to the brand and operators
 * from APPROVED on and until the request is over". */
const CREATOR = ['creator'];
const SENDING = ['brand', 'creator', 'operator', 'key of the brand'];
const READERS: Record<string, readonly string[]> = {
  PENDING: CREATOR,
  APPROVED: SENDING,
  SHIPPED: SENDING,
  CONTENT_DUE: SENDING,
  FULFILLED: CREATOR,
  REJECTED: CREATOR,
  WITHDRAWN: CREATOR,
  OVERDUE: CREATOR,
  NOT_SHIPPED: CREATOR,
};

let samples: SampleWorld;
let strangers: Record<string, Caller>;
let brandKey: Caller;
let agencyId: string;

beforeAll(async () => {
  samples = await SampleWorld.make();
  agencyId = await samples.world.agency();
  strangers = {
    nobody: samples.alliance.withHeader(),
    'another brand': await samples.alliance.memberOf(await samples.world.brand()),
    'another creator': (await samples.creator()).caller,
    'another agency': await samples.alliance.memberOf(await samples.world.agency()),
    'managing agency': await samples.alliance.memberOf(agencyId),
  };
  const key = { partyId: samples.brandId, name: 'Console', scopes: ['read' as const] };
  const { token } = await samples.world.tx((tx) => createApiKey(tx, key, 'test', samples.clock.now()));
  brandKey = samples.alliance.withHeader(`Bearer ${token}`);
});

afterAll(() => samples.close());

/** A request in any of the states, of a creator whose agency may see all that a contract can open. */
async function requestIn(state: string) {
  const way: Record<string, 'PENDING' | 'APPROVED' | 'SHIPPED' | 'CONTENT_DUE' | 'OVERDUE'> = {
    FULFILLED: 'CONTENT_DUE',
    REJECTED: 'PENDING',
    WITHDRAWN: 'APPROVED',
    NOT_SHIPPED: 'APPROVED',
  };
  const request = await samples.requestIn(way[state] ?? (state as 'PENDING'));
  const { id, creator } = request;
  const content = { title: '测评', url: 'https://v.example.com/3' };
  if (state === 'FULFILLED') await samples.move(creator.caller, 'sampleContentSubmit', id, content);
  if (state === 'REJECTED') await samples.move(samples.brand, 'sampleReject', id, { reason: '不合适' });
  if (state === 'WITHDRAWN') await samples.move(creator.caller, 'sampleWithdraw', id);
  if (state === 'NOT_SHIPPED') {
    samples.clock.advance(7 * DAY);
    await samples.upkeep();
  }
  await samples.world.contract(agencyId, creator.id);
  await samples.alliance.database.rows(sql`update contract_terms
    set visibility = (select array_agg(v) from unnest(array['SHOWCASE', 'ORDERS', 'EARNINGS', 'SAMPLES']) v)
    where creator_id = ${creator.id}`);
  return request;
}

const ADDRESS_OF = 'state address { recipient phone region lines }';

describe.each(Object.keys(READERS))('the address of a request that is %s', (state) => {
  it('is read by those who need it, and by nobody else', async () => {
    const { id, creator } = await requestIn(state);
    const callers: Record<string, Caller> = {
      ...strangers,
      brand: samples.brand,
      creator: creator.caller,
      operator: samples.operator,
      'key of the brand': brandKey,
    };
    expect((await samples.read(id, 'state')).state).toBe(state);
    const readers: string[] = [];
    for (const [name, caller] of Object.entries(callers)) {
      const found = await samples.read(id, ADDRESS_OF, caller);
      if (found.address == null) continue;
      expect(found.address).toEqual(ADDRESS);
      readers.push(name);
    }
    expect(readers.sort()).toEqual([...(READERS[state] ?? [])].sort());
    expect(await samples.read(id, 'state', strangers['managing agency'])).toEqual({ state });
    for (const name of ['nobody', 'another brand', 'another creator', 'another agency']) {
      expect([name, await samples.read(id, 'state', strangers[name])]).toEqual([name, 'NOT_FOUND']);
    }
  });
});

it.each([
  ['APPROVED', 7],
  ['CONTENT_DUE', 14],
] as const)(
  'closes to the brand at the limit of %s, to the millisecond, also before that is worked off',
  async (state, days) => {
    const { id, creator } = await samples.requestIn(state);
    samples.clock.advance(days * DAY - 1);
    expect((await samples.read(id, ADDRESS_OF, samples.brand)).address).toEqual(ADDRESS);
    samples.clock.advance(1);
    expect(await samples.read(id, ADDRESS_OF, samples.brand)).toEqual({ state, address: null });
    expect((await samples.read(id, ADDRESS_OF, creator.caller)).address).toEqual(ADDRESS);
  },
);

it('is in no list of an agency, and gone with the contract', async () => {
  const { id, creator } = await requestIn('APPROVED');
  const agency = strangers['managing agency'] as Caller;
  const query = `{ node(id: "${toGlobalId('Creator', creator.id)}") { ... on Creator {
    sampleRequests(first: 5) { nodes { id address { phone } } } } } }`;
  expect((await agency.query(query)).data.node.sampleRequests.nodes).toEqual([{ id, address: null }]);
  await samples.alliance.database.rows(sql`
    update contract_terms set valid_to = ${samples.clock.now()} where creator_id = ${creator.id}`);
  const after = await agency.query(query);
  expect(after.errors?.map(({ extensions }) => extensions.code)).toEqual(['NOT_FOUND']);
  expect(await samples.read(id, 'state', agency)).toBe('NOT_FOUND');
});
