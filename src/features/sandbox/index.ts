export { type ClockMove, findMove, moveClock } from './move-clock.ts';
export { PAYOUT_JOBS } from './payout-jobs.ts';
export { SandboxResolver } from './sandbox.resolver.ts';
export { readClock, SandboxClock, sandboxOf } from './sandbox-clock.ts';
export type { SandboxJob } from './sandbox-job.ts';
export { setUpSandbox } from './set-up-sandbox.ts';
export { storyRelations } from './story.relations.ts';
export { StoryResolver } from './story.resolver.ts';
