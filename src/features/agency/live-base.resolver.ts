import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { mayWrite } from '../../graphql/actor.ts';
import { Checks } from '../../graphql/checks.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow, readAgain } from '../../graphql/named-row.ts';
import { invalid, type Payload, payloadOf, unknown } from '../../graphql/user-errors.ts';
import type { BeltRow, LiveBaseRow } from './belt.entity.ts';
import { beltById, liveBaseById } from './belt.loaders.ts';
import { LiveBase, LiveBaseCloseInput, LiveBaseOpenInput } from './live-base.types.ts';
import { closeLiveBase, openLiveBase } from './open-live-base.ts';
import { AgencyNotCertified, refuseUncertified } from './refuse-uncertified.ts';

const OpenPayload = payloadOf('liveBaseOpen', 'liveBase', () => LiveBase, [AgencyNotCertified]);
const ClosePayload = payloadOf('liveBaseClose', 'liveBase', () => LiveBase);

const found = {
  idOf: ({ id }: LiveBaseRow) => id,
  find: (tx: MutationTx, id: string) => tx.loaders.one(liveBaseById, id),
};
const constraints = {
  one_open_live_base_of_a_name: () =>
    invalid(['input', 'name'], 'The belt has an open live base of this name already.'),
};

@Resolver()
export class LiveBaseResolver {
  @Access(signedIn)
  @Mutation(() => OpenPayload, { description: 'Opens a live base of an industrial belt.' })
  async liveBaseOpen(
    @Arg('input', () => LiveBaseOpenInput) input: LiveBaseOpenInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<LiveBaseRow>> {
    return mutate(context, { ...found, operation: 'liveBaseOpen', input, constraints }, async (tx) => {
      const now = context.clock.now();
      const allows = ({ agencyId }: BeltRow) => mayWrite(context.actor, agencyId, 'cooperation:write');
      const naming = { field: 'beltId', type: 'IndustrialBelt', load: beltById, allows };
      const belt = await namedRow(tx, input.beltId, naming);
      const { name, city, address, rooms } = input;
      new Checks()
        .text(name, 'name', 1, 100)
        .text(city, 'city', 1, 100)
        .text(address, 'address', 1, 300)
        .that(rooms >= 1 && rooms <= 10_000, 'rooms', 'From 1 to 10,000 rooms.')
        .done();
      await refuseUncertified(tx, belt.agencyId, 'BELT_BASE', now, ['input', 'beltId']);
      const id = await openLiveBase(tx, { beltId: belt.id, name, city, address, rooms }, now);
      return readAgain(tx, liveBaseById, id, now);
    });
  }

  @Access(signedIn)
  @Mutation(() => ClosePayload, { description: 'Closes a live base for good.' })
  async liveBaseClose(
    @Arg('input', () => LiveBaseCloseInput) input: LiveBaseCloseInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<LiveBaseRow>> {
    return mutate(context, { ...found, operation: 'liveBaseClose', input }, async (tx) => {
      const now = context.clock.now();
      const naming = { field: 'liveBaseId', type: 'LiveBase', load: liveBaseById };
      const base = await namedRow(tx, input.liveBaseId, naming);
      const belt = await tx.loaders.one(beltById, base.beltId);
      if (belt === undefined || !mayWrite(context.actor, belt.agencyId, 'cooperation:write')) {
        throw unknown(['input', 'liveBaseId'], 'live base of a belt that you run');
      }
      await closeLiveBase(tx, base.id, now);
      return readAgain(tx, liveBaseById, base.id, now);
    });
  }
}
