import { sql } from 'kysely';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access, anyone, people } from '../../graphql/access.ts';
import { Checks } from '../../graphql/checks.ts';
import { connectionOf, keyset, PageArgs, toConnection, toPage } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { type Payload, payloadOf } from '../../graphql/user-errors.ts';
import { agenciesWhere, agencyById, type NamedAgency } from './agency.loaders.ts';
import { Agency, AgencyRegisterInput } from './agency.types.ts';
import { registerAgency } from './register-agency.ts';

const AgencyRegisterPayload = payloadOf('agencyRegister', 'agency', () => Agency);
const AgencyConnection = connectionOf(Agency);

@Resolver()
export class AgencyResolver {
  @Access(anyone)
  @Query(() => AgencyConnection, { description: 'The public directory of certified agencies.' })
  async agencyDirectory(@Args(() => PageArgs) args: PageArgs, @Ctx() { database, clock }: RequestContext) {
    const page = toPage(args, 'agencyDirectory');
    const { where, order } = keyset([{ sql: sql`t.id`, type: 'uuid' }], 'asc', page);
    const now = clock.now();
    const listed = sql`c.certification = 'CERTIFIED' and ${where}
      order by ${order} limit ${page.first + 1}`;
    const rows = await database.rows(agenciesWhere(listed, now));
    return toConnection(rows, page, ({ id }) => [id]);
  }

  @Access(people)
  @Mutation(() => AgencyRegisterPayload, {
    description:
      'Enters an agency into the alliance, not yet certified; the person who calls becomes its owner.',
  })
  async agencyRegister(
    @Arg('input', () => AgencyRegisterInput) input: AgencyRegisterInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<NamedAgency>> {
    const find = (tx: MutationTx, id: string): Promise<NamedAgency | undefined> =>
      tx.loaders.one(agencyById, id);
    return mutate(context, { operation: 'agencyRegister', input, idOf: ({ id }) => id, find }, async (tx) => {
      const { name, services, city, about } = input;
      new Checks()
        .text(name, 'name', 1, 200)
        .text(city, 'city', 1, 100)
        .text(about, 'about', 0, 2000)
        .that(
          services.length >= 1 && new Set(services).size === services.length,
          'services',
          'Each service once, at least one.',
        )
        .done();
      const id = await registerAgency(
        tx,
        { name, services, city, about },
        context.actor,
        context.clock.now(),
      );
      return {
        id,
        name,
        services,
        city,
        about,
        certification: 'NOT_CERTIFIED',
        certifiedUntil: null,
        certifiedFor: [],
      };
    });
  }
}
