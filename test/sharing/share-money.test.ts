import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { closeCase, openCase } from '../../src/features/settlement/index.ts';
import { postShares } from '../../src/features/sharing/index.ts';
import { fromGlobalId } from '../../src/kernel/ids.ts';
import { said } from '../api/act.ts';
import type { Json } from '../kit/alliance.ts';
import {
  alliance,
  balance,
  bought,
  callers,
  credit,
  later,
  lineId,
  openSharing,
  order,
  postAt,
  problems,
  product,
  refund,
  report,
  rewardOf,
  sharing,
  sums,
  told,
  world,
} from './share-scene.ts';

openSharing();

it('is put aside once the goods were kept for the holding days, to the millisecond, and once', async () => {
  const { code, sharerId } = await sharing();
  await bought('A', 'bert', { shareCode: code });
  await order('not received', { buyerRef: 'carl', shareCode: code });
  const { readyAt } = await rewardOf('A');
  expect(Date.parse(readyAt)).toBeGreaterThan(later(0).getTime());
  await postAt(new Date(Date.parse(readyAt) - 1));
  expect(await sums(sharerId)).toEqual([0, 0, 0]);
  for (let i = 0; i < 2; i++) await postAt(new Date(readyAt));
  expect(await sums(sharerId)).toEqual([500, 0, 500]);
  expect([await balance('ESCROW'), await balance('SHARES')]).toEqual([-500, 500]);
  expect(await rewardOf('A')).toMatchObject({ due: 500, posted: 500 });
  expect(await problems()).toEqual([]);
});

it('falls with what is refunded before it is put aside, and comes back with what is refunded after', async () => {
  const { code, sharerId } = await sharing();
  for (const no of ['A', 'B']) await bought(no, 'bert', { shareCode: code });
  await report(refund('A', 3_333n));
  expect(await rewardOf('A')).toMatchObject({ due: 333 });
  await postAt(later(30));
  expect(await sums(sharerId)).toEqual([833, 0, 833]);
  await report(refund('A', 6_667n), refund('B', 1_000n));
  await postAt(later(31));
  expect(await sums(sharerId)).toEqual([450, 0, 450]);
  expect([await balance('ESCROW'), await balance('SHARES')]).toEqual([-450, 450]);
  expect(await problems()).toEqual([]);
});

it('waits while a case is open on the order', async () => {
  const { code, sharerId } = await sharing();
  await bought('A', 'bert', { shareCode: code, linkCode: await world.link(await world.creator(), product) });
  const { brandId = '', id } = fromGlobalId(await lineId('A')) ?? { id: '' };
  const line = { brandId, id } as Parameters<typeof openCase>[1];
  const wish = { kind: 'RETURN', reason: 'It is too small.', openedBy: brandId } as const;
  const caseId = await world.tx((tx) => openCase(tx, line, wish, later(1)));
  await postAt(later(30));
  expect(await sums(sharerId)).toEqual([0, 0, 0]);
  const found = { brandId, id: caseId, lineId: id } as Parameters<typeof closeCase>[1];
  await world.tx((tx) => closeCase(tx, found, { outcome: 'REJECTED', note: null }, later(30)));
  await postAt(later(31));
  expect(await sums(sharerId)).toEqual([500, 0, 500]);
});

it('is given in the shop to the last unit, and as much comes back to the escrow; never more', async () => {
  const { code, sharerId } = await sharing();
  for (const no of ['A', 'B', 'C']) await bought(no, 'bert', { shareCode: code });
  await postAt(later(30));
  expect(said(await credit(sharerId, 100n, callers.stranger))).toBe('NotFoundError');
  expect(said(await credit(sharerId, 0n))).toBe('InvalidInput');
  const above = await credit(sharerId, 1501n);
  expect(above.refused).toEqual(['ShareCreditAboveBalance']);
  expect((await credit(sharerId, 1200n)).result).toMatchObject({ balance: { minorUnits: '300' } });
  expect([await balance('ESCROW'), await balance('SHARES')]).toEqual([-300, 300]);
  // What comes back of what was given already is made good by what they are rewarded next.
  await report(refund('A', 10_000n), refund('B', 10_000n));
  await postAt(later(31));
  expect(await sums(sharerId)).toEqual([500, 1200, -700]);
  expect(said(await credit(sharerId, 1n))).toBe('ShareCreditAboveBalance');
  for (const no of ['D', 'E']) await bought(no, 'carl', { shareCode: code });
  await postAt(later(61));
  expect(await sums(sharerId)).toEqual([1500, 1200, 300]);
  expect(await problems()).toEqual([]);
});

it('is given once by as many reports at once as there are', async () => {
  const { code, sharerId } = await sharing();
  for (const no of ['A', 'B']) await bought(no, 'bert', { shareCode: code });
  await postAt(later(30));
  const outcomes = await Promise.all(Array.from({ length: 30 }, () => credit(sharerId, 90n)));
  const answers = outcomes.map(said);
  expect(answers.filter((answer) => answer === 'DONE')).toHaveLength(11);
  expect(answers.filter((answer) => answer === 'ShareCreditAboveBalance')).toHaveLength(19);
  expect(await sums(sharerId)).toEqual([1000, 990, 10]);
  expect(await problems()).toEqual([]);
});

it('is put aside once by as many workers as there are, while refunds come in', async () => {
  const sharers = [await sharing('anna'), await sharing('berta'), await sharing('clara')];
  const count = 60;
  for (let i = 0; i < count; i++)
    await bought(`O${i}`, `buyer ${i}`, { shareCode: sharers[i % 3]?.code ?? null });
  const at = later(30);
  await Promise.all([
    ...Array.from({ length: 4 }, () => postShares(alliance.database, at)),
    ...Array.from({ length: 20 }, (_, i) => report(refund(`O${i}`, 10_000n))),
  ]);
  await postAt(later(31));
  const totals = await Promise.all(sharers.map(({ sharerId }) => sums(sharerId)));
  expect(totals.reduce((sum, [rewarded]) => sum + rewarded, 0)).toBe((count - 20) * 500);
  expect(await balance('SHARES')).toBe((count - 20) * 500);
  expect(await problems()).toEqual([]);
}, 60_000);

it('is told to the brand in the feed', async () => {
  const { code, sharerId } = await sharing();
  await bought('A', 'bert', { shareCode: code });
  await postAt(later(30));
  const document = '{ changes(kinds: [SHARER_REWARDED], first: 5) { nodes { data subject { id } } } }';
  const told = async () => (await callers.brand.query(document, {})).data.changes.nodes as Json[];
  // What another database of the cluster is still writing holds the feed back.
  while ((await told()).length === 0) await sleep(100);
  expect(await told()).toEqual([
    {
      data: { rewardedMinor: '500', balanceMinor: '500', currency: 'CNY' },
      subject: { id: sharerId },
    },
  ]);
  expect((await callers.stranger.query(document, {})).data.changes.nodes).toEqual([]);
}, 120_000);

it('of an order that is cancelled is nothing', async () => {
  const { code, sharerId } = await sharing();
  await order('A', { buyerRef: 'bert', shareCode: code });
  await report(told('CANCELLED', 'A'));
  expect(await rewardOf('A')).toMatchObject({ due: 0, rate: 500 });
  await postAt(later(30));
  expect(await sums(sharerId)).toEqual([0, 0, 0]);
});
