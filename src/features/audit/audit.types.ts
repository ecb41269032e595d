import { GraphQLDateTimeISO } from 'graphql-scalars';
import { ArgsType, Field, ID, Int, ObjectType } from 'type-graphql';
import { Access } from '../../graphql/access.ts';
import type { AuditOutcome } from '../../graphql/audit.ts';
import { PageArgs } from '../../graphql/connection.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { Computed } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { ofOrganisationsConcerned } from './audit.access.ts';
import { type AuditActorKind, type AuditFilter, type AuditRow, auditEntryById } from './audit.loaders.ts';

const AuditOutcomeEnum = declareEnum<AuditOutcome>('AuditOutcome', 'What became of a call.', {
  DONE: 'It was done.',
  REPEATED: 'It had been done before under the same idempotency key; nothing was done again.',
  REFUSED: 'It was refused, and nothing was changed.',
  FAILED: 'It failed by a fault of the alliance, and nothing was changed.',
});

const AuditActorKindEnum = declareEnum<AuditActorKind>('AuditActorKind', 'What kind of caller it was.', {
  PERSON: 'A person with an access token.',
  API_KEY: 'A system with an API key.',
  NOBODY: 'Nobody who could be told: a failed login.',
});

@Access(ofOrganisationsConcerned)
@ObjectType({
  implements: Node,
  description:
    'One call of a mutation, or the failed logins of one address and minute: who, what, on what, from where, when, with ' +
    'which result. The database itself lets nobody change it.',
})
export class AuditEntry
  extends Node
  implements Pick<AuditRow, 'at' | 'inputFields' | 'outcome' | 'errorTypes' | 'attempts' | 'actorKind'>
{
  @Field(() => GraphQLDateTimeISO, { description: 'When it was.' })
  at!: Date;

  @Computed<AuditRow>(({ operation }) => operation)
  @Field(() => String, { description: 'The name of the mutation; `signIn` for failed logins.' })
  action!: string;

  @Computed<AuditRow>(({ object }) => object)
  @Field(() => ID, {
    nullable: true,
    description: 'The global id of what it was done to, or what the call named first, where there is any.',
  })
  objectId?: string | null;

  @Field(() => AuditOutcomeEnum, { description: 'What became of it.' })
  outcome!: AuditOutcome;

  @Field(() => [String], {
    description: 'The types of the user errors, or the error code, by which it was refused.',
  })
  errorTypes!: readonly string[];

  @Field(() => [String], {
    description: 'The names of the fields of the input that held anything. Their values are not kept.',
  })
  inputFields!: readonly string[];

  @Field(() => Int, {
    description: 'How many calls stand in this entry: more than one of failed logins alone.',
  })
  attempts!: number;

  @Field(() => String, {
    nullable: true,
    description: 'The `requestId` of the answer; null for several failed logins.',
  })
  requestId?: string | null;

  @Field(() => AuditActorKindEnum, { description: 'What kind of caller it was.' })
  actorKind!: AuditActorKind;

  @Field(() => String, {
    nullable: true,
    description:
      'The name of the person or of the key. Null to all but the organisation that was acted for, and operators.',
  })
  actorName?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The network address that it came from. Null to all but the organisation that was acted for, and operators.',
  })
  address?: string | null;
}

@ArgsType()
export class AuditLogArgs extends PageArgs implements AuditFilter {
  @Field(() => ID, {
    nullable: true,
    description: 'Only what was done by this API key, or by this member of an organisation.',
  })
  actorId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Only calls of this mutation, or failed logins with `signIn`.',
  })
  action?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only what was done to this object.' })
  objectId?: string | null;

  @Field(() => AuditOutcomeEnum, { nullable: true, description: 'Only what ended so.' })
  outcome?: AuditOutcome | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'Only from this moment on.' })
  from?: Date | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'Only before this moment.' })
  to?: Date | null;
}

nodeType(AuditEntry, auditEntryById);
