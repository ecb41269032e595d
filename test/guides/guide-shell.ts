import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { matchText } from './guide-blocks.ts';

/** How a piece of a guide ended. */
export interface ShellEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Background {
  readonly child: ChildProcess;
  readonly end: Promise<ShellEnd>;
}

const LOOK_EVERY_MS = 50;

/** A shell as somebody has it open who follows a guide: what one piece sets, the next one has. */
export class GuideShell {
  readonly #folder = mkdtempSync(join(tmpdir(), 'alliance-guide-'));
  readonly #env: Readonly<Record<string, string>>;
  readonly #cwd: string | undefined;
  readonly #background: Background[] = [];

  /** In this folder, or in the one of the process. */
  constructor(env: Readonly<Record<string, string>>, cwd?: string) {
    this.#env = env;
    this.#cwd = cwd;
  }

  /** Runs a piece to its end. */
  run(text: string): Promise<ShellEnd> {
    return this.#start(`trap 'export -p >"$GUIDE_STATE"' EXIT\n${text}`).end;
  }

  /** Starts a piece that goes on, and waits until what it prints holds the expected text; rejects when it ends before. */
  async runOn(text: string, expected: string): Promise<void> {
    // The signal is for the command; the shell waits for it, and ends with its code.
    const started = this.#start(`trap : TERM\n${text}`);
    this.#background.push(started);
    let printed = '';
    started.child.stdout?.on('data', (part) => {
      printed += part;
    });
    let ended: ShellEnd | undefined;
    void started.end.then((end) => {
      ended = end;
    });
    while (matchText(`…${expected.trim()}…`, printed, new Map()) === undefined) {
      if (ended !== undefined)
        throw new Error(`It ended with ${ended.code}: ${ended.stderr || ended.stdout}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  /** Stops what goes on, the last first, as a service manager does. Gives how each ended. */
  async close(): Promise<ShellEnd[]> {
    const ends: ShellEnd[] = [];
    for (const { child, end } of this.#background.reverse()) {
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      ends.push(await end);
    }
    rmSync(this.#folder, { recursive: true, force: true });
    return ends;
  }

  #start(text: string): Background {
    const state = join(this.#folder, 'state');
    const script = `set -euo pipefail -a\n[ ! -e "$GUIDE_STATE" ] || . "$GUIDE_STATE"\n${text}`;
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...this.#env, GUIDE_STATE: state };
    const stdio = ['ignore', 'pipe', 'pipe'] as const;
    const child = spawn('bash', ['-c', script], { cwd: this.#cwd, env, detached: true, stdio: [...stdio] });
    const seen = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (part) => {
      seen.stdout += part;
    });
    child.stderr.setEncoding('utf8').on('data', (part) => {
      seen.stderr += part;
    });
    const end = new Promise<ShellEnd>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, ...seen }));
    });
    return { child, end };
  }
}
