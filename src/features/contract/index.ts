export { contractRelations } from './contract.relations.ts';
export { CreatorContract } from './contract.types.ts';
export { signContract } from './sign-contract.ts';
