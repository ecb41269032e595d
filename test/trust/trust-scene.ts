import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { reconcile } from '../../src/checks/reconcile.ts';
import { verify } from '../../src/checks/verify.ts';
import type { ProtectionKind } from '../../src/features/product/index.ts';
import { settleDue } from '../../src/features/settlement/index.ts';
import { changeTrustPolicy, joinTrustBuy, setProtections } from '../../src/features/trust/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act } from '../api/act.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { EARLY, event, type MadeProduct, PLACED_AT, placed, World } from '../kit/world.ts';

const DAY_MS = 86_400_000;
export const later = (at: Date, days: number): Date => new Date(at.getTime() + days * DAY_MS);
/** When a line of the scene is received. */
export const RECEIVED_AT = new Date(PLACED_AT.getTime() + 3 * 60_000);
/** When it is due. */
export const DUE_AT = later(RECEIVED_AT, 7);
export const CARRIED: readonly ProtectionKind[] = [
  'REFUND_WITHOUT_RETURN',
  'RETURN_FREIGHT',
  'TENFOLD_IF_FAKE',
];

export let alliance: TestAlliance;
export let world: World;
export const clock = new TestClock('2026-06-16T12:05:00.000Z');
export let product: MadeProduct;
export let parties: Record<'brand' | 'creator' | 'mcn' | 'recruiter', string>;
export let callers: Record<'brand' | 'creator' | 'mcn' | 'recruiter' | 'operator' | 'stranger', Caller>;
let linkCode: string;
let orders = 0;

/** Opens an alliance whose Trust Buy admits everybody; before each test a member with a product that carries protections. */
export function openTrust(): void {
  beforeAll(async () => {
    alliance = await testAlliance({ clock });
    world = new World(alliance.database);
    const everybody = { admissionLines: 0, admissionScore: 0, expulsionScore: 0 };
    await world.tx((tx) => changeTrustPolicy(tx, everybody, EARLY));
  });
  afterAll(() => alliance.close());
  beforeEach(async () => {
    clock.set('2026-06-16T12:05:00.000Z');
    product = await world.product();
    const [creator, mcn, recruiter] = [await world.creator(), await world.agency(), await world.agency()];
    parties = { brand: product.brandId, creator, mcn, recruiter };
    await world.plan(product);
    await world.contract(mcn, creator, 2000);
    const { id: enrolmentId } = await world.enrolment(product, recruiter);
    linkCode = await world.link(creator, product, enrolmentId);
    await protect(product, CARRIED);
    callers = {
      brand: await alliance.memberOf(parties.brand),
      creator: await alliance.memberOf(creator),
      mcn: await alliance.memberOf(mcn),
      recruiter: await alliance.memberOf(recruiter),
      operator: await alliance.memberOf(alliance.id),
      stranger: await alliance.memberOf(await world.creator()),
    };
  });
}

/** Takes the brand of a product into Trust Buy, long ago, and has the product carry these. */
export const protect = ({ id: productId, brandId }: MadeProduct, kinds: readonly ProtectionKind[]) =>
  world.tx(async (tx) => {
    await joinTrustBuy(tx, brandId, EARLY);
    await setProtections(tx, { brandId, productId, kinds }, EARLY);
  });

export interface MadeLine {
  readonly orderNo: string;
  readonly id: string;
  readonly globalId: string;
}

type Kind = 'PLACED' | 'PAID' | 'SHIPPED' | 'RECEIVED';
const LIFE: readonly Kind[] = ['PLACED', 'PAID', 'SHIPPED', 'RECEIVED'];

/**
 * An order line at 100.00 that has come so far. The brand pays 23.00: of 20.00 the fee is 2.00, 3.60 the MCN's and 14.40
 * the creator's; of 3.00 the fee is 0.30 and 2.70 the recruiter's. All of it may be so much later than usual.
 */
