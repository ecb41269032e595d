import 'reflect-metadata';
import { openDatabase } from '../../src/db/database.ts';
import { entities } from '../../src/entities.ts';
import { settleDue } from '../../src/features/settlement/index.ts';
import type { WorkerReport } from './run-workers.ts';

/** One worker of the benchmark: settles with the others until nothing is due, and says what that took. */
const [url = '', asOf = ''] = process.argv.slice(2);
const SAMPLE_EVERY_MS = 250;

const database = await openDatabase(url, { entities, poolSize: 2 });
const samples: number[] = [];
const sample = () => samples.push(Math.round(process.memoryUsage.rss() / 1024));
const timer = setInterval(sample, SAMPLE_EVERY_MS);
sample();
process.send?.('ready');
await new Promise((go) => process.once('message', go));

const startedAt = performance.now();
const { lines, batches } = await settleDue(database, { asOf: new Date(asOf), now: new Date(asOf) });
const seconds = (performance.now() - startedAt) / 1000;
clearInterval(timer);
sample();
const report: WorkerReport = {
  lines,
  batches,
  seconds,
  peakKib: process.resourceUsage().maxRSS,
  samplesKib: samples,
};
process.send?.(report, () => process.disconnect());
await database.close();
