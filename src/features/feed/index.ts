export { ChangeEventResolver, FeedResolver } from './feed.resolver.ts';
export { forgetChanges } from './forget-changes.ts';
export { liveRelations } from './live.relations.ts';
export { LiveResolver } from './live.resolver.ts';
