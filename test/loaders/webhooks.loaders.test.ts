import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act } from '../api/act.ts';
import { type Receiver, startReceiver } from '../webhook/receiver.ts';
import { DELIVERY, ENDPOINT, type WebhookScene, webhookScene } from '../webhook/scene.ts';

const ENDPOINTS = 10;
const EVENTS = 20;
let scene: WebhookScene;
let receiver: Receiver;

beforeAll(async () => {
  scene = await webhookScene();
  receiver = await startReceiver();
  for (let i = 0; i < ENDPOINTS; i++) {
    const { id } = await scene.endpoint(receiver.url);
    await act(scene.brand, 'webhookSecretRotate', { webhookEndpointId: id });
  }
  await scene.tell(EVENTS);
  await scene.deliver({ timeoutMs: 10_000 });
});
afterAll(async () => {
  await receiver.close();
  await scene.alliance.close();
});

describe('statements of a list', () => {
  it('of endpoints with their deliveries and attempts: six at most, as many for one as for ten', async () => {
    const ask = async (first: number) => {
      const { data, errors, statements } =
        await scene.brand.query(`{ viewer { brand { webhookEndpoints(first: ${first}) {
        nodes { ${ENDPOINT} deliveries(first: 5) { nodes { ${DELIVERY} } } } } } } }`);
      expect(errors).toBeUndefined();
      const { nodes } = data.viewer.brand.webhookEndpoints;
      expect(nodes).toHaveLength(first);
      for (const { secrets, deliveries } of nodes) {
        expect([secrets.length, deliveries.nodes.length]).toEqual([2, 5]);
        expect(deliveries.nodes[0].attemptLog.nodes).toHaveLength(1);
      }
      return statements.length;
    };
    const [one, many] = [await ask(1), await ask(ENDPOINTS)];
    expect(many).toBe(one);
    expect(many).toBeLessThanOrEqual(6);
  });

  it('of deliveries with their endpoint: five at most, as many for one as for twenty', async () => {
    const ask = async (first: number) => {
      const { data, errors, statements } =
        await scene.brand.query(`{ viewer { brand { webhookEndpoints(first: 1) { nodes {
        deliveries(first: ${first}, state: DELIVERED) { nodes { state webhookEndpoint { url } } } } } } } }`);
      expect(errors).toBeUndefined();
      const { nodes } = data.viewer.brand.webhookEndpoints.nodes[0].deliveries;
      expect(nodes).toHaveLength(first);
      for (const node of nodes)
        expect(node).toEqual({ state: 'DELIVERED', webhookEndpoint: { url: receiver.url } });
      return statements.length;
    };
    const [one, many] = [await ask(1), await ask(EVENTS)];
    expect(many).toBe(one);
    expect(many).toBeLessThanOrEqual(5);
  });
});
