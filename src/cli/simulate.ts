import { type Command, InvalidArgumentError } from 'commander';
import { FIRST_TRAFFIC_RULES } from '../features/traffic/traffic-rules.ts';
import { parts } from './parts.ts';
import { openTerminal } from './terminal.ts';

/** `alliance simulate traffic`: what the rule of exposure does to a made-up world, beside greed. It needs no database. */
export function addSimulate(program: Command): void {
  program
    .command('simulate')
    .description('Try rules of the alliance on a made-up world.')
    .command('traffic')
    .description('Allot exposure to made-up works day by day, inclusively and greedily, and compare.')
    .option('--works <count>', 'how many works there are', between(1, 100_000), 10_000)
    .option('--days <count>', 'how many days they live through', between(1, 365), 30)
    .option('--seed <number>', 'another world for another number', between(0, 2 ** 31 - 1), 1)
    .option('--json', 'print all figures as JSON, ratios in basis points')
    .action(async ({ works, days, seed, json }: Options) => {
      const terminal = openTerminal(json ?? false);
      const { simulateTraffic } = await parts.trafficSimulation();
      const rules = FIRST_TRAFFIC_RULES;
      const found = simulateTraffic({ works, days, seed, rules, onProgress: terminal.onProgress });
      terminal.answer({ works, days, seed, rules, ...found }, describe(found));
    });
}

interface Options {
  readonly works: number;
  readonly days: number;
  readonly seed: number;
  readonly json?: boolean;
}

type Found = ReturnType<Awaited<ReturnType<typeof parts.trafficSimulation>>['simulateTraffic']>;
type Figures = Found['inclusive']['total'];

const WIDTHS = [3, 6, 12, 6, 9, 10, 6, 9];

function describe({ inclusive, greedy, allKnowing, conversionsBp }: Found): string {
  const days = inclusive.days.map((day, i) =>
    row([day.day, day.works, ...columns(day), ...columns(greedy.days[i]!)]),
  );
  return [
    row(['Day', 'Works', 'Conversions', 'Gini', 'Not HEAD', 'Greedily', 'Gini', 'Not HEAD']),
    ...days,
    row(['All', '', ...columns(inclusive.total), ...columns(greedy.total)]),
    '',
    `Inclusively ${inclusive.total.conversions} conversions, ${percent(conversionsBp)} of the ${greedy.total.conversions} greedily;`,
    `with every rate known beforehand, which nobody can, it would be ${allKnowing.total.conversions}.`,
  ].join('\n');
}

const columns = ({ conversions, giniBp, nonHeadShareBp }: Figures) => [
  conversions,
  (giniBp / 10_000).toFixed(3),
  percent(nonHeadShareBp),
];

const percent = (bp: number): string => `${(bp / 100).toFixed(1)} %`;

const row = (cells: readonly (string | number)[]): string =>
  cells
    .map((cell, i) => String(cell).padStart(WIDTHS[i]!))
    .join(' ')
    .trimEnd();

const between =
  (least: number, most: number) =>
  (text: string): number => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
