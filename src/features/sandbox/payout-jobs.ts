import { pollPayouts, sendPayouts } from '../payout/index.ts';
import { answerBankFiles } from './sandbox-bank.ts';
import type { SandboxJob } from './sandbox-job.ts';
import { sandboxProvider } from './sandbox-provider.ts';

/** What pays in a sandbox: a provider and a bank of its own in place of real ones. */
export const PAYOUT_JOBS: readonly SandboxJob[] = [
  {
    name: 'Sending payouts',
    pace: 'EVERY_STOP',
    run: (database, now) => sendPayouts(database, sandboxProvider(database), now),
  },
  {
    name: 'Polling payouts',
    pace: 'EVERY_STOP',
    run: (database, now) => pollPayouts(database, sandboxProvider(database), now),
  },
  { name: 'Answering files for the bank', pace: 'EVERY_STOP', run: answerBankFiles },
];
