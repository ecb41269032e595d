import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromGlobalId, toGlobalId } from '../../src/kernel/ids.ts';
import { act, type Outcome, said } from '../api/act.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { ownerRuns } from '../kit/database.ts';
import { World } from '../kit/world.ts';

const HOUR_MS = 3_600_000;
const VIEWER = '{ viewer { name } }';
const KEY = 'id name scopes expiresAt revokedAt replaces { id expiresAt revokedAt }';

const clock = new TestClock('2026-06-16T12:00:00Z');
let alliance: TestAlliance;
let brandId: string;
let owner: Caller;

beforeAll(async () => {
  alliance = await testAlliance({ clock });
  brandId = await new World(alliance.database).brand();
  owner = await alliance.memberOf(brandId);
});
afterAll(() => alliance.close());

interface Made {
  readonly id: string;
  readonly token: string;
}

const madeBy = ({ result }: Outcome): Made => ({ id: result.apiKey.id, token: result.token });

async function create(more: object = {}): Promise<Outcome> {
  const input = { organisationId: toGlobalId('Brand', brandId), name: '店铺', scopes: ['read'], ...more };
  return act(owner, 'apiKeyCreate', input, `token apiKey { ${KEY} }`);
}
const rotate = (apiKeyId: string, more: object = {}, caller = owner): Promise<Outcome> =>
  act(caller, 'apiKeyRotate', { apiKeyId, ...more }, `token apiKey { ${KEY} }`);
const revoke = ({ id }: Made) => act(owner, 'apiKeyRevoke', { apiKeyId: id });
const statusOf = async ({ token }: Made): Promise<number> =>
  (await alliance.withHeader(`Bearer ${token}`).query(VIEWER)).status;

/** Refused, with the state that stood in the way. */
const refusedFor = ({ userErrors }: Outcome): string[] => userErrors.map(({ state }: Json) => state);

describe('a key that is rotated', () => {
  it('goes on beside the new one for as long as was said, and not a moment longer', async () => {
    const old = madeBy(await create({ scopes: ['read', 'orders:write'] }));
    const rotated = await rotate(old.id, { overlapHours: 24 });
    const fresh = madeBy(rotated);
    const expiresAt = new Date(clock.now().getTime() + 24 * HOUR_MS).toISOString();
    expect(rotated.result.apiKey).toEqual({
      id: fresh.id,
      name: '店铺',
      scopes: ['read', 'orders:write'],
      expiresAt: null,
      revokedAt: null,
      replaces: { id: old.id, expiresAt, revokedAt: null },
    });
    expect([await statusOf(old), await statusOf(fresh)]).toEqual([200, 200]);
    clock.advance(24 * HOUR_MS - 1);
    expect([await statusOf(old), await statusOf(fresh)]).toEqual([200, 200]);
    clock.advance(1);
    expect([await statusOf(old), await statusOf(fresh)]).toEqual([401, 200]);
  });

  it('goes on for a week where nothing was said, and not at all where that was', async () => {
    const old = madeBy(await create());
    const { result } = await rotate(old.id);
    expect(Date.parse(result.apiKey.replaces.expiresAt) - clock.now().getTime()).toBe(168 * HOUR_MS);
    const other = madeBy(await create());
    const fresh = madeBy(await rotate(other.id, { overlapHours: 0 }));
    expect([await statusOf(other), await statusOf(fresh)]).toEqual([401, 200]);
  });

  it('leaves two that are good and never three', async () => {
    const first = madeBy(await create());
    const second = madeBy(await rotate(first.id));
    expect(refusedFor(await rotate(first.id))).toEqual(['REPLACED']);
    expect(refusedFor(await rotate(second.id))).toEqual(['REPLACING']);
    await revoke(first);
    expect(refusedFor(await rotate(first.id))).toEqual(['REVOKED']);
    const third = madeBy(await rotate(second.id, { overlapHours: 1 }));
    expect([await statusOf(first), await statusOf(second), await statusOf(third)]).toEqual([401, 200, 200]);
    clock.advance(HOUR_MS);
    expect(refusedFor(await rotate(second.id))).toEqual(['EXPIRED']);
    expect(said(await rotate(third.id))).toBe('DONE');
  });

  it('is rotated again when the new one had to be revoked', async () => {
    const old = madeBy(await create());
    const lost = madeBy(await rotate(old.id));
    await revoke(lost);
    const fresh = madeBy(await rotate(old.id));
    expect([await statusOf(old), await statusOf(lost), await statusOf(fresh)]).toEqual([200, 401, 200]);
  });

  it('at one moment by many has one that takes its place', async () => {
    const old = madeBy(await create());
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => rotate(old.id)));
    expect(outcomes.map(said).sort()).toEqual(['DONE', ...Array(7).fill('StateConflict')]);
    const rows = await alliance.database.rows(sql`
      select id from api_key where replaces_id = ${fromGlobalId(old.id)?.id}`);
    expect(rows).toHaveLength(1);
  });

  it('is rotated once by a call that is repeated, whose secret is shown once', async () => {
    const old = madeBy(await create());
    const idempotencyKey = 'rotate-in-june';
    const first = await rotate(old.id, { idempotencyKey });
    const again = await rotate(old.id, { idempotencyKey });
    expect(first.result.token).toMatch(/^ga_test_/);
    expect(again.result).toEqual({ ...first.result, token: null });
  });
});

