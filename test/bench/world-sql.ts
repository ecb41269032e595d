import { FIRST_LEAF, LEAF_COUNT, QUALITIES, THINGS } from './world-words.ts';

/** A statement with its parameters. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** How many there are of each kind of party. */
export interface Parties {
  readonly brands: number;
  readonly creators: number;
  readonly agencies: number;
  readonly productsPerBrand: number;
}

/** What the ids of each kind of row are told apart by. */
export const KIND = {
  brand: 1,
  creator: 2,
  agency: 3,
  product: 4,
  sku: 5,
  plan: 6,
  planTerms: 7,
  contract: 8,
  contractTerms: 9,
  campaign: 10,
  enrolment: 11,
  enrolmentTerms: 12,
  second: 13,
  secondTerms: 14,
  source: 15,
  category: 17,
  targeted: 18,
  targetedTerms: 19,
  item: 20,
  user: 21,
  membership: 22,
  link: 23,
} as const;

/** SQL for the id of the row of a kind with this number. */
export const id = (kind: keyof typeof KIND, number: string): string => `bench_id(${KIND[kind]}, ${number})`;

/**
 * Ids that rise with their number, as those of the alliance rise with time; those of lines, which rise with the time of
 * placing, as months are told apart by it; and numbers drawn from a number.
 */
export const HELPERS = /* sql */ `
create function pg_temp.bench_id(kind int, n bigint) returns uuid language sql immutable parallel safe as $$
  select (lpad(to_hex(1767225600000 + n), 12, '0') || '7000' || '8000' || lpad(to_hex(kind), 12, '0'))::uuid
$$;
create function pg_temp.line_id(placed_at timestamptz, n bigint) returns uuid language sql immutable parallel safe as $$
  select (lpad(to_hex((extract(epoch from placed_at) * 1000)::bigint), 12, '0') || '7000' || '8' || lpad(to_hex(n), 15, '0'))::uuid
$$;
create function pg_temp.drawn(n bigint, die int, sides bigint) returns bigint language sql immutable parallel safe as $$
  select (hashint8extended(n, die) & 9007199254740991) % sides
$$;
`;

