import type pg from 'pg';

/** A brand that reports orders, and what creators promote of it. */
export interface Shop {
  /** Of its token. */
  readonly subject: string;
  readonly offers: readonly { readonly sku: string; readonly link: string }[];
}

/** The brands whose products are in the most showcases. */
export async function readShops(client: pg.Client, count: number): Promise<Shop[]> {
  const { rows } = await client.query<Shop>(
    `select u.subject, o.offers from (
      select l.brand_id, jsonb_agg(jsonb_build_object('sku', s.code, 'link', l.code) order by l.code) as offers
      from promotion_link l join sku s on s.product_id = l.product_id
      where l.brand_id in (select brand_id from promotion_link group by brand_id order by count(*) desc, brand_id limit $1)
      group by l.brand_id) o
    join membership m on m.party_id = o.brand_id join app_user u on u.id = m.user_id order by u.subject`,
    [count],
  );
  return rows;
}

const MUTATION = /* GraphQL */ `mutation Report($input: OrderEventsIngestInput!) {
  orderEventsIngest(input: $input) {
    ingested { results { status error { code message } } }
    userErrors { ... on UserError { message } }
  }
}`;

/** Payments are told so many orders later, so that no caller is ahead of the one who places the order. */
const PAID_LATER = 4;

/** Makes up orders of a shop: each is placed, and a while later it is paid. */
export class OrderMaker {
  #placed = 0;
  #paid = 0;

  constructor(
    private readonly shop: Shop,
    private readonly prefix: string,
  ) {}

  /** The body of a call that brings so many events. */
  call(events: number): object {
    const list = events === 1 ? [this.#one()] : this.#batch(events / 2);
    return { query: MUTATION, variables: { input: { source: 'bench', events: list } } };
  }

  #one(): object {
    return this.#placed - this.#paid > PAID_LATER ? this.#payment(this.#paid++) : this.#order(this.#placed++);
  }

  #batch(orders: number): object[] {
    const numbers = Array.from({ length: orders }, () => this.#placed++);
    return [...numbers.map((no) => this.#order(no)), ...numbers.map((no) => this.#payment(no))];
  }

  #order(no: number): object {
    const { sku, link } = this.shop.offers[no % this.shop.offers.length] ?? { sku: '', link: '' };
    const total = String(1_000 + ((no * 7_919) % 100_000));
    return {
      ...this.#event(no, 'PLACED'),
      placed: { skuCode: sku, quantity: 1, buyerRef: `buyer-${no}`, itemTotalMinor: total, linkCode: link },
    };
  }

  #payment(no: number): object {
    return this.#event(no, 'PAID');
  }

  #event(no: number, kind: 'PLACED' | 'PAID') {
    const occurredAt = new Date().toISOString();
    return {
      eventId: `${this.prefix}${no}/${kind}`,
      kind,
      orderNo: `${this.prefix}${no}`,
      lineNo: 1,
      occurredAt,
    };
  }
}
