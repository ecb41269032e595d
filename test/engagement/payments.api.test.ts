import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { payMilestones } from '../../src/features/engagement/index.ts';
import { fromGlobalId } from '../../src/kernel/ids.ts';
import { act } from '../api/act.ts';
import type { Json } from '../kit/alliance.ts';
import { Deal } from './deal.ts';

let deal: Deal;
beforeAll(async () => {
  deal = await Deal.make();
});
afterAll(() => deal.alliance.close());

const pay = () => payMilestones(deal.alliance.database, new Date(deal.now()));

const balances = () =>
  deal.alliance.database.rows(sql<{ kind: string; balance: bigint }>`
    select kind, balance_minor as balance from ledger_account
    where party_id in (${deal.brandId}, ${deal.creatorId}) and postings > 0 order by kind`);

const statesOf = ({ milestones }: Json) => milestones.map(({ state }: Json) => state);

it('accepted work is paid once, whoever tries at the same time', async () => {
  const { id, milestones } = await deal.engagement();
  const milestoneId = milestones[0].id;
  await act(deal.creator, 'milestoneDeliver', { milestoneId, note: 'Done', links: [] });
  await pay();
  expect(await balances()).toEqual([]);
  await act(deal.brand, 'milestoneAccept', { milestoneId });
  await Promise.all([pay(), pay(), pay()]);
  expect(await balances()).toEqual([
    { kind: 'ESCROW', balance: -100_000n },
    { kind: 'PAYABLE', balance: 100_000n },
  ]);
  const { data } = await deal.brand.query(
    'query ($id: ID!) { node(id: $id) { ... on Engagement { state milestones { state } } } }',
    { id },
  );
  expect(statesOf(data.node)[0]).toBe('PAID');
  const told = await deal.alliance.database.rows(sql<{ kind: string }>`
    select kind from outbox_event where subject_id = ${fromGlobalId(milestoneId)?.id} and kind = 'MILESTONE_PAID'`);
  expect(told).toHaveLength(1);
});
