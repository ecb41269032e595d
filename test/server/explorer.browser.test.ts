import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureExplorer } from '../../src/server/explorer/build.ts';
import { ExplorerBrowser, findChromium } from '../kit/browser.ts';
import { type StubAlliance, startStubAlliance } from '../kit/stub-alliance.ts';

const chromium = findChromium('the explorer in a browser');

let operations: string;

beforeAll(async () => {
  expect(await ensureExplorer()).toMatchObject({ state: expect.stringMatching(/^(fresh|built)$/) });
  operations = await mkdtemp(join(tmpdir(), 'alliance-operations-'));
  await writeOperation('creator-app/pool', '# Title: Goods in the pool\n# Order: 1\n', 'Pool');
  await writeOperation('creator-app/me', '# Title: Who am I\n# Order: 2\n', 'Me');
  await writeOperation('creator-app/trusted-only', '', 'TrustedOnly');
  await writeOperation('brand-console/shelf', '# Title: My shelf\n', 'Shelf');
});

afterAll(() => rm(operations, { recursive: true, force: true }));

async function writeOperation(name: string, head: string, operationName: string): Promise<void> {
  const path = join(operations, name);
  await mkdir(join(path, '..'), { recursive: true });
  const query = `query ${operationName}($category: String!) {\n  viewer { name products(category: $category, first: 3) }\n}\n`;
  await writeFile(`${path}.graphql`, head + query);
  await writeFile(`${path}.variables.json`, `{"category":"茶具 of ${operationName}"}`);
}

describe.skipIf(!chromium)('the explorer in a browser', () => {
  async function visit(
    demo: boolean,
    path: string,
    what: (browser: ExplorerBrowser, alliance: StubAlliance) => Promise<void>,
  ): Promise<void> {
    const alliance = await startStubAlliance({ demo, operations });
    const browser = await ExplorerBrowser.start(chromium!);
    try {
      await browser.open(alliance.url + path);
      await what(browser, alliance);
      expect(browser.problems).toEqual([]);
    } finally {
      await browser.close();
      await alliance.app.close();
    }
  }

  test('opens on a ready query that runs with one click, as the first demo identity', async () => {
    await visit(true, '/graphiql', async (browser, alliance) => {
      expect(await browser.page.title()).toBe('Goods Alliance 好物联盟');
      expect(await browser.tabs()).toEqual(['Pool', 'Me']);
      expect(await browser.query()).toContain('# Goods in the pool\nquery Pool');
      expect(await browser.variables()).toContain('"category": "茶具 of Pool"');
      const products = ['茶具 of Pool 1', '茶具 of Pool 2', '茶具 of Pool 3'];
      expect(await browser.run()).toEqual({ data: { viewer: { name: 'token-of-lin', products } } });
      expect(await browser.shownResult()).toContain('"茶具 of Pool 3"');
      expect(alliance.tokensFor).toEqual(['lin']);
    });
  });

  test('its workers run, so that the editor marks a field that the schema lacks', async () => {
    await visit(true, '/graphiql', async (browser) => {
      const workers = () => browser.page.workers().map((worker) => new URL(worker.url()).pathname);
      await expect.poll(workers).toContainEqual(expect.stringMatching(/assets\/json\.worker-.+\.js$/));
      await expect.poll(workers).toContainEqual(expect.stringMatching(/assets\/graphql\.worker-.+\.js$/));
      expect(await browser.page.locator('.squiggly-error').count()).toBe(0);
      await browser.writeQuery('{ nonsense }');
      await browser.page.locator('.graphiql-query-editor .squiggly-error').waitFor();
    });
  });

  test('the browser holds to the content policy, and a breach of it does not go unseen', async () => {
    await visit(true, '/graphiql', async (browser) => {
      const outcome = await browser.page.evaluate(() => fetch('http://127.0.0.2:9/').catch(() => 'refused'));
      expect(outcome).toBe('refused');
      expect(browser.problems.splice(0).join()).toContain('Content Security Policy');
    });
  });

  test('another identity, another caller, nobody, and a pasted key are whom requests are sent as', async () => {
    await visit(true, '/graphiql', async (browser, alliance) => {
      await browser.pickIdentity('Zhou Wei · Star MCN');
      expect(await browser.run()).toMatchObject({ data: { viewer: { name: 'token-of-zhou' } } });
      await browser.pickCaller('Brand');
      expect(await browser.tabs()).toEqual(['Shelf']);
      expect(await browser.variables()).toContain('茶具 of Shelf');
      expect(await browser.run()).toMatchObject({ data: { viewer: { name: 'token-of-brand' } } });
      await browser.pickIdentity('Nobody (no token)');
      expect(await browser.run()).toEqual({ data: { viewer: null } });
      await browser.pickIdentity('A token or API key …');
      await browser.page.getByLabel('Token or API key').fill(' ga_demo_1_secret ');
      await browser.run();
      const sentAs = ['Bearer token-of-zhou', 'Bearer token-of-brand', undefined, 'Bearer ga_demo_1_secret'];
      expect(alliance.authorizations).toEqual(sentAs);
      // Only by now has GraphiQL stored the tabs, from which they must come back whole.
      await browser.page.waitForTimeout(1_000);
      await browser.pickCaller('Creator');
      await expect.poll(() => browser.variables()).toContain('茶具 of Pool');
      expect(await browser.run()).toMatchObject({ data: { viewer: { name: 'token-of-zhou' } } });
    });
  });

  test('a token is renewed before it ends, and kept until then', async () => {
    await visit(true, '/graphiql', async (browser, alliance) => {
      alliance.tokenLifeMs = 30_000;
      await browser.pickIdentity('Zhou Wei · Star MCN');
      await browser.run();
      alliance.tokenLifeMs = 3_600_000;
      await browser.run();
      await browser.run();
      expect(alliance.tokensFor).toEqual(['lin', 'zhou', 'zhou']);
    });
  });

  test('what a visitor wrote stays through a reload, and a reset brings the ready query back', async () => {
    await visit(true, '/graphiql', async (browser) => {
      await browser.pickTab('Me');
      await browser.writeQuery('query Mine { viewer { name } }');
      await browser.page.waitForTimeout(1_000);
      await browser.page.reload();
      await expect.poll(() => browser.query()).toContain('query Mine');
      expect(await browser.tabs()).toEqual(['Pool', 'Mine']);
      await browser.page.getByRole('button', { name: 'Reset tabs' }).click();
      await expect.poll(() => browser.query()).toContain('# Goods in the pool\nquery Pool');
      expect(await browser.tabs()).toEqual(['Pool', 'Me']);
    });
  });

  test('outside a demo it takes a token, stores none, and asks for no demo identity', async () => {
    await visit(false, '/graphiql#brand-console', async (browser, alliance) => {
      expect(await browser.tabs()).toEqual(['Shelf']);
      await browser.page.getByLabel('Token or API key').fill('secret-token');
      expect(await browser.run()).toMatchObject({ data: { viewer: { name: 'secret-token' } } });
      await browser.page.waitForTimeout(1_000);
      const stored = await browser.page.evaluate(() =>
        JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
      );
      expect(stored).toContain('Shelf');
      expect(stored).not.toContain('secret-token');
      expect(alliance.tokensFor).toEqual([]);
    });
  });
});
