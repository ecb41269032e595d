export type { PayeeRole, RoledNode } from './build-forest.ts';
export { waterfallOfLine } from './commission.loaders.ts';
export { commissionRelations } from './commission.relations.ts';
export { CommissionExplanation, PayeeRoleEnum } from './commission.types.ts';
export { postCommission, type SettledStep } from './post-commission.ts';
export { divide } from './waterfall.ts';
