import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { ATTACKS } from './attacks.ts';

let alliance: TestAlliance;
let somebody: Caller;

beforeAll(async () => {
  alliance = await testAlliance({ environment: { LIMIT_COST: '1000' } });
  somebody = await alliance.memberOf(alliance.id);
});
afterAll(() => alliance.close());

const QUERY = '{ productPool(first: 5) { nodes { id } } }';

it.each(Object.keys(ATTACKS))(
  'a flood of %s is refused, each with a code, and others are answered',
  async (name) => {
    const body = ATTACKS[name]?.();
    const { token } = await alliance.issuer.issue('attacker', 'attacker');
    const send = async (headers: Record<string, string>) => {
      const response = await fetch(`${alliance.server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
      return [response.status, ...new Set(errors.map(({ extensions }) => extensions.code))] as const;
    };
    const known = { authorization: `Bearer ${token}` };
    const attacks = Promise.all(Array.from({ length: 6 }, (_, i) => send(i % 2 ? known : {})));
    const fared = await Promise.all(Array.from({ length: 5 }, () => somebody.query(QUERY)));
    for (const [status, code] of await attacks) {
      expect([400, 413]).toContain(status);
      expect(code).toMatch(/^(TOO_|COST_EXCEEDED|PAYLOAD_TOO_LARGE|BAD_|GRAPHQL_)/);
    }
    expect(fared.map(({ status, errors }) => [status, errors])).toEqual(fared.map(() => [200, undefined]));
  },
);

it('has logged none of them as a fault', () => {
  expect(alliance.log.filter((line) => /"level":(50|60)/.test(line))).toEqual([]);
});
