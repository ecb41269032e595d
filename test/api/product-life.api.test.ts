import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { World } from '../kit/world.ts';
import { act, said } from './act.ts';

let alliance: TestAlliance;
let world: World;
let brandId: string;
let brand: Caller;
let stranger: Caller;
let operator: Caller;

beforeAll(async () => {
  alliance = await testAlliance();
  world = new World(alliance.database);
  brandId = await world.brand();
  brand = await alliance.memberOf(brandId);
  stranger = await alliance.memberOf(await world.brand());
  operator = await alliance.memberOf(alliance.id);
});

afterAll(() => alliance.close());

const sku = (code: string) => ({ code, optionName: '一件', priceMinor: '1999', stock: '10' });

const newProduct = async (code: string) => ({
  brandId: toGlobalId('Brand', brandId),
  categoryId: toGlobalId('Category', await world.leafCategory()),
  title: '苹果礼盒',
  description: '',
  skus: [sku(code)],
});

/** A draft of the brand; gives its global id. */
async function draft(code: string): Promise<string> {
  return (await act(brand, 'productCreate', await newProduct(code), 'id')).result.id;
}

/** A product that was led to a state by these moves. */
async function moved(code: string, moves: readonly (readonly [Caller, string, object?])[]): Promise<string> {
  const productId = await draft(code);
  for (const [caller, name, more] of moves) {
    expect(said(await act(caller, name, { productId, ...more }))).toBe('DONE');
  }
  return productId;
}

describe('the life of a product', () => {
  it('goes from draft to delisted, and shows each state and note', async () => {
    const fields = 'state reviewNote listedAt skus { code price { amount } stock }';
    const { result } = await act(brand, 'productCreate', await newProduct('life'), `id ${fields}`);
    const { id: productId, ...created } = result;
    const skus = [{ code: 'life', price: { amount: '19.99' }, stock: '10' }];
    expect(created).toEqual({ state: 'DRAFT', reviewNote: null, listedAt: null, skus });
    const states = [];
    for (const [caller, name, more] of [
      [brand, 'productSubmit', {}],
      [operator, 'productReview', { approve: false, note: '请补充产地' }],
      [brand, 'productSubmit', {}],
      [operator, 'productReview', { approve: true }],
      [brand, 'productSuspend', { note: '缺货' }],
      [brand, 'productResume', {}],
      [brand, 'productDelist', {}],
    ] as const) {
      const { result: after, refused } = await act(caller, name, { productId, ...more }, 'state reviewNote');
      expect(refused).toEqual([]);
      states.push([after.state, after.reviewNote]);
    }
    expect(states).toEqual([
      ['IN_REVIEW', null],
      ['DRAFT', '请补充产地'],
      ['IN_REVIEW', null],
      ['LISTED', null],
      ['SUSPENDED', '缺货'],
      ['LISTED', null],
      ['DELISTED', null],
    ]);
  });

  const SUBMIT = () => [brand, 'productSubmit'] as const;
  const APPROVE = () => [operator, 'productReview', { approve: true }] as const;
  const SUSPEND = () => [brand, 'productSuspend'] as const;
  const LIST = () => [SUBMIT(), APPROVE()];
  const STATES = {
    DRAFT: () => [],
    IN_REVIEW: () => [SUBMIT()],
    LISTED: () => LIST(),
    SUSPENDED: () => [...LIST(), SUSPEND()],
    DELISTED: () => [...LIST(), [brand, 'productDelist'] as const],
  };
  const ALLOWED: Record<keyof typeof STATES, string[]> = {
    DRAFT: ['productSubmit'],
    IN_REVIEW: ['productReview'],
    LISTED: ['productSuspend', 'productDelist'],
    SUSPENDED: ['productResume', 'productDelist'],
    DELISTED: [],
  };
  const MOVES = ['productSubmit', 'productReview', 'productSuspend', 'productResume', 'productDelist'];

  it.each(Object.keys(STATES) as (keyof typeof STATES)[])(
    'takes no move from %s that it has not',
    async (state) => {
      const productId = await moved(`from-${state}`, STATES[state]());
      for (const name of MOVES.filter((move) => !ALLOWED[state].includes(move))) {
        const more = name === 'productReview' ? { approve: true } : {};
        const { refused, userErrors, result } = await act(operator, name, { productId, ...more });
        expect([name, refused, userErrors[0]?.state, result]).toEqual([name, ['StateConflict'], state, null]);
      }
    },
  );

  it('is not listed by its own brand before the review, nor after an operator has suspended it', async () => {
    const waiting = await moved('waiting', [SUBMIT()]);
    expect(said(await act(brand, 'productReview', { productId: waiting, approve: true }))).toBe('FORBIDDEN');
    expect(said(await act(brand, 'productResume', { productId: waiting }))).toBe('StateConflict');
    const held = await moved('held', [...LIST(), [operator, 'productSuspend', { note: '投诉' }]]);
    expect(said(await act(brand, 'productResume', { productId: held }))).toBe('StateConflict');
    expect(said(await act(operator, 'productResume', { productId: held }))).toBe('DONE');
  });

  it('is moved by nobody else, who is not told that it is there', async () => {
    const productId = await moved('mine', LIST());
    const viewer = await alliance.memberOf(brandId, 'BRAND', 'VIEWER');
    for (const caller of [stranger, viewer]) {
      for (const name of MOVES.filter((move) => move !== 'productReview')) {
        expect([name, said(await act(caller, name, { productId }))]).toEqual([name, 'NotFoundError']);
      }
    }
    const { status, code } = await act(alliance.withHeader(), 'productSuspend', { productId });
    expect([status, code]).toEqual([200, 'UNAUTHENTICATED']);
  });

  it('changes price and stock of a SKU, for its brand only', async () => {
    const productId = await draft('priced');
    const { data } = await brand.query('query ($id: ID!) { product(id: $id) { skus { id } } }', {
      id: productId,
    });
    const skuId = data.product.skus[0].id;
    const { result } = await act(
      brand,
      'skuUpdate',
      { skuId, priceMinor: '2500' },
      'stock price { minorUnits }',
    );
    expect(result).toEqual({ stock: '10', price: { minorUnits: '2500' } });
    expect(said(await act(stranger, 'skuUpdate', { skuId, stock: '0' }))).toBe('NotFoundError');
    expect(said(await act(brand, 'skuUpdate', { skuId, priceMinor: '0' }))).toBe('InvalidInput');
    expect(said(await act(brand, 'skuUpdate', { skuId, stock: '-1' }))).toBe('InvalidInput');
  });
});

