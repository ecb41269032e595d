import { sql } from 'kysely';
import { reconcile } from '../../src/checks/reconcile.ts';
import { verify } from '../../src/checks/verify.ts';
import type { Database } from '../../src/db/database.ts';
import { newHttpProvider } from '../../src/features/payout/http-provider.ts';
import { pollPayouts, sendPayouts } from '../../src/features/payout/index.ts';
import { releaseReserves, settleDue } from '../../src/features/settlement/index.ts';
import { makeStatements } from '../../src/features/statement/index.ts';
import type { Deposits } from './clients.ts';
import { expectedEarnings } from './expected-balances.ts';
import type { PlannedOrder } from './order-plan.ts';
import type { ProviderDouble } from './provider-double.ts';
import type { Stage } from './stage.ts';
import type { Writes } from './writes.ts';

const DAY_MS = 86_400_000;

/** What was done in a run, to be compared with what is there. */
export interface Done {
  readonly stage: Stage;
  readonly orders: readonly PlannedOrder[];
  readonly deposits: Deposits;
  readonly writes: Writes;
  readonly provider: ProviderDouble;
}

/** Does what the workers had not come to: settles all, releases all reserves, hears how every payout has ended, makes all statements. */
export async function finishWork(database: Database, { url }: ProviderDouble): Promise<void> {
  const at = (days: number) => new Date(Date.now() + days * DAY_MS);
  await settleDue(database, { asOf: at(30), now: at(30) });
  await releaseReserves(database, at(60));
  const provider = newHttpProvider({ url, token: 'chaos', timeoutMs: 2_000 });
  const isOpen = () => database.rows(sql`select from payout where state in ('REQUESTED', 'SENT') limit 1`);
  for (let day = 1; (await isOpen()).length > 0; day++) {
    if (day > 200) throw new Error('Payouts come to no end, though the provider has said all.');
    await sendPayouts(database, provider, at(day));
    await pollPayouts(database, provider, at(day));
  }
  await makeStatements(database, { now: at(300) });
}

/** Everything that `verify` and `reconcile` find. */
export async function proofProblems(database: Database): Promise<string[]> {
  const { failures } = await verify(database);
  const { differences } = await reconcile(database);
  return [
    ...failures.map(({ check, message }) => `verify, ${check}: ${message}`),
    ...differences.map(
      (one) => `reconcile, ${one.comparison}: ${one.subject}: ${one.leftMinor}, ${one.rightMinor}`,
    ),
  ];
}

/** Everything that differs from what was answered and from what the orders, deposits and payouts come to. */
export async function modelProblems(database: Database, done: Done): Promise<string[]> {
  return [
    ...(await countProblems(database, done)),
    ...(await balanceProblems(database, done)),
    ...(await payoutProblems(database, done)),
  ];
}

async function countProblems(database: Database, { orders, writes }: Done): Promise<string[]> {
  const [there] = await database.rows(sql<
    Record<'events' | 'lines' | 'settled' | 'payouts' | 'deposits', bigint>
  >`
    select (select count(*) from order_event) as events, (select count(*) from order_line) as lines,
      (select count(*) from line_settlement) as settled, (select count(*) from payout) as payouts,
      (select count(*) from ledger_transfer where kind = 'DEPOSIT') as deposits`);
  const received = orders.filter(({ events }) => events.some(({ kind }) => kind === 'RECEIVED'));
  const expected = {
    events: writes.events,
    lines: orders.length,
    settled: received.length,
    payouts: writes.keyed('payout'),
    deposits: writes.keyed('ledger_transfer'),
  };
  return Object.entries(expected).flatMap(([name, count]) => {
    const found = Number(there?.[name as keyof typeof expected]);
    return found === count ? [] : [`${name}: ${count} were answered, ${found} are there`];
  });
}

async function balanceProblems(database: Database, done: Done): Promise<string[]> {
  const { allianceId } = done.stage;
  const earned = expectedEarnings(done.orders, allianceId);
  const kept = await database.rows(sql<{ id: string; minor: bigint }>`
    select a.party_id as id, (sum(a.balance_minor)
        + coalesce((select sum(p.gross_minor) from payout p where p.payee_id = a.party_id and p.state = 'CONFIRMED'), 0))::bigint
      as minor
    from ledger_account a where a.kind in ('PAYABLE', 'RESERVE', 'RECEIVABLE', 'PAYOUT_CLEARING', 'REVENUE') group by 1`);
  const found = new Map(kept.map(({ id, minor }) => [id, minor]));
  const parties = new Set([...earned.keys(), ...found.keys()]);
  const problems = [...parties].flatMap((id) => {
    const [expected, has] = [earned.get(id) ?? 0n, found.get(id) ?? 0n];
    return expected === has
      ? []
      : [`party ${id} has earned ${expected} by its orders, and ${has} by the ledger`];
  });
  const paidIn = await database.rows(sql<{ id: string; minor: bigint }>`
    select a.party_id as id, sum(t.amount_minor)::bigint as minor
    from ledger_transfer t join ledger_account a on a.id = t.to_account_id where t.kind = 'DEPOSIT' group by 1`);
  const deposited = new Map(paidIn.map(({ id, minor }) => [id, minor]));
  for (const id of new Set([...done.deposits.keys(), ...deposited.keys()])) {
    const [expected, has] = [done.deposits.get(id) ?? 0n, deposited.get(id) ?? 0n];
    if (expected !== has) problems.push(`brand ${id} has paid in ${expected}, and ${has} by the ledger`);
  }
  return problems;
}

/** The provider and the alliance agree on every payout: none was paid that was not asked for, or taken back. */
async function payoutProblems(database: Database, { provider }: Done): Promise<string[]> {
  const rows = await database.rows(sql<{ id: string; state: string }>`select id, state from payout`);
  const states = new Map(rows.map(({ id, state }) => [id, state.toLowerCase()]));
  const problems = [...provider.problems];
  for (const [id, state] of states) {
    const said = provider.payouts.get(id)?.end ?? 'unknown';
    if (said !== state) problems.push(`payout ${id} is ${state}, and ${said} by the provider`);
  }
  for (const id of provider.payouts.keys())
    if (!states.has(id)) problems.push(`the provider has paid ${id}, which nobody has asked for`);
  return problems;
}
