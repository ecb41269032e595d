import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow, readAgain } from '../../graphql/named-row.ts';
import { type Payload, payloadOf, unknown } from '../../graphql/user-errors.ts';
import { machineNow } from '../../kernel/clock.ts';
import { idOfType, NO_ID } from '../../kernel/ids.ts';
import { CLOSED_WEBHOOKS } from '../../kernel/webhook-settings.ts';
import { PARTY_TYPES } from '../account/index.ts';
import { createEndpoint } from './create-endpoint.ts';
import {
  WebhookEndpointCreateInput,
  WebhookEndpointInput,
  WebhookEndpointReplayInput,
  WebhookEndpointUpdateInput,
  WebhookSecretRotateInput,
} from './input.types.ts';
import { pingEndpoint } from './ping-endpoint.ts';
import { replayEvents } from './replay-events.ts';
import { rotateSecret } from './rotate-secret.ts';
import { disableEndpoint, enableEndpoint, removeEndpoint } from './switch-endpoint.ts';
import { updateEndpoint } from './update-endpoint.ts';
import { mayStop, ownsWebhooks } from './webhook.access.ts';
import { deliveryById, endpointById } from './webhook.loaders.ts';
import { NewWebhookSecret, TooManyWebhooks, WebhookDelivery, WebhookEndpoint } from './webhook.types.ts';
import type { DeliveryRow, EndpointRow } from './webhook-rows.ts';

const CreatePayload = payloadOf('webhookEndpointCreate', 'newWebhookSecret', () => NewWebhookSecret, [
  TooManyWebhooks,
]);
const RotatePayload = payloadOf('webhookSecretRotate', 'newWebhookSecret', () => NewWebhookSecret, [
  TooManyWebhooks,
]);
const UpdatePayload = payloadOf('webhookEndpointUpdate', 'webhookEndpoint', () => WebhookEndpoint);
const EnablePayload = payloadOf('webhookEndpointEnable', 'webhookEndpoint', () => WebhookEndpoint);
const DisablePayload = payloadOf('webhookEndpointDisable', 'webhookEndpoint', () => WebhookEndpoint);
const RemovePayload = payloadOf('webhookEndpointRemove', 'webhookEndpoint', () => WebhookEndpoint);
const ReplayPayload = payloadOf('webhookEndpointReplay', 'webhookEndpoint', () => WebhookEndpoint);
const PingPayload = payloadOf('webhookEndpointPing', 'webhookDelivery', () => WebhookDelivery);

interface NewSecret {
  readonly webhookEndpoint: EndpointRow;
  readonly secret: string | null;
}

