import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page, type Request, type Response } from 'playwright-core';

/**
 * Without the flags on background work Chromium looks up its maker's hosts at each start; as root, which CI is,
 * it has no sandbox.
 */
export const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The path of a Chromium, or undefined after saying on the console that what needs one is left out. Throws when
 * CHROMIUM_REQUIRED is set, as in CI, which may not leave it out.
 */
export function findChromium(whatIsLeftOut: string): string | undefined {
  const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  if (existsSync(path)) return path;
  const lack = `no Chromium at ${path} (apt-get install chromium, or set CHROMIUM_PATH)`;
  if (process.env.CHROMIUM_REQUIRED) throw new Error(`CHROMIUM_REQUIRED is set, but there is ${lack}`);
  process.stderr.write(`\nLEFT OUT: ${whatIsLeftOut}: ${lack}\n\n`);
  return undefined;
}

/** The explorer in a real Chromium, driven as a visitor would. */
export class ExplorerBrowser {
  /** All that went wrong so far: console errors, breaches of the content policy, requests to other hosts. */
  readonly problems: string[] = [];
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #folder: string;

  private constructor(page: Page, context: BrowserContext, folder: string) {
    this.page = page;
    this.#context = context;
    this.#folder = folder;
  }

  /** Starts Chromium with an empty profile, without opening a page yet. */
  static async start(executablePath: string): Promise<ExplorerBrowser> {
    const folder = await mkdtemp(join(tmpdir(), 'alliance-chromium-'));
    const viewport = { width: 1280, height: 800 };
    const context = await chromium.launchPersistentContext(folder, {
      executablePath,
      args: browserFlags,
      viewport,
    });
    const page = context.pages()[0] ?? (await context.newPage());
    return new ExplorerBrowser(page, context, folder);
  }

  /** Opens an address of the explorer and waits until its query editor and its schema are there. */
  async open(url: string): Promise<void> {
    this.#watch(new URL(url).origin);
    await this.page.goto(url);
    await this.#waitForSchema();
  }

  /** The titles of the tabs, from left to right. */
  async tabs(): Promise<string[]> {
    return this.page.locator('[role="tab"]').allInnerTexts();
  }

  /** What the query editor shows. */
  async query(): Promise<string> {
    return this.#editorText('.graphiql-query-editor');
  }

  /** What the variables editor shows. */
  async variables(): Promise<string> {
    return this.#editorText('.graphiql-editor-tool');
  }

  /** What the result pane shows; Monaco draws only the lines that are in sight. */
  async shownResult(): Promise<string> {
    return this.#editorText('.result-window');
  }

  /** Presses one of the callers' buttons and waits for its tabs. */
  async pickCaller(title: string): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Caller' }).getByRole('button', { name: title }).click();
    await this.#waitForSchema();
  }

  /** The demo identities that can be chosen for this caller, and the two other choices. */
  async identities(): Promise<string[]> {
    return this.page.getByLabel('Acting as').locator('option').allInnerTexts();
  }

  /** Chooses a demo identity by what the list shows. */
  async pickIdentity(label: string): Promise<void> {
    await this.page.getByLabel('Acting as').selectOption({ label });
  }

  /** Changes to the tab with this title. */
  async pickTab(title: string): Promise<void> {
    await this.page.getByRole('tab', { name: title, exact: true }).click();
  }

  /** Replaces what the query editor holds, key by key, as a visitor would. */
  async writeQuery(text: string): Promise<void> {
    await this.page.locator('.graphiql-query-editor .view-line').first().click();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.type(text);
  }

  /** Runs the query of the open tab with one click; answers the JSON once the page shows it. */
  async run<T = Record<string, unknown>>(): Promise<T> {
    const answer = this.page.waitForResponse((response) => isQuery(response));
    await this.page.getByRole('button', { name: 'Execute query' }).click();
    const result = (await (await answer).json()) as T;
    await this.page.locator('.result-window .view-line', { hasText: '{' }).first().waitFor();
    return result;
  }

  /** Runs the subscription of the open tab with one click; gives the request that carries it. */
  async subscribe(): Promise<Request> {
    const sent = this.page.waitForRequest(/\/graphql\/stream$/);
    await this.page.getByRole('button', { name: 'Execute query' }).click();
    return sent;
  }

  /** Ends the subscription of the open tab with one click. */
  async stop(): Promise<void> {
    await this.page.getByRole('button', { name: 'Stop query' }).click();
  }

  /** Writes what the visitor sees into a PNG file, 1280 by 800. */
  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path });
  }

  /** Ends Chromium and removes its profile. */
  async close(): Promise<void> {
    await this.#context.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #watch(origin: string): void {
    const { page, problems } = this;
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
    page.on('requestfailed', (request) => {
      problems.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
    });
    // The context also sees what the workers ask for.
    this.#context.on('request', (request) => {
      const url = new URL(request.url());
      const isLocal = url.protocol === 'data:' || url.protocol === 'blob:' || url.origin === origin;
      if (!isLocal) problems.push(`another host: ${request.url()}`);
    });
  }

  async #waitForSchema(): Promise<void> {
    await this.page.locator('.graphiql-query-editor .view-line').first().waitFor();
    await this.page.locator('.graphiql-sidebar button[aria-label^="Re-fetch"]:not(:disabled)').waitFor();
  }

  async #editorText(selector: string): Promise<string> {
    const lines = this.page.locator(`${selector} .view-lines`).first();
    // Monaco draws spaces as no-break spaces, and places lines by style, in any order.
    const drawn = await lines.locator('.view-line').evaluateAll((elements) =>
      elements
        .map((element) => ({ top: Number.parseInt(element.style.top, 10), text: element.textContent }))
        .sort((one, other) => one.top - other.top)
        .map((line) => line.text),
    );
    return drawn.join('\n').replaceAll('\u00a0', ' ');
  }
}

/** GraphiQL asks for the schema by itself; that is not the visitor's query. */
function isQuery(response: Response): boolean {
  const request = response.request();
  if (!response.url().endsWith('/graphql') || request.method() !== 'POST') return false;
  return !request.postData()?.includes('IntrospectionQuery');
}
