import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buyBoost, chargeBoosts } from '../../src/features/boost/index.ts';
import type { SandboxClock } from '../../src/features/sandbox/index.ts';
import { passTime } from '../../src/features/sandbox/pass-time.ts';
import type { Json } from '../kit/alliance.ts';
import { World } from '../kit/world.ts';
import { BEGIN, openSandbox, type TestSandbox } from '../sandbox/sandbox.ts';
import { deposit } from './money.ts';

const HOUR_MS = 3_600_000;
/** An hour that is no full one, of a day and a half later. */
const ENDS = new Date(BEGIN.getTime() + 130_000_000);

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

it("boosts end by the sandbox's clock, an hour after their time and to the moment, and give back the rest", async () => {
  const world = new World(sandbox.database);
  const { id: productId, brandId, ...product } = await world.product();
  await world.plan({ id: productId, brandId, ...product });
  await deposit(world, brandId, 1_000n);
  await world.tx(async (tx) => {
    const wish = { payerId: brandId, productId, budgetMinor: 1_000n, bidMinor: 100n, currency: 'CNY' };
    const times = { startsAt: BEGIN, endsAt: ENDS, fromHour: 0, untilHour: 24 };
    const boostId = await buyBoost(tx, { ...wish, ...times }, BEGIN);
    const shown = { boostId, eventId: 'x', exposures: 1_000, priceMinor: 100n, shownAt: BEGIN };
    await chargeBoosts(tx, [shown], BEGIN);
  });
  const balances = async (): Promise<Json> =>
    Object.fromEntries(
      (
        await sandbox.database.rows(sql<{ kind: string; minor: bigint }>`
          select kind, balance_minor as minor from ledger_account where party_id = ${brandId}`)
      ).map(({ kind, minor }) => [kind, minor]),
    );
  const clock = sandbox.clocks[0] as SandboxClock;
  await passTime(clock, new Date(ENDS.getTime() + HOUR_MS - 1));
  expect(await balances()).toMatchObject({ ESCROW: 0n, BOOST: 900n });
  await passTime(clock, new Date(ENDS.getTime() + 2 * HOUR_MS));
  expect(await balances()).toMatchObject({ ESCROW: 900n, BOOST: 0n });
  const rows = await sandbox.database.rows(sql<Json>`
    select state, ended_because as because, ended_at as at from boost`);
  expect(rows).toEqual([{ state: 'ENDED', because: 'TIME_OVER', at: new Date(ENDS.getTime() + HOUR_MS) }]);
});
