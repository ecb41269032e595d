export { boostRelations } from './boost.relations.ts';
export { BoostResolver } from './boost.resolver.ts';
export { buyBoost } from './buy-boost.ts';
export { chargeBoosts } from './charge-boosts.ts';
export { endOverdueBoosts, postBoostSpend } from './move-boosts.ts';
