import type { Armed } from './agree.ts';
import { onServer } from './data.ts';
import { OPERATION_NAMES, type OperationName } from './operations.ts';
import { fire } from './shots.ts';

const COUNT = `select sum(calls)::int as calls from pg_stat_statements s join pg_database d on d.oid = s.dbid
  where d.datname = current_database() and query not like '%pg_stat_statements%'`;

/**
 * How many statements an operation takes on average, as PostgreSQL counts them, with those that begin and end transactions
 * and find out who asks. Undefined where the server cannot tell: it needs pg_stat_statements and a superuser. Counting is
 * on only meanwhile.
 */
export async function countStatements(
  url: string,
  { running, shots }: Armed,
): Promise<Readonly<Record<OperationName, number>> | undefined> {
  const counts = {} as Record<OperationName, number>;
  try {
    await onServer(url, ['create extension if not exists pg_stat_statements', COUNT]);
    await track(url, 'all');
  } catch {
    return undefined;
  }
  try {
    for (const operation of OPERATION_NAMES) {
      const before = await calls(url);
      for (const shot of shots[operation]) await fire(running, shot);
      counts[operation] = ((await calls(url)) - before) / shots[operation].length;
    }
  } finally {
    await track(url, 'none');
  }
  return counts;
}

async function track(url: string, what: 'all' | 'none'): Promise<void> {
  await onServer(url, [`alter system set pg_stat_statements.track = '${what}'`]);
  await onServer(url, ['select pg_reload_conf()']);
  // Sessions read the new setting before their next statement, once the signal has reached them.
  await new Promise((next) => setTimeout(next, 300));
}

async function calls(url: string): Promise<number> {
  const [row] = await onServer<{ calls: number | null }>(url, [COUNT]);
  return row?.calls ?? 0;
}
