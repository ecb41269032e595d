import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { limitStatements } from '../../src/db/statement-timeout.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';

let alliance: TestAlliance;
let operator: Caller;

beforeAll(async () => {
  alliance = await testAlliance({ environment: { LIMIT_STATEMENT_MS: '300', LIMIT_REQUEST_MS: '1500' } });
  operator = await alliance.memberOf(alliance.id);
});
afterAll(() => alliance.close());

const QUERY = '{ agencyDirectory(first: 1) { nodes { id } } }';

it('ends a statement of a request that takes too long, with a code, and goes on as before', async () => {
  const { database } = alliance;
  let answer: Promise<{ status: number; errors?: readonly { extensions: { code: string } }[] }> | undefined;
  await database.transaction(async (tx) => {
    await tx.rows(sql`lock table agency in access exclusive mode`);
    answer = operator.query(QUERY);
    await answer;
  });
  expect((await answer)?.errors?.map(({ extensions }) => extensions.code)).toEqual(['STATEMENT_TIMEOUT']);
  expect((await answer)?.status).toBe(200);
  expect((await operator.query(QUERY)).errors).toBeUndefined();
});

it('leaves the statements of everybody else alone, on the same connections', async () => {
  const { database } = alliance;
  const timeout = async () =>
    (await database.rows(sql<{ statement_timeout: string }>`show statement_timeout`))[0];
  expect(await limitStatements(1234, timeout)).toEqual({ statement_timeout: '1234ms' });
  expect(await timeout()).toEqual({ statement_timeout: '0' });
});

it('answers 504 with a code when the whole of a request takes too long', async () => {
  const { database } = alliance;
  await database.transaction(async (tx) => {
    // The audit entry, the idempotency and the work wait one after another, each within the limit of a statement.
    await tx.rows(sql`lock table agency in access exclusive mode`);
    const pool = Array.from({ length: 9 }, () => database.rows(sql`select pg_sleep(2.5)`));
    const { status, errors } = await alliance.withHeader().query(QUERY);
    expect([status, errors?.[0]?.extensions.code]).toEqual([504, 'REQUEST_TIMEOUT']);
    await Promise.all(pool);
  });
});
