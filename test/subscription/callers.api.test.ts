import type { GraphQLObjectType } from 'graphql';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { announce } from '../../src/db/outbox.ts';
import { createApiKey, seatUser } from '../../src/features/account/index.ts';
import { type NewOfficialEvent, openEvent } from '../../src/features/occasion/index.ts';
import { startLiveSession } from '../../src/features/promotion/index.ts';
import type { Scope } from '../../src/graphql/actor.ts';
import { newId, toGlobalId } from '../../src/kernel/ids.ts';
import { LOCAL_ISSUER } from '../../src/server/local-issuer.ts';
import { buildAllianceSchema } from '../../src/server/schema.ts';
import { AUDIENCE, TestIssuer } from '../identity/issuer.ts';
import { type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { World } from '../kit/world.ts';
import { type Followed, followByStream, followByWebSocket, type Streamed, until } from './live-clients.ts';

/** What is selected of each subscription of the schema. */
const SELECTED: Readonly<Record<string, string>> = {
  changeAdded: '{ cursor event { kind data subject { id } } }',
  earningsChanged: '{ cursor creator { id } agency { id } }',
  liveSessionBoard: '{ at }',
  officialEventBoard: '{ at }',
};
const FIELDS = Object.keys(SELECTED);
/** Arguments that a subscription cannot do without. */
const NAMED: Readonly<Record<string, () => string>> = {
  liveSessionBoard: () => `(liveSessionId: "${toGlobalId('LiveSession', liveSessionId)}")`,
  officialEventBoard: () => `(officialEventId: "${toGlobalId('OfficialEvent', officialEventId)}")`,
};
const PARTIES = ['Brand', 'Creator', 'Agency'] as const;
type Party = (typeof PARTIES)[number];

let alliance: TestAlliance;
let outside: TestIssuer;
/** The Authorization header of each caller. */
const callers: Record<string, string> = {};
const parties = {} as Record<Party | 'other creator' | 'Alliance', string>;
const open: (Followed | Streamed)[] = [];
let liveSessionId: string;
let officialEventId: string;

beforeAll(async () => {
  outside = await TestIssuer.open();
  alliance = await testAlliance({
    environment: { OIDC_ISSUER: outside.url, OIDC_AUDIENCE: AUDIENCE, MAX_FAILED_LOGINS: '1000' },
  });
  const world = new World(alliance.database);
  parties.Brand = await world.brand();
  parties.Creator = await world.creator();
  parties.Agency = await world.agency();
  parties['other creator'] = await world.creator();
  parties.Alliance = alliance.id;
  const session = { id: newId(), creatorId: parties.Creator, title: 'Live' };
  liveSessionId = (await world.tx((tx) => startLiveSession(tx, session, new Date()))).id;
  officialEventId = await world.tx((tx) => openEvent(tx, anEvent(), new Date()));
  await world.contract(parties.Agency, parties.Creator);
  for (const [name, partyId] of Object.entries(parties)) callers[name] = await memberOf(name, [partyId]);
  callers['creator and agency'] = await memberOf('both', [parties.Agency, parties.Creator]);
  callers['key of the brand'] = await keyOf('read');
  callers['key that may only write'] = await keyOf('orders:write', 'cooperation:write', 'money:write');
  callers['key that was revoked'] = await keyOf('read');
  await alliance.database.rows(sql`update api_key set revoked_at = now() where id = (
    select id from api_key order by id desc limit 1)`);
  callers['key that nobody has'] = `Bearer ga_test_${'A'.repeat(22)}_${'B'.repeat(43)}`;
  const exp = Math.floor(Date.now() / 1000);
  callers['token that is over'] = `Bearer ${await outside.token({ exp })}`;
  callers['token for somebody else'] = `Bearer ${await outside.token({ aud: 'another' })}`;
});
afterAll(async () => {
  for (const each of open) await close(each);
  await alliance.close();
  await outside.stop();
});

/** Of today on, with nothing to give. */
const anEvent = (): NewOfficialEvent => {
  const at = (days: number): Date => new Date(Date.now() + days * 86_400_000);
  return {
    ...{ code: 'EVENT', name: '616', currency: 'CNY', categoryIds: [], minCommissionBp: 1 },
    ...{ registerFrom: at(0), registerUntil: at(1), startsAt: at(2), endsAt: at(3), closesAt: at(4) },
    ...{ subsidy: null, bonus: null, prizes: [] },
  };
};

async function memberOf(subject: string, partyIds: readonly string[]): Promise<string> {
  const person = { issuer: LOCAL_ISSUER, subject, name: subject };
  for (const partyId of partyIds)
    await alliance.database.transaction((tx) => seatUser(tx, person, partyId, 'OWNER', new Date()));
  return `Bearer ${(await alliance.issuer.issue(subject, subject)).token}`;
}

async function keyOf(...scopes: Scope[]): Promise<string> {
  const key = { partyId: parties.Brand, name: 'Shop', scopes };
  const { token } = await alliance.database.transaction((tx) => createApiKey(tx, key, 'test', new Date()));
  return `Bearer ${token}`;
}

async function close(each: Followed | Streamed): Promise<void> {
  if ('stop' in each) each.stop();
  else await each.client.dispose();
}

const queryOf = (field: string, args = NAMED[field]?.() ?? ''): string =>
  `subscription { ${field}${args} ${SELECTED[field]} }`;

const byWebSocket = (who: string | undefined, query: string): Followed => {
  const authorization = who && callers[who];
  const followed = followByWebSocket(alliance.server.url, query, authorization ? { authorization } : {});
  open.push(followed);
  return followed;
};
const byStream = async (who: string | undefined, query: string): Promise<Streamed> => {
  const followed = await followByStream(alliance.server.url, { query }, who && callers[who]);
  open.push(followed);
  return followed;
};

/** The codes with which both protocols refuse, in the place of any event. */
async function refusals(who: string, query: string): Promise<(string | undefined)[]> {
  const both = [byWebSocket(who, query), await byStream(who, query)];
  await until(() => both.every(({ results }) => results.length > 0));
  for (const each of both) await close(each);
  return both.map(({ results }) => results[0]?.errors?.[0]?.extensions.code);
}

it('every subscription of the schema is tried', () => {
  const fields = (buildAllianceSchema().getSubscriptionType() as GraphQLObjectType).getFields();
  expect(Object.keys(fields).sort()).toEqual(FIELDS);
});

describe.each(FIELDS)('%s', (field) => {
  it.each([
    undefined,
    'key that was revoked',
    'key that nobody has',
    'token that is over',
    'token for somebody else',
  ])('is refused before it begins to %s', async (who) => {
    expect((await byWebSocket(who, queryOf(field)).closed).code).toBe(4401);
    const { status, results } = await byStream(who, queryOf(field));
    expect([status, results[0]?.errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('is refused to a key without the scope read', async () => {
    expect(await refusals('key that may only write', queryOf(field))).toEqual(['FORBIDDEN', 'FORBIDDEN']);
  });
});

describe('earningsChanged', () => {
  const of = (type: string, partyId: string): string => `(organisationId: "${toGlobalId(type, partyId)}")`;

  it.each([
    'Brand',
    'key of the brand',
    'other creator',
    // It manages the creator; what it may see of the earnings it reads as those of the orders.
    'Agency',
    'Alliance',
  ])('of a creator is not found by %s', async (who) => {
    const query = queryOf('earningsChanged', of('Creator', parties.Creator));
    expect(await refusals(who, query)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  });

  it.each([
    ['of an agency', 'Creator', () => of('Agency', parties.Agency)],
    ['of a brand', 'Brand', () => of('Brand', parties.Brand)],
    ['of a creator by the id of another type', 'Creator', () => of('Agency', parties.Creator)],
    ['of what is no id', 'Creator', () => '(organisationId: "x")'],
    ['of nobody in particular', 'Brand', () => ''],
    ['of nobody in particular', 'Alliance', () => ''],
  ])('%s is not found by %s', async (_what, who, args) => {
    expect(await refusals(who, queryOf('earningsChanged', args()))).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  });

  it('is of the organisation that is named, or else of the creator before the agency', async () => {
    const both = 'creator and agency';
    const named = byWebSocket(both, queryOf('earningsChanged', of('Agency', parties.Agency)));
    const unnamed = await byStream(both, queryOf('earningsChanged'));
    const shows = { named: parties.Agency, unnamed: parties.Creator };
    while (named.results.length === 0 || unnamed.results.length === 0) await tellAll(0);
    for (const { results } of [named, unnamed]) expect(results[0]?.errors).toBeUndefined();
    const [one, other] = [named.results[0]?.data, unnamed.results[0]?.data] as Json[];
    expect(one.earningsChanged.agency.id).toBe(toGlobalId('Agency', shows.named));
    expect(one.earningsChanged.creator).toBeNull();
    expect(other.earningsChanged.creator.id).toBe(toGlobalId('Creator', shows.unnamed));
    expect(other.earningsChanged.agency).toBeNull();
  });
});

it.each(['Brand', 'key of the brand', 'other creator', 'Agency'])(
  'liveSessionBoard of a creator is not found by %s',
  async (who) => {
    expect(await refusals(who, queryOf('liveSessionBoard'))).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  },
);

/** Tells each organisation of something that is for it alone. */
async function tellAll(no: number): Promise<void> {
  for (const [name, partyId] of Object.entries(parties)) {
    const type = name === 'other creator' ? 'Creator' : name;
    const event = { kind: 'PAYOUT_SENT', subject: { type, id: partyId }, to: [partyId] } as const;
    await alliance.database.transaction((tx) =>
      announce(tx, [{ ...event, data: { no, to: name } }], new Date()),
    );
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
}

it('changeAdded tells each kind of caller what concerns them, and operators everything', async () => {
  const names = [...Object.keys(parties), 'key of the brand', 'creator and agency'];
  const followed = names.map(
    (who, i) =>
      [
        who,
        i % 2 === 0 ? byWebSocket(who, queryOf('changeAdded')) : byStream(who, queryOf('changeAdded')),
      ] as const,
  );
  const all = await Promise.all(followed.map(async ([who, each]) => [who, await each] as const));
  for (let no = 1; all.some(([, { results }]) => results.length === 0); no++) await tellAll(no);
  await tellAll(777);
  const seenBy = ({ results }: Followed | Streamed): Json[] =>
    results.map(({ data }) => (data as Json).changeAdded.event.data).filter(({ no }: Json) => no === 777);
  const wanted: Record<string, string[]> = {
    Brand: ['Brand'],
    'key of the brand': ['Brand'],
    Creator: ['Creator'],
    Agency: ['Agency'],
    'other creator': ['other creator'],
    'creator and agency': ['Creator', 'Agency'],
    Alliance: Object.keys(parties),
  };
  await until(() => all.every(([who, each]) => seenBy(each).length >= (wanted[who]?.length ?? 0)));
  // Whatever is not theirs would have come before or with what is.
  await new Promise((resolve) => setTimeout(resolve, 500));
  for (const [who, each] of all)
    expect([
      who,
      seenBy(each)
        .map(({ to }) => to)
        .sort(),
    ]).toEqual([who, [...(wanted[who] ?? [])].sort()]);
  for (const [who, { results }] of all)
    expect([who, results.filter(({ errors }) => errors !== undefined)]).toEqual([who, []]);
});
