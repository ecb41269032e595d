import { sql } from 'kysely';
import type { World } from './lane.ts';

/** A figure as it is kept, beside the sum of what it should be the sum of. */
export interface SeenShare {
  readonly role: string;
  readonly payee: string;
  readonly net: bigint;
  readonly posted: bigint;
}

export interface SeenLine {
  readonly id: string;
  readonly orderNo: string;
  readonly state: string;
  readonly left: bigint;
  readonly refunded: bigint;
  readonly shares: readonly SeenShare[];
  /** The batch that it is settled in. */
  readonly batch: string | null;
  /** Milliseconds; null where it does not wait for settlement. */
  readonly dueAt: number | null;
  readonly openCases: number;
  /** The open cases that its place in the queue counts; null where it does not wait. */
  readonly heldBy: number | null;
  /** A digest of everything that is frozen on it. */
  readonly frozen: string;
}

/** What the product shows of a world, at one moment. */
export interface Seen {
  readonly lines: readonly SeenLine[];
  /** Oldest first. */
  readonly clawbacks: readonly {
    readonly id: string;
    readonly orderNo: string;
    readonly payee: string;
    readonly amount: bigint;
    readonly taken: bigint;
    readonly offset: bigint;
    readonly writtenOff: bigint;
    readonly state: string;
  }[];
  readonly reserves: readonly { payee: string; amount: bigint; releaseAt: number; released: boolean }[];
  readonly payouts: readonly {
    readonly id: string;
    readonly payee: string;
    readonly gross: bigint;
    readonly withheld: bigint;
    readonly state: string;
    readonly contradicted: boolean;
  }[];
  /** Those that something is on: by what they say of themselves, and by their transfers. */
  readonly balances: Readonly<Record<string, bigint>>;
  readonly sums: Readonly<Record<string, bigint>>;
}

export const NOTHING: Seen = { lines: [], clawbacks: [], reserves: [], payouts: [], balances: {}, sums: {} };

/**
 * What `observe` reads, kept in the database: in plpgsql its plan is made once for a connection, which is most of what it
 * costs. The alliance's accounts count as far as this world's parties have moved them.
 */
export const SEEN_FUNCTION = /* sql */ `
create function simulation_seen(brand uuid, parties uuid[]) returns text language plpgsql stable as $$
begin
  return (
    with own as (select * from ledger_account where party_id = any(parties)),
    moved as (
      select f.party_id as from_party, f.kind as from_kind, t.party_id as to_party, t.kind as to_kind, x.amount_minor
      from ledger_transfer x
      join ledger_account f on f.id = x.from_account_id join ledger_account t on t.id = x.to_account_id
      where x.from_account_id in (select id from own) or x.to_account_id in (select id from own)),
    summed as (
      select party, kind, sum(amount) as sum from (
        select from_party as party, from_kind as kind, -amount_minor as amount from moved
        union all select to_party, to_kind, amount_minor from moved) m group by 1, 2)
    select jsonb_build_object(
      'balances', (select jsonb_agg(jsonb_build_array(party_id, kind, balance_minor::text)) from own),
      'sums', (select jsonb_agg(jsonb_build_array(party, kind, sum::text)) from summed),
      'lines', (select jsonb_agg(jsonb_build_object('id', l.id, 'orderNo', l.order_no, 'state', l.state,
          'left', l.remaining_base_minor::text, 'refunded', l.refunded_minor::text, 'batch', s.batch_id,
          'dueAt', extract(epoch from d.due_at) * 1000, 'heldBy', d.open_cases,
          'openCases', (select count(*) from after_sales_case c
            where c.brand_id = l.brand_id and c.line_id = l.id and c.closed_at is null),
          'frozen', md5(f::text || l.base_minor || l.goods_paid_minor || coalesce(l.creator_id::text, '') || (
            select coalesce(string_agg(concat_ws(' ', n.node_no, n.parent_no, n.payee_id, n.role, n.rate_bp, n.applies_to),
              ',' order by n.node_no), '') from waterfall_node n where n.brand_id = l.brand_id and n.line_id = l.id)),
          'shares', (select coalesce(jsonb_agg(jsonb_build_object('role', n.role, 'payee', n.payee_id,
              'net', n.net_minor::text, 'posted', (select coalesce(sum(e.net_minor), 0)::text from commission_entry e
                where e.brand_id = n.brand_id and e.line_id = n.line_id and e.node_no = n.node_no))
              order by n.node_no), '[]')
            from waterfall_node n where n.brand_id = l.brand_id and n.line_id = l.id)) order by l.order_no)
        from order_line l
        join frozen_terms f on f.brand_id = l.brand_id and f.line_id = l.id
        left join line_due d on d.brand_id = l.brand_id and d.line_id = l.id
        left join line_settlement s on s.brand_id = l.brand_id and s.line_id = l.id
        where l.brand_id = brand),
      'clawbacks', (select jsonb_agg(jsonb_build_object('id', c.id, 'orderNo', l.order_no, 'payee', c.payee_id,
          'amount', c.amount_minor::text, 'taken', c.taken_minor::text, 'offset', c.offset_minor::text,
          'writtenOff', c.written_off_minor::text, 'state', c.state) order by c.id)
        from clawback c join order_line l on l.brand_id = c.brand_id and l.id = c.line_id where c.brand_id = brand),
      'reserves', (select jsonb_agg(jsonb_build_object('payee', payee_id, 'amount', amount_minor::text,
          'releaseAt', extract(epoch from release_at) * 1000, 'released', released_at is not null))
        from reserve where payee_id = any(parties)),
      'payouts', (select jsonb_agg(jsonb_build_object('id', id, 'payee', payee_id, 'gross', gross_minor::text,
          'withheld', withheld_minor::text, 'state', state, 'contradicted', contradicted) order by id)
        from payout where payee_id = any(parties)))::text);
end $$`;

/** Reads a world in one statement. */
export async function observe({ database, brandId, payees, partyOf }: World): Promise<Seen> {
  const parties = [brandId, ...Object.values(payees)];
  const [row] = await database.rows(sql<{ seen: string }>`
    select simulation_seen(${brandId}::uuid, ${parties}::uuid[]) as seen`);
  return parse(row?.seen ?? '{}', partyOf);
}

const AMOUNTS = new Set([
  'left',
  'refunded',
  'net',
  'posted',
  'amount',
  'taken',
  'offset',
  'writtenOff',
  'gross',
  'withheld',
]);

function parse(text: string, partyOf: ReadonlyMap<string, string>): Seen {
  const seen = JSON.parse(text, (key, value) => {
    if (AMOUNTS.has(key)) return BigInt(value);
    return key === 'payee' ? partyOf.get(value) : value;
  });
  const accounts = (rows: [string, string, string][] | null) =>
    Object.fromEntries(
      (rows ?? [])
        .filter(([, , amount]) => amount !== '0')
        .map(([party, kind, amount]) => [`${partyOf.get(party)} ${kind}`, BigInt(amount)])
        .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    );
  return {
    ...NOTHING,
    ...Object.fromEntries(Object.entries(seen).filter(([, value]) => value !== null)),
    balances: accounts(seen.balances),
    sums: accounts(seen.sums),
  };
}
