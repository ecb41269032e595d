import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = resolve(import.meta.dirname, '../..');
const TAIL_CHARS = 4_000;

/** A process of the alliance that is killed and started again, always on the same database. */
export class KilledProcess {
  #child: ChildProcess | undefined;
  #output = '';
  #isKilled = false;
  /** Whether it has ended although nobody here had killed it. */
  endedByItself = false;

  constructor(
    readonly name: string,
    /** The file and its arguments, from the repository's root. */
    private readonly command: readonly string[],
    private readonly env: Record<string, string>,
    private readonly onMessage: (message: unknown) => void = () => undefined,
  ) {}

  start(): void {
    const [file = '', ...args] = this.command;
    const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, file), ...args], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...this.env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#output = '';
    this.#isKilled = false;
    const keep = (text: string) => {
      this.#output = (this.#output + text).slice(-TAIL_CHARS);
    };
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    child.on('message', this.onMessage);
    child.on('error', (error) => keep(String(error)));
    child.on('exit', () => {
      if (child === this.#child && !this.#isKilled) this.endedByItself = true;
    });
    this.#child = child;
  }

  /** Ends the process without any warning, and waits until it is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#isKilled = true;
    child.kill('SIGKILL');
    while (child.exitCode === null && child.signalCode === null) await sleep(2);
    child.removeAllListeners('message');
  }

  /** What it said last, for a report of what hangs. */
  tail(): string {
    const { exitCode, signalCode } = this.#child ?? {};
    return `${this.name} (ended: ${exitCode ?? signalCode ?? 'no'}): ${this.#output.trim() || 'silent'}`;
  }
}
