import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ATTACKS } from './attacks.ts';
import { closedLoop, Gun, openLoop, percentile, print, startLoadedAlliance, statuses } from './load.ts';

/**
 * `npm run bench:floods`: somebody floods a server with each attack in turn, as fast as they are answered, while others go on
 * as usual. Prints how the others fared beside how they do without a flood, before and after.
 */
const SECONDS = Number(process.env.FLOOD_SECONDS ?? 5);
const ATTACKERS = Number(process.env.FLOOD_ATTACKERS ?? 4);
const OTHERS_PER_S = 20;

const alliance = await startLoadedAlliance({});
const [gun, others] = [new Gun(alliance.port), new Gun(alliance.port)];
try {
  const authorization = await alliance.headerOf('creator-wenwen');
  const body = JSON.stringify({
    query: readFileSync('schema/operations/creator-app/pool-page.graphql', 'utf8'),
  });
  const usual = (seconds: number) =>
    openLoop(OTHERS_PER_S, seconds, () => others.fire(body, { authorization }));

  await usual(5);
  const before = await usual(SECONDS * 4);
  const rows: object[] = [];
  const all: Awaited<ReturnType<typeof usual>> = [];
  const memory = [alliance.memoryMb()];
  for (const [name, make] of Object.entries(ATTACKS)) {
    const attack = make();
    const [shots, fared] = await Promise.all([
      closedLoop(ATTACKERS, SECONDS, async () => {
        const shot = await gun.fire(attack);
        // Somebody far away: what is measured is the server, and the flood shares a processor with it.
        await sleep(Number(process.env.FLOOD_PAUSE_MS ?? 5));
        return shot;
      }),
      usual(SECONDS),
    ]);
    all.push(...fared);
    memory.push(alliance.memoryMb());
    rows.push({
      attack: name,
      perS: Math.round(shots.length / SECONDS),
      answers: statuses(shots),
      p99: percentile(shots, 99),
      others: { answers: statuses(fared), p50: percentile(fared, 50), p99: percentile(fared, 99) },
      eventLoopP99Ms: Math.round((await alliance.metric('nodejs_eventloop_lag_p99_seconds')) * 1000),
      memoryMb: Math.round(memory.at(-1) ?? 0),
    });
  }
  const after = await usual(SECONDS * 4);
  const others99 = [before, all, after].map((shots) => percentile(shots, 99));
  print({
    rows,
    othersP99: { before: others99[0], during: others99[1], after: others99[2] },
    othersP50: [before, all, after].map((shots) => percentile(shots, 50)),
    ratio: Math.round(((others99[1] ?? 0) / (others99[0] ?? 1)) * 100) / 100,
    memoryMb: memory.map(Math.round),
  });
} finally {
  gun.close();
  others.close();
  await alliance.stop();
}
