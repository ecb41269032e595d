import { id, type Parties, plain, rateOf, SINCE, type Statement } from './world-sql.ts';
import { CATEGORIES, QUALITIES, THINGS, type Words } from './world-words.ts';

/** What every creator has in the showcase at most; a product that is drawn twice stands there once. */
const ITEMS_PER_CREATOR = 20;
const EARLY = `timestamptz '${SINCE}'`;

/** Categories, and the words that titles are made of. */
export const FILL_WORDS = (): Statement[] => [
  ...wordsTable('bench_quality', QUALITIES),
  ...wordsTable('bench_thing', THINGS),
  plain('create temp table bench_category (no int primary key, path int[], tokens jsonb)'),
  {
    text: `insert into bench_category select c.no, array(select jsonb_array_elements_text(c.path)::int), c.tokens
      from unnest($1::int[], $2::jsonb[], $3::jsonb[]) c (no, path, tokens)`,
    values: [
      CATEGORIES.map(({ no }) => no),
      CATEGORIES.map(({ path }) => JSON.stringify(path)),
      CATEGORIES.map(({ tokens }) => JSON.stringify(tokens)),
    ],
  },
  {
    ...plain(`insert into category (id, parent_id, level, path, slug, name_zh, name_en)
      select ${id('category', 'b.no')}, ${id('category', 'b.path[cardinality(b.path) - 1]')}, cardinality(b.path),
        array(select ${id('category', 'n')} from unnest(b.path) with ordinality u (n, o) order by o), 'bench-' || b.no, c.zh, c.en
      from bench_category b join unnest($1::int[], $2::text[], $3::text[]) c (no, zh, en) using (no) order by no`),
    values: [
      CATEGORIES.map(({ no }) => no),
      CATEGORIES.map(({ nameZh }) => nameZh),
      CATEGORIES.map(({ nameEn }) => nameEn),
    ],
  },
];

const wordsTable = (name: string, list: readonly Words[]): Statement[] => [
  plain(`create temp table ${name} (no bigint primary key, text text, tokens jsonb)`),
  {
    text: `insert into ${name} select no - 1, text, tokens
      from unnest($1::text[], $2::jsonb[]) with ordinality w (text, tokens, no)`,
    values: [list.map(({ text }) => text), list.map(({ tokens }) => JSON.stringify(tokens))],
  },
];

/** The entries of the products in the pool; sales are counted when the lines are there. Of these numbers only. */
export const FILL_POOL = ({ productsPerBrand }: Parties, from: number, upTo: number): Statement =>
  plain(`
    insert into pool_entry (product_id, brand_id, category_path, belt_id, source, tokens, price_minor, currency,
      commission_bp, commission_minor, listed_at, fresh_until)
    select p.id, p.brand_id, c.path, null, p.source, array_to_tsvector(array(
        select jsonb_array_elements_text(q.tokens || t.tokens || k.tokens || '["brand", "brands"]'::jsonb)
        union select v from unnest(array[n::text, ((n - 1) / ${productsPerBrand} + 1)::text]) v)),
      s.price_minor, 'CNY', ${rateOf('n')}, s.price_minor * ${rateOf('n')} / 10000, p.listed_at, null
    from generate_series(${from}, ${upTo}) n
    join product p on p.id = ${id('product', 'n')}
    join sku s on s.id = ${id('sku', 'n')}
    join category c on c.id = p.category_id
    join bench_category k on p.category_id = ${id('category', 'k.no')}
    join bench_quality q on q.no = drawn(n, 31, ${QUALITIES.length})
    join bench_thing t on t.no = drawn(n, 32, ${THINGS.length})`);

/**
 * What creators have picked, from the campaign where there is one that they may pick from; and plans that open at a moment
 * and name half of those who have every eighth product. Every fifth campaign is for creators whom it names.
 */
