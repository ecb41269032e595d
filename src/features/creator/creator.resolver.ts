import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, people } from '../../graphql/access.ts';
import { Checks } from '../../graphql/checks.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { type Payload, payloadOf } from '../../graphql/user-errors.ts';
import { creatorById, type NamedCreator } from './creator.loaders.ts';
import { Creator, CreatorRegisterInput } from './creator.types.ts';
import { registerCreator } from './register-creator.ts';

const CreatorRegisterPayload = payloadOf('creatorRegister', 'creator', () => Creator);

@Resolver()
export class CreatorResolver {
  @Access(people)
  @Mutation(() => CreatorRegisterPayload, {
    description: 'Enters a creator into the alliance; the person who calls becomes its owner.',
  })
  async creatorRegister(
    @Arg('input', () => CreatorRegisterInput) input: CreatorRegisterInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<NamedCreator>> {
    const find = (tx: MutationTx, id: string): Promise<NamedCreator | undefined> =>
      tx.loaders.one(creatorById, id);
    return mutate(
      context,
      { operation: 'creatorRegister', input, idOf: ({ id }) => id, find },
      async (tx) => {
        const { name, city, about } = input;
        new Checks()
          .text(name, 'name', 1, 200)
          .text(city, 'city', 1, 100)
          .text(about, 'about', 0, 2000)
          .done();
        // Followers are told by the platforms, not typed in; a new creator begins with none.
        const creator = { name, city, about, followers: 0n };
        const id = await registerCreator(tx, creator, context.actor, context.clock.now());
        return { ...creator, id, tier: 'ORDINARY', managedBy: null, visibility: null };
      },
    );
  }
}
