import { declareEnum } from '../../graphql/declare-enum.ts';
import type { Transitions } from '../../kernel/transitions.ts';
import type { PostFailure } from './post-webhook.ts';

export type EndpointState = 'ENABLED' | 'DISABLED' | 'REMOVED';
export type DisabledBecause = 'REQUEST' | 'GONE' | 'FAILING';
export type DeliveryState = 'PENDING' | 'DELIVERED' | 'FAILED';

/** The life of an endpoint. */
export const ENDPOINT_STATES: Transitions<EndpointState> = {
  ENABLED: ['DISABLED', 'REMOVED'],
  DISABLED: ['ENABLED', 'REMOVED'],
  REMOVED: [],
};

/** The life of a delivery: what has ended may be sent once more. */
export const DELIVERY_STATES: Transitions<DeliveryState> = {
  PENDING: ['DELIVERED', 'FAILED'],
  DELIVERED: ['PENDING'],
  FAILED: ['PENDING'],
};

export const EndpointStateEnum = declareEnum(
  'WebhookEndpointState',
  'Whether events are sent to an endpoint.',
  {
    ENABLED: 'Events are sent.',
    DISABLED: 'Nothing is sent; what happens meanwhile is sent when it is enabled again.',
    REMOVED: 'It was removed for good.',
  },
);

export const DisabledBecauseEnum = declareEnum('WebhookDisabledBecause', 'Why an endpoint was disabled.', {
  REQUEST: 'Its organisation has disabled it.',
  GONE: 'It has answered 410 Gone.',
  FAILING: 'Nothing could be delivered to it for three days.',
});

export const DeliveryStateEnum = declareEnum('WebhookDeliveryState', 'What became of a delivery.', {
  PENDING: 'It is to be sent, or to be sent again.',
  DELIVERED: 'The receiver has taken it.',
  FAILED: 'It was given up after three days.',
});

export const AttemptErrorEnum = declareEnum('WebhookAttemptError', 'Why an attempt has failed.', {
  TIMEOUT: 'There was no whole answer within ten seconds.',
  ADDRESS_REFUSED: 'The name leads inside the network, or to no address of the public Internet.',
  NOT_FOUND: 'The name has no address.',
  TLS: 'The certificate is not good, or the receiver does not speak TLS.',
  CONNECTION: 'There was no connection, or it was cut.',
  REDIRECT: 'The receiver sends elsewhere, which is never followed: change the address of the endpoint.',
  STATUS: 'The receiver has answered with a status that is none of success.',
} satisfies Record<AttemptError, string>);

/** Why an attempt has failed: there is no answer, or not the right one. */
export type AttemptError = PostFailure | 'REDIRECT' | 'STATUS';
