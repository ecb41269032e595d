import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expireExports } from '../../src/features/bulk/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import type { Json } from '../kit/alliance.ts';
import { NOON } from './noon.ts';
import { BRAND_LINES, type BulkScene, bulkScene, chunkCount, download } from './scene.ts';

const LINES = 250;
let scene: BulkScene;

beforeAll(async () => {
  scene = await bulkScene(LINES);
});
afterAll(() => scene.alliance.close());

async function exported(query: string): Promise<{ export: Json; rows: Json[] }> {
  const { result, userErrors } = await scene.start(scene.brand, query);
  expect(userErrors).toEqual([]);
  await scene.run();
  const done = await scene.read(result.id);
  expect([done.state, done.error]).toEqual(['COMPLETED', null]);
  return { export: done, rows: (await download(scene, done.url)).rows };
}

describe('an export', () => {
  it('waits, is run, and holds every row once, as a query would have given it', async () => {
    const { result } = await scene.start(scene.brand, BRAND_LINES);
    expect(result).toMatchObject({ state: 'WAITING', rowsSoFar: '0', url: null, sha256: null, error: null });
    expect(result.createdAt).toBe(new Date(NOON).toISOString());
    expect(await scene.run()).toBe(1);
    const done = await scene.read(result.id);
    expect(done).toMatchObject({
      state: 'COMPLETED',
      rowsSoFar: String(LINES),
      expiresAt: '2026-07-23T04:00:00.000Z',
    });
    const file = await download(scene, done.url);
    expect(file.rows).toHaveLength(LINES);
    expect(new Set(file.rows.map(({ orderNo }) => orderNo)).size).toBe(LINES);
    const asked = await scene.brand.query(`{ viewer { brand { orderLines(first: 100) { nodes {
      id orderNo buyerRef product { title } } } } } }`);
    expect(file.rows.slice(0, 100)).toEqual(asked.data.viewer.brand.orderLines.nodes);
  });

  it('tells the hash and the size of the bytes that arrive, which nobody unpacks on the way', async () => {
    const { export: done } = await exported(BRAND_LINES);
    const file = await download(scene, done.url);
    expect([file.sha256, String(file.bytes.length)]).toEqual([done.sha256, done.sizeBytes]);
    expect(file.headers.get('content-type')).toBe('application/gzip');
    expect(file.headers.get('content-encoding')).toBeNull();
    expect(file.headers.get('content-length')).toBe(done.sizeBytes);
    expect(file.bytes.subarray(0, 2).toString('hex')).toBe('1f8b');
  });

  it('takes edges, aliases, arguments and fragments as they are', async () => {
    const { rows } = await exported(`query Lines { viewer { __typename brand { ...Own } } }
      fragment Own on Brand { all: orderLines { pageInfo { hasNextPage } edges { cursor node { ...Line } } } }
      fragment Line on OrderLine { number: orderNo }`);
    expect(rows).toHaveLength(LINES);
    expect(Object.keys(rows[0])).toEqual(['number']);
  });

  it('is an empty file where there are no rows', async () => {
    const { rows, export: done } = await exported('{ viewer { brand { rateLocks { nodes { kind } } } } }');
    expect([rows, done.rowsSoFar]).toEqual([[], '0']);
    const nobody = await exported('{ viewer { creator { orderLines { nodes { id } } } } }');
    expect(nobody.rows).toEqual([]);
  });

  it('ends without a file where something is closed to its caller, and says what', async () => {
    const foreign = toGlobalId('Brand', (await scene.world.product()).brandId);
    const query = `{ brand(id: "${foreign}") { orderLines { nodes { id } } } }`;
    const { result } = await scene.start(scene.brand, query);
    await scene.run();
    const failed = await scene.read(result.id);
    expect(failed).toMatchObject({ state: 'FAILED', url: null, rowsSoFar: '0' });
    expect(failed.error).toEqual({ code: 'NOT_FOUND', message: expect.stringContaining('brand.orderLines') });
  });

  it('is asked for once however often the call is repeated', async () => {
    const input = {
      organisationId: toGlobalId('Brand', scene.brandId),
      query: BRAND_LINES,
      idempotencyKey: 'export-once',
    };
    const start = `mutation ($input: BulkExportStartInput!) { bulkExportStart(input: $input) { bulkExport { id } } }`;
    const first = await scene.brand.query(start, { input });
    const second = await scene.brand.query(start, { input });
    expect(second.data).toEqual(first.data);
    expect(await scene.run()).toBe(1);
  });

  it('stands in the audit log and in the list of its organisation, newest first', async () => {
    const { export: done } = await exported(BRAND_LINES);
    const { data } = await scene.brand.query(
      '{ viewer { brand { bulkExports(first: 2) { nodes { query state } } } } }',
    );
    expect(data.viewer.brand.bulkExports.nodes[0]).toEqual({ query: BRAND_LINES, state: 'COMPLETED' });
    const [entry] = await scene.alliance.database.rows(sql<{ object: string }>`
      select object from audit_entry where operation = 'bulkExportStart' order by id desc limit 1`);
    expect(entry?.object).toBe(
      (await scene.brand.query('{ viewer { brand { bulkExports(first: 1) { nodes { id } } } } }')).data.viewer
        .brand.bulkExports.nodes[0].id,
    );
    expect(done.organisation.name).toMatch(/^Brand /);
  });
});

