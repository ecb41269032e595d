import { expect } from 'vitest';
import type { Real } from './commands/command.ts';
import type { Model } from './model/model.ts';
import { observe, type Seen } from './observe.ts';

/** Compares everything that the product shows with the model, and what holds without a model (money.md, "Invariants"). */
export async function agree(model: Model, real: Real): Promise<void> {
  agreeOn(model, real, await observe(real.world));
}

/** The same with what has been seen just now, which is kept. */
export function agreeOn(model: Model, real: Real, seen: Seen): void {
  real.seen = seen;
  expect(seen.lines.map(figuresOf)).toEqual(expectedLines(model));
  expect(seen.clawbacks.map(({ id: _id, ...clawback }) => clawback)).toEqual(model.book.clawbacks);
  expect(sorted(seen.reserves)).toEqual(sorted(model.book.reserves));
  expect(seen.payouts.map(({ id: _id, ...payout }) => payout)).toEqual(model.payouts.all);
  const expected = model.book.accounts();
  expect(seen.sums).toEqual(expected);
  const ofAlliance = (name: string) => name.startsWith('alliance ');
  const own = Object.entries(expected).filter(([name]) => !ofAlliance(name));
  expect(seen.balances).toEqual(Object.fromEntries(own));
  holdByThemselves(seen);
  stayFrozen(model, seen);
}

const figuresOf = ({
  orderNo,
  state,
  left,
  refunded,
  shares,
  batch,
  dueAt,
  openCases,
  heldBy,
}: Seen['lines'][number]) => {
  // What has been posted of a share in entries is what the share is.
  for (const { net, posted } of shares) expect(posted).toBe(net);
  const nets = shares.map(({ role, payee, net }) => ({ role, payee, net }));
  return { orderNo, state, left, refunded, shares: nets, settled: batch !== null, dueAt, openCases, heldBy };
};

const expectedLines = (model: Model) =>
  model.placed
    .map((line) => {
      const { state, left, refunded } = line.standing();
      const { orderNo } = line.order;
      const { settled, openCases } = line;
      const dueAt = line.dueAt() ?? null;
      const heldBy = dueAt === null ? null : openCases;
      return { orderNo, state, left, refunded, shares: line.shares(), settled, dueAt, openCases, heldBy };
    })
    .sort((a, b) => (a.orderNo < b.orderNo ? -1 : 1));

const sorted = <Row extends { payee: string; amount: bigint; releaseAt: number; released: boolean }>(
  rows: readonly Row[],
) =>
  rows.map(({ payee, amount, releaseAt, released }) => `${payee} ${amount} ${releaseAt} ${released}`).sort();

/** Invariants 1 and 3 by the product's figures alone. */
function holdByThemselves({ lines, sums }: Seen): void {
  let settled = 0n;
  for (const { shares, left, batch } of lines) {
    for (const { net } of shares) {
      expect(net >= 0n && (left > 0n || net === 0n)).toBe(true);
      if (batch !== null) settled += net;
    }
  }
  // What the brand has paid is what the lines that are settled give their payees now.
  expect(-(sums['brand ESCROW'] ?? 0n)).toBe(settled);
}

/** Invariant 6: what was frozen when a line was first seen is as it was. */
function stayFrozen(model: Model, { lines }: Seen): void {
  for (const { orderNo, frozen } of lines) {
    expect([orderNo, model.frozen.get(orderNo) ?? frozen]).toEqual([orderNo, frozen]);
    model.frozen.set(orderNo, frozen);
  }
}
