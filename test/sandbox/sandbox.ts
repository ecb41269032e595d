import { Writable } from 'node:stream';
import type { Database } from '../../src/db/database.ts';
import { createApiKey, foundAlliance, seatUser } from '../../src/features/account/index.ts';
import { SandboxClock, setUpSandbox } from '../../src/features/sandbox/index.ts';
import type { Scope } from '../../src/graphql/actor.ts';
import { readConfig } from '../../src/server/config.ts';
import { LOCAL_ISSUER } from '../../src/server/local-issuer.ts';
import { type AllianceServer, startServer } from '../../src/server/server.ts';
import { SANDBOX_JOBS } from '../../src/worker/sandbox-jobs.ts';
import type { Answer, Caller, Json } from '../kit/alliance.ts';
import { testDatabase } from '../kit/database.ts';

/** A sandbox with one or more server processes' worth of servers and clocks on one database. */
export interface TestSandbox {
  readonly database: Database;
  readonly id: string;
  readonly clocks: readonly SandboxClock[];
  /** Somebody of the organisation, who calls the server of this number. */
  memberOf(partyId: string, server?: number): Promise<Caller>;
  /** A system of the organisation with a key of these scopes. */
  keyOf(partyId: string, scopes: readonly Scope[]): Promise<Caller>;
  close(): Promise<void>;
}

/** When the sandboxes of tests begin: Sunday noon in Shanghai. */
export const BEGIN = new Date('2026-03-01T04:00:00.000Z');

export async function openSandbox({
  servers: count = 1,
  timeZone = 'Asia/Shanghai',
} = {}): Promise<TestSandbox> {
  const database = await testDatabase();
  await setUpSandbox(database, true, BEGIN);
  const options = { name: '好物联盟', timeZone, currency: 'CNY' };
  const id = await database.transaction((tx) => foundAlliance(tx, options, BEGIN));
  const config = { ...readConfig({ NODE_ENV: 'test', PORT: '0' }), port: 0 };
  const log = new Writable({
    write: (chunk, _encoding, done) => {
      if (process.env.SEE) process.stderr.write(String(chunk));
      done();
    },
  });
  const clocks: SandboxClock[] = [];
  const servers: AllianceServer[] = [];
  for (let i = 0; i < count; i++) {
    const clock = (await SandboxClock.open(database, SANDBOX_JOBS)) as SandboxClock;
    clocks.push(clock);
    servers.push(await startServer({ config, database, clock, log }));
  }
  let people = 0;
  return {
    database,
    id,
    clocks,
    async memberOf(partyId, server = 0) {
      const subject = `person-${++people}`;
      const person = { issuer: LOCAL_ISSUER, subject, name: subject };
      await database.transaction((tx) => seatUser(tx, person, partyId, 'OWNER', BEGIN));
      const { url, localIssuer } = servers[server] as AllianceServer;
      const { token } = await localIssuer!.issue(subject, subject);
      return callerOf(url, token);
    },
    async keyOf(partyId, scopes) {
      const { token } = await database.transaction((tx) =>
        createApiKey(tx, { partyId, name: 'key', scopes }, 'test', BEGIN),
      );
      return callerOf(servers[0]!.url, token);
    },
    async close() {
      for (const server of servers) await server.close();
      for (const clock of clocks) await clock.close();
      await database.close();
    },
  };
}

function callerOf(url: string, token: string): Caller {
  return {
    async query<Data>(document: string, variables?: object): Promise<Answer<Data>> {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query: document, variables }),
      });
      return { status: response.status, statements: [], ...((await response.json()) as Json) };
    },
  };
}
