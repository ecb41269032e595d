import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { mayWrite } from '../../graphql/actor.ts';
import { Checks } from '../../graphql/checks.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow, readAgain } from '../../graphql/named-row.ts';
import { invalid, type Payload, payloadOf } from '../../graphql/user-errors.ts';
import { agencyById } from './agency.loaders.ts';
import type { BeltRow } from './belt.entity.ts';
import { beltById } from './belt.loaders.ts';
import { BeltChangeInput, BeltFoundInput, IndustrialBelt } from './belt.types.ts';
import { changeBelt, foundBelt } from './found-belt.ts';
import { AgencyNotCertified, refuseUncertified } from './refuse-uncertified.ts';

const FoundPayload = payloadOf('beltFound', 'belt', () => IndustrialBelt, [AgencyNotCertified]);
const ChangePayload = payloadOf('beltChange', 'belt', () => IndustrialBelt);

const found = {
  idOf: ({ id }: BeltRow) => id,
  find: (tx: MutationTx, id: string) => tx.loaders.one(beltById, id),
  constraints: {
    industrial_belt_name_key: () => invalid(['input', 'name'], 'Another belt has this name already.'),
  },
};

@Resolver()
export class BeltResolver {
  @Access(signedIn)
  @Mutation(() => FoundPayload, {
    description: 'Enters an industrial belt, run by an agency that is certified for BELT_BASE.',
  })
  async beltFound(
    @Arg('input', () => BeltFoundInput) input: BeltFoundInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<BeltRow>> {
    return mutate(context, { ...found, operation: 'beltFound', input }, async (tx) => {
      const now = context.clock.now();
      const allows = (row: { id: string }) => mayWrite(context.actor, row.id, 'cooperation:write');
      const naming = { field: 'agencyId', type: 'Agency', load: agencyById, allows };
      const { id: agencyId } = await namedRow(tx, input.agencyId, naming);
      checkBelt(input);
      await refuseUncertified(tx, agencyId, 'BELT_BASE', now, ['input', 'agencyId']);
      const { name, region, about } = input;
      return readAgain(tx, beltById, await foundBelt(tx, { name, region, about, agencyId }), now);
    });
  }

  @Access(signedIn)
  @Mutation(() => ChangePayload, { description: 'Changes what an industrial belt says of itself.' })
  async beltChange(
    @Arg('input', () => BeltChangeInput) input: BeltChangeInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<BeltRow>> {
    return mutate(context, { ...found, operation: 'beltChange', input }, async (tx) => {
      const allows = ({ agencyId }: BeltRow) => mayWrite(context.actor, agencyId, 'cooperation:write');
      const naming = { field: 'beltId', type: 'IndustrialBelt', load: beltById, allows };
      const { id } = await namedRow(tx, input.beltId, naming);
      checkBelt(input);
      const { name, region, about } = input;
      await changeBelt(tx, id, {
        name: name ?? undefined,
        region: region ?? undefined,
        about: about ?? undefined,
      });
      return readAgain(tx, beltById, id, context.clock.now());
    });
  }
}

function checkBelt({ name, region, about }: Pick<BeltChangeInput, 'name' | 'region' | 'about'>): void {
  new Checks()
    .text(name ?? 'as it is', 'name', 1, 100)
    .text(region ?? 'as it is', 'region', 1, 100)
    .text(about ?? '', 'about', 0, 2000)
    .done();
}
