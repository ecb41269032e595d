import { announce, type EventKind } from '../../src/db/outbox.ts';
import { type DeliverOptions, deliverDue } from '../../src/features/webhook/index.ts';
import { newId, toGlobalId } from '../../src/kernel/ids.ts';
import type { WebhookSettings } from '../../src/kernel/webhook-settings.ts';
import { act } from '../api/act.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { caughtUp } from '../kit/feed.ts';
import { World } from '../kit/world.ts';

export const ENDPOINT = `id url description kinds state createdAt disabledAt disabledBecause failingSince
  consecutiveFailures retryAt secrets { createdAt retiresAt } organisation { name }`;
export const DELIVERY = `id messageId kind state attempts createdAt nextAttemptAt endedAt
  attemptLog { nodes { at durationMs status error } }`;

const OPEN: WebhookSettings = { allowInside: true, secretKey: undefined };

/** A brand whose events are sent to receivers. */
export interface WebhookScene {
  readonly alliance: TestAlliance;
  readonly world: World;
  readonly clock: TestClock;
  readonly brandId: string;
  readonly organisationId: string;
  readonly brand: Caller;
  /** Announces events to the brand, in one transaction each; gives their ids. */
  tell(count?: number, kind?: EventKind, partyId?: string): Promise<string[]>;
  /** Makes an endpoint for an address; gives its id and its secret. */
  endpoint(url: string, more?: object): Promise<{ readonly id: string; readonly secret: string }>;
  /** Sends what is due, until nothing is. */
  deliver(options?: Partial<DeliverOptions>): Promise<void>;
  /** An endpoint as its organisation sees it, with its latest deliveries. */
  read(id: string): Promise<Json>;
}

export async function webhookScene(environment: NodeJS.ProcessEnv = {}): Promise<WebhookScene> {
  const clock = new TestClock(new Date().toISOString());
  const alliance = await testAlliance({ clock, environment });
  const { database } = alliance;
  const world = new World(database);
  const brandId = await world.brand();
  const organisationId = toGlobalId('Brand', brandId);
  const brand = await alliance.memberOf(brandId);
  return {
    alliance,
    world,
    clock,
    brandId,
    organisationId,
    brand,
    async tell(count = 1, kind = 'BELT_LEFT', partyId = brandId) {
      const ids = Array.from({ length: count }, () => newId());
      for (const id of ids) {
        const event = { kind, subject: { type: 'IndustrialBelt', id }, to: [partyId], data: { number: 1 } };
        await database.transaction((tx) => announce(tx, [event], clock.now()));
      }
      return ids.map((id) => toGlobalId('IndustrialBelt', id));
    },
    async endpoint(url, more = {}) {
      const input = { organisationId, url, ...more };
      const fields = 'webhookEndpoint { id } secret';
      const { result, userErrors } = await act(brand, 'webhookEndpointCreate', input, fields);
      if (result === null) throw new Error(JSON.stringify(userErrors));
      return { id: result.webhookEndpoint.id, secret: result.secret };
    },
    async deliver(options) {
      await caughtUp(database);
      await deliverDue(database, { settings: OPEN, clock, timeoutMs: 400, ...options });
    },
    async read(id) {
      const { data, errors } = await brand.query(
        `query ($id: ID!) { node(id: $id) { ... on WebhookEndpoint { ${ENDPOINT}
          deliveries(first: 100) { nodes { ${DELIVERY} } } } } }`,
        { id },
      );
      return data.node ?? errors;
    },
  };
}

/** What subjects messages are about, in the order in which they arrived. */
export const subjectsOf = (messages: readonly { readonly json: Json }[]): string[] =>
  messages.map(({ json }) => json.data.subjectId);
