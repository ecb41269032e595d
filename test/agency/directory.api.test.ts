import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgencyService } from '../../src/features/agency/index.ts';
import { refreshFigures, registerAgency } from '../../src/features/agency/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { EARLY, event, type MadeProduct, placed, World } from '../kit/world.ts';

const clock = new TestClock('2026-06-16T14:00:00.000Z');
const SOLD_AT = new Date('2026-06-16T12:00:00Z');
let alliance: TestAlliance;
let world: World;
let nobody: Caller;
const ids: Record<string, string> = {};

async function enter(name: string, city: string, services: readonly AgencyService[], certified = true) {
  const until = certified ? { certifiedUntil: new Date('2027-01-01T00:00:00Z') } : {};
  ids[name] = await world.tx((tx) =>
    registerAgency(tx, { name, city, services, about: '', ...until }, undefined, EARLY),
  );
}

/** Sells so many pieces at 100.00 by each creator, of a product that `recruiter` has recruited. */
async function sell(recruiter: string, creators: readonly string[], pieces: number, currency = 'CNY') {
  const brandId = await world.brand();
  await world.tx((tx) => tx.rows(sql`update brand set currency = ${currency} where id = ${brandId}`));
  const product: MadeProduct = await world.product({ brandId });
  await world.plan(product);
  const { id } = await world.enrolment(product, ids[recruiter] ?? '');
  for (const [n, creatorId] of creators.entries()) {
    const linkCode = await world.link(creatorId, product, id);
    const orderNo = `${recruiter}-${n}-${currency}`;
    const line = placed(product.code, {
      linkCode,
      currency,
      quantity: pieces,
      itemTotalMinor: BigInt(pieces) * 10_000n,
    });
    await world.ingest(
      product.brandId,
      [
        event(product.brandId, 'PLACED', orderNo, { occurredAt: SOLD_AT, placed: line }),
        event(product.brandId, 'PAID', orderNo, { occurredAt: SOLD_AT }),
      ],
      clock.now(),
    );
  }
}

beforeAll(async () => {
  alliance = await testAlliance({ clock });
  world = new World(alliance.database);
  nobody = alliance.withHeader();
  await enter('Alder 甲', '杭州', ['RECRUITING']);
  await enter('birch 100%', '广州', ['RECRUITING', 'CONTENT']);
  await enter('Cedar_乙', '杭州', ['CREATOR_MANAGEMENT']);
  await enter('Dogwood', '杭州', ['RECRUITING'], false);
  const creators = [await world.creator(), await world.creator(), await world.creator()];
  for (const creator of creators) await world.contract(ids.Cedar_乙 ?? '', creator);
  await sell('Alder 甲', creators.slice(0, 2), 5);
  await sell('birch 100%', creators, 1);
  await sell('birch 100%', creators.slice(0, 1), 9, 'EUR');
  await refreshFigures(alliance.database, clock.now());
});

afterAll(() => alliance.close());

const ask = async (args: string, caller = nobody): Promise<Json[]> => {
  const { data, errors } = await caller.query(`{ agencyDirectory${args} { nodes { name } } }`);
  expect(errors).toBeUndefined();
  return data.agencyDirectory.nodes.map(({ name }: Json) => name);
};

describe('the directory', () => {
  it('is narrowed by service, city and a part of the name, whatever stands in it', async () => {
    expect((await ask('(first: 9)')).sort()).toEqual(['Alder 甲', 'Cedar_乙', 'birch 100%']);
    expect(await ask('(filter: { service: CONTENT })')).toEqual(['birch 100%']);
    expect(await ask('(filter: { city: "广州" })')).toEqual(['birch 100%']);
    expect(await ask('(filter: { search: "ALDER" })')).toEqual(['Alder 甲']);
    expect(await ask('(filter: { search: "0%" })')).toEqual(['birch 100%']);
    expect(await ask('(filter: { search: "r_乙" })')).toEqual(['Cedar_乙']);
    expect(await ask('(filter: { search: "%" })')).toEqual(['birch 100%']);
    expect(await ask('(filter: { search: "\\\\" })')).toEqual([]);
    expect(await ask('(filter: { service: BELT_BASE, city: "杭州" })')).toEqual([]);
    const { errors } = await nobody.query(
      '{ agencyDirectory(filter: { search: "\\u0000" }) { nodes { name } } }',
    );
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it.each([
    ['CREATORS', 'Cedar_乙'],
    ['CAMPAIGNS', undefined],
    ['GMV', 'Cedar_乙'],
    ['NAME', undefined],
  ])('has pages by %s that hold each agency once', async (orderBy, first) => {
    const page = `query ($after: String) { agencyDirectory(first: 1, orderBy: ${orderBy}, after: $after) {
      nodes { name } pageInfo { endCursor hasNextPage } } }`;
    const seen: string[] = [];
    let after: string | null = null;
    for (let turn = 0; turn < 3; turn++) {
      const { data }: Json = await nobody.query(page, { after });
      seen.push(data.agencyDirectory.nodes[0].name);
      after = data.agencyDirectory.pageInfo.endCursor;
      expect(data.agencyDirectory.pageInfo.hasNextPage).toBe(turn < 2);
    }
    expect([...seen].sort()).toEqual(['Alder 甲', 'Cedar_乙', 'birch 100%']);
    if (first !== undefined) expect(seen[0]).toBe(first);
    const other = orderBy === 'NAME' ? 'GMV' : 'NAME';
    const { errors } = await nobody.query(
      `query ($after: String) { agencyDirectory(orderBy: ${other}, after: $after) { nodes { name } } }`,
      { after },
    );
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('the figures', () => {
  const figuresOf = async (name: string, caller = nobody) => {
    const { data } = await caller.query(
      `query ($id: ID!) { agency(id: $id) { figures {
        creators campaigns products orderLines gmv { amount currencyCode } countedAt } } }`,
      { id: toGlobalId('Agency', ids[name] ?? '') },
    );
    return data.agency.figures;
  };
  const countedAt = '2026-06-16T14:00:00.000Z';

  it('count lines for all whom they pay, of three creators at the least, and money of one currency', async () => {
    expect(await figuresOf('birch 100%')).toEqual({
      creators: 0,
      campaigns: 2,
      products: 2,
      orderLines: '4',
      gmv: { amount: '300.00', currencyCode: 'CNY' },
      countedAt,
    });
    expect(await figuresOf('Cedar_乙')).toMatchObject({
      creators: 3,
      campaigns: 0,
      orderLines: '6',
      gmv: { amount: '1300.00' },
    });
    expect(await figuresOf('Alder 甲')).toMatchObject({
      campaigns: 1,
      products: 1,
      orderLines: null,
      gmv: null,
    });
  });

  it('are those of certified agencies, and of the last 30 days', async () => {
    const member = await alliance.memberOf(ids.Dogwood ?? '');
    expect(await figuresOf('Dogwood', member)).toBe(null);
    await refreshFigures(alliance.database, new Date('2026-07-16T12:00:01Z'));
    expect(await figuresOf('Cedar_乙')).toMatchObject({ creators: 3, orderLines: null, gmv: null });
    await Promise.all([1, 2, 3].map(() => refreshFigures(alliance.database, clock.now())));
    expect(await figuresOf('Cedar_乙')).toMatchObject({ orderLines: '6', countedAt });
  });
});
