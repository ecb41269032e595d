import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AttackOrder } from './attacker.ts';
import { ATTACKS } from './attacks.ts';
import { Gun, openLoop, percentile, print, type Shot, startLoadedAlliance, statuses } from './load.ts';

/**
 * `npm run bench:floods`: somebody floods a server with each attack in turn, while others go on as usual. Prints how the
 * others fared beside how they do without a flood, before and after.
 */
const SECONDS = Number(process.env.FLOOD_SECONDS ?? 5);
const ATTACKERS = Number(process.env.FLOOD_ATTACKERS ?? 4);
const PAUSE_MS = Number(process.env.FLOOD_PAUSE_MS ?? 5);
const OTHERS_PER_S = 20;
const OTHERS = [
  'creator-dapeng',
  'creator-wenwen',
  'agency-bailu',
  'agency-xinghuo',
  'brand-hebai',
  'operator',
];

const alliance = await startLoadedAlliance({});
const others = new Gun(alliance.port);
const attacker = fork(join(import.meta.dirname, 'attacker.ts'));
try {
  const headers = await Promise.all(OTHERS.map((identity) => alliance.headerOf(identity)));
  const body = JSON.stringify({
    query: readFileSync('schema/operations/creator-app/pool-page.graphql', 'utf8'),
  });
  let turn = 0;
  const usual = (seconds: number) =>
    openLoop(OTHERS_PER_S, seconds, () =>
      others.fire(body, { authorization: headers[turn++ % headers.length] ?? '' }),
    );

  await usual(10);
  const before = await usual(SECONDS * 4);
  const rows: object[] = [];
  const during: Shot[] = [];
  const memory = [alliance.memoryMb()];
  for (const name of Object.keys(ATTACKS)) {
    const order: AttackOrder = {
      name,
      port: alliance.port,
      seconds: SECONDS,
      attackers: ATTACKERS,
      pauseMs: PAUSE_MS,
    };
    await alliance.metric('nodejs_eventloop_lag_p99_seconds');
    attacker.send(order);
    const [[attack], fared] = await Promise.all([once(attacker, 'message'), usual(SECONDS)]);
    during.push(...fared);
    memory.push(alliance.memoryMb());
    rows.push({
      name,
      attack,
      others: { answers: statuses(fared), p50: percentile(fared, 50), p99: percentile(fared, 99) },
      eventLoopP99Ms: Math.round((await alliance.metric('nodejs_eventloop_lag_p99_seconds')) * 1000),
    });
  }
  const after = await usual(SECONDS * 4);
  const p99 = percentile(before, 99);
  print({
    rows,
    p50: { before: percentile(before, 50), during: percentile(during, 50), after: percentile(after, 50) },
    p99: { before: p99, during: percentile(during, 99), after: percentile(after, 99) },
    ratio: Math.round((percentile(during, 99) / p99) * 100) / 100,
    memoryMb: memory.map(Math.round),
  });
} finally {
  attacker.kill();
  others.close();
  await alliance.stop();
}
