// TypeGraphQL's decorators, which every feature carries, want this before they are evaluated.

/**
 * What the commands start, imported only when it is needed: `alliance --help` and a wrong option answer at once, and
 * the server's code loads while PostgreSQL starts.
 */
export const parts = {
  server: () => import('../server/server.ts'),
  schema: () => import('../server/schema.ts'),
  generatedFiles: () => import('../server/generated-files.ts'),
  demo: () => import('../../seeds/demo.ts'),
  demoIdentities: () => import('../../seeds/demo/identities.ts'),
  replay: () => import('../../seeds/online-retail/replay.ts'),
  trafficSimulation: () => import('../../seeds/traffic/simulate.ts'),
  metrics: () => import('../server/metrics-parts.ts'),
  worker: () => import('../worker/start-worker.ts'),
  loops: () => import('../worker/work-loops.ts'),
  insight: () => import('../features/insight/index.ts'),
  settlement: () => import('../features/settlement/index.ts'),
  reconcile: () => import('../checks/reconcile.ts'),
  statements: () => import('../features/statement/index.ts'),
  sandbox: () => import('../features/sandbox/index.ts'),
  sandboxJobs: () => import('../worker/sandbox-jobs.ts'),
  months: () => import('../db/months.ts'),
  putAwayMonths: () => import('../db/put-away-months.ts'),
  verify: () => import('../checks/verify.ts'),
};
