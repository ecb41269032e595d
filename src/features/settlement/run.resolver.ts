import { Args, Ctx, Query, Resolver } from 'type-graphql';
import { Access, operatorsOnly } from '../../graphql/access.ts';
import { connectionOf, PageArgs, toConnection, toPage } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { pageOfRuns } from './run.loaders.ts';
import { SettlementRun } from './run.types.ts';

const RunConnection = connectionOf(SettlementRun);

@Resolver()
export class RunResolver {
  @Access(operatorsOnly)
  @Query(() => RunConnection, { description: 'The runs that have settled something, newest first.' })
  async settlementRuns(@Args(() => PageArgs) args: PageArgs, @Ctx() { database }: RequestContext) {
    const page = toPage(args, 'settlementRuns');
    return toConnection(await database.rows(pageOfRuns(page)), page, ({ id }) => [id]);
  }
}
