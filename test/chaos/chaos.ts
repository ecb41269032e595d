import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { listenForInterruption } from '../../src/cli/interrupt.ts';
import { openTerminal } from '../../src/cli/terminal.ts';
import { killRun } from './kill-run.ts';

/** `npm run chaos -- --kills 100 [--seed n] [--json]`: kills the parts of an alliance under load; exits 1 when something is lost. */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    json: { type: 'boolean', default: false },
  },
});
const terminal = openTerminal(values.json);
terminal.note(`Seed ${values.seed}.`);
const report = await killRun({
  kills: Number(values.kills),
  seed: Number(values.seed),
  onProgress: terminal.onProgress,
  signal: listenForInterruption().signal,
});
terminal.endProgress();
const { problems, ...figures } = report;
const end =
  problems.length === 0 ? 'Every answered write is there once; nothing else was found.' : problems.join('\n');
terminal.answer(report, `${JSON.stringify(figures, null, 2)}\n${end}`);
process.exit(problems.length === 0 ? 0 : 1);
