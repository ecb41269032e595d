import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import type { Caller, Json } from '../kit/alliance.ts';
import { payOut } from './pay-out.ts';
import {
  agencyId,
  alliance,
  callers,
  clock,
  creatorId,
  DUE_AT,
  later,
  lineUpTo,
  openScene,
  product,
  refund,
  settle,
} from './scene.ts';

openScene();

/** What the policy keeps back of lines that are placed from now on. */
const reserve = (bp: number, days: number) =>
  alliance.database.rows(sql`update alliance_policy set reserve_bp = ${bp}, reserve_days = ${days}`);

const ENTRY = `transactionId kind amount { minorUnits } balanceAfter { minorUnits } postedAt occurredAt
  brand { name } counterparty { kind name organisationId }
  orderLines(first: 100) { nodes { amount { minorUnits } orderLine { orderNo } } }`;

/** The history of one account of a party, newest first. */
async function history(caller: Caller, type: string, id: string, kind: string, first = 100): Promise<Json[]> {
  const { data, errors } = await caller.query(
    `{ node(id: "${toGlobalId(type, id)}") { ... on ${type} { accounts { kind history(first: ${first}) { nodes { ${ENTRY} } } } } } }`,
  );
  expect(errors).toBeUndefined();
  return data.node.accounts.find((account: Json) => account.kind === kind)?.history.nodes ?? [];
}

const minor = ({ minorUnits }: { minorUnits: string }) => Number(minorUnits);
const brief = (entries: Json[]) =>
  entries.map(({ kind, amount, balanceAfter }) => [kind, minor(amount), minor(balanceAfter)]);
const linesOf = (entry: Json) =>
  entry.orderLines.nodes.map(({ amount, orderLine }: Json) => [orderLine.orderNo, minor(amount)]);
const sumOfLines = (entry: Json) =>
  linesOf(entry).reduce((sum: number, [, amount]: [string, number]) => sum + amount, 0);

it('tells what came in and went out, newest first, with the balance after each', async () => {
  const line = await lineUpTo('RECEIVED');
  await settle(DUE_AT);
  clock.set(later(DUE_AT, 1));
  await payOut(creatorId, 1000n);
  await refund(line, 2500n, later(DUE_AT, 2));
  const payable = await history(callers.creator, 'Creator', creatorId, 'PAYABLE');
  expect(brief(payable)).toEqual([
    ['CLAWBACK_TAKEN', -360, 80],
    ['PAYOUT', -1000, 440],
    ['SETTLEMENT', 1440, 1440],
  ]);
  expect(payable.map(({ postedAt }) => postedAt)).toEqual(
    [2, 1, 0].map((day) => later(DUE_AT, day).toISOString()),
  );
  const { data } = await callers.brand.query('{ viewer { brand { name } } }');
  expect([payable[2].brand, payable[1].brand]).toEqual([{ name: data.viewer.brand.name }, null]);
});

it('names the brand to a payee, and to the brand the payees that it has paid', async () => {
  await lineUpTo('RECEIVED');
  await settle(DUE_AT);
  const sides = async (caller: Caller, type: string, id: string, kind: string) =>
    (await history(caller, type, id, kind)).map(({ counterparty }) => counterparty.organisationId).sort();
  const brand = toGlobalId('Brand', product.brandId);
  expect(await sides(callers.creator, 'Creator', creatorId, 'PAYABLE')).toEqual([brand]);
  expect(await sides(callers.agency, 'Agency', agencyId, 'PAYABLE')).toEqual([brand]);
  const payees = [
    toGlobalId('Agency', agencyId),
    toGlobalId('Alliance', alliance.id),
    toGlobalId('Creator', creatorId),
  ];
  expect(await sides(callers.brand, 'Brand', product.brandId, 'ESCROW')).toEqual(payees.sort());
});

