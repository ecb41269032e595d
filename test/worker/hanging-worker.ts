import { leaveMark, openWorker } from './kit.ts';

/** A process of its own, for a test to kill: its job begins and never ends. */
await openWorker(process.argv[2]!, [
  {
    name: 'long',
    cron: '* * * * *',
    workers: 1,
    run: async (database) => {
      await leaveMark(database, 'begun');
      process.stdout.write('begun\n');
      await new Promise(() => undefined);
    },
  },
]);
