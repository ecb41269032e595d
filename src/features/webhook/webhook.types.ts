import { GraphQLDateTimeISO } from 'graphql-scalars';
import { ArgsType, Field, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { PageArgs } from '../../graphql/connection.ts';
import { EventKindEnum } from '../../graphql/event-kind.ts';
import { Computed } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { UserError } from '../../graphql/user-errors.ts';
import { PING } from './read-message.ts';
import { ownWebhook } from './webhook.access.ts';
import { deliveryById, endpointById } from './webhook.loaders.ts';
import type { AttemptRow, DeliveryRow, EndpointRow, SecretRow } from './webhook-rows.ts';
import {
  type AttemptError,
  AttemptErrorEnum,
  type DeliveryState,
  DeliveryStateEnum,
  type DisabledBecause,
  DisabledBecauseEnum,
  type EndpointState,
  EndpointStateEnum,
} from './webhook-state.ts';

@Access(ownWebhook)
@ObjectType({
  implements: Node,
  description:
    'An address that the events of an organisation are sent to, by Standard Webhooks 1.0.0 (standardwebhooks.com).',
})
export class WebhookEndpoint
  extends Node
  implements Pick<EndpointRow, 'url' | 'description' | 'state' | 'createdAt' | 'consecutiveFailures'>
{
  @Field(() => String, { description: 'The address.' })
  url!: string;

  @Field(() => String, { description: 'What it is for, in the words of whoever made it.' })
  description!: string;

  @Field(() => [EventKindEnum], { nullable: true, description: 'The kinds of events; null for all.' })
  kinds?: string[] | null;

  @Field(() => EndpointStateEnum, { description: 'Whether events are sent.' })
  state!: EndpointState;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was disabled, while it is.' })
  disabledAt?: Date | null;

  @Field(() => DisabledBecauseEnum, { nullable: true, description: 'Why it was disabled, while it is.' })
  disabledBecause?: DisabledBecause | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Since when nothing could be delivered; after three days the endpoint is disabled.',
  })
  failingSince?: Date | null;

  @Field(() => Int, { description: 'How many attempts have failed since the last that did not.' })
  consecutiveFailures!: number;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Until when it is left alone because of failures, or because it has asked for it.',
  })
  retryAt?: Date | null;
}

@Access(ownWebhook)
@ObjectType({
  implements: Node,
  description: 'An event on its way to an endpoint, or that was sent there; kept for 30 days.',
})
export class WebhookDelivery
  extends Node
  implements Pick<DeliveryRow, 'messageId' | 'state' | 'attempts' | 'createdAt'>
{
  @Field(() => String, {
    description: 'The `webhook-id` of the message: the same for one event, however often it is sent.',
  })
  messageId!: string;

  @Computed<DeliveryRow>(({ kind }) => (kind === PING ? null : kind))
  @Field(() => EventKindEnum, { nullable: true, description: 'The kind of the event; null for a ping.' })
  kind?: string | null;

  @Field(() => DeliveryStateEnum, { description: 'What has become of it.' })
  state!: DeliveryState;

  @Field(() => Int, { description: 'How often it was tried since it was last asked for.' })
  attempts!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was first to be sent.' })
  createdAt!: Date;

  @Computed<DeliveryRow>(({ state, nextAttemptAt }) => (state === 'PENDING' ? nextAttemptAt : null))
  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it is tried next, at the earliest.' })
  nextAttemptAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was taken, or given up.' })
  endedAt?: Date | null;
}

@Access(withParent)
@ObjectType({ description: 'One attempt to deliver a message.' })
export class WebhookAttempt implements Pick<AttemptRow, 'at' | 'durationMs'> {
  @Field(() => GraphQLDateTimeISO, { description: 'When it began.' })
  at!: Date;

  @Field(() => Int, { description: 'How long it took, in milliseconds.' })
  durationMs!: number;

  @Field(() => Int, { nullable: true, description: 'The HTTP status of the answer, if there was one.' })
  status?: number | null;

  @Field(() => AttemptErrorEnum, { nullable: true, description: 'Why it has failed, if it has.' })
  error?: AttemptError | null;
}

@Access(withParent)
@ObjectType({ description: 'A secret that signs messages. Its text was shown once, when it was made.' })
export class WebhookSecret implements Pick<SecretRow, 'createdAt'> {
  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Until when it signs beside a newer one; null for the newest.',
  })
  retiresAt?: Date | null;
}

@Access(withParent)
@ObjectType({ description: 'An endpoint with a secret just made. The secret is shown only now.' })
export class NewWebhookSecret {
  @Field(() => WebhookEndpoint, { description: 'The endpoint.' })
  webhookEndpoint!: EndpointRow;

  @Field(() => String, {
    nullable: true,
    description:
      'The secret, whsec_…, to verify messages by. Null when the call was repeated: it is shown once only.',
  })
  secret?: string | null;
}

@Access(withParent)
@ObjectType({ implements: UserError, description: 'There are as many of them as there may be.' })
export class TooManyWebhooks extends UserError {
  @Field(() => Int, { description: 'How many there may be.' })
  limit!: number;
}

@ArgsType()
export class WebhookDeliveriesArgs extends PageArgs {
  @Field(() => DeliveryStateEnum, { nullable: true, description: 'Only those in this state.' })
  state?: DeliveryState | null;
}

nodeType(WebhookEndpoint, endpointById);
nodeType(WebhookDelivery, deliveryById);
