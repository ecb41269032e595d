import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import { EventKindEnum } from '../../graphql/event-kind.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';

@InputType({ description: 'An endpoint to make.' })
export class WebhookEndpointCreateInput {
  @Field(() => ID, {
    description: 'The organisation whose events are sent: a brand, an agency, a creator or the alliance.',
  })
  organisationId!: string;

  @Field(() => String, { description: 'The address: https, and not inside the network of the alliance.' })
  url!: string;

  @Field(() => String, { nullable: true, description: 'What it is for, at most 200 characters.' })
  description?: string | null;

  @Field(() => [EventKindEnum], {
    nullable: true,
    description: 'The kinds of events to send; all, also of later versions, when left out.',
  })
  kinds?: string[] | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'What of an endpoint is to be changed; what is left out stays.' })
export class WebhookEndpointUpdateInput {
  @Field(() => ID, { description: 'The endpoint.' })
  webhookEndpointId!: string;

  @Field(() => String, { nullable: true, description: 'The new address.' })
  url?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is for, at most 200 characters.' })
  description?: string | null;

  @Field(() => [EventKindEnum], {
    nullable: true,
    description: 'The kinds of events to send from now on; null for all.',
  })
  kinds?: string[] | null;
}

@InputType({ description: 'An endpoint to enable, disable, remove or ping.' })
export class WebhookEndpointInput {
  @Field(() => ID, { description: 'The endpoint.' })
  webhookEndpointId!: string;
}

@InputType({ description: 'An endpoint to be sent its events from an earlier moment on once more.' })
export class WebhookEndpointReplayInput {
  @Field(() => ID, { description: 'The endpoint.' })
  webhookEndpointId!: string;

  @Field(() => GraphQLDateTimeISO, {
    description: "From when on, by the machine's time; some events from shortly before may be sent too.",
  })
  since!: Date;
}

@InputType({ description: 'A new secret for an endpoint.' })
export class WebhookSecretRotateInput {
  @Field(() => ID, { description: 'The endpoint.' })
  webhookEndpointId!: string;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 24,
    description: 'For how many hours the secrets before go on to sign beside the new one, from 0 to 168.',
  })
  overlapHours?: number | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A delivery to send once more.' })
export class WebhookDeliveryRedeliverInput {
  @Field(() => ID, { description: 'The delivery.' })
  webhookDeliveryId!: string;
}
