import { openEnrolments, sumsUp, visibleNodes, visiblePlans, winningOffer } from './rules-sql.ts';

/**
 * What PostGraphile's own documentation asks of whoever has rules that depend on the caller and columns that are worked out:
 * functions of PostgreSQL, which it calls in the one statement of a request. They are in a schema of their own.
 */
export const FUNCTIONS = /* sql */ `
create schema if not exists bench;
drop view if exists bench.managed_creator;
drop function if exists bench.product_visible_plans, bench.product_open_enrolments, bench.order_line_visible_nodes,
  bench.order_line_sums_up, bench.showcase_item_winner cascade;
drop type if exists bench.shown_plan, bench.shown_enrolment, bench.shown_node, bench.shown_offer;

create type bench.shown_plan as (id uuid, kind text, title text, commission_bp int);
create function bench.product_visible_plans(p product, viewer uuid) returns setof bench.shown_plan
  language sql stable as $$ ${visiblePlans('viewer')} $$;

create type bench.shown_enrolment as (id uuid, commission_bp int, service_fee_bp int, agency_name text);
create function bench.product_open_enrolments(p product, viewer uuid) returns setof bench.shown_enrolment
  language sql stable as $$ ${openEnrolments('viewer')} $$;

create type bench.shown_node as
  (node_no smallint, role text, gross_minor bigint, payee_name text, payee_kind text, rate_bp int, net_minor bigint);
create function bench.order_line_visible_nodes(l order_line, viewer uuid) returns setof bench.shown_node
  language sql stable as $$ ${visibleNodes('viewer')} $$;
create function bench.order_line_sums_up(l order_line) returns boolean language sql stable as $$ ${sumsUp} $$;

create type bench.shown_offer as (kind text, commission_bp int, service_fee_bp int);
create function bench.showcase_item_winner(i showcase_item) returns bench.shown_offer
  language sql stable as $$ ${winningOffer} $$;

create view bench.managed_creator as select contract_id, agency_id, creator_id
  from contract_terms where tstzrange(valid_from, valid_to) @> now();

comment on function bench.product_visible_plans is '@behavior +list -connection';
comment on function bench.product_open_enrolments is '@behavior +list -connection';
comment on function bench.order_line_visible_nodes is '@behavior +list -connection';
comment on view bench.managed_creator is E'@primaryKey contract_id\\n'
  '@foreignKey (agency_id) references public.agency (id)\\n'
  '@foreignKey (creator_id) references public.creator (id)';
`;
