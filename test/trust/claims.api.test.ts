import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { leaveTrustBuy, setProtections } from '../../src/features/trust/index.ts';
import { act, said } from '../api/act.ts';
import type { Json } from '../kit/alliance.ts';
import {
  alliance,
  callers,
  claimOf,
  clock,
  decide,
  later,
  lineUpTo,
  opened,
  openTrust,
  parties,
  product,
  RECEIVED_AT,
  world,
} from './trust-scene.ts';

openTrust();

const open = (line: Parameters<typeof claimOf>[0], more: object = {}, caller = callers.brand) =>
  act(
    caller,
    'trustClaimOpen',
    claimOf(line, more),
    'id kind state amount { minorUnits } statement evidenceUrls openedAt payer orderLine { id } brand { id }',
  );

describe('opening', () => {
  it('is for the brand, its shop and operators; of others the line is not found', async () => {
    const line = await lineUpTo('RECEIVED');
    const { result } = await open(line);
    expect(result).toMatchObject({
      kind: 'REFUND_WITHOUT_RETURN',
      state: 'OPEN',
      amount: { minorUnits: '10000' },
      statement: 'Rotten on arrival',
      evidenceUrls: ['https://files.example/1.jpg'],
      openedAt: '2026-06-16T12:05:00.000Z',
      payer: null,
      orderLine: { id: line.globalId },
    });
    for (const name of ['creator', 'mcn', 'recruiter', 'stranger'] as const) {
      const { userErrors } = await open(line, { kind: 'RETURN_FREIGHT', amountMinor: '1' }, callers[name]);
      expect([name, userErrors]).toMatchObject([name, [{ __typename: 'NotFoundError' }]]);
    }
    const byOperator = await open(line, { kind: 'RETURN_FREIGHT', amountMinor: '1' }, callers.operator);
    expect(said(byOperator)).toBe('DONE');
  });

  it.each([
    ['an empty statement', { statement: ' ' }, 'statement'],
    ['a long statement', { statement: 'x'.repeat(2001) }, 'statement'],
    ['a control character', { statement: 'a\u0007b' }, 'statement'],
    ['nothing', { amountMinor: '0' }, 'amountMinor'],
    ['less than nothing', { amountMinor: '-5' }, 'amountMinor'],
    ['more than was paid', { amountMinor: '10001' }, 'amountMinor'],
    [
      'more than eleven times the price of a fake',
      { kind: 'TENFOLD_IF_FAKE', amountMinor: '110001' },
      'amountMinor',
    ],
    ['more freight than the rules pay', { kind: 'RETURN_FREIGHT', amountMinor: '2501' }, 'amountMinor'],
    ['an address that is none', { evidenceUrls: ['files'] }, 'evidenceUrls'],
    ['an address of another kind', { evidenceUrls: ['javascript:alert(1)'] }, 'evidenceUrls'],
    [
      'too many addresses',
      { evidenceUrls: Array.from({ length: 11 }, (_, i) => `https://files.example/${i}`) },
      'evidenceUrls',
    ],
    ['a protection that the product does not carry', { kind: 'WARRANTY_180_DAYS' }, 'kind'],
  ])('with %s is refused, and leaves nothing', async (_what, more, field) => {
    const line = await lineUpTo('RECEIVED');
    const { userErrors } = await open(line, more);
    expect(userErrors).toMatchObject([{ __typename: 'InvalidInput', path: ['input', field] }]);
    const [left] = await alliance.database.rows(sql`
      select (select count(*)::int from trust_claim where line_id = ${line.id}) as claims,
        (select count(*)::int from after_sales_case where line_id = ${line.id}) as cases`);
    expect(left).toEqual({ claims: 0, cases: 0 });
  });

  it('ends with the days of the protection, to the millisecond', async () => {
    const line = await lineUpTo('RECEIVED');
    const page = await callers.creator.query(
      'query ($id: ID!) { orderLine(id: $id) { protections { kind by days claimableUntil } } }',
      { id: line.globalId },
    );
    expect(page.data.orderLine.protections).toEqual([
      {
        kind: 'REFUND_WITHOUT_RETURN',
        by: 'PRODUCT',
        days: 7,
        claimableUntil: later(RECEIVED_AT, 7).toISOString(),
      },
      {
        kind: 'RETURN_FREIGHT',
        by: 'PRODUCT',
        days: 30,
        claimableUntil: later(RECEIVED_AT, 30).toISOString(),
      },
      {
        kind: 'TENFOLD_IF_FAKE',
        by: 'PRODUCT',
        days: 90,
        claimableUntil: later(RECEIVED_AT, 90).toISOString(),
      },
    ]);
    clock.set(later(RECEIVED_AT, 7));
    expect((await open(line)).userErrors).toMatchObject([
      { __typename: 'StateConflict', state: 'EXPIRED', path: ['input', 'kind'] },
    ]);
    clock.advance(-1);
    expect(said(await open(line))).toBe('DONE');
  });

  it('waits for the payment, and is not for what was called off', async () => {
    const line = await lineUpTo('PLACED');
    expect((await open(line)).userErrors).toMatchObject([{ __typename: 'StateConflict', state: 'PLACED' }]);
    const paid = await lineUpTo('PAID');
    expect(said(await open(paid))).toBe('DONE');
  });

  it('of a kind is possible once at a time, and all together give no more than the kind', async () => {
    const line = await lineUpTo('RECEIVED');
    const claimId = await opened(line, { amountMinor: '6000' });
    expect((await open(line, { amountMinor: '1' })).userErrors).toMatchObject([
      { __typename: 'StateConflict', state: 'OPEN' },
    ]);
    await decide(claimId);
    expect((await open(line, { amountMinor: '4001' })).userErrors).toMatchObject([
      { __typename: 'InvalidInput', message: expect.stringContaining('At most 4000 ') },
    ]);
    expect(said(await open(line, { amountMinor: '4000' }))).toBe('DONE');
  });

  it('under one idempotency key is one claim', async () => {
    const line = await lineUpTo('RECEIVED');
    const more = { idempotencyKey: 'claim-once-1' };
    const answers = await Promise.all([open(line, more), open(line, more), open(line, more)]);
    expect(new Set(answers.map(({ result }) => result.id)).size).toBe(1);
    const other = await open(line, { ...more, amountMinor: '5' });
    expect(other.refused).toEqual(['IdempotencyKeyReused']);
  });
});

