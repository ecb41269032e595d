import { Writable } from 'node:stream';
import type { Database } from '../../src/db/database.ts';
import { foundAlliance, seatUser } from '../../src/features/account/index.ts';
import type { PartyKind, Role } from '../../src/graphql/actor.ts';
import { watchMissedColumns } from '../../src/graphql/missed-columns.ts';
import { type Clock, systemClock } from '../../src/kernel/clock.ts';
import { readConfig } from '../../src/server/config.ts';
import { LOCAL_ISSUER, type LocalIssuer } from '../../src/server/local-issuer.ts';
import type { Observers } from '../../src/server/observe-requests.ts';
import { type AllianceServer, startServer } from '../../src/server/server.ts';
import { Comparing } from './comparing.ts';
import { testDatabase } from './database.ts';

/** An answer of the API, as it stands on the wire. */
export interface Answer<Data> {
  readonly status: number;
  readonly data: Data;
  readonly errors?: readonly { message: string; path?: (string | number)[]; extensions: { code: string } }[];
  readonly extensions?: { readonly requestId?: string };
  /** The statements that it took. */
  readonly statements: readonly string[];
}

// biome-ignore lint/suspicious/noExplicitAny: answers are asserted by the tests, which know their shape
export type Json = any;

/** Somebody who calls: by a token, by a key, or without either. */
export interface Caller {
  query<Data = Json>(document: string, variables?: object): Promise<Answer<Data>>;
}

/** An alliance of a test file's own: a database, a server, and callers. */
export interface TestAlliance {
  readonly database: Database;
  readonly server: AllianceServer;
  readonly issuer: LocalIssuer;
  readonly id: string;
  /** The log lines of the server. */
  readonly log: string[];
  /** Somebody who belongs to the organisation; a new person each time. */
  memberOf(partyId: string, kind?: PartyKind, role?: Role): Promise<Caller>;
  /** The caller behind this Authorization header; nobody without one. */
  withHeader(authorization?: string): Caller;
  close(): Promise<void>;
}

export interface TestAllianceOptions {
  /** Adds to what it is started with. */
  readonly environment?: NodeJS.ProcessEnv;
  /** The time that it goes by; the machine's when left out. */
  readonly clock?: Clock;
  /** Where its midnights are. */
  readonly timeZone?: string;
  /** Where metrics and traces of its requests go. */
  readonly observers?: (database: Database) => Observers;
}

/** Tests ask for more, faster, and more at once than anybody; those of limits set their own. */
const UNHURRIED = {
  RATE_POINTS: '0',
  LIMIT_COST: '100000000',
  MAX_REQUESTS_IN_FLIGHT: '10000',
};

/** What finds out who is calling, and a name that is met for the first time. */
const NOT_ITS_OWN =
  /from app_user|from api_key|^set statement_timeout|^select id, name from party |^\s*select id, name_zh/;

/**
 * Starts an alliance with its operator's party and nothing else in it. Every query of a test is answered by both executors,
 * and a file whose answers differ fails at its end.
 */
export async function testAlliance(given: TestAllianceOptions = {}): Promise<TestAlliance> {
  const { environment, clock = systemClock, timeZone = 'Asia/Shanghai' } = given;
  let statements: string[] = [];
  const log: string[] = [];
  const comparing = new Comparing();
  watchMissedColumns();
  const database = await testDatabase({
    onStatement: (text) => {
      if (!comparing.isRepeating) statements.push(text);
    },
  });
  const options = { name: '好物联盟', timeZone, currency: 'CNY' };
  const id = await database.transaction((tx) => foundAlliance(tx, options, clock.now()));
  const config = {
    ...readConfig({ NODE_ENV: 'test', PORT: '0', ...UNHURRIED, ...environment }),
    port: 0,
  };
  const observers = given.observers?.(database);
  const server = await startServer({
    config,
    database,
    clock,
    log: collector(log),
    observers,
    execute: comparing.execute,
  });
  const issuer = server.localIssuer as LocalIssuer;

  const withHeader = (authorization?: string): Caller => ({
    async query(document, variables) {
      statements = [];
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
        body: JSON.stringify({ query: document, variables }),
      });
      const body = (await response.json()) as Json;
      const own = statements.filter((text) => !NOT_ITS_OWN.test(text));
      return { status: response.status, statements: own, ...body };
    },
  });

  let people = 0;
  return {
    database,
    server,
    issuer,
    id,
    log,
    withHeader,
    async memberOf(partyId, _kind, role = 'OWNER') {
      people += 1;
      const subject = `person-${people}`;
      const person = { issuer: LOCAL_ISSUER, subject, name: subject };
      await database.transaction((tx) => seatUser(tx, person, partyId, role, new Date()));
      const { token } = await issuer.issue(subject, subject);
      return withHeader(`Bearer ${token}`);
    },
    async close() {
      await server.close();
      await database.close();
      comparing.assertSame();
    },
  };
}

function collector(lines: string[]): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
}
