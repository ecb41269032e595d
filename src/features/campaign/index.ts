export {
  CampaignCategoryRow,
  CampaignPartyRow,
  CampaignRow,
  EnrolmentRow,
  EnrolmentTermsRow,
} from './campaign.entity.ts';
export { campaignRelations } from './campaign.relations.ts';
export { CampaignResolver } from './campaign.resolver.ts';
export { RecruitingCampaign } from './campaign.types.ts';
export { endEnrolments, moveEndedEnrolments } from './end-enrolments.ts';
export { endEnrolmentsWithBlock } from './end-with-block.ts';
export { enrolProduct, type NewEnrolment } from './enrol-product.ts';
export { enrolmentById, type ReadEnrolment, termsAt, termsHoldOrWill } from './enrolment.loaders.ts';
export { EnrolmentAnswerResolver, EnrolmentResolver } from './enrolment.resolver.ts';
export { Enrolment } from './enrolment.types.ts';
export { enrolmentEnd, enrolmentTables, isInForce, isOpenToCreator, stateAt } from './in-force.ts';
export { openCampaign } from './open-campaign.ts';
