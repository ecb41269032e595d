import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

export default defineConfig({
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: false } },
  // Two copies of graphql (CommonJS and ESM) would refuse each other's schemas.
  resolve: { alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }] },
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // A worker loads the application once, not once a file: that was a third of the time of all tests. So a file leaves
    // nothing behind in a module, and closes what it has opened.
    isolate: false,
    testTimeout: 180_000,
    hookTimeout: 240_000,
    globalSetup: ['test/kit/global-setup.ts'],
  },
});
