import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { demoIdentities } from '../../seeds/demo/identities.ts';
import { seedDemo } from '../../seeds/demo.ts';
import { openDatabase } from '../../src/db/database.ts';
import { entities } from '../../src/entities.ts';
import { SandboxClock, setUpSandbox } from '../../src/features/sandbox/index.ts';
import { readConfig } from '../../src/server/config.ts';
import { buildAllianceSchema } from '../../src/server/schema.ts';
import { startServer } from '../../src/server/server.ts';
import { SANDBOX_JOBS } from '../../src/worker/sandbox-jobs.ts';
import { startLoops, workLoops } from '../../src/worker/work-loops.ts';
import { type FreshDatabase, freshDatabase } from '../kit/database.ts';
import type { GuideOptions } from './run-guide.ts';

/** What `npm start -- --sandbox` starts, demo and all, in this process: so it takes seconds. */
export interface GuideSandbox {
  /** What a guide is run with on it: a folder with the packages, and the demo's identities as callers. */
  readonly guide: GuideOptions;
  close(): Promise<void>;
}

/** Sunday noon in Shanghai. What guides say holds whenever a sandbox begins. */
const BEGIN = new Date(process.env.GUIDE_BEGINS ?? '2026-03-01T04:00:00.000Z');
export const ROOT = resolve(import.meta.dirname, '../..');

const DATABASE = { entities, poolSize: 10 };

/** A database with the demo, from which each guide gets a copy: filling one takes longer than running a guide. */
export async function demoTemplate(): Promise<FreshDatabase> {
  const fresh = await freshDatabase();
  const database = await openDatabase(fresh.url, DATABASE);
  await setUpSandbox(database, true, BEGIN);
  await seedDemo(database, { now: BEGIN });
  await database.close();
  return fresh;
}

export async function guideSandbox(
  template: FreshDatabase,
  environment: NodeJS.ProcessEnv = {},
): Promise<GuideSandbox> {
  const fresh = await freshDatabase({ create: `template ${new URL(template.url).pathname.slice(1)}` });
  const database = await openDatabase(fresh.url, DATABASE);
  const clock = (await SandboxClock.open(database, SANDBOX_JOBS)) as SandboxClock;
  const config = { ...readConfig({ NODE_ENV: 'test', PORT: '0', ...environment }), port: 0 };
  const log = new Writable({ write: (_chunk, _encoding, done) => done() });
  const server = await startServer({ config, database, clock, demoIdentities, log });
  const options = {
    database,
    clock,
    log: pino(log),
    schema: buildAllianceSchema(),
    webhooks: config.webhooks,
  };
  const loops = startLoops(workLoops(options), options.log);
  const folder = newProject();
  return {
    guide: {
      folder,
      // The alliance's own commands work on the database that the server has.
      env: { DATABASE_URL: fresh.url },
      ask: { url: server.url, headersOf: (identity) => demoHeaders(server.url, identity) },
      standsFor: { 'http://localhost:4000': server.url, '~/goods-alliance': ROOT, '../goods-alliance': ROOT },
    },
    async close() {
      await Promise.all([server.close(), loops.stop()]);
      await clock.close();
      await database.close();
      await fresh.drop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The folder of a program of the reader's own, in which the packages that guides name are installed. */
function newProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'alliance-integration-'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  return folder;
}

/** As whoever picks an identity in the explorer. */
async function demoHeaders(url: string, identity: string): Promise<Record<string, string>> {
  if (identity === 'nobody') return {};
  const response = await fetch(`${url}/demo/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ identity }),
  });
  if (!response.ok) throw new Error(`The demo has no identity ${identity}.`);
  return { authorization: `Bearer ${((await response.json()) as { token: string }).token}` };
}
