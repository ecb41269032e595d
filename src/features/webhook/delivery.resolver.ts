import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { mutate } from '../../graphql/mutate.ts';
import { namedRow, readAgain } from '../../graphql/named-row.ts';
import { type Payload, payloadOf } from '../../graphql/user-errors.ts';
import { machineNow } from '../../kernel/clock.ts';
import { WebhookDeliveryRedeliverInput } from './input.types.ts';
import { redeliver } from './redeliver.ts';
import { ownsWebhooks } from './webhook.access.ts';
import { deliveryById } from './webhook.loaders.ts';
import { WebhookDelivery } from './webhook.types.ts';
import type { DeliveryRow } from './webhook-rows.ts';

const RedeliverPayload = payloadOf('webhookDeliveryRedeliver', 'webhookDelivery', () => WebhookDelivery);

@Resolver()
export class WebhookDeliveryResolver {
  @Access(signedIn)
  @Mutation(() => RedeliverPayload, {
    description:
      'Sends a delivery once more under the same `webhook-id`, or at once when it waits to be tried again.',
  })
  webhookDeliveryRedeliver(
    @Arg('input', () => WebhookDeliveryRedeliverInput) input: WebhookDeliveryRedeliverInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<DeliveryRow>> {
    const options = { operation: 'webhookDeliveryRedeliver', input, idOf: ({ id }: DeliveryRow) => id };
    return mutate(context, options, async (tx) => {
      const row = await namedRow(tx, input.webhookDeliveryId, {
        field: 'webhookDeliveryId',
        type: 'WebhookDelivery',
        load: deliveryById,
        allows: ({ partyId }) => ownsWebhooks(context.actor, partyId),
      });
      const now = machineNow(context.clock);
      await redeliver(tx, row, now);
      return readAgain(tx, deliveryById, row.id, now);
    });
  }
}
