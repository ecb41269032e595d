import { sql } from 'kysely';
import { Args, Ctx, Query, Resolver } from 'type-graphql';
import { Access, anyone } from '../../graphql/access.ts';
import { connectionOf, keyset, PageArgs, toConnection, toPage } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { select } from '../../graphql/loaders.ts';
import { AGENCY_COLUMNS, type NamedAgency } from './agency.loaders.ts';
import { Agency } from './agency.types.ts';

const AgencyConnection = connectionOf(Agency);

@Resolver()
export class AgencyResolver {
  @Access(anyone)
  @Query(() => AgencyConnection, { description: 'The public directory of certified agencies.' })
  async agencyDirectory(@Args(() => PageArgs) args: PageArgs, @Ctx() { database, clock }: RequestContext) {
    const page = toPage(args);
    const { where, order } = keyset([{ sql: sql`t.id`, type: 'uuid' }], 'asc', page);
    const rows = await database.rows(sql<NamedAgency>`
      select ${select('t', AGENCY_COLUMNS)}, p.name from agency t join party p using (id)
      where t.certification = 'APPROVED' and t.certified_until > ${clock.now()} and ${where}
      order by ${order} limit ${page.first + 1}`);
    return toConnection(rows, page, ({ id }) => [id]);
  }
}
