import { changePolicy, rulesAt } from '../account/index.ts';
import { lineById } from '../order/index.ts';
import { requestPayout, setMethod } from '../payout/index.ts';
import { closeCase, openCase } from '../settlement/index.ts';
import type { Story } from './story.ts';
import { PRICE_MINOR } from './story-world.ts';
import type { StoryOrder, Storyteller } from './storyteller.ts';

/** 20 % of the price. */
const COMMISSION_BP = 2000;
/** Of the creator's commission. */
const MCN_SHARE_BP = 2000;

/** A creator with a managing agency who promotes a product at 20 %; what a buyer orders by the link. */
async function promotion(teller: Storyteller): Promise<StoryOrder & { creatorId: string }> {
  const { world } = teller;
  const product = await world.product(COMMISSION_BP);
  const creatorId = await world.creator();
  await world.manage(await world.agency('managing agency'), creatorId, MCN_SHARE_BP);
  const linkCode = await world.link(creatorId, product);
  return { skuCode: product.skuCode, linkCode, priceMinor: PRICE_MINOR, creatorId };
}

const paidShippedReceivedSettled: Story = {
  about: 'An order is paid, shipped and received, and its commission settled when the holding days are over.',
  days: 11,
  async tell(teller) {
    const line = await teller.received(await promotion(teller));
    await teller.waitUntilDue(line);
    await teller.note('The holding days are over: the commission is settled and payable.', line);
  },
};

const partRefundedBeforeSettlement: Story = {
  about: 'Two fifths of an order are refunded while it is held: what is left is settled.',
  days: 11,
  async tell(teller) {
    const line = await teller.received(await promotion(teller));
    await teller.wait({ days: 1 });
    await teller.refund(line, 4000n, 'Two fifths are refunded: the estimate goes down in proportion.');
    await teller.waitUntilDue(line);
    await teller.note('The holding days are over: what is left is settled.', line);
  },
};

const partRefundedAfterPayout: Story = {
  about:
    'An order is settled and paid out, then half of it is refunded: what the payees owe waits, and is offset against ' +
    'what the next order earns.',
  days: 23,
  async tell(teller) {
    const order = await promotion(teller);
    const line = await teller.received(order);
    await teller.waitUntilDue(line);
    await teller.note('The commission is settled and payable.', line);
    await payOut(teller, order.creatorId, 'Story Creator');
    await teller.note('The creator has asked for a payout, and the money has arrived.', line);
    await teller.wait({ days: 1 });
    await teller.refund(
      line,
      PRICE_MINOR / 2n,
      'Half is refunded: the agency gives its part back out of its balance; the creator, who was paid out, owes it.',
    );
    const next = await teller.received(order);
    await teller.waitUntilDue(next);
    await teller.note('The next order is settled: what the creator owed is offset against it.', next);
  },
};

const cancelledBeforeShipping: Story = {
  about: 'An order is paid and called off before shipping: every estimate closes to zero.',
  days: 1,
  async tell(teller) {
    const line = await teller.order(await promotion(teller));
    await teller.pay(line);
    await teller.wait({ minutes: 30 });
    await teller.cancel(line);
  },
};

const openCaseDelaysSettlement: Story = {
  about: 'An after-sales case is open when the holding days end: the line is settled after it is closed.',
  days: 15,
  async tell(teller) {
    const line = await teller.received(await promotion(teller));
    const { brandId, id: lineId } = line;
    const row = await teller.look(lineById, [brandId, lineId]);
    await teller.wait({ days: 1 });
    const reason = 'The buyer says that a part is missing.';
    const opening = { kind: 'REFUND_ONLY', reason, openedBy: brandId } as const;
    const id = await teller.act((tx, now) => openCase(tx, row, opening, now));
    await teller.note('The buyer has brought an after-sales case.', line);
    await teller.waitUntilDue(line);
    await teller.note('The holding days are over, but a case is open: nothing is settled.', line);
    await teller.wait({ days: 2 });
    const closing = { outcome: 'REJECTED', note: 'The part was in the parcel.' } as const;
    await teller.act((tx, now) => closeCase(tx, { brandId, id, lineId }, closing, now));
    await teller.note('The case is closed: the next run settles the line.', line);
    await teller.waitUntilDue(line);
    await teller.note('The commission is settled and payable.', line);
  },
};

const payoutFailsAndIsRepeated: Story = {
  about: 'A payout to a closed account fails and the money comes back; to another account it arrives.',
  days: 12,
  async tell(teller) {
    const order = await promotion(teller);
    const line = await teller.received(order);
    await teller.waitUntilDue(line);
    await teller.note('The commission is settled and payable.', line);
    await payOut(teller, order.creatorId, 'Sandbox closed account');
    await teller.note(
      'The account is closed: the payout has failed, and the money is in the balance again.',
      line,
    );
    await payOut(teller, order.creatorId, 'Story Creator');
    await teller.note('The creator has named another account: the repeated payout has arrived.', line);
  },
};

const reserveKeptAndReleased: Story = {
  about:
    'A tenth of each settlement is kept for five days, by the policy in force at placing, and then released.',
  days: 17,
  async tell(teller) {
    const order = await promotion(teller);
    const before = (await rulesAt(teller.clock.database, teller.now)).policy;
    await teller.act((tx, now) => changePolicy(tx, { reserveBp: 1000, reserveDays: 5 }, now));
    await teller.wait({ minutes: 1 });
    const line = await teller.order(order);
    const { reserveBp, reserveDays } = before;
    // Back at once, so that what others sell is not held by a story's policy; the line keeps its own.
    await teller.wait({ minutes: 1 });
    await teller.act((tx, now) => changePolicy(tx, { reserveBp, reserveDays }, now));
    await teller.pay(line);
    await teller.ship(line);
    await teller.receive(line);
    await teller.waitUntilDue(line);
    await teller.note('The commission is settled; a tenth of it is kept in reserve.', line);
    await teller.waitForHour(new Date(teller.now.getTime() + 5 * 86_400_000));
    await teller.note('The reserve is released and payable.', line);
  },
};

/** Has the creator name an account and ask for all that it has; the payout is sent a minute later. */
async function payOut(teller: Storyteller, partyId: string, holder: string): Promise<void> {
  const currency = await teller.world.currency();
  await teller.act(async (tx, now) => {
    const method = { kind: 'PROVIDER', holder, country: 'CN', accountNumber: 'story-account' } as const;
    await setMethod(tx, { partyId, ...method }, now);
    await requestPayout(tx, { payeeId: partyId, currency }, now);
  });
  await teller.wait({ minutes: 1 });
}

export const MONEY_STORIES = {
  PAID_SHIPPED_RECEIVED_SETTLED: paidShippedReceivedSettled,
  PART_REFUNDED_BEFORE_SETTLEMENT: partRefundedBeforeSettlement,
  PART_REFUNDED_AFTER_PAYOUT: partRefundedAfterPayout,
  CANCELLED_BEFORE_SHIPPING: cancelledBeforeShipping,
  OPEN_CASE_DELAYS_SETTLEMENT: openCaseDelaysSettlement,
  PAYOUT_FAILS_AND_IS_REPEATED: payoutFailsAndIsRepeated,
  RESERVE_KEPT_AND_RELEASED: reserveKeptAndReleased,
} as const satisfies Record<string, Story>;
