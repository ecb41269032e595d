import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserFlags, findChromium } from '../kit/browser.ts';
import { type Scene, statementScene } from './scene.ts';

const executablePath = findChromium('the page of a statement');

describe.skipIf(executablePath === undefined)('the page of a statement in Chromium', () => {
  let scene: Scene;
  let folder: string;
  let context: BrowserContext;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    scene = await statementScene({ orders: 60, creatorName: '林小满<img src=x onerror=alert(1)>' });
    folder = await mkdtemp(join(tmpdir(), 'alliance-chromium-'));
    context = await chromium.launchPersistentContext(folder, {
      executablePath,
      args: browserFlags,
      viewport: { width: 1280, height: 900 },
    });
    page = context.pages()[0] ?? (await context.newPage());
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    const { data } = await scene.creator.query(
      '{ viewer { creator { statements(first: 1) { nodes { pageUrl } } } } }',
    );
    await page.goto(`${scene.alliance.server.url}${data.viewer.creator.statements.nodes[0].pageUrl}`);
  });
  afterAll(async () => {
    await context?.close();
    await rm(folder, { recursive: true, force: true });
    await scene?.alliance.close();
  });

  it('shows party, number and withheld tax in its own style, and breaks no rule of its own', async () => {
    expect(await page.locator('h1').textContent()).toBe('林小满<img src=x onerror=alert(1)>');
    expect(await page.locator('.number').textContent()).toMatch(/^GA-2026-07-0000\d\d$/);
    const tax = page.locator('.summary tr', { hasText: 'Tax withheld' });
    expect(await tax.locator('td').last().textContent()).toBe('−1.50');
    const background = await page.evaluate(
      "getComputedStyle(document.querySelector('main')).backgroundColor",
    );
    expect(background).toBe('rgb(255, 255, 255)');
    expect(await page.locator('img, script').count()).toBe(0);
    if (process.env.STATEMENT_SHOT)
      await page.screenshot({ path: process.env.STATEMENT_SHOT, fullPage: true });
    expect(problems).toEqual([]);
  });

  it('leads from a figure of the summary to its line', async () => {
    await page.locator('.summary a[href="#PAYABLE-SETTLEMENT"]').click();
    const line = page.locator('#PAYABLE-SETTLEMENT');
    expect(await line.textContent()).toContain('Commission settled');
    expect(await line.evaluate((element) => element.getBoundingClientRect().top)).toBeLessThan(900);
  });

  it('fits a phone and A4', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(390);
    await page.setViewportSize({ width: 1280, height: 900 });
    const path = process.env.STATEMENT_PDF;
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true, ...(path && { path }) });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? [];
    expect(pages.length).toBeGreaterThan(1);
    expect(pdf.toString('latin1')).toMatch(/\/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/);
  });
});