describe('to rotate a key', () => {
  it('is for owners alone, and for none of them by a key', async () => {
    const old = madeBy(await create());
    const others = [
      await alliance.memberOf(brandId, 'BRAND', 'MANAGER'),
      await alliance.memberOf(await new World(alliance.database).brand()),
      await alliance.memberOf(alliance.id),
      alliance.withHeader(`Bearer ${old.token}`),
    ];
    for (const caller of others) expect(said(await rotate(old.id, {}, caller))).toBe('NotFoundError');
    expect(said(await rotate(old.id, {}, alliance.withHeader()))).toBe('UNAUTHENTICATED');
    for (const id of ['', 'ApiKey_x', toGlobalId('Brand', brandId)])
      expect(said(await rotate(id))).toBe('NotFoundError');
    expect(await statusOf(old)).toBe(200);
  });

  it.each([-1, 2161])('for %i hours is refused', async (overlapHours) => {
    const old = madeBy(await create());
    expect(said(await rotate(old.id, { overlapHours }))).toBe('InvalidInput');
  });
});

it('an organisation has fifty keys that are good at once, and no more, also of those made at one moment', async () => {
  const elsewhere = toGlobalId('Brand', await new World(alliance.database).brand());
  const other = await alliance.memberOf(fromGlobalId(elsewhere)?.id ?? '');
  const make = () =>
    act(other, 'apiKeyCreate', { organisationId: elsewhere, name: 'n', scopes: ['read'] }, 'apiKey { id }');
  const outcomes = await Promise.all(Array.from({ length: 60 }, make));
  expect(outcomes.map(said).filter((what) => what === 'DONE')).toHaveLength(50);
  expect(said(await make())).toBe('InvalidInput');
  const [made] = outcomes.filter((outcome) => said(outcome) === 'DONE');
  await act(other, 'apiKeyRevoke', { apiKeyId: made?.result.apiKey.id });
  expect(said(await make())).toBe('DONE');
});

describe('the last use of a key', () => {
  it('is noted once a minute, by one of the requests that come at once', async () => {
    const key = madeBy(await create());
    const system = alliance.withHeader(`Bearer ${key.token}`);
    const lastUse = async (): Promise<Date | undefined> => {
      const { data } = await owner.query(`{ node(id: "${key.id}") { ... on ApiKey { lastUsedAt } } }`);
      return data.node.lastUsedAt;
    };
    const writes = async (requests: number): Promise<number> => {
      const before = await written();
      await Promise.all(Array.from({ length: requests }, () => system.query(VIEWER)));
      return (await written()) - before;
    };
    await ownerRuns(
      alliance.database,
      sql`create table key_write (id uuid)`,
      sql`create function note_key_write() returns trigger language plpgsql security definer as
        $$ begin insert into key_write values (new.id); return null; end $$`,
      sql`create trigger note_key_write after update on api_key for each row execute function note_key_write()`,
      sql`grant select on key_write to public`,
    );
    expect(await lastUse()).toBeNull();
    expect(await writes(30)).toBe(1);
    expect(await lastUse()).toBe(clock.now().toISOString());
    clock.advance(59_999);
    expect(await writes(30)).toBe(0);
    clock.advance(1);
    expect(await writes(30)).toBe(1);
    expect(await lastUse()).toBe(clock.now().toISOString());
  });

  async function written(): Promise<number> {
    const [row] = await alliance.database.rows(sql<{ n: number }>`select count(*)::int as n from key_write`);
    return row?.n ?? 0;
  }
});
