export { createEndpoint } from './create-endpoint.ts';
export { type DeliverOptions, deliverDue } from './deliver-due.ts';
export { WebhookDeliveryResolver } from './delivery.resolver.ts';
export type { Resolve } from './guard-address.ts';
export { pingEndpoint } from './ping-endpoint.ts';
export { pruneDeliveries } from './prune-deliveries.ts';
export { webhookRelations } from './webhook.relations.ts';
export { WebhookResolver } from './webhook.resolver.ts';
