import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verify } from '../../src/checks/verify.ts';
import type { MadeProduct } from '../kit/world.ts';
import { event, placed } from '../kit/world.ts';
import { after, ContractWorld } from './parties.ts';

let its: ContractWorld;
let product: MadeProduct;
let linkCode: string;

beforeAll(async () => {
  its = await ContractWorld.open();
});
afterAll(() => its.close());

/** Reports that an order was placed and paid at a moment, whenever that becomes known. */
async function order(orderNo: string, at: string): Promise<void> {
  const { brandId, code } = product;
  const occurredAt = new Date(at);
  const answers = await its.world.ingest(brandId, [
    event(brandId, 'PLACED', orderNo, { occurredAt, placed: placed(code, { linkCode }) }),
    event(brandId, 'PAID', orderNo, { occurredAt }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(['APPLIED', 'APPLIED']);
}

/** What the managing agency has of each line: the number of the version, its rate and its net. */
const shares = async (): Promise<Record<string, string>> => {
  const rows = await its.alliance.database.rows(sql<{ no: string; share: string }>`
    select l.order_no as no, coalesce(v.version || '/' || n.rate_bp || '/' || n.net_minor, 'none') as share
    from order_line l
    join frozen_terms f using (brand_id)
    left join contract_terms v on v.id = f.contract_terms_id
    left join waterfall_node n on n.brand_id = l.brand_id and n.line_id = l.id and n.role = 'MCN'
    where f.line_id = l.id order by l.placed_at`);
  return Object.fromEntries(rows.map(({ no, share }) => [no, share]));
};

it('a placed line keeps the contract of its moment, whatever becomes of the contract and whenever it is reported', async () => {
  const { agency, creator, contractId } = await its.bond();
  product = await its.world.product();
  await its.world.plan(product);
  linkCode = await its.world.link(creator.id, product);
  await order('before', after(0, -1));
  await order('first', after(0));
  its.clock.set(after(1));
  const { result } = await its.propose(agency, contractId, { shareRate: 5000 });
  await its.answer(creator, 'contractAccept', result.id);
  await order('last of the first', after(1, -1));
  await order('second', after(1));
  its.clock.set(after(2));
  await its.narrow(creator, contractId, []);
  await order('third', after(2));
  await its.end(creator, contractId, { endsAt: after(3) });
  await order('last', after(3, -1));
  await order('after', after(3));
  its.clock.set(after(10));
  const rival = await its.agency();
  const { result: invitation } = await its.invite(rival, creator, { shareRate: 1000 });
  await its.answer(creator, 'contractAccept', invitation.id);
  await order('late report', after(2, 1));
  await order('of the next agency', after(10));
  expect(await shares()).toEqual({
    before: 'none',
    first: '1/2000/360',
    'last of the first': '1/2000/360',
    second: '2/5000/900',
    third: '3/5000/900',
    'late report': '3/5000/900',
    last: '3/5000/900',
    after: 'none',
    'of the next agency': '1/1000/180',
  });
  const frozen = await shares();
  const { brandId } = product;
  const refund = { amountMinor: 5000n, quantity: 0 };
  for (const no of Object.keys(frozen)) {
    await its.world.ingest(brandId, [
      event(brandId, 'REFUNDED', no, { occurredAt: new Date(after(11)), refund }),
    ]);
  }
  const halved = await shares();
  expect(halved.second).toBe('2/5000/450');
  expect(halved['of the next agency']).toBe('1/1000/90');
  expect((await verify(its.alliance.database)).failures).toEqual([]);
});
