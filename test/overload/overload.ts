import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  closedLoop,
  Gun,
  openLoop,
  percentile,
  print,
  type Shot,
  startLoadedAlliance,
  statuses,
} from './load.ts';

/**
 * `npm run overload`: what one server carries, what it does under three times of that, and how it is ten seconds after.
 * Server, PostgreSQL and the maker of the load share this machine.
 */
const SECONDS = Number(process.env.OVERLOAD_SECONDS ?? 15);

const alliance = await startLoadedAlliance({
  RATE_POINTS: '0',
  ...(process.env.IN_FLIGHT && { MAX_REQUESTS_IN_FLIGHT: process.env.IN_FLIGHT }),
});
const gun = new Gun(alliance.port);
try {
  const authorization = await alliance.headerOf('creator-wenwen');
  const body = JSON.stringify({
    query: readFileSync('schema/operations/creator-app/pool-page.graphql', 'utf8'),
  });
  const fire = () => gun.fire(body, { authorization });

  await closedLoop(16, 8, fire);
  const rounds: number[] = [];
  for (const concurrency of [16, 32, 48])
    rounds.push(goodput(await closedLoop(concurrency, SECONDS, fire), SECONDS));
  const best = Math.max(...rounds);
  const calm = await openLoop(best / 4, SECONDS, fire);
  const memoryBefore = alliance.memoryMb();
  const over = await openLoop(best * 3, SECONDS, fire);
  const memoryAfter = alliance.memoryMb();
  await sleep(10_000);
  const after = await openLoop(best / 4, SECONDS, fire);
  const overGoodput = goodput(over, SECONDS);
  const isOk = ({ status }: Shot) => status === 200;
  print({
    capacityPerS: rounds.map(Math.round),
    calm: { statuses: statuses(calm), p50: percentile(calm, 50), p99: percentile(calm, 99) },
    overload: {
      sentPerS: Math.round(over.length / SECONDS),
      goodputPerS: Math.round(overGoodput),
      goodputShare: Math.round((overGoodput / best) * 100) / 100,
      statuses: statuses(over),
      okP50: percentile(over.filter(isOk), 50),
      okP99: percentile(over.filter(isOk), 99),
      refusedP50: percentile(
        over.filter((shot) => !isOk(shot)),
        50,
      ),
      refusedP99: percentile(
        over.filter((shot) => !isOk(shot)),
        99,
      ),
      memoryMb: [Math.round(memoryBefore), Math.round(memoryAfter)],
    },
    tenSecondsAfter: {
      statuses: statuses(after),
      p50: percentile(after, 50),
      p99: percentile(after, 99),
    },
  });
} finally {
  gun.close();
  await alliance.stop();
}

function goodput(shots: readonly Shot[], seconds: number): number {
  return shots.filter(({ status }) => status === 200).length / seconds;
}