@Resolver()
export class WebhookResolver {
  @Access(signedIn)
  @Mutation(() => CreatePayload, {
    description:
      'Has the events of an organisation sent to an address from now on. The secret is shown in this answer only.',
  })
  webhookEndpointCreate(
    @Arg('input', () => WebhookEndpointCreateInput) input: WebhookEndpointCreateInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<NewSecret>> {
    return mutate(context, newSecretOptions('webhookEndpointCreate', input), async (tx) => {
      const partyId = idOfType(input.organisationId, ...PARTY_TYPES) ?? NO_ID;
      if (!ownsWebhooks(context.actor, partyId))
        throw unknown(['input', 'organisationId'], 'organisation that you may write for');
      const now = machineNow(context.clock);
      const { id, secret } = await createEndpoint(tx, { ...input, partyId }, settingsOf(context), now);
      return { webhookEndpoint: await readAgain(tx, endpointById, id, now), secret };
    });
  }

  @Access(signedIn)
  @Mutation(() => RotatePayload, {
    description:
      'Gives an endpoint a new secret, shown in this answer only. Messages bear signatures by both until the overlap is over.',
  })
  webhookSecretRotate(
    @Arg('input', () => WebhookSecretRotateInput) input: WebhookSecretRotateInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<NewSecret>> {
    return mutate(context, newSecretOptions('webhookSecretRotate', input), async (tx) => {
      const webhookEndpoint = await ownEndpoint(tx, context, input);
      const hours = input.overlapHours ?? 24;
      const now = machineNow(context.clock);
      const secret = await rotateSecret(tx, webhookEndpoint.id, hours, settingsOf(context), now);
      return { webhookEndpoint, secret };
    });
  }

  @Access(signedIn)
  @Mutation(() => UpdatePayload, {
    description: 'Changes the address, the kinds or the words of an endpoint.',
  })
  webhookEndpointUpdate(
    @Arg('input', () => WebhookEndpointUpdateInput) input: WebhookEndpointUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<EndpointRow>> {
    const { url, description, kinds } = input;
    return onEndpoint(context, 'webhookEndpointUpdate', input, (tx, row) =>
      updateEndpoint(tx, row, { url: url ?? undefined, description, kinds }, settingsOf(context)),
    );
  }

  @Access(signedIn)
  @Mutation(() => EnablePayload, {
    description:
      'Enables an endpoint again: what has happened meanwhile is sent, as far as the feed still has it.',
  })
  webhookEndpointEnable(
    @Arg('input', () => WebhookEndpointInput) input: WebhookEndpointInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<EndpointRow>> {
    return onEndpoint(context, 'webhookEndpointEnable', input, enableEndpoint);
  }

  @Access(signedIn)
  @Mutation(() => DisablePayload, {
    description: 'Sends nothing to an endpoint until it is enabled again. Operators may do it, too.',
  })
  webhookEndpointDisable(
    @Arg('input', () => WebhookEndpointInput) input: WebhookEndpointInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<EndpointRow>> {
    return onEndpoint(context, 'webhookEndpointDisable', input, disableEndpoint, mayStop);
  }

  @Access(signedIn)
  @Mutation(() => RemovePayload, {
    description: 'Removes an endpoint for good, with its secrets and its log.',
  })
  webhookEndpointRemove(
    @Arg('input', () => WebhookEndpointInput) input: WebhookEndpointInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<EndpointRow>> {
    return onEndpoint(context, 'webhookEndpointRemove', input, removeEndpoint);
  }

  @Access(signedIn)
  @Mutation(() => ReplayPayload, {
    description:
      'Sends an endpoint once more what its organisation was told since a moment, each event under its `webhook-id`.',
  })
  webhookEndpointReplay(
    @Arg('input', () => WebhookEndpointReplayInput) input: WebhookEndpointReplayInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<EndpointRow>> {
    return onEndpoint(context, 'webhookEndpointReplay', input, (tx, row) =>
      replayEvents(tx, row, input.since),
    );
  }

  @Access(signedIn)
  @Mutation(() => PingPayload, {
    description: 'Sends an endpoint a message that says only that messages arrive.',
  })
  webhookEndpointPing(
    @Arg('input', () => WebhookEndpointInput) input: WebhookEndpointInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<DeliveryRow>> {
    const options = { operation: 'webhookEndpointPing', input, idOf: ({ id }: DeliveryRow) => id };
    return mutate(context, options, async (tx) => {
      const now = machineNow(context.clock);
      const id = await pingEndpoint(tx, await ownEndpoint(tx, context, input), now);
      return readAgain(tx, deliveryById, id, now);
    });
  }
}

const settingsOf = ({ webhooks }: RequestContext) => webhooks ?? CLOSED_WEBHOOKS;

/** How a mutation that shows a secret is repeated: without it. */
const newSecretOptions = (operation: string, input: { readonly idempotencyKey: string }) => ({
  operation,
  input,
  idOf: ({ webhookEndpoint }: NewSecret) => webhookEndpoint.id,
  find: async (tx: MutationTx, id: string): Promise<NewSecret | undefined> => {
    const webhookEndpoint = await tx.loaders.one(endpointById, id);
    return webhookEndpoint && { webhookEndpoint, secret: null };
  },
});

interface NamesEndpoint {
  readonly webhookEndpointId: string;
}

const ownEndpoint = (
  tx: MutationTx,
  { actor }: RequestContext,
  { webhookEndpointId }: NamesEndpoint,
  may: typeof ownsWebhooks = ownsWebhooks,
): Promise<EndpointRow> =>
  namedRow(tx, webhookEndpointId, {
    field: 'webhookEndpointId',
    type: 'WebhookEndpoint',
    load: endpointById,
    allows: ({ partyId, state }) => state !== 'REMOVED' && may(actor, partyId),
  });

/** Does something to an endpoint that the caller may write, and answers with how it then is. */
function onEndpoint(
  context: RequestContext,
  operation: string,
  input: NamesEndpoint,
  work: (tx: MutationTx, endpoint: EndpointRow, now: Date) => Promise<void>,
  may?: typeof ownsWebhooks,
): Promise<Payload<EndpointRow>> {
  return mutate(context, { operation, input, idOf: ({ id }: EndpointRow) => id }, async (tx) => {
    const endpoint = await ownEndpoint(tx, context, input, may);
    const now = machineNow(context.clock);
    await work(tx, endpoint, now);
    return readAgain(tx, endpointById, endpoint.id, now);
  });
}