it('leads from every settlement and clawback to lines that come to its amount, from both sides', async () => {
  const lines = [await lineUpTo('RECEIVED'), await lineUpTo('RECEIVED'), await lineUpTo('RECEIVED')];
  const [first, second, third] = lines;
  if (first === undefined || second === undefined || third === undefined)
    throw new Error('Three lines were made.');
  await refund(first, 3333n, later(DUE_AT, -2));
  await refund(second, 10_000n, later(DUE_AT, -1));
  await settle(DUE_AT);
  await refund(first, 1111n, later(DUE_AT, 1), '2');
  await refund(third, 7777n, later(DUE_AT, 2));
  const views = [
    await history(callers.creator, 'Creator', creatorId, 'PAYABLE'),
    await history(callers.creator, 'Creator', creatorId, 'RECEIVABLE'),
    await history(callers.agency, 'Agency', agencyId, 'PAYABLE'),
    await history(callers.agency, 'Agency', agencyId, 'RECEIVABLE'),
    await history(callers.brand, 'Brand', product.brandId, 'ESCROW'),
    (await history(callers.operator, 'Alliance', alliance.id, 'REVENUE')).filter(
      ({ counterparty }) => counterparty.organisationId === toGlobalId('Brand', product.brandId),
    ),
  ];
  const followed = views.flat().filter(({ kind }) => ['SETTLEMENT', 'CLAWBACK', 'ADJUSTMENT'].includes(kind));
  // A settlement and two clawbacks of three payees, each seen from both sides.
  expect(followed).toHaveLength(18);
  for (const entry of followed)
    expect([entry.kind, sumOfLines(entry)]).toEqual([entry.kind, minor(entry.amount)]);
  const others = views.flat().filter((entry) => !followed.includes(entry));
  expect(others.map(({ kind, orderLines }) => [kind, orderLines.nodes])).toEqual(
    others.map(({ kind }) => [kind, []]),
  );
  // What was refunded before is settled at what was left of it; what was refunded in full is in no settlement.
  const settled = views[0]?.find(({ kind }) => kind === 'SETTLEMENT');
  expect(linesOf(settled).sort()).toEqual(
    [
      [first.orderNo, 960],
      [third.orderNo, 1440],
    ].sort(),
  );
});

it('keeps the terms of reserve apart within a batch, and each entry has its own lines', async () => {
  await lineUpTo('RECEIVED');
  await reserve(1000, 30);
  await lineUpTo('RECEIVED');
  await reserve(500, 10);
  await lineUpTo('RECEIVED');
  await reserve(0, 0);
  await settle(DUE_AT);
  const payable = await history(callers.creator, 'Creator', creatorId, 'PAYABLE');
  const settlements = payable.filter(({ kind }) => kind === 'SETTLEMENT');
  expect(settlements.reduce((sum, { amount }) => sum + minor(amount), 0)).toBe(4320);
  for (const entry of settlements) expect(sumOfLines(entry)).toBe(minor(entry.amount));
  expect(
    brief(payable)
      .filter(([kind]) => kind === 'RESERVE_KEPT')
      .map(([, amount]) => amount)
      .sort(),
  ).toEqual([-144, -72]);
});

it('is paged by the number of the posting, without a gap or a repetition', async () => {
  for (const day of [0, 1, 2]) {
    const line = await lineUpTo('RECEIVED');
    await settle(later(DUE_AT, day));
    await refund(line, 2500n, later(DUE_AT, day));
  }
  const all = await history(callers.brand, 'Brand', product.brandId, 'ESCROW');
  expect(all).toHaveLength(18);
  const paged: Json[] = [];
  for (let after: string | null = null; ; ) {
    const { data, errors }: Json = await callers.brand.query(
      `query ($after: String) { viewer { brand { accounts { history(first: 5, after: $after) {
        nodes { ${ENTRY} } pageInfo { hasNextPage endCursor } } } } } }`,
      { after },
    );
    expect(errors).toBeUndefined();
    const [{ history: page }] = data.viewer.brand.accounts;
    paged.push(...page.nodes);
    after = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage) break;
  }
  expect(paged).toEqual(all);
  let running = 0;
  for (const { amount, balanceAfter } of all.toReversed()) {
    running += minor(amount);
    expect(minor(balanceAfter)).toBe(running);
  }
});
