import { createEndpoint, pingEndpoint } from '../../src/features/webhook/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { CLOSED_WEBHOOKS } from '../../src/kernel/webhook-settings.ts';
import type { World } from '../kit/world.ts';

/** An endpoint of a brand with a delivery, and one of a creator. */
export async function makeSideWebhooks(
  world: World,
  { brandId, creatorId }: { readonly brandId: string; readonly creatorId: string },
): Promise<Record<string, string>> {
  const now = new Date();
  const make = (partyId: string) =>
    world.tx((tx) => createEndpoint(tx, { partyId, url: 'https://hook.example.com/' }, CLOSED_WEBHOOKS, now));
  const [brands, creators] = [await make(brandId), await make(creatorId)];
  const deliveryId = await world.tx((tx) =>
    pingEndpoint(tx, { id: brands.id, partyId: brandId, state: 'ENABLED' }, now),
  );
  return {
    'WebhookEndpoint, of the brand': toGlobalId('WebhookEndpoint', brands.id),
    'WebhookEndpoint, of the creator': toGlobalId('WebhookEndpoint', creators.id),
    WebhookDelivery: toGlobalId('WebhookDelivery', deliveryId),
  };
}
