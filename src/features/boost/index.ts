export { boostRelations } from './boost.relations.ts';
export { BoostResolver } from './boost.resolver.ts';
export { type BoostWish, buyBoost } from './buy-boost.ts';
export { chargeBoosts } from './charge-boosts.ts';
export { endOverdueBoosts, postBoostSpend } from './move-boosts.ts';
export { pauseBoost, stopBoost } from './steer-boost.ts';
