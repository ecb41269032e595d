import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoIdentities } from '../../seeds/demo/identities.ts';
import { seedDemo } from '../../seeds/demo.ts';
import type { Database } from '../../src/db/database.ts';
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
});
