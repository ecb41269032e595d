import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Database, openDatabase, sqlState, type Tx } from '../../src/db/database.ts';
import { migrate } from '../../src/db/migrate.ts';
import { APP_ROLE, APPEND_ONLY, analyze, asOwner } from '../../src/db/rights.ts';
import { entities } from '../../src/entities.ts';
import { newId } from '../../src/kernel/ids.ts';
import { testDatabase } from '../kit/database.ts';

const DENIED = '42501';
const CHANGES = ['update', 'delete from', 'truncate'] as const;
const EVERY_CHANGE = APPEND_ONLY.flatMap((table) => CHANGES.map((verb) => [verb, table] as const));

/** A statement that would change every row. */
async function changeOf(verb: string, table: string, database: Database): Promise<string> {
  const [column] = await database.rows(sql<{ name: string }>`
    select attname as name from pg_attribute where attrelid = ${table}::regclass and attnum = 1`);
  if (verb === 'update') return `update ${table} set ${column?.name} = ${column?.name}`;
  // Without "cascade", what another table refers to is refused for that reason alone.
  return verb === 'truncate' ? `truncate ${table} cascade` : `${verb} ${table}`;
}

const stateOf = (attempt: Promise<unknown>) => attempt.then(() => 'done', sqlState);

async function roleOf(database: Pick<Tx, 'rows'>): Promise<string | undefined> {
  const [row] = await database.rows(sql<{ role: string }>`select current_user::text as role`);
  return row?.role;
}

/** Writes an entry, then one that must lead on from it: the second asks its foreign key about the first. */
async function addEntries(database: Database): Promise<void> {
  const milestoneId = newId();
  await database.transaction(async (tx) => {
    await asOwner(tx, () =>
      tx.rows(sql`alter table engagement_entry drop constraint if exists engagement_entry_milestone_id_fkey`),
    );
    await tx.rows(sql`
      insert into engagement_entry (milestone_id, no, kind, amount_minor, held_before_minor, held_after_minor, at)
      values (${milestoneId}, 1, 'HELD', 10, 0, 10, now())`);
    await tx.rows(sql`
      insert into engagement_entry (milestone_id, no, kind, amount_minor, held_before_minor, held_after_minor, at)
      values (${milestoneId}, 2, 'RELEASED', 10, 10, 0, now())`);
  });
}

describe("the application's connections", () => {
  let database: Database;
  beforeAll(async () => {
    database = await testDatabase({ poolSize: 3 });
  });
  afterAll(() => database.close());

  it('work as its role, each of them', async () => {
    const roles = await Promise.all([1, 2, 3].map(() => database.transaction((tx) => roleOf(tx))));
    expect(roles).toEqual([APP_ROLE, APP_ROLE, APP_ROLE]);
  });

  it.each(EVERY_CHANGE)('may not %s %s', async (verb, table) => {
    const statement = await changeOf(verb, table, database);
    expect(await stateOf(database.rows(sql.raw(statement)))).toBe(DENIED);
    expect(await stateOf(database.transaction((tx) => tx.rows(sql.raw(statement))))).toBe(DENIED);
    expect(await stateOf(database.orm.em.fork().execute(statement))).toBe(DENIED);
  });

  it('may add to what they may not change', async () => {
    await addEntries(database);
    expect(await stateOf(database.rows(sql`update engagement_entry set amount_minor = 11`))).toBe(DENIED);
  });

  it('may not make, alter or drop a table', async () => {
    for (const statement of [
      'create table mine (id int)',
      'alter table party add x int',
      'drop table outbox_event',
    ])
      expect(await stateOf(database.rows(sql.raw(statement)))).toBe(DENIED);
  });

  it("are the owner's only within a transaction that asks for it", async () => {
    await database.transaction(async (tx) => {
      expect(await asOwner(tx, () => roleOf(tx))).not.toBe(APP_ROLE);
      expect(await roleOf(tx)).toBe(APP_ROLE);
    });
    const failed = database.transaction((tx) => asOwner(tx, () => tx.rows(sql`select 1 / 0`)));
    expect(await stateOf(failed)).toBe('22012');
    expect(await Promise.all([1, 2, 3].map(() => roleOf(database)))).toEqual([APP_ROLE, APP_ROLE, APP_ROLE]);
  });

  it('renew statistics', async () => {
    const planned = async () => {
      const [row] = await database.rows(sql<{ rows: number }>`
        select reltuples::int as rows from pg_class where oid = 'app_user'::regclass`);
      return row?.rows;
    };
    await database.rows(sql`
      insert into app_user (id, issuer, subject, name, created_at)
      select gen_random_uuid(), 'test', n::text, '', now() from generate_series(1, 500) n`);
    expect(await planned()).toBeLessThan(500);
    await database.transaction((tx) => analyze(tx, 'app_user'));
    expect(await planned()).toBe(500);
    await database.rows(sql`delete from app_user`);
    await database.transaction((tx) => analyze(tx));
    expect(await planned()).toBe(0);
  });
});

