import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoIdentities } from '../../seeds/demo/identities.ts';
import { seedDemo } from '../../seeds/demo.ts';
import type { Database } from '../../src/db/database.ts';
import { announce } from '../../src/db/outbox.ts';
import { readConfig } from '../../src/server/config.ts';
import { type AllianceServer, startServer } from '../../src/server/server.ts';
import { ExplorerBrowser, findChromium } from '../kit/browser.ts';
import { testDatabase } from '../kit/database.ts';

const chromium = findChromium('the explorer on the demo, in a browser');

describe.skipIf(!chromium)('the explorer on the demo, in a browser', () => {
  let database: Database;
  let server: AllianceServer;
  let browser: ExplorerBrowser;

  beforeAll(async () => {
    database = await testDatabase();
    await seedDemo(database, {});
    const config = { ...readConfig({ NODE_ENV: 'test', LOG_LEVEL: 'silent' }), port: 0 };
    server = await startServer({ config, database, demoIdentities });
    browser = await ExplorerBrowser.start(chromium as string);
    await browser.open(`${server.url}/graphiql`);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await database?.close();
  });

  test('a newcomer sees products of the pool with one click', async () => {
    const answer = await browser.run<{
      data: { productPool: { nodes: { title: string }[] } };
      errors?: unknown;
    }>();
    expect(answer.errors).toBeUndefined();
    expect(answer.data.productPool.nodes).toHaveLength(20);
    expect(await browser.shownResult()).toContain('"productPool"');
  });

  test('each caller has a ready query that answers without an error', async () => {
    for (const title of ['Agency', 'Brand', 'Operator', 'Shop system', 'Creator']) {
      await browser.pickCaller(title);
      const answer = await browser.run<{ data: object; errors?: unknown }>();
      expect({ title, errors: answer.errors }).toEqual({ title, errors: undefined });
      expect(Object.keys(answer.data)).not.toEqual([]);
    }
    expect(browser.problems).toEqual([]);
  });

  test('a ready subscription shows what happens, as the demo identity, until it is stopped', async () => {
    await browser.pickCaller('Shop system');
    await browser.pickTab('ShopEvents');
    const request = await browser.subscribe();
    expect(request.method()).toBe('POST');
    expect(new URL(request.url()).origin).toBe(new URL(browser.page.url()).origin);
    expect(request.headers().authorization).toMatch(/^Bearer ey/);
    const shown = () => browser.shownResult();
    for (let no = 1; !(await shown()).includes('"no"'); no++) {
      await tell(no);
      await browser.page.waitForTimeout(200);
    }
    await tell(777);
    await expect.poll(shown).toContain('"no": 777');
    expect(await shown()).toContain('"kind": "PARTY_UNBLOCKED"');
    await browser.stop();
    await browser.page.getByRole('button', { name: 'Execute query' }).waitFor();
    await tell(888);
    await browser.page.waitForTimeout(1_000);
    expect(await shown()).toContain('"no": 777');
    // That the stream was broken off by its reader is what was asked for; nothing else went wrong.
    expect(browser.problems.splice(0)).toEqual([
      expect.stringMatching(/^failed: .*\/graphql\/stream net::ERR_ABORTED$/),
    ]);
  });

  test('a subscription that is refused says why', async () => {
    await browser.pickIdentity('Nobody (no token)');
    await browser.subscribe();
    await expect.poll(() => browser.shownResult()).toContain('"UNAUTHENTICATED"');
    expect(browser.problems.splice(0)).toEqual([expect.stringContaining('401')]);
  });

  /** Tells the shop of the first identity of something. */
  async function tell(no: number): Promise<void> {
    const [seat] = await database.rows(sql<{ partyId: string }>`
      select m.party_id as "partyId" from membership m join app_user u on u.id = m.user_id
      where u.subject = ${demoIdentities.find(({ caller }) => caller === 'shop-system')?.id}`);
    const partyId = seat?.partyId ?? '';
    const event = {
      kind: 'PARTY_UNBLOCKED',
      subject: { type: 'Brand', id: partyId },
      to: [partyId],
      data: { no },
    } as const;
    await database.transaction((tx) => announce(tx, [event], new Date()));
  }
});