describe('what is done to a product', () => {
  it('stands in the audit log: who, what, on what, from where', async () => {
    const productId = await moved('audited', [[brand, 'productSubmit']]);
    const before = await auditOf('productReview');
    await act(operator, 'productReview', { productId, approve: true });
    const [entry, ...older] = await auditOf('productReview');
    expect(older).toEqual(before);
    expect(entry).toEqual({ ...BY_OPERATOR(), object: productId, outcome: 'DONE', errorTypes: [] });
  });

  it('also when it was refused, and whoever does it', async () => {
    const productId = await draft('refused');
    expect(said(await act(operator, 'productReview', { productId, approve: true }))).toBe('StateConflict');
    const [refused] = await auditOf('productReview');
    const errorTypes = ['StateConflict'];
    expect(refused).toEqual({ ...BY_OPERATOR(), object: productId, outcome: 'REFUSED', errorTypes });
    await act(brand, 'productSubmit', { productId });
    const [submitted] = await auditOf('productSubmit');
    expect(submitted).toMatchObject({ partyId: brandId, object: productId, outcome: 'DONE' });
  });

  const BY_OPERATOR = () => ({ partyId: alliance.id, address: '127.0.0.1', person: true });

  const auditOf = (operation: string) =>
    alliance.database.rows(sql`
      select party_id as "partyId", object, address, outcome, error_types as "errorTypes", user_id is not null as person
      from audit_entry where operation = ${operation} order by id desc`);
});

describe('a product that cannot be', () => {
  it.each([
    ['without SKUs', { skus: [] }, 'InvalidInput'],
    [
      'with a hundred and one',
      { skus: Array.from({ length: 101 }, (_, i) => sku(`many-${i}`)) },
      'InvalidInput',
    ],
    ['with one code twice', { skus: [sku('twice'), sku('twice')] }, 'InvalidInput'],
    ['without a title', { title: '  ' }, 'InvalidInput'],
    ['with a title of 201 characters', { title: 'x'.repeat(201) }, 'InvalidInput'],
    ['with an outside shop and no address', { source: 'TAOBAO' }, 'InvalidInput'],
    ['with an address that is none', { source: 'TAOBAO', sourceUrl: 'javascript:alert(1)' }, 'InvalidInput'],
    ['in no category', { categoryId: 'Category_x' }, 'NotFoundError'],
    [
      'of no brand',
      { brandId: toGlobalId('Brand', '01890000-0000-7000-8000-000000000000') },
      'NotFoundError',
    ],
    ['of no source', { source: 'MOON' }, 'BAD_USER_INPUT'],
  ])('%s', async (what, change, answer) => {
    const input = { ...(await newProduct(`cannot-${what}`.slice(0, 60))), ...change };
    expect([
      said(await act(brand, 'productCreate', input)),
      said(await act(operator, 'productCreate', input)),
    ]).toEqual([answer, answer]);
  });

  it('with the code of another product of the brand', async () => {
    await draft('taken');
    const { refused, userErrors } = await act(brand, 'productCreate', await newProduct('taken'));
    expect([refused, userErrors[0].path]).toEqual([['InvalidInput'], ['input', 'skus']]);
  });
});
