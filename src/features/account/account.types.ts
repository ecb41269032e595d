import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import type { PartyKind, Role } from '../../graphql/actor.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { Computed } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { toGlobalId } from '../../kernel/ids.ts';
import { ofOwnOrganisation } from './account.access.ts';
import type { PartyRow } from './account.entity.ts';
import { apiKeyById, type ShownApiKey } from './account.loaders.ts';
import { DEFAULT_OVERLAP_HOURS, MAX_OVERLAP_HOURS } from './rotate-api-key.ts';

const PartyKindEnum = declareEnum('PartyKind', 'What kind of party it is.', {
  ALLIANCE: 'The alliance itself.',
  BRAND: 'A brand 品牌, that sells.',
  AGENCY: 'An agency 服务商, that connects brands and creators.',
  CREATOR: 'A creator 达人, that promotes.',
});

export const RoleEnum = declareEnum('Role', 'How far a person may act for an organisation.', {
  OWNER: 'Everything, also members and keys.',
  MANAGER: 'Everything but members and keys.',
  VIEWER: 'Reading only.',
});

const TYPE_OF_KIND: Record<PartyKind, string> = {
  ALLIANCE: 'Alliance',
  BRAND: 'Brand',
  AGENCY: 'Agency',
  CREATOR: 'Creator',
};

@Access(withParent)
@ObjectType({ description: 'A party by its name and kind, as it stands where any kind may stand.' })
export class Party implements Pick<PartyRow, 'kind' | 'name'> {
  @Computed<PartyRow>(({ kind, id }) => toGlobalId(TYPE_OF_KIND[kind], id))
  @Field(() => ID, { description: 'The global id of the brand, agency or creator, for `node`.' })
  organisationId!: string;

  @Field(() => PartyKindEnum, { description: 'What kind of party it is.' })
  kind!: PartyKind;

  @Field(() => String, { description: 'Its name.' })
  name!: string;
}

@Access(ofOwnOrganisation)
@ObjectType({
  implements: Node,
  description: 'A key by which a system acts for an organisation. Its secret is shown once.',
})
export class ApiKey extends Node implements Pick<ShownApiKey, 'name' | 'scopes' | 'createdAt'> {
  @Field(() => String, { description: 'What the key is for, in the words of whoever made it.' })
  name!: string;

  @Field(() => [String], {
    description:
      'What the key may do: read, catalogue:write, cooperation:write, orders:write, money:write, sandbox:write, webhooks:write.',
  })
  scopes!: string[];

  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was last used, to the minute.' })
  lastUsedAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was revoked, if it was.' })
  revokedAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it ends, or has ended, because another one takes its place; null without an end.',
  })
  expiresAt?: Date | null;
}

@Access(withParent)
@ObjectType({
  description: 'A key just made, with the text to send as `Authorization: Bearer`. It is shown only now.',
})
export class NewApiKey {
  @Field(() => ApiKey, { description: 'The key.' })
  apiKey!: ApiKey;

  @Field(() => String, {
    nullable: true,
    description:
      'The whole key, ga_<env>_<id>_<secret>. Null when the call was repeated: it is shown once only.',
  })
  token?: string | null;
}

@InputType({ description: 'A key to make.' })
export class ApiKeyCreateInput {
  @Field(() => ID, {
    description: 'The organisation that the key acts for: a brand, an agency, a creator or the alliance.',
  })
  organisationId!: string;

  @Field(() => String, { description: 'What the key is for, 1 to 100 characters.' })
  name!: string;

  @Field(() => [String], {
    description:
      'What the key may do: read, catalogue:write, cooperation:write, orders:write, money:write, sandbox:write, webhooks:write.',
  })
  scopes!: string[];

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A key that another one is to take the place of.' })
export class ApiKeyRotateInput {
  @Field(() => ID, { description: 'The key, which must be good and not be replaced already.' })
  apiKeyId!: string;

  @Field(() => Int, {
    nullable: true,
    description: `How many hours the old key goes on, 0 to ${MAX_OVERLAP_HOURS}; ${DEFAULT_OVERLAP_HOURS} when left out.`,
  })
  overlapHours?: number | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A key to revoke.' })
export class ApiKeyRevokeInput {
  @Field(() => ID, { description: 'The key.' })
  apiKeyId!: string;
}

@InputType({ description: 'A role in an organisation to give to a person.' })
export class MembershipGrantInput {
  @Field(() => ID, { description: 'The organisation; the caller must own it, or be an operator.' })
  organisationId!: string;

  @Field(() => String, { description: "The person's subject in the access tokens of the issuer." })
  subject!: string;

  @Field(() => String, {
    nullable: true,
    description: "The issuer of those tokens; the caller's own when left out.",
  })
  issuer?: string | null;

  @Field(() => String, { description: 'A name for the person, 1 to 100 characters.' })
  name!: string;

  @Field(() => RoleEnum, {
    description: 'How far the person may act; it takes the place of an earlier role.',
  })
  role!: Role;

  @IdempotencyKey()
  idempotencyKey!: string;
}

nodeType(ApiKey, apiKeyById);
