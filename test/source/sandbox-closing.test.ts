import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SandboxClock } from '../../src/features/sandbox/index.ts';
import { passTime } from '../../src/features/sandbox/pass-time.ts';
import { closeSource, submitStory, verifyStory } from '../../src/features/source/index.ts';
import { World } from '../kit/world.ts';
import { BEGIN, openSandbox, type TestSandbox } from '../sandbox/sandbox.ts';
import { hashOf } from './source-scene.ts';

let sandbox: TestSandbox;
let world: World;
let clock: SandboxClock;
/** Hours that are no full ones, of a day and a half later. */
const ENDS = new Date(BEGIN.getTime() + 130_000_000);
const CLOSES = new Date(BEGIN.getTime() + 131_111_111);

beforeAll(async () => {
  sandbox = await openSandbox();
  world = new World(sandbox.database);
  clock = sandbox.clocks[0] as SandboxClock;
});
afterAll(() => sandbox.close());

it("stories end and shops close by the sandbox's clock, each to the moment", async () => {
  const [told, outside] = [await world.product(), await world.product({ source: 'JD' })];
  for (const each of [told, outside]) await world.plan(each);
  await world.tx(async (tx) => {
    const paper = { title: 'Licence', issuer: 'City', sha256: hashOf('x'), issuedAt: BEGIN, expiresAt: ENDS };
    const documents = [{ ...paper, kind: 'BUSINESS_LICENCE' }] as const;
    const { id: productId, brandId } = told;
    const sides = { productId, brandId, submittedBy: brandId, belt: null, liveBaseId: null };
    const story = { ...sides, kind: 'FACTORY', place: '南通', about: '', documents } as const;
    const id = await submitStory(tx, story, BEGIN);
    await verifyStory(tx, { id, brandId, beltId: null, agencyId: null }, BEGIN);
    await closeSource(tx, { source: 'JD', from: CLOSES, reason: 'x' }, BEGIN);
  });
  const pool = () =>
    sandbox.database.rows(sql<{ id: string; kind: string | null }>`
      select product_id as id, source_kind as kind from pool_entry order by product_id`);
  const before = [
    { id: told.id, kind: 'FACTORY' },
    { id: outside.id, kind: null },
  ].sort((a, b) => (a.id < b.id ? -1 : 1));
  await passTime(clock, new Date(ENDS.getTime() - 1));
  expect(await pool()).toEqual(before);
  await passTime(clock, new Date(CLOSES.getTime() + 3_600_000));
  expect(await pool()).toEqual([{ id: told.id, kind: null }]);
  const rows = await sandbox.database.rows(sql<{ kind: string; at: Date }>`
    select kind, at from outbox_event where kind in ('SOURCE_STORY_EXPIRED', 'PRODUCT_SUSPENDED') order by at`);
  expect(rows).toEqual([
    { kind: 'SOURCE_STORY_EXPIRED', at: ENDS },
    { kind: 'PRODUCT_SUSPENDED', at: CLOSES },
  ]);
});
