import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromGlobalId, toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { World } from '../kit/world.ts';
import { anyInput, MUTATIONS } from './any-input.ts';

/** Stands in every text of every input, and must stand nowhere in the log. */
const WORD = 'Geheimnis 13900001111';

let alliance: TestAlliance;
let brandId: string;

beforeAll(async () => {
  alliance = await testAlliance();
  brandId = await new World(alliance.database).brand();
});
afterAll(() => alliance.close());

const entries = () =>
  alliance.database.rows(sql<Json>`
    select e.id, operation, outcome, object, error_types as "errorTypes", input_fields as "inputFields",
      address, request_id is not null as "hasRequest", user_id is not null as "hasUser",
      array(select party_id from audit_concern c where c.entry_id = e.id) as concerned
    from audit_entry e order by e.id`);

/** What the call has brought into the log. */
async function entriesOf(caller: Caller, name: string, input: object) {
  const before = new Set((await entries()).map(({ id }) => id));
  const outcome = await act(caller, name, input);
  return { outcome, fresh: (await entries()).filter(({ id }) => !before.has(id)) };
}

describe.each(MUTATIONS)('%s', (name) => {
  it.each(['operator', 'brand'])('stands in the log once whatever becomes of it, by the %s', async (who) => {
    const input = anyInput(name, toGlobalId('Brand', brandId), WORD);
    // Who registers an organisation has two of them from then on, so that each call is another person's.
    const caller = await alliance.memberOf(who === 'brand' ? brandId : alliance.id);
    const { outcome, fresh } = await entriesOf(caller, name, input);
    expect(said(outcome)).not.toMatch(/GRAPHQL|BAD_USER_INPUT/);
    expect(fresh).toHaveLength(1);
    expect(fresh[0].inputFields).toEqual(expect.arrayContaining(Object.keys(input)));
    expect(fresh[0]).toMatchObject({
      operation: name,
      outcome: outcomeOf(said(outcome)),
      errorTypes: errorTypesOf(said(outcome)),
      address: '127.0.0.1',
      hasRequest: true,
      hasUser: true,
    });
    if (fresh[0].object !== null) expect(fromGlobalId(fresh[0].object)).toBeDefined();
    if (who === 'brand') expect(fresh[0].concerned).toEqual([brandId]);
    else expect(fresh[0].concerned).toContain(alliance.id);
  });

  it('of nobody is refused and does not', async () => {
    const input = anyInput(name, toGlobalId('Brand', brandId), WORD);
    const { outcome, fresh } = await entriesOf(alliance.withHeader(), name, input);
    expect([said(outcome), fresh]).toEqual(['UNAUTHENTICATED', []]);
  });
});

const outcomeOf = (what: string): string =>
  what === 'DONE' ? 'DONE' : what === 'INTERNAL_SERVER_ERROR' ? 'FAILED' : 'REFUSED';
const errorTypesOf = (what: string): string[] => (what === 'DONE' ? [] : [...new Set(what.split(' '))]);

it('keeps no value of any input', async () => {
  const [row] = await alliance.database.rows(sql<{ entries: number; telling: number }>`
    select count(*)::int as entries, count(*) filter (where e::text ~ '13900001111|Geheimnis')::int as telling
    from audit_entry e`);
  expect(row?.entries).toBeGreaterThanOrEqual(2 * MUTATIONS.length);
  expect(row?.telling).toBe(0);
});
