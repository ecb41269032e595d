import { Writable } from 'node:stream';
import type { Database } from '../../src/db/database.ts';
import { createApiKey, foundAlliance, seatUser } from '../../src/features/account/index.ts';
import type { Scope } from '../../src/graphql/actor.ts';
import { readConfig } from '../../src/server/config.ts';
import { LOCAL_ISSUER, type LocalIssuer } from '../../src/server/local-issuer.ts';
import { type AllianceServer, startServer } from '../../src/server/server.ts';
import { testDatabase } from '../kit/database.ts';
import { World } from '../kit/world.ts';

/** An alliance with a brand in it, and as many servers as a test wants on its one database. */
export class IdentityScene {
  readonly log: string[] = [];
  brandId = '';
  allianceId = '';
  private people = 0;

  private constructor(
    readonly database: Database,
    /** The texts of all statements, in their order. */
    readonly statements: readonly string[],
  ) {}

  static async open(): Promise<IdentityScene> {
    const statements: string[] = [];
    const database = await testDatabase({ onStatement: (text) => statements.push(text) });
    const scene = new IdentityScene(database, statements);
    const options = { name: '好物联盟', timeZone: 'Asia/Shanghai', currency: 'CNY' };
    scene.allianceId = await scene.database.transaction((tx) => foundAlliance(tx, options, new Date()));
    scene.brandId = await new World(scene.database).brand('若眠');
    return scene;
  }

  /** One more server. */
  serve(environment: NodeJS.ProcessEnv = {}): Promise<AllianceServer> {
    const config = { ...readConfig({ NODE_ENV: 'test', PORT: '0', ...environment }), port: 0 };
    const log = new Writable({
      write: (chunk, _encoding, done) => {
        this.log.push(String(chunk));
        done();
      },
    });
    return startServer({ config, database: this.database, log });
  }

  /** A key of the brand, by its local id and its text. */
  key(...scopes: Scope[]): Promise<{ id: string; token: string }> {
    const key = { partyId: this.brandId, name: '店铺系统', scopes: scopes.length > 0 ? scopes : ['read'] };
    return this.database.transaction(async (tx) => {
      const { row, token } = await createApiKey(tx, key, 'test', new Date());
      return { id: row.id, token };
    });
  }

  /** The Authorization header of a new owner of the brand, for the server that gives it out. */
  async owner(server: AllianceServer): Promise<string> {
    this.people += 1;
    const subject = `owner-${this.people}`;
    const person = { issuer: LOCAL_ISSUER, subject, name: subject };
    await this.database.transaction((tx) => seatUser(tx, person, this.brandId, 'OWNER', new Date()));
    const { token } = await (server.localIssuer as LocalIssuer).issue(subject, subject);
    return `Bearer ${token}`;
  }
}
