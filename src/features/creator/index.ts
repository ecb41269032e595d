export { ContractRow, ContractTermsRow, type ContractVisibility } from './contract.entity.ts';
export { creatorOrderReaders, seesOfCreator, showcaseReaders } from './creator.access.ts';
export { CreatorRow, type CreatorTier } from './creator.entity.ts';
export { CREATOR_COLUMNS, creatorById, type NamedCreator } from './creator.loaders.ts';
export { CreatorResolver } from './creator.resolver.ts';
export { Creator } from './creator.types.ts';
export { registerCreator } from './register-creator.ts';
export { signContract } from './sign-contract.ts';