describe('what a line was placed under', () => {
  it('stays when the product carries something else, and when the brand leaves', async () => {
    const line = await lineUpTo('RECEIVED');
    const { id: productId, brandId } = product;
    clock.advance(3_600_000);
    await world.tx(async (tx) => {
      await setProtections(tx, { brandId, productId, kinds: ['RETURN_FREIGHT'] }, clock.now());
      await leaveTrustBuy(tx, brandId, clock.now());
    });
    expect(said(await open(line))).toBe('DONE');
    const query = `query ($id: ID!) { orderLine(id: $id) { protections { kind }
      product { trust { trustBuy protections } brand { trust { trustBuy since } } } } }`;
    const { data } = await callers.brand.query(query, { id: line.globalId });
    expect(data.orderLine.protections.map(({ kind }: Json) => kind)).toEqual([
      'REFUND_WITHOUT_RETURN',
      'RETURN_FREIGHT',
      'TENFOLD_IF_FAKE',
    ]);
    expect(data.orderLine.product).toEqual({
      trust: { trustBuy: false, protections: [] },
      brand: { trust: { trustBuy: false, since: null } },
    });
  });
});

describe('deciding', () => {
  it('is for operators; the brand may concede, and nobody else may', async () => {
    const claimId = await opened(await lineUpTo('RECEIVED'));
    for (const name of ['brand', 'creator', 'mcn', 'recruiter', 'stranger'] as const)
      expect([name, said(await decide(claimId, {}, callers[name]))]).toEqual([name, 'FORBIDDEN']);
    const concede = (caller: (typeof callers)['brand']) =>
      act(caller, 'trustClaimConcede', { claimId, note: 'We are sorry' }, 'state payer decidedBy note');
    for (const name of ['creator', 'mcn', 'recruiter', 'stranger', 'operator'] as const)
      expect([name, said(await concede(callers[name]))]).toEqual([name, 'NotFoundError']);
    expect((await concede(callers.brand)).result).toEqual({
      state: 'UPHELD',
      payer: 'BRAND',
      decidedBy: 'BRAND',
      note: 'We are sorry',
    });
    expect((await decide(claimId)).userErrors).toMatchObject([
      { __typename: 'StateConflict', state: 'UPHELD' },
    ]);
  });

  it('refuses to uphold nothing, more than is claimed, and without a reason', async () => {
    const claimId = await opened(await lineUpTo('RECEIVED'), { amountMinor: '500' });
    for (const upheldMinor of ['0', '-1', '501'])
      expect((await decide(claimId, { upheldMinor })).userErrors).toMatchObject([
        { __typename: 'InvalidInput', path: ['input', 'upheldMinor'] },
      ]);
    expect((await decide(claimId, { note: ' ' })).userErrors).toMatchObject([
      { __typename: 'InvalidInput', path: ['input', 'note'] },
    ]);
    expect(said(await decide(claimId, { outcome: 'DISMISSED' }))).toBe('DONE');
  });

  it('closes the case, which nothing else closes', async () => {
    const line = await lineUpTo('RECEIVED');
    const claimId = await opened(line);
    const cases = async () => {
      const { data } = await callers.brand.query(
        'query ($id: ID!) { orderLine(id: $id) { afterSalesCases { nodes { id kind outcome } } } }',
        { id: line.globalId },
      );
      return data.orderLine.afterSalesCases.nodes;
    };
    const [{ id: caseId, ...shown }] = await cases();
    expect(shown).toEqual({ kind: 'DISPUTE', outcome: null });
    const closed = await act(callers.brand, 'afterSalesCaseClose', { caseId, outcome: 'WITHDRAWN' });
    expect(closed.userErrors).toMatchObject([{ __typename: 'StateConflict', state: 'CLAIMED' }]);
    await decide(claimId, { outcome: 'DISMISSED' });
    expect(await cases()).toEqual([{ id: caseId, kind: 'DISPUTE', outcome: 'REJECTED' }]);
  });

  it('is told to the brand and the creator, and the alliance hears of what is opened', async () => {
    const line = await lineUpTo('RECEIVED');
    await decide(await opened(line, { amountMinor: '5000' }), { payer: 'ALLIANCE' });
    const told = await alliance.database.rows(sql<Json>`
      select kind, data, party_ids as "to" from outbox_event where kind like 'CLAIM_%' and brand_id = ${parties.brand}
      order by xid, id`);
    const both = [parties.brand, parties.creator];
    expect(told.map(({ to }: Json) => [...to].sort())).toEqual([
      [...both, alliance.id].sort(),
      [...both].sort(),
    ]);
    expect(told.map(({ kind, data }: Json) => [kind, data])).toEqual([
      ['CLAIM_OPENED', { kind: 'REFUND_WITHOUT_RETURN', amountMinor: '5000', currency: 'CNY' }],
      ['CLAIM_UPHELD', { payer: 'ALLIANCE', goodsMinor: '5000', compensationMinor: '0', currency: 'CNY' }],
    ]);
  });
});

