import { sql } from 'kysely';
import { Arg, Ctx, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { Access, signedIn, withParent } from '../../graphql/access.ts';
import type { Actor, Role } from '../../graphql/actor.ts';
import { Checks } from '../../graphql/checks.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { type Payload, payloadOf, unknown } from '../../graphql/user-errors.ts';
import { idOfType, NO_ID } from '../../kernel/ids.ts';
import { owns, ownsAlliance, PARTY_TYPES } from './account.access.ts';
import type { PartyRow } from './account.entity.ts';
import { apiKeyById, partyById, type ShownApiKey } from './account.loaders.ts';
import {
  ApiKey,
  ApiKeyCreateInput,
  ApiKeyRevokeInput,
  ApiKeyRotateInput,
  NewApiKey,
  Party,
  RoleEnum,
} from './account.types.ts';
import { keyEnvironment } from './api-key.ts';
import { createApiKey } from './create-api-key.ts';
import { DEFAULT_OVERLAP_HOURS, MAX_OVERLAP_HOURS, rotateApiKey } from './rotate-api-key.ts';

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
const ApiKeyRotatePayload = payloadOf('apiKeyRotate', 'newApiKey', () => NewApiKey);
const ApiKeyRevokePayload = payloadOf('apiKeyRevoke', 'apiKey', () => ApiKey);

interface MadeKey {
  readonly apiKey: ShownApiKey;
  readonly token: string | null;
}

const newKey = {
  idOf: ({ apiKey }: MadeKey) => apiKey.id,
  find: async (tx: MutationTx, id: string): Promise<MadeKey> => ({
    apiKey: (await tx.loaders.one(apiKeyById, id)) as ShownApiKey,
    token: null,
  }),
};

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
  ): Promise<Payload<MadeKey>> {
    return mutate(
      context,
      {
        operation: 'apiKeyCreate',
        input,
        ...newKey,
      },
      async (tx) => {
        const partyId = idOfType(input.organisationId, ...PARTY_TYPES) ?? NO_ID;
        if (!owns(context.actor, partyId))
          throw unknown(['input', 'organisationId'], 'organisation that you own');
        const { name, scopes } = input;
        const key = { partyId, name, scopes };
        const { row, token } = await createApiKey(tx, key, keyEnvironment(), context.clock.now());
        return { apiKey: row, token };
      },
    );
  }

  @Access(signedIn)
  @Mutation(() => ApiKeyRotatePayload, {
    description:
      'Makes a key of the same name and scopes that takes the place of another, which goes on for a while: meanwhile both ' +
      'are good. The secret is shown in this answer only.',
  })
  async apiKeyRotate(
    @Arg('input', () => ApiKeyRotateInput) input: ApiKeyRotateInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<MadeKey>> {
    return mutate(context, { ...newKey, operation: 'apiKeyRotate', input }, async (tx) => {
      const key = await namedKey(tx, input.apiKeyId, context.actor, owns);
      const overlap = input.overlapHours ?? DEFAULT_OVERLAP_HOURS;
      const message = `From 0 to ${MAX_OVERLAP_HOURS} hours.`;
      new Checks().that(overlap >= 0 && overlap <= MAX_OVERLAP_HOURS, 'overlapHours', message).done();
      const { row, token } = await rotateApiKey(tx, key, overlap, context.clock.now());
      return { apiKey: row, token };
    });
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
      const mayRevoke = (actor: Actor, partyId: string) => owns(actor, partyId) || ownsAlliance(actor);
      const key = await namedKey(tx, input.apiKeyId, context.actor, mayRevoke);
      const revokedAt = key.revokedAt ?? context.clock.now();
      await tx.rows(sql`update api_key set revoked_at = ${revokedAt} where id = ${key.id}`);
      return { ...key, revokedAt };
    });
  }
}

/** The key that an input names, to whoever may do this to the keys of its organisation. */
async function namedKey(
  tx: MutationTx,
  id: string,
  actor: Actor,
  may: (actor: Actor, partyId: string) => boolean,
): Promise<ShownApiKey> {
  const key = await tx.loaders.one(apiKeyById, idOfType(id, 'ApiKey') ?? NO_ID);
  if (key !== undefined && may(actor, key.partyId)) return key;
  throw unknown(['input', 'apiKeyId'], 'key of an organisation that you own');
}
