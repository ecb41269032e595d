export { closeSource, reopenSource } from './close-source.ts';
export { OutsideClosingResolver } from './closing.resolver.ts';
export { confirmStory, rejectStory, revokeStory, verifyStory, withdrawStory } from './decide-story.ts';
export { expireStories } from './end-stories.ts';
export { type DocumentKind, expiryOf, proves } from './evidence.ts';
export { sourceRelations } from './source.relations.ts';
export { SourceStoryResolver } from './story.resolver.ts';
export { type NewDocument, type NewStory, submitStory } from './submit-story.ts';
export { suspendClosedSources } from './suspend-closed.ts';
