export { blockRelations } from './block.relations.ts';
export { BlockResolver } from './block.resolver.ts';
export { blockParty } from './block-party.ts';
export { liftBlock } from './lift-block.ts';
