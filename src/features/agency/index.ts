export { AgencyRow, type AgencyService, BeltRow } from './agency.entity.ts';
export { agencyById, type NamedAgency } from './agency.loaders.ts';
export { agencyRelations } from './agency.relations.ts';
export { AgencyResolver } from './agency.resolver.ts';
export { Agency, IndustrialBelt } from './agency.types.ts';
export { AgencyNotCertified, refuseUncertified } from './refuse-uncertified.ts';
export { foundBelt, registerAgency } from './register-agency.ts';