describe('lists', () => {
  it('show the creator its claims without what the buyer says, and the operator all that wait', async () => {
    const line = await lineUpTo('RECEIVED');
    const id = await opened(line);
    const mine = 'query { viewer { creator { trustClaims { nodes { id state amount { minorUnits } } } } } }';
    const own = await callers.creator.query(mine);
    expect(own.data.viewer.creator.trustClaims.nodes).toEqual([
      { id, state: 'OPEN', amount: { minorUnits: '10000' } },
    ]);
    const told = await callers.creator.query(
      'query { viewer { creator { trustClaims { nodes { id statement evidenceUrls } } } } }',
    );
    expect(told.data.viewer.creator.trustClaims.nodes).toEqual([{ id, statement: null, evidenceUrls: null }]);
    expect(told.errors?.map(({ extensions }) => extensions.code)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    const waiting = await callers.operator.query(
      '{ openTrustClaims(first: 100) { nodes { id statement } } }',
    );
    expect(waiting.data.openTrustClaims.nodes).toContainEqual({ id, statement: 'Rotten on arrival' });
    const refused = await callers.brand.query('{ openTrustClaims { nodes { id } } }');
    expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const lists = await callers.brand.query(
      '{ viewer { brand { trustClaims { nodes { id evidenceUrls refundEventId } } } } }',
    );
    expect(lists.data.viewer.brand.trustClaims.nodes).toEqual([
      { id, evidenceUrls: ['https://files.example/1.jpg'], refundEventId: null },
    ]);
  });
});
