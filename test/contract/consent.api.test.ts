import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTRACT_VISIBILITIES, type ContractVisibility } from '../../src/features/creator/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import type { Json } from '../kit/alliance.ts';
import { event, placed } from '../kit/world.ts';
import { after, ContractWorld, NOW, type Party } from './parties.ts';

let its: ContractWorld;
let agency: Party;
let creator: Party;
let contractId: string;
/** What there is to see, by its name. */
let ids: Record<'item' | 'link' | 'before' | 'under', string>;

beforeAll(async () => {
  its = await ContractWorld.open();
  ({ agency, creator, contractId } = await its.bond({ visibility: CONTRACT_VISIBILITIES }));
  ids = await sell(creator);
});
afterAll(() => its.close());

/** An item, a link, and two lines of the creator: one from before the contract, and one under it. */
async function sell({ id: creatorId }: Party) {
  const { world } = its;
  const product = await world.product();
  await world.plan(product);
  const { brandId } = product;
  const linkCode = await world.link(creatorId, product);
  const item = await world.showcase(creatorId, product);
  const times = { BEFORE: new Date(after(0, -1)), UNDER: new Date(after(0, 1)) };
  for (const [orderNo, occurredAt] of Object.entries(times)) {
    const bought = placed(product.code, { linkCode });
    await world.ingest(brandId, [
      event(brandId, 'PLACED', orderNo, { occurredAt, placed: bought }),
      event(brandId, 'PAID', orderNo, { occurredAt }),
    ]);
  }
  const rows = await world.database.rows(sql<{ no: string; id: string }>`
    select order_no as no, id from order_line where brand_id = ${brandId}
    union all select 'LINK', id from promotion_link where creator_id = ${creatorId}`);
  const idOf = (name: string) => rows.find(({ no }) => no === name)?.id ?? '';
  return {
    item: toGlobalId('ShowcaseItem', item),
    link: toGlobalId('PromotionLink', idOf('LINK')),
    before: toGlobalId('OrderLine', idOf('BEFORE'), brandId),
    under: toGlobalId('OrderLine', idOf('UNDER'), brandId),
  };
}

/** Everything of the creator that anybody could ask for, each by itself. */
const QUESTIONS = (): Record<string, [id: string, field: string]> => ({
  'Creator.showcase': [creator.globalId, '... on Creator { showcase { nodes { id } } }'],
  'Creator.promotionLinks': [creator.globalId, '... on Creator { promotionLinks { nodes { id } } }'],
  'Creator.orderLines': [creator.globalId, '... on Creator { orderLines { nodes { id } } }'],
  'Creator.sampleRequests': [creator.globalId, '... on Creator { sampleRequests { nodes { id } } }'],
  'Creator.engagements': [creator.globalId, '... on Creator { engagements { nodes { id } } }'],
  'Creator.contractInForce': [creator.globalId, '... on Creator { contractInForce { id } }'],
  ShowcaseItem: [ids.item, 'id'],
  'ShowcaseItem.terms': [ids.item, '... on ShowcaseItem { terms { winner { commissionRate } } }'],
  PromotionLink: [ids.link, 'id'],
  'PromotionLink.terms': [ids.link, '... on PromotionLink { terms { winner { commissionRate } } }'],
  'line from before': [ids.before, 'id'],
  'line under it': [ids.under, 'id'],
});

/** The names of what a caller sees. */
async function seen(by: Party): Promise<string[]> {
  const names: string[] = [];
  for (const [name, [id, field]] of Object.entries(QUESTIONS())) {
    const { data, errors } = await by.caller.query(`query ($id: ID!) { node(id: $id) { ${field} } }`, { id });
    if (errors === undefined) names.push(name);
    else expect([name, errors[0]?.extensions.code, data?.node?.id]).toEqual([name, 'NOT_FOUND', undefined]);
  }
  return names;
}

/** The nodes of a line's waterfall that a caller sees, and the rate that it was sold under. */
async function money(by: Party, id: string): Promise<Json> {
  const query = `query ($id: ID!) { node(id: $id) { ... on OrderLine {
    waterfall { nodes { role rate estimatedGross { minorUnits } estimatedNet { minorUnits } } }
    commissionExplanation { winner { commissionRate } losers { because } steps { entries { nodeNo } } } } } }`;
  const { data, errors } = await by.caller.query(query, { id });
  if (errors !== undefined) return errors[0]?.extensions.code;
  const { waterfall, commissionExplanation: why } = data.node;
  return {
    nodes: waterfall.nodes.map(({ role, rate, estimatedGross, estimatedNet }: Json) =>
      [role, rate, estimatedGross.minorUnits, estimatedNet?.minorUnits ?? null].join(' '),
    ),
    rate: why.winner?.commissionRate ?? null,
    posted: why.steps.map(({ entries }: Json) => entries.map(({ nodeNo }: Json) => nodeNo)),
  };
}

