export {
  CampaignCategoryRow,
  CampaignPartyRow,
  CampaignRow,
  EnrolmentRow,
  EnrolmentTermsRow,
} from './campaign.entity.ts';
export { enrolmentById, type ReadEnrolment } from './campaign.loaders.ts';
export { campaignRelations } from './campaign.relations.ts';
export { Enrolment, RecruitingCampaign } from './campaign.types.ts';
export { endEnrolments, moveEndedEnrolments } from './end-enrolments.ts';
export { endEnrolmentsWithBlock } from './end-with-block.ts';
export { enrolProduct, type NewEnrolment } from './enrol-product.ts';
export { enrolmentEnd, enrolmentTables, isInForce, stateAt } from './in-force.ts';
export { openCampaign } from './open-campaign.ts';
