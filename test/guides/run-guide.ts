import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { blocksOf, differences, type Found, filled, type GuideBlock, matchText } from './guide-blocks.ts';
import { GuideShell } from './guide-shell.ts';

/**
 * What a guide is run with. A guide is run from its own text, block by block:
 *
 * - `sh`: run by bash, in the folder of the project or in `folder`; it must end with 0. `sh background` goes on until the guide ends.
 *   `sh needs=<what>` is run only where the test has that.
 * - `text` behind it: what it prints. `…` is any text, `<name>` one that later blocks repeat by `<name>`.
 * - Any language with `file=<name>`: written into this file, in the folder that `sh` is run in.
 * - `graphql as <caller>`: asked as this caller, or with the key or token that was found under `<name>`, angle brackets and
 *   all; `json variables` behind it are its variables.
 * - `json` behind those: the answer, with `…` and `<name>` as `differences` has them; `extensions` need not be there.
 *   `json 400` also says its status.
 *
 * Other blocks are only read.
 */
export interface GuideOptions {
  /** Examples in the text, and what is taken in their place. */
  readonly standsFor?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** The folder that shell is run in, and that files are written into; the project's when left out. */
  readonly folder?: string;
  /** What blocks with `needs=` may need. */
  readonly has?: ReadonlySet<string>;
  /** Where to ask, and the headers of a caller. */
  readonly ask?: {
    readonly url: string;
    headersOf(caller: string): Promise<Record<string, string>>;
  };
}

/** What was done of a guide. */
export interface GuideReport {
  /** Blocks that were run. */
  readonly ran: number;
  /** Blocks whose output or answer was compared. */
  readonly compared: number;
  /** The needs of blocks that were not run. */
  readonly missed: readonly string[];
  /** How what went on in the background has ended. */
  readonly codes: readonly (number | null)[];
}

/** Runs a guide. Throws with its file and line where something is not as it says. */
export async function runGuide(path: string, options: GuideOptions): Promise<GuideReport> {
  const run = new GuideRun(path, options);
  const shell = new GuideShell(options.env ?? {}, options.folder);
  let codes: (number | null)[] = [];
  try {
    await run.all(shell);
  } finally {
    codes = (await shell.close()).map(({ code }) => code);
  }
  return { ...run.report, codes };
}

class GuideRun {
  readonly #blocks: readonly GuideBlock[];
  readonly #found: Found = new Map();
  readonly report = { ran: 0, compared: 0, missed: [] as string[] };

  constructor(
    readonly path: string,
    readonly options: GuideOptions,
  ) {
    this.#blocks = blocksOf(replaced(readFileSync(path, 'utf8'), options.standsFor ?? {}));
  }

  async all(shell: GuideShell): Promise<void> {
    for (const [index, block] of this.#blocks.entries()) {
      try {
        if (block.language === 'sh') await this.#runShell(shell, block, this.#blocks[index + 1]);
        if (block.language === 'graphql') await this.#ask(block, index);
        this.#writeFile(block);
      } catch (error) {
        throw new Error(`${this.path}:${block.line}: ${(error as Error).message}`, { cause: error });
      }
    }
  }

  async #runShell(shell: GuideShell, block: GuideBlock, next: GuideBlock | undefined): Promise<void> {
    const need = block.words.map((word) => /^needs=(.+)$/.exec(word)?.[1]).find(Boolean);
    if (need !== undefined && !this.options.has?.has(need)) {
      this.report.missed.push(need);
      return;
    }
    const text = filled(block.text, this.#found);
    const expected = next?.language === 'text' ? next.text : undefined;
    this.report.ran += 1;
    if (expected !== undefined) this.report.compared += 1;
    if (block.words.includes('background')) return shell.runOn(text, expected ?? '');
    const { code, stdout, stderr } = await shell.run(text);
    if (code !== 0) throw new Error(`it ended with ${code}: ${stderr}${stdout}`);
    if (expected === undefined) return;
    const found = matchText(expected.trim(), stdout.trim(), this.#found);
    if (found === undefined) throw new Error(`it printed\n${stdout}\ninstead of\n${expected}`);
    for (const [name, value] of found) this.#found.set(name, value);
  }

  #writeFile({ words, text }: GuideBlock): void {
    const name = words.map((word) => /^file=(.+)$/.exec(word)?.[1]).find(Boolean);
    if (name === undefined) return;
    const { folder } = this.options;
    if (folder === undefined) throw new Error('a file is written into a folder, which the test has to name');
    writeFileSync(join(folder, basename(name)), filled(text, this.#found));
  }

  async #ask(block: GuideBlock, index: number): Promise<void> {
    const { ask } = this.options;
    const caller = block.words[block.words.indexOf('as') + 1];
    if (ask === undefined || !block.words.includes('as') || caller === undefined)
      throw new Error('a query says as whom it is asked, and the test where');
    const behind = this.#blocks.slice(index + 1, index + 3);
    const [first] = behind;
    const hasVariables = first?.language === 'json' && first.words.includes('variables');
    const answer = behind[hasVariables ? 1 : 0];
    const variables = hasVariables ? JSON.parse(filled(first.text, this.#found)) : undefined;
    const headers = { 'content-type': 'application/json', ...(await this.#headersOf(caller)) };
    const body = JSON.stringify({ query: filled(block.text, this.#found), variables });
    const response = await fetch(`${ask.url}/graphql`, { method: 'POST', headers, body });
    const actual = (await response.json()) as Record<string, unknown>;
    this.report.ran += 1;
    if (answer?.language !== 'json' || answer.words.includes('variables')) {
      if (actual.errors !== undefined) throw new Error(`it was answered by ${JSON.stringify(actual)}`);
      return;
    }
    this.report.compared += 1;
    const differing = [
      ...differences(Number(answer.words[0] ?? response.status), response.status, this.#found, 'status'),
      ...this.#answerDifferences(JSON.parse(answer.text), actual),
    ];
    if (differing.length > 0) throw new Error(`${differing.join('\n')}\nin ${JSON.stringify(actual)}`);
  }

  #answerDifferences(expected: Record<string, unknown>, actual: Record<string, unknown>): string[] {
    const { extensions: _extensions, ...bare } = actual;
    return differences(expected, 'extensions' in expected ? actual : bare, this.#found);
  }

  async #headersOf(caller: string): Promise<Record<string, string>> {
    const key = filled(caller, this.#found);
    return key === caller ? this.options.ask!.headersOf(caller) : { authorization: `Bearer ${key}` };
  }
}

/** Puts what is real in the place of examples, all at once: what is put in is not looked at again. */
function replaced(text: string, standsFor: Readonly<Record<string, string>>): string {
  const longestFirst = Object.keys(standsFor).sort((one, other) => other.length - one.length);
  if (longestFirst.length === 0) return text;
  const escaped = longestFirst.map((example) => example.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return text.replace(new RegExp(escaped.join('|'), 'g'), (example) => standsFor[example] ?? example);
}