export async function lineUpTo(last: Kind, more: object = {}, laterMs = 0): Promise<MadeLine> {
  const orderNo = `T${++orders}`;
  const detail = placed(product.code, { linkCode, ...more });
  const events = LIFE.slice(0, LIFE.indexOf(last) + 1).map((kind) => {
    const usual = event(product.brandId, kind, orderNo, kind === 'PLACED' ? { placed: detail } : {});
    return { ...usual, occurredAt: new Date(usual.occurredAt.getTime() + laterMs) };
  });
  const answers = await world.ingest(product.brandId, events, clock.now());
  expect(answers.map(({ status }) => status)).toEqual(events.map(() => 'APPLIED'));
  const [row] = await alliance.database.rows(sql<{ id: string }>`
    select id from order_line where order_no = ${orderNo} and brand_id = ${product.brandId}`);
  const id = row?.id ?? '';
  return { orderNo, id, globalId: toGlobalId('OrderLine', id, product.brandId) };
}

/** Reports a refund of a line as its shop would. */
export const refund = ({ orderNo }: MadeLine, amountMinor: bigint, eventId = `${orderNo}/refund`) =>
  world.ingest(
    product.brandId,
    [
      event(product.brandId, 'REFUNDED', orderNo, {
        eventId,
        occurredAt: clock.now(),
        refund: { amountMinor, quantity: 0 },
      }),
    ],
    clock.now(),
  );

export function settle(asOf: Date) {
  clock.set(asOf);
  return settleDue(alliance.database, { asOf, now: asOf });
}

export const claimOf = ({ globalId: orderLineId }: MadeLine, more: object = {}) => ({
  orderLineId,
  kind: 'REFUND_WITHOUT_RETURN',
  amountMinor: '10000',
  statement: 'Rotten on arrival',
  evidenceUrls: ['https://files.example/1.jpg'],
  ...more,
});

/** Opens a claim as the brand; gives its id. */
export async function opened(line: MadeLine, more: object = {}): Promise<string> {
  const { result, userErrors } = await act(callers.brand, 'trustClaimOpen', claimOf(line, more), 'id');
  expect(userErrors).toEqual([]);
  return result.id;
}

export const DECIDED =
  'id state payer decidedBy note refundedForGoods { minorUnits } compensation { minorUnits } refundEventId';

export const decide = (claimId: string, more: object = {}, caller = callers.operator) =>
  act(
    caller,
    'trustClaimDecide',
    { claimId, outcome: 'UPHELD', payer: 'BRAND', note: 'Seen', ...more },
    DECIDED,
  );

/** Opens a claim and has it upheld. */
export async function uphold(line: MadeLine, claim: object, decision: object = {}) {
  const { result, userErrors } = await decide(await opened(line, claim), decision);
  expect(userErrors).toEqual([]);
  return result;
}

/** The balance of an account, or 0 where it has never been opened. */
export async function balance(partyId: string, kind: string): Promise<bigint> {
  const [row] = await alliance.database.rows(sql<{ balance: bigint }>`
    select balance_minor as balance from ledger_account where party_id = ${partyId} and kind = ${kind}`);
  return row?.balance ?? 0n;
}

/** What each of a line's payees keeps of it on the estimated track, and the alliance's fees together. */
export async function nets({ id }: MadeLine): Promise<Record<string, bigint>> {
  const rows = await alliance.database.rows(sql<{ role: string; net: bigint }>`
    select role, sum(net_minor)::bigint as net from waterfall_node where line_id = ${id} group by 1`);
  return Object.fromEntries(rows.map(({ role, net }) => [role, net]));
}

/** Where the money of everybody in the scene is in the ledger. */
export async function money() {
  return {
    brand: await balance(parties.brand, 'ESCROW'),
    creator: await balance(parties.creator, 'PAYABLE'),
    creatorOwes: await balance(parties.creator, 'RECEIVABLE'),
    mcn: await balance(parties.mcn, 'PAYABLE'),
    recruiter: await balance(parties.recruiter, 'PAYABLE'),
    fee: await balance(alliance.id, 'REVENUE'),
  };
}

/** Nothing differs between any two records, and every line is what its proof says. */
export async function expectSound(): Promise<void> {
  expect((await reconcile(alliance.database)).differences).toEqual([]);
  expect((await verify(alliance.database)).failures).toEqual([]);
}
