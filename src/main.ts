import { run } from './cli/run.ts';

// `npm start` is `alliance serve`, and takes its options: `npm start -- --sandbox`.
await run(['serve', ...process.argv.slice(2)]);
process.exit();
