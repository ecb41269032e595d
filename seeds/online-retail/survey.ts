import type { OnProgress } from '../../src/kernel/progress.ts';
import { pence } from './amounts.ts';
import { brandNo, CREATORS, creatorNo } from './names.ts';
import { type Row, readRows } from './rows.ts';

export interface SurveyedProduct {
  readonly code: string;
  /** The first non-empty description; the code where there is none. */
  title: string;
  /** Of the first line, at least 1 p. */
  readonly priceMinor: bigint;
}

/** Everything that the rows name and that must be there before their orders come. */
export interface Survey {
  rows: number;
  /** Order lines whose customer is known. */
  attributedLines: number;
  readonly brands: Set<number>;
  readonly products: Map<string, SurveyedProduct>;
  readonly creators: Set<number>;
  /** Which creator promotes which product. */
  promotions(): Iterable<{ readonly creator: number; readonly product: SurveyedProduct }>;
}

/** Reads the file once to see which brands, products and creators it names. */
export async function survey(file: string, limit?: number, onProgress?: OnProgress): Promise<Survey> {
  const brands = new Set<number>();
  const creators = new Set<number>();
  const products = new Map<string, SurveyedProduct>();
  const places = new Map<string, number>();
  // A quarter of a million pairs: numbers take a tenth of the room that texts would.
  const pairs = new Set<number>();
  const promotions = function* () {
    const list = [...products.values()];
    for (const pair of pairs) {
      const product = list[Math.floor(pair / CREATORS)];
      if (product !== undefined) yield { creator: pair % CREATORS, product };
    }
  };
  const found: Survey = { rows: 0, attributedLines: 0, brands, products, creators, promotions };
  for await (const row of readRows(file, limit)) {
    found.rows += 1;
    if (found.rows % 10_000 === 0) onProgress?.({ step: 'Reading the file', done: found.rows });
    if (row.what !== 'LINE' && row.what !== 'REFUND') continue;
    brands.add(brandNo(row.stockCode));
    if (row.what === 'REFUND') continue;
    noteProduct(products, places, row);
    if (row.customer === null) continue;
    found.attributedLines += 1;
    const creator = creatorNo(row.customer);
    creators.add(creator);
    pairs.add((places.get(row.stockCode) ?? 0) * CREATORS + creator);
  }
  return found;
}

function noteProduct(
  products: Map<string, SurveyedProduct>,
  places: Map<string, number>,
  { stockCode, description, price }: Row,
): void {
  const known = products.get(stockCode);
  if (known === undefined) {
    const priceMinor = pence(1, price) || 1n;
    places.set(stockCode, products.size);
    products.set(stockCode, { code: stockCode, title: description || stockCode, priceMinor });
  } else if (known.title === stockCode && description !== '') known.title = description;
}