/** A user who is no superuser, and a database of its own. */
async function plainOwner(powers: string): Promise<{ url: string; drop(): Promise<void> }> {
  const { adminUrl, prefix } = inject('testDatabases');
  const name = `${prefix}_${randomBytes(4).toString('hex')}`;
  await administer(adminUrl, `create role ${name} login password 'plain' ${powers}`);
  await administer(adminUrl, `create database ${name} owner ${name} encoding 'UTF8' template template0`);
  const url = new URL(adminUrl);
  Object.assign(url, { username: name, password: 'plain', pathname: `/${name}` });
  return {
    url: url.href,
    async drop() {
      await administer(adminUrl, `drop database ${name} with (force)`);
      await administer(adminUrl, `drop role ${name}`);
    },
  };
}

async function administer(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

describe.each([
  ['without the right to make roles', 'nocreaterole', false],
  ['with the right to make roles, but not over one that is there', 'createrole', undefined],
  ['that was given the role', `nocreaterole in role ${APP_ROLE}`, true],
])('an owner %s', (_which, powers, worksAsRole) => {
  let owner: Awaited<ReturnType<typeof plainOwner>>;
  let database: Database;
  beforeAll(async () => {
    owner = await plainOwner(powers);
    database = await openDatabase(owner.url, { entities, poolSize: 2 });
    // A connection that is there before the role is.
    await roleOf(database);
    await migrate(database);
  });
  afterAll(async () => {
    await database.close();
    await owner.drop();
  });

  it('is migrated, once', async () => {
    expect(await migrate(database)).toEqual([]);
    if (worksAsRole !== undefined) expect((await roleOf(database)) === APP_ROLE).toBe(worksAsRole);
  });

  it('may add entries, and renew statistics', async () => {
    await addEntries(database);
    await database.transaction((tx) => analyze(tx, 'engagement_entry'));
    const [row] = await database.rows(sql<{ rows: number }>`
      select reltuples::int as rows from pg_class where oid = 'engagement_entry'::regclass`);
    expect(row?.rows).toBe(2);
  });

  it.each(EVERY_CHANGE)('may not %s %s', async (verb, table) => {
    expect(await stateOf(database.rows(sql.raw(await changeOf(verb, table, database))))).toBe(DENIED);
  });
});

it('a database whose connections work as the role already is brought to a newer form', async () => {
  const owner = await plainOwner(`nocreaterole in role ${APP_ROLE}`);
  const database = await openDatabase(owner.url, { entities, poolSize: 3 });
  expect((await migrate(database, '0016-rights')).at(-1)).toBe('0016-rights');
  expect(await roleOf(database)).toBe(APP_ROLE);
  expect((await migrate(database))[0]).toBe('0017-identity');
  expect(await migrate(database)).toEqual([]);
  expect(await stateOf(database.rows(sql`delete from audit_entry`))).toBe(DENIED);
  await database.close();
  await owner.drop();
});

it('databases that are migrated at once on one server share the role', async () => {
  const owners = await Promise.all([1, 2, 3].map(() => plainOwner('createrole')));
  const databases = await Promise.all(owners.map(({ url }) => openDatabase(url, { entities, poolSize: 2 })));
  const applied = await Promise.all(databases.map((database) => migrate(database)));
  expect(new Set(applied.map((names) => names.length)).size).toBe(1);
  for (const database of databases) {
    expect(await stateOf(database.rows(sql`delete from ledger_transfer`))).toBe(DENIED);
    await database.close();
  }
  for (const owner of owners) await owner.drop();
});
