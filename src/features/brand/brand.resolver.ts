import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, people } from '../../graphql/access.ts';
import { Checks } from '../../graphql/checks.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { type Payload, payloadOf } from '../../graphql/user-errors.ts';
import { findAlliance } from '../account/index.ts';
import { brandById, type NamedBrand } from './brand.loaders.ts';
import { Brand, BrandRegisterInput } from './brand.types.ts';
import { registerBrand } from './register-brand.ts';

const BrandRegisterPayload = payloadOf('brandRegister', 'brand', () => Brand);

@Resolver()
export class BrandResolver {
  @Access(people)
  @Mutation(() => BrandRegisterPayload, {
    description: 'Enters a brand into the alliance; the person who calls becomes its owner.',
  })
  async brandRegister(
    @Arg('input', () => BrandRegisterInput) input: BrandRegisterInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<NamedBrand>> {
    const find = (tx: MutationTx, id: string): Promise<NamedBrand | undefined> =>
      tx.loaders.one(brandById, id);
    return mutate(context, { operation: 'brandRegister', input, idOf: ({ id }) => id, find }, async (tx) => {
      const { name, kind, city, about } = input;
      new Checks()
        .text(name, 'name', 1, 200)
        .text(city, 'city', 1, 100)
        .text(about, 'about', 0, 2000)
        .that(
          kind !== 'BELT_MERCHANT',
          'kind',
          'The agency of an industrial belt enters the merchants of the belt.',
        )
        .done();
      const currency = (await findAlliance(tx))?.currency ?? 'CNY';
      const id = await registerBrand(
        tx,
        { name, kind, city, about, currency },
        context.actor,
        context.clock.now(),
      );
      return { id, name, kind, city, about, currency, beltId: null, restricted: false };
    });
  }
}
