import { serveAlliance } from '../../../src/cli/serve-alliance.ts';
import { readConfig } from '../../../src/server/config.ts';
import { reportUsage } from './child.ts';

/**
 * The alliance as `alliance serve --no-worker` runs it in production, but that creators may run what they like: the
 * operations of the benchmark are no trusted documents of the creator app.
 */
reportUsage();
await serveAlliance({ ...readConfig(process.env), trustedDocumentsOnly: false }, { worker: false });
process.exit();
