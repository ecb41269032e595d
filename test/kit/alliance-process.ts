import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stopPostmaster } from '../../src/db/embedded/postmaster.ts';

/** A started process of the alliance, in a process group of its own as a shell would give it. */
export interface AllianceProcess {
  child: ChildProcess;
  output(): { stdout: string; stderr: string };
  /** Waits until standard output holds this; rejects when the process ends before. */
  says(words: RegExp): Promise<void>;
  ended: Promise<Ended>;
  /** Sends a signal to the whole group, as Ctrl-C does. */
  interrupt(signal?: NodeJS.Signals): void;
}

/** How a process ended. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

const ROOT = resolve(import.meta.dirname, '../..');

/** Starts `src/main.ts` or `src/cli.ts` with nothing of our own environment but the path. */
export function startProcess(
  file: 'main' | 'cli',
  args: string[],
  env: Record<string, string>,
): AllianceProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', join('src', `${file}.ts`), ...args], {
    cwd: ROOT,
    detached: true,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const seen = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    seen.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    seen.stderr += text;
  });
  const ended = new Promise<Ended>((resolveEnd, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolveEnd({ code, ...seen }));
  });
  return {
    child,
    output: () => seen,
    ended,
    says: (words) => waitForWords(child, seen, words, ended),
    interrupt: (signal = 'SIGINT') => process.kill(-child.pid!, signal),
  };
}

/** Runs a command to its end. */
export function runCommand(args: string[], env: Record<string, string>): Promise<Ended> {
  return startProcess('cli', args, env).ended;
}

/** A data folder that PostgreSQL's account can enter, and a way to be rid of it and of what still runs there. */
export function dataFolder(): { path: string; remove(): Promise<void> } {
  const parent = mkdtempSync(join(tmpdir(), `alliance-test-${process.pid}-`));
  chmodSync(parent, 0o755);
  return {
    path: join(parent, 'data'),
    async remove() {
      await stopPostmaster(join(parent, 'data', 'postgres'));
      rmSync(parent, { recursive: true, force: true });
    },
  };
}

/** A port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolvePort) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolvePort(port));
    });
  });
}

function waitForWords(
  child: ChildProcess,
  seen: { stdout: string; stderr: string },
  words: RegExp,
  ended: Promise<Ended>,
): Promise<void> {
  return new Promise((resolveWords, reject) => {
    const look = () => {
      if (words.test(seen.stdout)) resolveWords();
    };
    look();
    child.stdout?.on('data', look);
    void ended.then(({ stderr }) => reject(new Error(`It ended without saying ${words}: ${stderr}`)));
  });
}
