import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const HEADING = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

/** Writes rows as a file of the data set "Online Retail", gzipped; gives its path. */
export function retailFile(rows: readonly string[]): string {
  const file = join(mkdtempSync(join(tmpdir(), 'online-retail-')), 'rows.csv.gz');
  writeFileSync(file, gzipSync(`${[HEADING, ...rows].join('\n')}\n`));
  return file;
}
