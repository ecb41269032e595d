import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { Checks } from '../../graphql/checks.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow } from '../../graphql/named-row.ts';
import { type Payload, payloadOf, unknown } from '../../graphql/user-errors.ts';
import { idOfType, NO_ID } from '../../kernel/ids.ts';
import { owns, ownsAlliance, PARTY_TYPES } from './account.access.ts';
import type { PartyRow } from './account.entity.ts';
import { partyById } from './account.loaders.ts';
import { MembershipGrantInput, Party } from './account.types.ts';
import { grantMembership, revokeMembership } from './change-members.ts';
import { type Member, memberById } from './member.loaders.ts';
import { LastOwner, MembershipRevokeInput } from './member.types.ts';

const GrantPayload = payloadOf('membershipGrant', 'organisation', () => Party, [LastOwner]);
const RevokePayload = payloadOf('membershipRevoke', 'organisation', () => Party, [LastOwner]);

const found = {
  idOf: ({ id }: PartyRow) => id,
  find: (tx: MutationTx, id: string): Promise<PartyRow | undefined> => tx.loaders.one(partyById, id),
};

@Resolver()
export class MemberResolver {
  @Access(signedIn)
  @Mutation(() => GrantPayload, {
    description: 'Gives a person a role in an organisation that the caller owns.',
  })
  async membershipGrant(
    @Arg('input', () => MembershipGrantInput) input: MembershipGrantInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<PartyRow>> {
    return mutate(context, { ...found, operation: 'membershipGrant', input }, async (tx) => {
      const id = idOfType(input.organisationId, ...PARTY_TYPES) ?? NO_ID;
      const party = await tx.loaders.one(partyById, id);
      const { actor } = context;
      if (party === undefined || !(owns(actor, party.id) || ownsAlliance(actor)))
        throw unknown(['input', 'organisationId'], 'organisation that you own');
      const issuer = input.issuer ?? actor.issuer ?? '';
      const isSelf = issuer === actor.issuer && input.subject === actor.subject && owns(actor, party.id);
      new Checks()
        .text(input.subject, 'subject', 1, 255)
        .text(input.name, 'name', 1, 100)
        .text(issuer, 'issuer', 1, 500)
        .that(!isSelf, 'subject', 'Another owner changes your own role.')
        .done();
      await grantMembership(tx, { ...input, issuer }, party.id, input.role, context.clock.now());
      return party;
    });
  }

  @Access(signedIn)
  @Mutation(() => RevokePayload, {
    description:
      'Takes away the role of a person in an organisation that the caller owns, or leaves one oneself.',
  })
  async membershipRevoke(
    @Arg('input', () => MembershipRevokeInput) input: MembershipRevokeInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<PartyRow>> {
    return mutate(context, { ...found, operation: 'membershipRevoke', input }, async (tx) => {
      const { actor } = context;
      const allows = ({ partyId, userId }: Member) =>
        owns(actor, partyId) || ownsAlliance(actor) || (actor.kind === 'USER' && userId === actor.userId);
      const naming = { field: 'memberId', type: 'OrganisationMember', load: memberById, allows };
      const member = await namedRow(tx, input.memberId, naming);
      await revokeMembership(tx, member);
      return (await found.find(tx, member.partyId)) as PartyRow;
    });
  }
}