export const FILL_SHOWCASES = ({ brands, creators, agencies, productsPerBrand }: Parties, opens: Date) => {
  const products = brands * productsPerBrand;
  const brand = id('brand', `(product - 1) / ${productsPerBrand} + 1`);
  const isNamed = (campaign: string, creator: string) => `${creator} % 50 = ${campaign} % 50`;
  const campaign = `(product % ${agencies} + 1)`;
  const targeted = 'i.removed_at is null and b.product % 8 = 0 and drawn(b.n, 41, 2) = 0';
  return [
    plain(`update recruiting_campaign set access = 'NAMED_CREATORS'
      where id in (select ${id('campaign', 'n')} from generate_series(3, ${agencies}, 5) n)`),
    plain(`insert into campaign_party (campaign_id, party_id)
      select ${id('campaign', 'n')}, ${id('creator', 'c')} from generate_series(3, ${agencies}, 5) n
      join generate_series(1, ${creators}) c on ${isNamed('n', 'c')}`),
    plain(`create temp table bench_item as
      select n, (n - 1) / ${ITEMS_PER_CREATOR} + 1 as creator, drawn(n, 40, ${products}) + 1 as product
      from generate_series(1, ${creators * ITEMS_PER_CREATOR}) n`),
    plain(`insert into showcase_item (id, creator_id, product_id, brand_id, enrolment_id, picked_at)
      select ${id('item', 'n')}, ${id('creator', 'creator')}, ${id('product', 'product')}, ${brand},
        case when product % 2 = 0 and (${campaign} % 5 <> 3 or ${isNamed(campaign, 'creator')})
          then ${id('enrolment', 'product')} end, ${EARLY} + interval '30 days' + n * interval '1 second'
      from bench_item on conflict do nothing`),
    plain(`insert into promotion_link (id, code, creator_id, product_id, brand_id, enrolment_id, created_at)
      select ${id('link', 'b.n')}, 'bench-' || b.n, i.creator_id, i.product_id, i.brand_id, i.enrolment_id, i.picked_at
      from bench_item b join showcase_item i on i.id = ${id('item', 'b.n')}`),
    plain(`insert into plan (id, brand_id, product_id, kind, title, opens_at, created_at)
      select ${id('targeted', 'product')}, ${brand}, ${id('product', 'product')}, 'TARGETED', 'For a few', '${opens.toISOString()}',
        '${opens.toISOString()}' from generate_series(8, ${products}, 8) product`),
    plain(`insert into plan_terms (id, plan_id, version, commission_bp, valid_from)
      select ${id('targetedTerms', 'n')}, ${id('targeted', 'n')}, 1, ${rateOf('n')} + 500, '${opens.toISOString()}'
      from generate_series(8, ${products}, 8) n`),
    plain(`insert into plan_creator (plan_id, creator_id, brand_id, product_id, kind, opens_at)
      select ${id('targeted', 'b.product')}, i.creator_id, i.brand_id, i.product_id, 'TARGETED', '${opens.toISOString()}'
      from bench_item b join showcase_item i on i.id = ${id('item', 'b.n')} where ${targeted}`),
  ];
};

/** One person for each creator, agency and brand, whom a token of the issuer names as creator-1, agency-1 and brand-1. */
export const FILL_PEOPLE = ({ brands, creators, agencies }: Parties, issuer: string): Statement[] =>
  (['creator', 'agency', 'brand'] as const).flatMap((kind, i) => {
    const count = { creator: creators, agency: agencies, brand: brands }[kind];
    const no = `n * 3 + ${i}`;
    return [
      plain(`insert into app_user (id, issuer, subject, name, created_at)
        select ${id('user', no)}, '${issuer}', '${kind}-' || n, '${kind} ' || n, ${EARLY} from generate_series(1, ${count}) n`),
      plain(`insert into membership (id, user_id, party_id, role, created_at)
        select ${id('membership', no)}, ${id('user', no)}, ${id(kind, 'n')}, 'OWNER', ${EARLY} from generate_series(1, ${count}) n`),
    ];
  });
