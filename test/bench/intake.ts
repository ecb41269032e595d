import pg from 'pg';
import type { Terminal } from '../../src/cli/terminal.ts';
import { closedLoop, Gun } from '../overload/load.ts';
import { type Packet, packetsOf, removeRows, writePacket, writtenRows } from './bare-inserts.ts';
import { CONTENDERS, type Contender, Running } from './contenders.ts';
import type { World } from './data.ts';
import type { Goal } from './goals.ts';
import { type BenchIssuer, openIssuer } from './issuer.ts';
import { OrderMaker, readShops, type Shop } from './orders.ts';

/** What one way of taking events does, and what the same rows take when they are only written. */
export interface Intake {
  readonly way: string;
  readonly callers: number;
  /** Events that one call brings. */
  readonly each: number;
  readonly perSecond: number;
  readonly barePerSecond: number;
}

interface Phase {
  readonly way: 'commits shared' | 'one commit each';
  readonly callers: number;
  readonly each: number;
}

const PHASES: readonly Phase[] = [
  ...([1, 8, 64] as const).map((callers) => ({ way: 'commits shared', callers, each: 1 }) as const),
  { way: 'commits shared', callers: 1, each: 1_000 },
  ...([1, 8, 64] as const).map((callers) => ({ way: 'one commit each', callers, each: 1 }) as const),
];
/** The setting of the queue in front of the intake; 0 has each event committed by itself. */
const ENV = { 'commits shared': {}, 'one commit each': { GROUP_COMMIT_MS: '0' } } as const;
const SHOPS = 64;
const OF_BARE = 0.6;
const SHARED_OF_SINGLE = 5;

/**
 * Reports orders by the API, each way for some seconds; then takes what was written away, and writes the same rows once more
 * without any rule, by as many connections as there were callers. Leaves the data as it was.
 */
export async function measureIntake(world: World, seconds: number, terminal: Terminal): Promise<Intake[]> {
  const issuer = await openIssuer();
  const client = new pg.Client({ connectionString: world.url });
  await client.connect();
  try {
    const shops = await readShops(client, SHOPS);
    const results: Intake[] = [];
    for (const way of ['commits shared', 'one commit each'] as const) {
      const contender = { ...(CONTENDERS[0] as Contender), env: ENV[way] };
      const running = await Running.start(contender, world.url, issuer);
      try {
        for (const [i, phase] of PHASES.entries()) {
          if (phase.way !== way) continue;
          terminal.note(`${way}: ${phase.callers} callers, ${phase.each} events a call …`);
          const orders = `bench${i}-`;
          const perSecond = await report(running, issuer, { ...phase, shops, orders, seconds, client });
          const tables = await writtenRows(client, orders);
          await removeRows(client, orders);
          const packets = packetsOf(tables, Math.max(1, phase.each / 2));
          const events = tables[0]?.values.length ?? 0;
          const barePerSecond = events / (await secondsOf(world.url, packets, phase.callers));
          await removeRows(client, orders);
          results.push({ ...phase, perSecond, barePerSecond });
        }
      } finally {
        await running.stop();
      }
    }
    return results;
  } finally {
    await client.end();
    await issuer.close();
  }
}

interface Reporting extends Phase {
  readonly shops: readonly Shop[];
  readonly orders: string;
  readonly seconds: number;
  readonly client: pg.Client;
}

/** Events a second that were taken; throws when one of them is not there afterwards. */
async function report(running: Running, issuer: BenchIssuer, reporting: Reporting): Promise<number> {
  const { shops, orders, callers, each, seconds, client } = reporting;
  const tokens = await Promise.all(shops.map(({ subject }) => issuer.token(subject)));
  const makers = shops.map((shop, i) => new OrderMaker(shop, `${orders}${i}-`));
  const gun = new Gun(running.port);
  let turn = 0;
  const began = performance.now();
  const shots = await closedLoop(callers, seconds, () => {
    const shop = turn++ % shops.length;
    const body = JSON.stringify((makers[shop] as OrderMaker).call(each));
    return gun.fire(body, { authorization: `Bearer ${tokens[shop]}` });
  });
  const took = (performance.now() - began) / 1000;
  gun.close();
  const wrong = shots.find(({ status }) => status !== 200);
  if (wrong !== undefined) throw new Error(`A report of orders was answered with ${wrong.status}.`);
  const { rows } = await client.query<{ count: string }>(
    `select count(*) from order_event where order_no like '${orders}%' and not waiting`,
  );
  const events = shots.length * each;
  if (Number(rows[0]?.count) !== events)
    throw new Error(`${events} events were reported, and ${rows[0]?.count} were taken.`);
  return events / took;
}

/** How long it takes to write packets by so many connections. */
async function secondsOf(url: string, packets: readonly Packet[], connections: number): Promise<number> {
  const clients = Array.from({ length: connections }, () => new pg.Client({ connectionString: url }));
  await Promise.all(clients.map((client) => client.connect()));
  try {
    let next = 0;
    const began = performance.now();
    await Promise.all(
      clients.map(async (client) => {
        for (let packet = packets[next++]; packet !== undefined; packet = packets[next++])
          await writePacket(client, packet);
      }),
    );
    return (performance.now() - began) / 1000;
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

export function intakeGoals(results: readonly Intake[]): Goal[] {
  const of = (way: string, callers: number, each: number) =>
    results.find((one) => one.way === way && one.callers === callers && one.each === each);
  const [batch, shared, single] = [
    of('commits shared', 1, 1_000),
    of('commits shared', 64, 1),
    of('one commit each', 64, 1),
  ];
  if (batch === undefined || shared === undefined || single === undefined) return [];
  return [
    {
      what: 'batches of 1,000: events a second of bare inserts',
      measured: batch.perSecond / batch.barePerSecond,
      bound: 'at least',
      wanted: OF_BARE,
    },
    {
      what: 'single events of 64 callers: shared commits of one commit each',
      measured: shared.perSecond / single.perSecond,
      bound: 'at least',
      wanted: SHARED_OF_SINGLE,
    },
  ];
}
