export { PARTY_TYPES } from './account.access.ts';
export * from './account.entity.ts';
export { apiKeyById, partyById } from './account.loaders.ts';
export { accountRelations } from './account.relations.ts';
export { AccountResolver, Membership, Viewer } from './account.resolver.ts';
export { ApiKey, Party } from './account.types.ts';
export { actorAgain, type Identified } from './actor-again.ts';
export { Alliance, allianceById } from './alliance.types.ts';
export { type AllianceRules, policyAt, policyVersions, rulesAt } from './alliance-policy.ts';
export { changePolicy } from './change-policy.ts';
export { createApiKey } from './create-api-key.ts';
export { countFailedLogin, forgetFailedLogins, loginAddress, MAX_FAILED_LOGINS } from './failed-logins.ts';
export { findAlliance, foundAlliance } from './found-alliance.ts';
export { actorOfIdentity, checkApiKey, type Identity, type KeyFault } from './identify-actor.ts';
export { memberById } from './member.loaders.ts';
export { MemberResolver } from './member.resolver.ts';
export { membersOf, OrganisationMember } from './member.types.ts';
export { toParty, toPartyOrNone } from './party.relations.ts';
export {
  Blocked,
  endsWithBlock,
  endWithBlock,
  type FreshBlock,
  refuseBlocked,
} from './party-block.ts';
export { isPenalised, lockPenalised, refusePenalised } from './party-penalty.ts';
export { partySubjects } from './party-subject.ts';
export { PolicyResolver } from './policy.resolver.ts';
export { registerParty, seatUser } from './register-party.ts';
export { type SavedText, screensTexts, textSaved } from './saved-text.ts';
export { type Standing, standingOf } from './still-the-same.ts';