/** Lets the agency see these parts, as a proposal that was accepted before would have. */
const agree = (parts: readonly ContractVisibility[]) =>
  its.alliance.database.rows(
    sql`update contract_terms set visibility = ${parts}::text[] where creator_id = ${creator.id}`,
  );

/** The line that pays the agency is open to it as to every payee, and that there is a contract. */
const ALWAYS = ['Creator.contractInForce', 'line under it'];

const OPENS: Record<ContractVisibility, string[]> = {
  SHOWCASE: ['Creator.showcase', 'ShowcaseItem'],
  LINKS: ['Creator.promotionLinks', 'PromotionLink'],
  SAMPLES: ['Creator.sampleRequests'],
  ENGAGEMENTS: ['Creator.engagements'],
  ORDERS: ['Creator.orderLines', 'line from before'],
  EARNINGS: [],
};

/** What the technical fee of 10 % and the share of 20 % make of 20 % of 100.00. */
const AS_PAYEE = ['CREATOR  2000 ', 'MCN 2000 360 360'];

describe('what the agency sees', () => {
  it.each(CONTRACT_VISIBILITIES)('of %s alone is that part and no other', async (part) => {
    await agree([part]);
    expect((await seen(agency)).sort()).toEqual([...OPENS[part], ...ALWAYS].sort());
  });

  it('of SHOWCASE and LINKS shows no rates without EARNINGS', async () => {
    await agree(['SHOWCASE', 'LINKS', 'EARNINGS']);
    const names = await seen(agency);
    expect(names).toEqual(expect.arrayContaining(['ShowcaseItem.terms', 'PromotionLink.terms']));
    expect(names).not.toContain('line from before');
  });

  it('of ORDERS shows the line, but without EARNINGS neither the rate nor what the creator earns', async () => {
    await agree(['ORDERS']);
    expect(await money(agency, ids.before)).toEqual({ nodes: [], rate: null, posted: [[]] });
    await agree(['ORDERS', 'EARNINGS']);
    expect(await money(agency, ids.before)).toEqual({
      nodes: ['CREATOR 2000 2000 1800'],
      rate: 2000,
      posted: [[0]],
    });
    await agree(['EARNINGS']);
    expect(await money(agency, ids.before)).toBe('NOT_FOUND');
  });

  it('of a line that pays it is its own part and the gross that it is paid from; the net with EARNINGS', async () => {
    await agree([]);
    expect(await money(agency, ids.under)).toEqual({ nodes: AS_PAYEE, rate: 2000, posted: [[2]] });
    await agree(['EARNINGS']);
    expect((await money(agency, ids.under)).nodes).toEqual(['CREATOR 2000 2000 1440', 'MCN 2000 360 360']);
  });

  it('is less from the moment on that the creator takes consent back', async () => {
    await agree(CONTRACT_VISIBILITIES);
    expect(await seen(agency)).toEqual(Object.keys(QUESTIONS()));
    its.clock.set(after(1));
    await its.narrow(creator, contractId, ['SHOWCASE']);
    expect((await seen(agency)).sort()).toEqual([...OPENS.SHOWCASE, ...ALWAYS].sort());
  });

  it('ends with the contract, to the millisecond: then its own part of the lines that pay it, and the contract', async () => {
    await agree(CONTRACT_VISIBILITIES);
    await its.end(agency, contractId);
    its.clock.set(after(8, -1));
    expect(await seen(agency)).toEqual(Object.keys(QUESTIONS()));
    expect(await managed(agency)).toEqual([creator.globalId]);
    its.clock.set(after(8));
    expect(await seen(agency)).toEqual(['line under it']);
    expect(await money(agency, ids.under)).toEqual({ nodes: AS_PAYEE, rate: 2000, posted: [[2]] });
    expect(await managed(agency)).toEqual([]);
    expect((await its.read(agency, contractId)).state).toBe('ENDED');
    expect(await paid(agency)).toEqual([ids.under]);
    its.clock.set(NOW);
  });
});

const listOf = async (by: Party, field: string): Promise<string[]> => {
  const query = `query ($id: ID!) { agency(id: $id) { ${field} { nodes { id } } } }`;
  const { data } = await by.caller.query(query, { id: by.globalId });
  return data.agency[field].nodes.map(({ id }: Json) => id);
};
const managed = (by: Party) => listOf(by, 'creators');
const paid = (by: Party) => listOf(by, 'orderLines');
