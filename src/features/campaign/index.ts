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
export { enrolProduct, type NewEnrolment } from './enrol-product.ts';
export { openCampaign } from './open-campaign.ts';
