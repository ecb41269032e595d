export { ChangeEventResolver, FeedResolver } from './feed.resolver.ts';
export { liveRelations } from './live.relations.ts';
export { LiveResolver } from './live.resolver.ts';