/** The functions are the session's own. */
export const scoped = (text: string): string =>
  text.replaceAll(/\b(bench_id|line_id|drawn)\(/g, 'pg_temp.$1(');

export const plain = (text: string): Statement => ({ text: scoped(text), values: [] });

/** Since when everybody has been there. */
export const SINCE = '2025-01-01';
const EARLY = `timestamptz '${SINCE}'`;

/** SQL for the commission of the product of this number, in basis points: 10 % to 30 %. */
export const rateOf = (product: string): string => `(1000 + ${product} % 21 * 100)`;

/**
 * Parties and offers. Of five creators three have an agency at 20 %, which may see what they pick and earn; each
 * product has an open plan, every second is enrolled at the same rate with 3 % for the recruiting agency, every tenth with
 * 1 % for a second one.
 */
export const FILL_PARTIES = ({ brands, creators, agencies, productsPerBrand }: Parties): Statement[] =>
  [
    party('BRAND', 'brand', brands),
    `insert into brand (id, kind, currency, city, about)
      select ${id('brand', 'n')}, 'BRAND', 'CNY', '杭州', '' from generate_series(1, ${brands}) n`,
    party('CREATOR', 'creator', creators),
    `insert into creator (id, tier, city, about, followers)
      select ${id('creator', 'n')}, 'ORDINARY', '杭州', '', 1000 from generate_series(1, ${creators}) n`,
    party('AGENCY', 'agency', agencies),
    `insert into agency (id, services, city, about)
      select ${id('agency', 'n')}, array['RECRUITING', 'CREATOR_MANAGEMENT'], '杭州', '' from generate_series(1, ${agencies}) n`,
    `insert into product (id, brand_id, category_id, title, description, state, source, created_at, listed_at)
      select ${id('product', 'n')}, ${id('brand', `(n - 1) / ${productsPerBrand} + 1`)},
        ${id('category', `${FIRST_LEAF} + drawn(n, 30, ${LEAF_COUNT})`)}, q.text || ' ' || t.text || ' ' || n, '', 'LISTED',
        'OWN_SHOP', ${EARLY}, ${EARLY} + n * interval '1 second' from generate_series(1, ${brands * productsPerBrand}) n
      join bench_quality q on q.no = drawn(n, 31, ${QUALITIES.length}) join bench_thing t on t.no = drawn(n, 32, ${THINGS.length})`,
    `insert into sku (id, product_id, brand_id, code, option_name, price_minor, currency, stock)
      select ${id('sku', 'n')}, ${id('product', 'n')}, ${id('brand', `(n - 1) / ${productsPerBrand} + 1`)},
        'sku-' || n, '一件', 900 + drawn(n, 33, 50000), 'CNY', 1000000 from generate_series(1, ${brands * productsPerBrand}) n`,
    ...offers(brands * productsPerBrand, productsPerBrand, agencies),
    `insert into creator_contract (id, agency_id, creator_id, created_at)
      select ${id('contract', 'n')}, ${id('agency', `n % ${agencies} + 1`)}, ${id('creator', 'n')}, ${EARLY}
      from generate_series(1, ${creators}) n where n % 5 < 3`,
    `insert into contract_terms (id, contract_id, agency_id, creator_id, share_bp, visibility, valid_from)
      select ${id('contractTerms', 'n')}, ${id('contract', 'n')}, ${id('agency', `n % ${agencies} + 1`)}, ${id('creator', 'n')},
        2000, '{SHOWCASE,LINKS,ORDERS,EARNINGS}', ${EARLY} from generate_series(1, ${creators}) n where n % 5 < 3`,
    `insert into order_source (id, reporter_id, name)
      select ${id('source', 'n')}, ${id('brand', 'n')}, 'shop' from generate_series(1, ${brands}) n`,
  ].map(plain);

const party = (kind: string, name: keyof typeof KIND, count: number): string =>
  `insert into party (id, kind, name, created_at)
    select ${id(name, 'n')}, '${kind}', '${kind} ' || n, ${EARLY} from generate_series(1, ${count}) n`;

function offers(products: number, productsPerBrand: number, agencies: number): string[] {
  const brand = id('brand', `(n - 1) / ${productsPerBrand} + 1`);
  const first = `n % ${agencies} + 1`;
  const second = `(n + 1) % ${agencies} + 1`;
  return [
    `insert into plan (id, brand_id, product_id, kind, title, opens_at, created_at)
      select ${id('plan', 'n')}, ${brand}, ${id('product', 'n')}, 'OPEN', 'Plan', ${EARLY}, ${EARLY}
      from generate_series(1, ${products}) n`,
    `insert into plan_terms (id, plan_id, version, commission_bp, valid_from)
      select ${id('planTerms', 'n')}, ${id('plan', 'n')}, 1, ${rateOf('n')}, ${EARLY} from generate_series(1, ${products}) n`,
    `insert into recruiting_campaign (id, agency_id, title, about, access, min_service_fee_bp, opens_at, created_at,
        second_level_open)
      select ${id('campaign', 'n')}, ${id('agency', 'n')}, 'Call', '', 'ALL', 0, ${EARLY}, ${EARLY}, true
      from generate_series(1, ${agencies}) n`,
    `insert into enrolment (id, campaign_id, agency_id, brand_id, product_id, state, created_at)
      select ${id('enrolment', 'n')}, ${id('campaign', first)}, ${id('agency', first)}, ${brand}, ${id('product', 'n')},
        'APPROVED', ${EARLY} from generate_series(2, ${products}, 2) n`,
    `insert into enrolment_terms (id, enrolment_id, version, commission_bp, service_fee_bp, valid_from)
      select ${id('enrolmentTerms', 'n')}, ${id('enrolment', 'n')}, 1, ${rateOf('n')}, 300, ${EARLY}
      from generate_series(2, ${products}, 2) n`,
    `insert into enrolment (id, campaign_id, agency_id, brand_id, product_id, parent_id, state, created_at)
      select ${id('second', 'n')}, ${id('campaign', second)}, ${id('agency', second)}, ${brand}, ${id('product', 'n')},
        ${id('enrolment', 'n')}, 'APPROVED', ${EARLY} from generate_series(10, ${products}, 10) n`,
    `insert into enrolment_terms (id, enrolment_id, version, service_fee_bp, valid_from)
      select ${id('secondTerms', 'n')}, ${id('second', 'n')}, 1, 100, ${EARLY} from generate_series(10, ${products}, 10) n`,
  ];
}
