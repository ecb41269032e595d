import { reportFailure } from './cli/report-failure.ts';
import { serveAlliance } from './cli/serve-alliance.ts';
import { readConfig } from './server/config.ts';

try {
  await serveAlliance(readConfig(), { worker: true });
  process.exit(0);
} catch (error) {
  process.exit(await reportFailure(error, false));
}
