import { Args, Ctx, Query, Resolver } from 'type-graphql';
import { Access, operatorsOnly } from '../../graphql/access.ts';
import { connectionOf, toConnection, toPage } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { auditEntries } from './audit.loaders.ts';
import { AuditEntry, AuditLogArgs } from './audit.types.ts';

const AuditEntryConnection = connectionOf(AuditEntry);

@Resolver()
export class AuditResolver {
  @Access(operatorsOnly)
  @Query(() => AuditEntryConnection, {
    description: 'Everything that was done in the alliance and every failed login, newest first.',
  })
  async auditLog(@Args(() => AuditLogArgs) args: AuditLogArgs, @Ctx() { database, actor }: RequestContext) {
    const page = toPage(args, 'auditLog');
    const rows = await database.rows(auditEntries(args, actor, page));
    return toConnection(rows, page, ({ at, id }) => [at, id]);
  }
}
