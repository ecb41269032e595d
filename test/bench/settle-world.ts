import type { OnProgress } from '../../src/kernel/progress.ts';
import { fillWorld } from './fill-world.ts';
import type { Parties } from './world-sql.ts';

/** How large an alliance is made for settlement to be measured on. */
export interface SettleWorld extends Parties {
  /** Order lines that are received and due. */
  readonly lines: number;
}

export const WORLD: Parties = {
  brands: 200,
  creators: 5000,
  agencies: 50,
  productsPerBrand: 10,
};

const FROM = new Date('2026-01-01T00:00:00Z');
const SPAN_SECONDS = 15_000_000;
/** When all lines of the world are due. */
export const ALL_DUE_AT = new Date('2026-08-01T00:00:00Z');

/** Fills a migrated and founded database with lines that wait for settlement. */
export async function fillSettleWorld(
  url: string,
  { lines, ...parties }: SettleWorld,
  onProgress?: OnProgress,
): Promise<void> {
  const secondsApart = Math.min(1, SPAN_SECONDS / lines);
  await fillWorld(url, { parties, lines: { lines, from: FROM, secondsApart } }, onProgress);
}
