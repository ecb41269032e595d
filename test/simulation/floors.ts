import { expect } from 'vitest';
import type { Tally } from './tally.ts';

/** What must have happened in 1,000 histories at the least: about half of what does. */
const FLOORS: Readonly<Record<string, number>> = {
  lines: 1500,
  'settled lines': 1000,
  repetitions: 2000,
  'retold histories': 80,
  'late reports': 100,
  crash: 200,
  'clawbacks TAKEN': 300,
  'clawbacks OFFSET': 80,
  'clawbacks WAITING': 20,
  'clawbacks WRITTEN_OFF': 20,
  'released reserves': 300,
  'payouts CONFIRMED': 100,
  'payouts FAILED': 100,
  'refused payouts': 20,
  'payout corrections': 20,
  'opened cases': 80,
  'closed cases': 15,
  policies: 80,
  'plan changes': 60,
  'contract changes': 60,
};
/** Fewer histories may lack anything by chance. */
const FEW = 300;

/** Fails where too little has happened for the histories to prove anything. */
export function atLeast(tally: Tally, runs: number): void {
  if (runs < FEW) return;
  const short = Object.entries(FLOORS).filter(([what, floor]) => tally.of(what) < (floor * runs) / 1000);
  expect(short.map(([what]) => `${what} ${tally.of(what)}`)).toEqual([]);
}
