export { auditRelations } from './audit.relations.ts';
export { AuditResolver } from './audit.resolver.ts';
