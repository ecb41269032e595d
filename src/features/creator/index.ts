export {
  CONTRACT_VISIBILITIES,
  CONTRACT_VISIBILITY,
  type ContractVisibility,
} from './contract-visibility.ts';
export {
  type Managed,
  type ManagedCreator,
  readersOf,
  readersOfRow,
  seesOfCreator,
} from './creator.access.ts';
export { CREATOR_COLUMNS, creatorById, type NamedCreator } from './creator.loaders.ts';
export { creatorRelations, toCreator, toCreatorOrNone } from './creator.relations.ts';
export { CreatorResolver } from './creator.resolver.ts';
export { Creator } from './creator.types.ts';
export { registerCreator } from './register-creator.ts';
