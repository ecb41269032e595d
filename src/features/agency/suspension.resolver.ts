import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, actingOperators } from '../../graphql/access.ts';
import { Checks } from '../../graphql/checks.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow, readAgain } from '../../graphql/named-row.ts';
import { type Payload, payloadOf, type UserErrorValue } from '../../graphql/user-errors.ts';
import { agencyById } from './agency.loaders.ts';
import { AgencyReinstateInput, AgencySuspendInput, AgencySuspension } from './certificate.types.ts';
import { type ShownSuspension, suspensionById } from './certification.loaders.ts';
import { reinstateAgency, suspendAgency } from './suspend-agency.ts';

const SuspendPayload = payloadOf('agencySuspend', 'suspension', () => AgencySuspension);
const ReinstatePayload = payloadOf('agencyReinstate', 'suspension', () => AgencySuspension);

const TEN_YEARS_MS = 3653 * 86_400_000;
const found = {
  idOf: ({ id }: ShownSuspension) => id,
  find: (tx: MutationTx, id: string) => tx.loaders.one(suspensionById, id),
};
const constraints = {
  one_suspension_at_a_time: (): UserErrorValue => ({
    __typename: 'StateConflict',
    message: 'The agency is suspended already. Lift that first.',
    path: ['input', 'agencyId'],
    state: 'SUSPENDED',
  }),
};
const AGENCY = { field: 'agencyId', type: 'Agency', load: agencyById };

@Resolver()
export class SuspensionResolver {
  @Access(actingOperators)
  @Mutation(() => SuspendPayload, {
    description: 'Suspends an agency: it begins nothing new, and what runs goes on.',
  })
  async agencySuspend(
    @Arg('input', () => AgencySuspendInput) input: AgencySuspendInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ShownSuspension>> {
    return mutate(context, { ...found, operation: 'agencySuspend', input, constraints }, async (tx) => {
      const now = context.clock.now();
      const { id: agencyId } = await namedRow(tx, input.agencyId, AGENCY);
      const { reason, endsAt = null } = input;
      const lies = endsAt === null || (endsAt > now && endsAt.getTime() - now.getTime() <= TEN_YEARS_MS);
      new Checks()
        .text(reason, 'reason', 1, 500)
        .that(lies, 'endsAt', 'A moment within the next ten years, or none.')
        .done();
      return readAgain(tx, suspensionById, await suspendAgency(tx, { agencyId, reason, endsAt }, now), now);
    });
  }

  @Access(actingOperators)
  @Mutation(() => ReinstatePayload, { description: 'Lifts the suspension of an agency that is running.' })
  async agencyReinstate(
    @Arg('input', () => AgencyReinstateInput) input: AgencyReinstateInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ShownSuspension>> {
    return mutate(context, { ...found, operation: 'agencyReinstate', input }, async (tx) => {
      const now = context.clock.now();
      const { id } = await namedRow(tx, input.agencyId, AGENCY);
      return readAgain(tx, suspensionById, await reinstateAgency(tx, id, now), now);
    });
  }
}
