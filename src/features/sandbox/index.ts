export { findMove, moveClock } from './move-clock.ts';
export { passTime } from './pass-time.ts';
export { SandboxResolver } from './sandbox.resolver.ts';
export { readClock, SandboxClock, sandboxOf } from './sandbox-clock.ts';
export type { SandboxJob } from './sandbox-job.ts';
export { setUpSandbox } from './set-up-sandbox.ts';