describe('rows below rows', () => {
  const NESTED = `{ viewer { brand { products { nodes { id title
    lines: plans { nodes { id kind versions { nodes { validFrom } } } } } } } } }`;

  it('name the row above, and stand after it', async () => {
    const plan = await scene.world.plan(scene.product);
    const { rows, export: done } = await exported(NESTED);
    const product = toGlobalId('Product', scene.product.id);
    const planId = toGlobalId('Plan', plan);
    const places = [
      rows.findIndex((row) => row.id === product),
      rows.findIndex((row) => row.id === planId && row.__parentId === product),
      rows.findIndex((row) => row.__parentId === planId),
    ];
    expect(places[0]).toBeGreaterThanOrEqual(0);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(Object.keys(rows[places[0]!])).toEqual(['id', 'title']);
    expect(done.rowsSoFar).toBe(String(rows.length));
  });

  it('are all there, however many parents there are and rows below one of them', async () => {
    const { world, product } = scene;
    const agencyId = await world.agency();
    const creatorIds = await Promise.all(Array.from({ length: 25 }, () => world.creator()));
    for (const id of creatorIds) await world.contract(agencyId, id);
    const links = [120, 51, 50, 1].map((count, i) => ({ creatorId: creatorIds[i]!, count }));
    for (const { creatorId, count } of links)
      for (let i = 0; i < count; i++) await world.link(creatorId, product);
    const agency = await scene.alliance.memberOf(agencyId);
    const query = '{ viewer { agency { creators { nodes { id promotionLinks { nodes { id code } } } } } } }';
    const { result } = await scene.start(agency, query, toGlobalId('Agency', agencyId));
    await scene.run();
    const { rows } = await download(scene, (await scene.read(result.id, agency)).url);
    const below = rows.filter(({ __parentId }) => __parentId !== undefined);
    expect(rows.length - below.length).toBe(25);
    expect(new Set(below.map(({ code }) => code)).size).toBe(222);
    expect(below).toHaveLength(222);
    for (const { creatorId, count } of links) {
      const parent = toGlobalId('Creator', creatorId);
      expect(below.filter(({ __parentId }) => __parentId === parent)).toHaveLength(count);
    }
  });
});

describe('a file', () => {
  it('opens to its own organisation and operators, and to whoever has the address, until its time', async () => {
    const { export: done } = await exported(BRAND_LINES);
    const path = done.url.split('?')[0];
    const status = async (url: string, token?: string) =>
      (await download(scene, url, token ? { authorization: `Bearer ${token}` } : {})).status;
    const { database, issuer } = scene.alliance;
    const [seat] = await database.rows(sql<{ subject: string }>`
      select u.subject from membership m join app_user u on u.id = m.user_id where m.party_id = ${scene.brandId}`);
    const own = (await issuer.issue(seat?.subject ?? '', 'x')).token;
    const foreign = (await issuer.issue('somebody-else', 'x')).token;
    expect(await status(path, own)).toBe(200);
    expect(await status(path, foreign)).toBe(404);
    expect(await status(path)).toBe(404);
    expect(await status(`${path}?expires=99999999999&signature=x`)).toBe(404);
    expect(await status(done.url.replace(/expires=\d/, 'expires=9'))).toBe(404);
    expect(await status('/bulk/00000000-0000-0000-0000-000000000000.ndjson.gz')).toBe(404);
    expect(await status('/bulk/x')).toBe(404);
    expect(await status(done.url)).toBe(200);
    scene.clock.advance(3_601_000);
    expect(await status(done.url)).toBe(404);
    expect(await status((await scene.read(`${toGlobalIdOf(path)}`)).url)).toBe(200);
    scene.clock.set(NOON);
  });

  it('is deleted when its time is over', async () => {
    const { export: done } = await exported(BRAND_LINES);
    const id = toGlobalIdOf(done.url.split('?')[0]);
    scene.clock.advance(3 * 86_400_000);
    expect(await expireExports(scene.alliance.database, scene.clock.now())).toBeGreaterThan(0);
    expect(await scene.read(id)).toMatchObject({ state: 'EXPIRED', url: null });
    expect(await chunkCount(scene)).toBe(0);
    scene.clock.set(NOON);
  });
});

const toGlobalIdOf = (path: string): string => toGlobalId('BulkExport', path.split('/')[2]!.split('.')[0]!);

describe('whoever may not', () => {
  it('starts nothing for another organisation, and cancels nothing of it', async () => {
    const refused = await scene.start(scene.stranger, BRAND_LINES);
    expect(refused.refused).toEqual(['NotFoundError']);
    const nobody = await scene.start(scene.alliance.withHeader(), BRAND_LINES);
    expect(nobody.code).toBe('UNAUTHENTICATED');
    const { result } = await scene.start(scene.brand, BRAND_LINES);
    const cancel =
      'mutation ($id: ID!) { bulkExportCancel(input: { bulkExportId: $id }) { userErrors { __typename } } }';
    const { data } = await scene.stranger.query(cancel, { id: result.id });
    expect(data.bulkExportCancel.userErrors).toEqual([{ __typename: 'NotFoundError' }]);
    expect((await scene.read(result.id, scene.stranger))[0].extensions.code).toBe('NOT_FOUND');
    await scene.run();
  });
});
