/** An official event of the alliance; amounts in fen. */
export interface EventSeed {
  readonly key: `event:${string}`;
  readonly code: string;
  readonly name: string;
  /** How many days ago it was opened, started, ended, and is closed; below zero what lies ahead. */
  readonly openedDays: number;
  readonly startsDays: number;
  readonly endsDays: number;
  readonly closesDays: number;
  readonly subsidyMinor: bigint;
  readonly bonusMinor: bigint;
  /** For the first places of the creators. */
  readonly prizesMinor: readonly bigint[];
  /** Products that take part, and those that wait to be reviewed. */
  readonly approved: readonly string[];
  readonly waiting: readonly string[];
}

const GOODS = ['vc-serum', 'retinol-serum', 'cleansing-oil', 'tea-mask', 'ha-mask', 'cushion'].map(
  (name) => `product:hebai-${name}`,
);

/** One that is closed, one that runs on a budget that does not suffice, one whose registration is open. */
export const officialEvents: readonly EventSeed[] = [
  {
    key: 'event:quality',
    code: '616',
    name: '616 品质购物节',
    openedDays: 25,
    startsDays: 20,
    endsDays: 12,
    closesDays: 1,
    subsidyMinor: 300_000n,
    bonusMinor: 100_000n,
    prizesMinor: [50_000n, 30_000n, 10_000n],
    approved: GOODS,
    waiting: [],
  },
  {
    key: 'event:sellers',
    code: '1106',
    name: '1106 卖货王',
    openedDays: 16,
    startsDays: 8,
    endsDays: -4,
    closesDays: -30,
    subsidyMinor: 40_000n,
    bonusMinor: 50_000n,
    prizesMinor: [80_000n, 40_000n, 20_000n],
    approved: GOODS,
    waiting: [],
  },
  {
    key: 'event:new-year',
    code: 'NEW-YEAR',
    name: '年货节',
    openedDays: 3,
    startsDays: -10,
    endsDays: -20,
    closesDays: -45,
    subsidyMinor: 200_000n,
    bonusMinor: 100_000n,
    prizesMinor: [50_000n],
    approved: [],
    waiting: GOODS,
  },
];
