import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { isOperator } from '../../graphql/actor.ts';
import { connectionOf, toConnection, toPage } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { failure, notFound } from '../../graphql/errors.ts';
import { signAddress } from '../../kernel/signed-address.ts';
import { signingKey, THE_KEY } from './signing-key.ts';
import { ownStatement } from './statement.access.ts';
import { openStatements, statementByNumber } from './statement.loaders.ts';
import { Statement, StatementsArgs } from './statement.types.ts';
import { isMonth } from './statement-month.ts';
import { isStatementNumber } from './statement-number.ts';
import { pathOf, type StatementForm } from './statement-path.ts';
import type { StatementRow } from './statement-rows.ts';

const Statements = connectionOf(Statement);

@Resolver(() => Statement)
export class StatementResolver {
  @Access(signedIn)
  @Query(() => Statement, { nullable: true, description: 'A statement by its number.' })
  async statement(
    @Arg('number', () => String, { description: 'The number, such as GA-2026-07-000123.' }) number: string,
    @Ctx() { loaders, actor }: RequestContext,
  ): Promise<StatementRow> {
    const found = isStatementNumber(number) ? await loaders.one(statementByNumber, number) : undefined;
    if (found === undefined || !ownStatement.allows(actor, found)) throw notFound('Statement');
    return found;
  }

  @Access(signedIn)
  @Query(() => Statements, {
    description:
      "The statements of the caller's organisations, newest first; for operators those of all parties.",
  })
  async statements(
    @Args(() => StatementsArgs) args: StatementsArgs,
    @Ctx() { loaders, actor }: RequestContext,
  ) {
    if (args.month != null && !isMonth(args.month)) {
      throw failure('BAD_USER_INPUT', '"month" is written like 2026-07.');
    }
    const page = toPage(args, openStatements.name);
    const rows = await loaders.page(openStatements, isOperator(actor) ? 'ALL' : 'OWN', page, {
      month: args.month,
    });
    return toConnection(rows, page, openStatements.cursorOf);
  }

  @FieldResolver(() => String, {
    description:
      'The address of the statement as CSV, one row a line, under this server; it opens for an hour.',
  })
  csvUrl(@Root() statement: StatementRow, @Ctx() context: RequestContext): Promise<string> {
    return signedPath(context, statement, 'csv');
  }

  @FieldResolver(() => String, {
    description: 'The address of the order lines behind it as CSV, under this server; it opens for an hour.',
  })
  orderLinesCsvUrl(@Root() statement: StatementRow, @Ctx() context: RequestContext): Promise<string> {
    return signedPath(context, statement, 'lines.csv');
  }

  @FieldResolver(() => String, {
    description:
      'The address of the statement as JSON with all lines, under this server; it opens for an hour.',
  })
  jsonUrl(@Root() statement: StatementRow, @Ctx() context: RequestContext): Promise<string> {
    return signedPath(context, statement, 'json');
  }

  @FieldResolver(() => String, {
    description: 'The address of the page to read and print, under this server; it opens for an hour.',
  })
  pageUrl(@Root() statement: StatementRow, @Ctx() context: RequestContext): Promise<string> {
    return signedPath(context, statement, 'html');
  }
}

async function signedPath(
  { loaders, clock }: RequestContext,
  { number }: StatementRow,
  form: StatementForm,
): Promise<string> {
  const key = await loaders.one(signingKey, THE_KEY);
  if (key === undefined) throw new Error('The key that addresses are signed by is missing.');
  return signAddress(key.secret, pathOf(number, form), clock.now());
}
