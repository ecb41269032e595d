export { PARTY_TYPES } from './account.access.ts';
export * from './account.entity.ts';
export { partyById } from './account.loaders.ts';
export { accountRelations } from './account.relations.ts';
export { AccountResolver, Viewer } from './account.resolver.ts';
export { Party } from './account.types.ts';
export { actorAgain, type Identified } from './actor-again.ts';
export { Alliance, allianceById } from './alliance.types.ts';
export { type AllianceRules, policyAt, policyVersions, rulesAt } from './alliance-policy.ts';
export { changePolicy } from './change-policy.ts';
export { createApiKey } from './create-api-key.ts';
export { findAlliance, foundAlliance } from './found-alliance.ts';
export { actorOfApiKey, actorOfIdentity, type Identity } from './identify-actor.ts';
export { MemberResolver } from './member.resolver.ts';
export { membersOf } from './member.types.ts';
export { toParty, toPartyOrNone } from './party.relations.ts';
export {
  Blocked,
  endsWithBlock,
  endWithBlock,
  type FreshBlock,
  refuseBlocked,
} from './party-block.ts';
export { PolicyResolver } from './policy.resolver.ts';
export { registerParty, seatUser } from './register-party.ts';
