import { type Goal, standingOf } from './goals.ts';
import type { StatementCounts } from './reads.ts';
import type { Row } from './rounds.ts';

/** Rows of texts as columns, the first to the left and all others to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ');
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

const figure = (value: number | undefined, digits = 1): string => value?.toFixed(digits) ?? '–';

/** The medians, one table an operation and concurrency, with what they are of raw's and of PostGraphile's. */
export function readingTables(rows: readonly Row[], statements: StatementCounts): string {
  const groups = Map.groupBy(rows, ({ operation, concurrency }) => `${operation}, ${concurrency} at once`);
  return [...groups]
    .map(([title, group]) => {
      const perSecondOf = (name: string) =>
        group.find(({ contender }) => contender === name)?.median.perSecond;
      const ratio = (value: number, name: string) => {
        const other = perSecondOf(name);
        return other === undefined ? '–' : figure(value / other, 2);
      };
      const cells = group.map(({ contender, operation, median }) => [
        contender,
        figure(median.perSecond, 0),
        figure(median.p50Ms, 2),
        figure(median.p99Ms, 2),
        figure(median.cpuMsPerRequest, 2),
        figure(statements[contender]?.[operation]),
        figure(median.rssMb, 0),
        ratio(median.perSecond, 'raw'),
        ratio(median.perSecond, 'postgraphile'),
      ]);
      const head = [
        '',
        'req/s',
        'p50 ms',
        'p99 ms',
        'CPU ms',
        'statements',
        'RSS MB',
        'of raw',
        'of PostGraphile',
      ];
      return `${title}\n${table([...head], cells)}`;
    })
    .join('\n\n');
}

/** Each goal beside what was measured. */
export function goalTable(goals: readonly Goal[]): string {
  const cells = goals.map((goal) => {
    const { met, missedBy } = standingOf(goal);
    const verdict = met ? 'met' : `missed by ${(missedBy * 100).toFixed(0)} %`;
    return [goal.what, figure(goal.measured, 2), `${goal.bound} ${goal.wanted}`, verdict];
  });
  return table(['goal', 'measured', 'wanted', ''], cells);
}
