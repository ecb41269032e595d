/** The content of the demo: a believable alliance as plain data, the same on every machine. */
export { agencies, belts } from './agencies.ts';
export { type BoostSeed, boosts, isBoosted } from './boosts.ts';
export { brands } from './brands.ts';
export {
  furtherCampaigns,
  furtherEnrolments,
  leaving,
  reenrolments,
  spreadLinks,
} from './campaign-stories.ts';
export { campaigns, enrolments } from './campaigns.ts';
export { categories, topOf } from './categories.ts';
export * from './certification.ts';
export { contractSteps } from './contract-stories.ts';
export { contracts } from './contracts.ts';
export { creators } from './creators.ts';
export { blocks, engagements } from './engagements.ts';
export { type EventSeed, officialEvents } from './events.ts';
export { type DemoOrderEvent, demoOrders, type OrdersInput } from './orders.ts';
export { plans } from './plans.ts';
export { products } from './products.ts';
export { sampleRules, samples } from './samples.ts';
export { type ReportSeed, reports } from './screening.ts';
export type * from './shapes.ts';
export { showcases } from './showcases.ts';
export { closings, type StorySeed, sourceStories } from './sources.ts';
export { type ClaimSeed, claims, protectedBrands } from './trust.ts';
