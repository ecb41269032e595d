import { auditServer } from 'graphql-http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestAlliance, testAlliance } from '../kit/alliance.ts';

/** What the specification recommends and this server does not do, each for a reason. */
const KNOWN: Readonly<Record<string, string>> = {
  '572B':
    'a document that does not parse is answered 400, not 200: whoever counts failures by status sees it',
  FDE2: 'a document that does not fit the schema is answered 400, likewise',
  '7B9B': 'variables of the wrong type are answered 400, likewise',
};

let alliance: TestAlliance;

beforeAll(async () => {
  alliance = await testAlliance();
});

afterAll(() => alliance.close());

/** The audits ask by GET, too, as a program does and a form on another site cannot: with a header of their own. */
const asProgram = (input: string, init: RequestInit = {}): Promise<Response> =>
  fetch(input, { ...init, headers: { ...init.headers, 'apollo-require-preflight': 'audit' } });

async function audit(fetchFn: typeof asProgram): Promise<{ audits: number; short: string[] }> {
  const results = await auditServer({ url: `${alliance.server.url}/graphql`, fetchFn });
  const short = results.filter(({ status }) => status !== 'ok');
  return { audits: results.length, short: short.map(({ status, id }) => `${status} ${id}`).sort() };
}

it('keeps to GraphQL over HTTP: every MUST, and of the SHOULDs all but those that are known', async () => {
  const { audits, short } = await audit(asProgram);
  expect(audits).toBeGreaterThan(55);
  expect(short).toEqual(
    Object.keys(KNOWN)
      .map((id) => `warn ${id}`)
      .sort(),
  );
});

it('keeps to every MUST also without that header, where a GET with a text is refused, which is a MAY', async () => {
  const { short } = await audit((input, init) => fetch(input, init));
  expect(short.filter((each) => each.startsWith('error'))).toEqual([]);
  expect(short.filter((each) => each.startsWith('notice'))).not.toEqual([]);
});
