export { allotDay } from './allot-day.ts';
export { changeTrafficPolicy } from './change-traffic-policy.ts';
export { ExposureResolver } from './exposure.resolver.ts';
export { oweExposure } from './owe-exposure.ts';
export { reportExposures } from './report-exposures.ts';
export { trafficRelations } from './traffic.relations.ts';
export { TrafficPolicyResolver } from './traffic-policy.resolver.ts';
