import { selfAndOperators } from '../../graphql/access.ts';
import { relate } from '../../graphql/relation.ts';
import { Alliance, toParty } from '../account/index.ts';
import { Agency, type NamedAgency } from '../agency/index.ts';
import { Brand, type NamedBrand } from '../brand/index.ts';
import { Creator, type NamedCreator } from '../creator/index.ts';
import {
  attemptsOfDelivery,
  deliveriesOfEndpoint,
  endpointById,
  endpointsOfParty,
  secretsOfEndpoint,
} from './webhook.loaders.ts';
import {
  WebhookAttempt,
  WebhookDeliveriesArgs,
  WebhookDelivery,
  WebhookEndpoint,
  WebhookSecret,
} from './webhook.types.ts';
import type { DeliveryRow, EndpointRow } from './webhook-rows.ts';

const webhookEndpoints = {
  kind: 'page',
  type: () => WebhookEndpoint,
  description: 'Where its events are sent, newest first; for itself and operators.',
  key: ({ id }: { id: string }) => id,
  load: endpointsOfParty,
  access: selfAndOperators,
} as const;

export const webhookRelations = [
  ...relate<NamedBrand>(Brand, { webhookEndpoints }),
  ...relate<NamedCreator>(Creator, { webhookEndpoints }),
  ...relate<NamedAgency>(Agency, { webhookEndpoints }),
  ...relate<{ readonly id: string }>(Alliance, { webhookEndpoints }),
  ...relate<EndpointRow>(WebhookEndpoint, {
    organisation: toParty('partyId', 'Whose events are sent.'),
    secrets: {
      kind: 'many',
      type: () => WebhookSecret,
      description: 'The secrets that sign its messages, the newest first.',
      key: ({ id }) => id,
      load: secretsOfEndpoint,
    },
    deliveries: {
      kind: 'page',
      type: () => WebhookDelivery,
      description: 'What was sent and is to be sent, the newest first; kept for 30 days.',
      key: ({ id }) => id,
      load: deliveriesOfEndpoint,
      args: () => WebhookDeliveriesArgs,
    },
  }),
  ...relate<DeliveryRow>(WebhookDelivery, {
    webhookEndpoint: {
      kind: 'one',
      type: () => WebhookEndpoint,
      description: 'Where it goes.',
      key: ({ endpointId }) => endpointId,
      load: endpointById,
      nullable: false,
    },
    attemptLog: {
      kind: 'page',
      type: () => WebhookAttempt,
      description: 'The attempts, the latest first.',
      key: ({ id }) => id,
      load: attemptsOfDelivery,
    },
  }),
];
