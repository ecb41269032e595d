import { expect } from 'vitest';
import type { Tally } from './tally.ts';

/** What must have happened in 1,000 histories at the least: half of what does, and less of what is rare. */
const FLOORS: Readonly<Record<string, number>> = {
  lines: 1700,
  'settled lines': 900,
  repetitions: 1800,
  'retold histories': 90,
  'late reports': 50,
  crash: 170,
  'clawbacks TAKEN': 300,
  'clawbacks OFFSET': 120,
  'clawbacks WAITING': 10,
  'clawbacks WRITTEN_OFF': 10,
  'released reserves': 450,
  'payouts CONFIRMED': 60,
  'payouts FAILED': 120,
  'payout requests of debtors': 4,
  'refused payouts': 50,
  'payout corrections': 2,
  'opened cases': 100,
  'closed cases': 5,
  policies: 80,
  'plan changes': 80,
  'contract changes': 80,
};
/** Fewer histories may lack anything by chance. */
const FEW = 1000;

/** Fails where too little has happened for the histories to prove anything. */
export function atLeast(tally: Tally, runs: number): void {
  if (runs < FEW) return;
  const short = Object.entries(FLOORS).filter(([what, floor]) => tally.of(what) < (floor * runs) / 1000);
  expect(short.map(([what]) => `${what} ${tally.of(what)}`)).toEqual([]);
}
