import { sql } from 'kysely';
import { moveDueSamples } from '../../src/features/sample/index.ts';
import { fromGlobalId, toGlobalId } from '../../src/kernel/ids.ts';
import { act, type Outcome } from '../api/act.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { event, type MadeProduct, placed, World } from '../kit/world.ts';

export const START = '2026-06-16T02:00:00.000Z';
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export const ADDRESS = {
  recipient: '王小满',
  phone: '+86 139 0000 1234',
  region: '浙江省 杭州市 滨江区',
  lines: ['长河街道 1 号', '3 幢 502'],
};

/** A moment so long after another, as it stands on the wire. */
export const after = (at: string | Date, ms: number): string =>
  new Date(new Date(at).getTime() + ms).toISOString();

/** A request with all that a test looks at. */
export const FIELDS = `id state message automatic askedAt answerDueAt approvedAt shipDueAt shippedAt carrier trackingNumber
  arrivalDueAt arrivedAt contentDueAt overdueAt fulfilledAt fulfilledBy late contentTitle contentUrl endedAt reason`;

/** An event of the outbox about a request. */
export interface News {
  readonly kind: string;
  readonly to: string[];
  readonly data: Json;
}

/** A brand that gives samples of a product, and creators who ask for them, on a clock that stands still. */
export class SampleWorld {
  private constructor(
    readonly alliance: TestAlliance,
    readonly clock: TestClock,
    readonly world: World,
    readonly brandId: string,
    readonly brand: Caller,
    readonly operator: Caller,
  ) {}

  static async make(): Promise<SampleWorld> {
    const clock = new TestClock(START);
    const alliance = await testAlliance({ clock });
    const world = new World(alliance.database);
    const brandId = await world.brand();
    const brand = await alliance.memberOf(brandId);
    return new SampleWorld(alliance, clock, world, brandId, brand, await alliance.memberOf(alliance.id));
  }

  close(): Promise<void> {
    return this.alliance.close();
  }

  async creator(): Promise<{ id: string; caller: Caller }> {
    const id = await this.world.creator();
    return { id, caller: await this.alliance.memberOf(id) };
  }

  /** A listed product of the brand with an OPEN plan and, unless told otherwise, a rule. */
  async product(rule: object | null = {}, priceMinor?: bigint): Promise<MadeProduct> {
    const product = await this.world.product({ brandId: this.brandId, priceMinor });
    await this.world.plan(product);
    if (rule !== null) await this.rule(product, rule);
    return product;
  }

  rule(product: Pick<MadeProduct, 'id'>, more: object = {}, caller = this.brand): Promise<Outcome> {
    const productId = toGlobalId('Product', product.id);
    const input = { productId, approval: 'MANUAL', quota: 10, ...more };
    return act(caller, 'sampleRuleSet', input, 'id quota left closedAt');
  }

  ask(creator: { id: string; caller: Caller }, product: MadeProduct, more: object = {}): Promise<Outcome> {
    const input = {
      creatorId: toGlobalId('Creator', creator.id),
      productId: toGlobalId('Product', product.id),
      skuId: toGlobalId('Sku', product.skuId),
      address: ADDRESS,
      message: '',
      ...more,
    };
    return act(creator.caller, 'sampleRequest', input, FIELDS);
  }

  move(caller: Caller, name: string, sampleRequestId: string, more: object = {}): Promise<Outcome> {
    return act(caller, name, { sampleRequestId, ...more }, FIELDS);
  }

  approve = (id: string): Promise<Outcome> => this.move(this.brand, 'sampleApprove', id);
  ship = (id: string): Promise<Outcome> =>
    this.move(this.brand, 'sampleShip', id, { carrier: '顺丰', trackingNumber: 'SF1234567890' });

  /** A request of a new creator in the state, reached by the shortest way; the clock moves on only for OVERDUE. */
  async requestIn(state: 'PENDING' | 'APPROVED' | 'SHIPPED' | 'CONTENT_DUE' | 'OVERDUE', rule: object = {}) {
    const creator = await this.creator();
    const product = await this.product(rule);
    const { result } = await this.ask(creator, product);
    const id = result.id as string;
    if (state !== 'PENDING') await this.approve(id);
    if (state !== 'PENDING' && state !== 'APPROVED') await this.ship(id);
    if (state === 'CONTENT_DUE' || state === 'OVERDUE') await this.move(creator.caller, 'sampleReceived', id);
    if (state === 'OVERDUE') {
      this.clock.advance(14 * DAY);
      await this.upkeep();
    }
    return { id, creator, product };
  }

  /** Lets the server's chore run at the clock's time. */
  upkeep(): Promise<number> {
    return moveDueSamples(this.alliance.database, this.clock.now());
  }

  async read(id: string, fields = FIELDS, caller = this.operator): Promise<Json> {
    const { data, errors } = await caller.query(
      `{ node(id: "${id}") { ... on SampleRequest { ${fields} } } }`,
    );
    return data.node ?? errors?.[0]?.extensions.code;
  }

  /** What has been announced of a request, in order. */
  async news(id: string): Promise<News[]> {
    return this.alliance.database.rows(sql<News>`
      select kind, party_ids::text[] as "to", data from outbox_event
      where subject_type = 'SampleRequest' and subject_id = ${fromGlobalId(id)?.id} order by xid, id`);
  }

  async kinds(id: string): Promise<string[]> {
    return (await this.news(id)).map(({ kind }) => kind);
  }

  async taken(productId: string): Promise<number[]> {
    const rows = await this.alliance.database.rows(sql<{ taken: number }>`
      select taken from sample_rule where product_id = ${productId} order by created_at, id`);
    return rows.map(({ taken }) => taken);
  }

  private orders = 0;

  /** An order of the product by a link of the creator. Gives the global id of the line. */
  async order(
    creatorId: string,
    product: MadeProduct,
    placedAt: string | Date,
    paidAt: string | Date | null,
  ) {
    this.orders += 1;
    const orderNo = `S${this.orders}`;
    const linkCode = await this.world.link(creatorId, product);
    const occurredAt = new Date(placedAt);
    const events = [
      event(product.brandId, 'PLACED', orderNo, { occurredAt, placed: placed(product.code, { linkCode }) }),
    ];
    if (paidAt !== null)
      events.push(event(product.brandId, 'PAID', orderNo, { occurredAt: new Date(paidAt) }));
    const answers = await this.world.ingest(product.brandId, events, this.clock.now());
    if (answers.some(({ status }) => status !== 'APPLIED')) throw new Error(JSON.stringify(answers));
    const [line] = await this.alliance.database.rows(sql<{ id: string }>`
      select id from order_line where brand_id = ${product.brandId} and order_no = ${orderNo}`);
    return toGlobalId('OrderLine', line?.id ?? '', product.brandId);
  }
}
