import { expect } from 'vitest';
import type { Tally } from './tally.ts';

/** What must have happened in 1,000 histories at the least: about half of what does. */
const FLOORS: Readonly<Record<string, number>> = {
  lines: 1700,
  'settled lines': 900,
  repetitions: 1800,
  'retold histories': 90,
  'late reports': 70,
  crash: 170,
  'clawbacks TAKEN': 300,
  'clawbacks OFFSET': 120,
  'clawbacks WAITING': 10,
  'clawbacks WRITTEN_OFF': 10,
  'released reserves': 450,
  'payouts CONFIRMED': 60,
  'payouts FAILED': 120,
  'refused payouts': 50,
  'payout corrections': 4,
  'opened cases': 100,
  'closed cases': 15,
  policies: 40,
  'plan changes': 40,
  'contract changes': 50,
};
/** Fewer histories may lack anything by chance. */
const FEW = 300;

/** Fails where too little has happened for the histories to prove anything. */
export function atLeast(tally: Tally, runs: number): void {
  if (runs < FEW) return;
  const short = Object.entries(FLOORS).filter(([what, floor]) => tally.of(what) < (floor * runs) / 1000);
  expect(short.map(([what]) => `${what} ${tally.of(what)}`)).toEqual([]);
}
