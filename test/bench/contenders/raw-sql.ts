import { fromGlobalId } from '../../../src/kernel/ids.ts';
import type { OperationName } from '../operations.ts';
import { managedBy, openEnrolments, sumsUp, visibleNodes, visiblePlans, winningOffer } from './rules-sql.ts';

/** A statement that gives the whole answer as one JSON text, and is prepared under its name. */
export interface Prepared {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What a request may say. */
export interface Variables {
  readonly orderBy?: string;
  readonly category?: string | null;
  readonly after?: string | null;
}

/** The names and types by which the pool may be ordered. */
const ORDERS: Readonly<Record<string, readonly [column: string, type: string]>> = {
  RECOMMENDED: ['score', 'bigint'],
  COMMISSION_RATE: ['commission_bp', 'int'],
  SALES: ['sales', 'bigint'],
  NEWEST: ['listed_at', 'timestamptz'],
};

/** Compact JSON, unlike that of json_build_object and json_agg. */
const object = (select: string): string => `(select row_to_json(z) from (${select}) z)`;
const list = (select: string): string => `array_to_json(array(select row_to_json(z) from (${select}) z))`;
const globalId = (type: string, ...ids: readonly string[]): string =>
  `'${type}_' || ${ids.map((id) => `translate(encode(uuid_send(${id}), 'base64'), '+/=', '-_')`).join(' || ')}`;
const iso = (time: string): string => `to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const cursor = (name: string, ...values: readonly string[]): string => {
  const text = `'["${name}",' || ${values.map((value) => `'"' || ${value} || '"'`).join(" || ',' || ")} || ']'`;
  return `translate(encode(convert_to(${text}, 'UTF8'), 'base64'), E'+/=\\n', '-_')`;
};

/** Who asks, by the subject of a token whose signature was checked: the first organisation of the kind. */
const viewer = (kind: string): string => `viewer as materialized (
  select m.party_id as id from app_user u join membership m on m.user_id = u.id join party y on y.id = m.party_id
  where u.issuer = $1 and u.subject = $2 and y.kind = '${kind}' order by m.created_at, m.id limit 1)`;
const VIEWER = '(select id from viewer)';

/** A page of which one row more was read, with its place; there are `size` rows on it. */
const connection = (size: number, nodes: string, endCursor: string): string => `
  select ${list(nodes)} as nodes, ${object(`select (select count(*) > ${size} from page) as "hasNextPage",
    (select ${endCursor} from page where row_no = ${size} or row_no = (select count(*) from page) order by row_no limit 1)
      as "endCursor"`)} as "pageInfo"`;

function poolPage(who: readonly string[], { orderBy = '', category, after }: Variables): Prepared {
  const [column, type] = ORDERS[orderBy] ?? ['score', 'bigint'];
  const values: unknown[] = [...who];
  const conditions = ['true'];
  if (after != null) {
    const [, value, id] = placeOf(after);
    conditions.push(
      `(e.${column}, e.product_id) < ($${values.push(value)}::${type}, $${values.push(id)}::uuid)`,
    );
  }
  if (category != null)
    conditions.push(`e.category_path @> array[$${values.push(fromGlobalId(category)?.id)}::uuid]`);
  const nodes = `select ${globalId('Product', 'p.id')} as id, p.title,
    ${object('select y.name, b.city from brand b join party y using (id) where b.id = p.brand_id')} as brand,
    ${object(`select ${list(`select v.kind, v.title, v.commission_bp as "commissionRate" from (${visiblePlans(VIEWER)}) v`)} as nodes`)}
      as plans,
    ${list(`select v.commission_bp as "commissionRate", v.service_fee_bp as "serviceFeeRate",
      ${object('select v.agency_name as name')} as agency from (${openEnrolments(VIEWER)}) v`)} as enrolments
    from page p where p.row_no <= 50 order by p.row_no`;
  const value = type === 'timestamptz' ? iso('value') : 'value';
  const text = `with ${viewer('CREATOR')}, page as materialized (
    select row_number() over () as row_no, r.* from (
      select e.${column} as value, t.id, t.title, t.brand_id from pool_entry e join product t on t.id = e.product_id
      where ${conditions.join(' and ')} order by e.${column} desc, e.product_id desc limit 51) r)
    select row_to_json(a)::text as data from (
      select ${object(connection(50, nodes, cursor(`productPool/${orderBy}`, value, 'id')))} as "productPool"
      from viewer) a`;
  return { name: `pool-${orderBy}-${after != null}-${category != null}`, text, values };
}

function creatorEarnings(who: readonly string[], { after }: Variables): Prepared {
  const values: unknown[] = [...who];
  const [, placedAt, id] = after == null ? [] : placeOf(after);
  const place =
    after == null
      ? 'true'
      : `(t.placed_at, t.id) < ($${values.push(placedAt)}::timestamptz, $${values.push(id)}::uuid)`;
  const minor = (column: string) => object(`select ${column}::text as "minorUnits"`);
  const nodes = `select ${globalId('OrderLine', 'l.id', 'l.brand_id')} as id, l.order_no as "orderNo", l.state,
    ${iso('l.placed_at')} as "placedAt",
    ${object('select l.goods_paid_minor::text as "minorUnits", l.currency as "currencyCode"')} as "goodsPaid",
    ${object('select p.title from product p where p.id = l.product_id and p.listed_at is not null')} as product,
    ${object('select y.name from party y where y.id = l.brand_id')} as brand,
    ${object(
      `select (${sumsUp}) as "sumsUp", ${list(`select v.role, v.rate_bp as rate, ${minor('v.gross_minor')} as "estimatedGross",
      case when v.net_minor is not null then ${minor('v.net_minor')} end as "estimatedNet",
      ${object('select v.payee_name as name, v.payee_kind as kind')} as payee from (${visibleNodes(VIEWER)}) v`)} as nodes`,
    )}
      as waterfall
    from page l where l.row_no <= 50 order by l.row_no`;
  const text = `with ${viewer('CREATOR')}, page as materialized (
    select row_number() over () as row_no, r.* from (
      select t.* from order_line t where t.creator_id = ${VIEWER} and ${place}
      order by t.placed_at desc, t.id desc limit 51) r)
    select row_to_json(a)::text as data from (select ${object(
      `select ${object(
        `select ${object(
          connection(50, nodes, cursor('linesOfCreator', iso('placed_at'), 'id')),
        )} as "orderLines"`,
      )} as creator`,
    )} as viewer from viewer) a`;
  return { name: `earnings-${after != null}`, text, values };
}

function agencyView(who: readonly string[], { after }: Variables): Prepared {
  const values: unknown[] = [...who];
  const place = after == null ? 'true' : `m.contract_id < $${values.push(placeOf(after)[1])}::uuid`;
  const items = `select ${globalId('ShowcaseItem', 'i.id')} as id,
    ${object(`select p.title, ${object('select y.name from party y where y.id = p.brand_id')} as brand
      from product p where p.id = i.product_id and p.listed_at is not null`)} as product,
    case when 'EARNINGS' = any(c.visibility) then ${object(
      `select ${object(
        `select w.kind, w.commission_bp as "commissionRate", w.service_fee_bp as "serviceFeeRate" from (${winningOffer}) w`,
      )} as winner`,
    )} end as terms
    from (select i.* from showcase_item i where i.creator_id = c.creator_id and i.removed_at is null
      order by i.id desc limit 10) i order by i.id desc`;
  const nodes = `select ${globalId('Creator', 'c.creator_id')} as id,
    (select y.name from party y where y.id = c.creator_id) as name,
    case when 'SHOWCASE' = any(c.visibility) then ${object(`select ${list(items)} as nodes`)} end as showcase
    from page c where c.row_no <= 20 order by c.row_no`;
  const text = `with ${viewer('AGENCY')}, page as materialized (
    select row_number() over () as row_no, r.* from (
      select m.* from (${managedBy(VIEWER)}) m where ${place} order by m.contract_id desc limit 21) r)
    select row_to_json(a)::text as data from (select ${object(
      `select ${object(
        `select ${object(connection(20, nodes, cursor('creatorsOfAgency', 'contract_id')))} as creators`,
      )} as agency`,
    )} as viewer from viewer) a`;
  return { name: `agency-${after != null}`, text, values };
}

/** The statement of each operation for a caller, who is told by issuer and subject. */
export const STATEMENTS: Readonly<
  Record<OperationName, (who: readonly string[], variables: Variables) => Prepared>
> = { poolPage, creatorEarnings, agencyView };

const placeOf = (after: string): string[] => JSON.parse(Buffer.from(after, 'base64url').toString());
