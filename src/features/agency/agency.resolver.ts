import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access, anyone, people } from '../../graphql/access.ts';
import { Checks } from '../../graphql/checks.ts';
import { connectionOf, toConnection, toPage } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { failure } from '../../graphql/errors.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { type Payload, payloadOf } from '../../graphql/user-errors.ts';
import { isCleanText } from '../../kernel/text.ts';
import { agencyById, type NamedAgency } from './agency.loaders.ts';
import { Agency, AgencyRegisterInput } from './agency.types.ts';
import { AgencyDirectoryArgs, type AgencyDirectoryFilterInput } from './directory.types.ts';
import { registerAgency } from './register-agency.ts';
import { searchDirectory } from './search-directory.ts';

const AgencyRegisterPayload = payloadOf('agencyRegister', 'agency', () => Agency);
const AgencyConnection = connectionOf(Agency);

@Resolver()
export class AgencyResolver {
  @Access(anyone)
  @Query(() => AgencyConnection, {
    description:
      'The public directory of the agencies that are certified and not suspended, with their figures.',
  })
  async agencyDirectory(
    @Args(() => AgencyDirectoryArgs) args: AgencyDirectoryArgs,
    @Ctx() { database, clock }: RequestContext,
  ) {
    const filter = args.filter ?? {};
    refuseOddWords(filter);
    const page = toPage(args, `agencyDirectory/${args.orderBy}`);
    const rows = await searchDirectory(database, filter, args.orderBy, page, clock.now());
    return toConnection(rows, page, ({ place, id }) => [place, id]);
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

/** Words that PostgreSQL could not read, or that no name is as long as. */
function refuseOddWords({ city, search }: AgencyDirectoryFilterInput): void {
  for (const words of [city, search]) {
    if (words == null || (words.length <= 200 && isCleanText(words))) continue;
    throw failure(
      'BAD_USER_INPUT',
      'Words to look for have at most 200 characters and no control characters.',
    );
  }
}
