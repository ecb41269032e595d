import { sql } from 'kysely';
import { Arg, Ctx, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { Access, signedIn, withParent } from '../../graphql/access.ts';
import type { Role } from '../../graphql/actor.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { mutate } from '../../graphql/mutate.ts';
import { type Payload, payloadOf, unknown } from '../../graphql/user-errors.ts';
import { idOfType, NO_ID } from '../../kernel/ids.ts';
import { owns, ownsAlliance, PARTY_TYPES } from './account.access.ts';
import type { PartyRow } from './account.entity.ts';
import { apiKeyById, partyById, type ShownApiKey } from './account.loaders.ts';
import { ApiKey, ApiKeyCreateInput, ApiKeyRevokeInput, NewApiKey, Party, RoleEnum } from './account.types.ts';
import { createApiKey } from './create-api-key.ts';

@Access(withParent)
@ObjectType({ description: 'An organisation that the caller belongs to, and how far they may act for it.' })
export class Membership {
  @Field(() => RoleEnum, { description: 'How far the caller may act for it.' })
  role!: Role;

  @Field(() => Party, { description: 'The organisation.' })
  organisation!: PartyRow;
}

@Access(withParent)
@ObjectType({ description: 'Who is calling.' })
export class Viewer {
  @Field(() => String, { description: 'The name of the person or of the key.' })
  name!: string;

  @Field(() => [Membership], { description: 'The organisations that the caller belongs to.' })
  memberships!: Membership[];
}

const ApiKeyCreatePayload = payloadOf('apiKeyCreate', 'newApiKey', () => NewApiKey);
const ApiKeyRevokePayload = payloadOf('apiKeyRevoke', 'apiKey', () => ApiKey);

@Resolver()
export class AccountResolver {
  @Access(signedIn)
  @Query(() => Viewer, { nullable: true, description: 'Who am I, and whom may I act for.' })
  async viewer(@Ctx() { actor, loaders }: RequestContext) {
    const memberships = actor.seats.map(async ({ partyId, role }) => ({
      role,
      organisation: await loaders.one(partyById, partyId),
    }));
    return { name: actor.name, memberships: await Promise.all(memberships), actor };
  }

  @Access(signedIn)
  @Mutation(() => ApiKeyCreatePayload, {
    description:
      'Makes an API key for an organisation that the caller owns. The secret is shown in this answer only.',
  })
  async apiKeyCreate(
    @Arg('input', () => ApiKeyCreateInput) input: ApiKeyCreateInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<{ apiKey: ShownApiKey; token: string | null }>> {
    return mutate(
      context,
      {
        operation: 'apiKeyCreate',
        input,
        idOf: ({ apiKey }) => apiKey.id,
        find: async (tx, id) => ({
          apiKey: (await tx.loaders.one(apiKeyById, id)) as ShownApiKey,
          token: null,
        }),
      },
      async (tx) => {
        const partyId = idOfType(input.organisationId, ...PARTY_TYPES) ?? NO_ID;
        if (!owns(context.actor, partyId))
          throw unknown(['input', 'organisationId'], 'organisation that you own');
        const environment = process.env.NODE_ENV === 'production' ? 'live' : 'test';
        const { row, token } = await createApiKey(
          tx,
          { ...input, partyId },
          environment,
          context.clock.now(),
        );
        return { apiKey: row, token };
      },
    );
  }

  @Access(signedIn)
  @Mutation(() => ApiKeyRevokePayload, {
    description: 'Revokes an API key at once. Revoking it again changes nothing.',
  })
  async apiKeyRevoke(
    @Arg('input', () => ApiKeyRevokeInput) input: ApiKeyRevokeInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ShownApiKey>> {
    return mutate(context, { operation: 'apiKeyRevoke', input, idOf: ({ id }) => id }, async (tx) => {
      const key = await tx.loaders.one(apiKeyById, idOfType(input.apiKeyId, 'ApiKey') ?? NO_ID);
      const { actor } = context;
      if (key === undefined || !(owns(actor, key.partyId) || ownsAlliance(actor))) {
        throw unknown(['input', 'apiKeyId'], 'key of an organisation that you own');
      }
      const revokedAt = key.revokedAt ?? context.clock.now();
      await tx.rows(sql`update api_key set revoked_at = ${revokedAt} where id = ${key.id}`);
      return { ...key, revokedAt };
    });
  }
}
