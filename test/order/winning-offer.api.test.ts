import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../kit/alliance.ts';
import type { MadeProduct } from '../kit/world.ts';
import { after, alliance, brandId, line, openBrand, world } from './placed-line.ts';

openBrand();

let named: string;
let other: string;

/** The offer that wins for a creator on a product and its rate, then each that lost with the reason. */
async function outcome(
  of: MadeProduct,
  creatorId: string,
  enrolmentId: string | null,
): Promise<(string | number | undefined)[]> {
  const { winner, losers } = (await line({ linkCode: await world.link(creatorId, of, enrolmentId) }, of))
    .commissionExplanation;
  return [
    winner?.kind,
    winner?.commissionRate,
    ...losers.map(({ because, offer }: Json) => `${offer.kind} ${because}`),
  ];
}

const enrol = async (product: MadeProduct) =>
  world.enrolment(product, await world.agency(), { commissionBp: 1500, serviceFeeBp: 100 });

beforeAll(async () => {
  [named, other] = [await world.creator(), await world.creator()];
  const plan = { kind: 'SHOP_TARGETED', creatorIds: [named], commissionBp: 2500 } as const;
  await world.plan({ id: '', brandId }, { ...plan, productId: null });
});

describe('the offer that wins', () => {
  it('is the strongest kind that reaches the creator, also when it is lower; each other is told with its reason', async () => {
    const made = await world.product({ brandId });
    const { id } = await enrol(made);
    await world.plan(made, { commissionBp: 3000 });
    await world.plan(made, { kind: 'TARGETED', creatorIds: [named], commissionBp: 1000 });
    const outranked = ['SHOP_TARGETED OUTRANKED', 'OPEN OUTRANKED'];
    expect(await outcome(made, named, id)).toEqual(['TARGETED', 1000, 'CAMPAIGN OUTRANKED', ...outranked]);
    expect(await outcome(made, named, null)).toEqual(['TARGETED', 1000, ...outranked]);
    const notNamed = ['TARGETED NOT_NAMED', 'SHOP_TARGETED NOT_NAMED'];
    expect(await outcome(made, other, id)).toEqual(['CAMPAIGN', 1500, ...notNamed, 'OPEN OUTRANKED']);
    expect(await outcome(made, other, null)).toEqual(['OPEN', 3000, ...notNamed]);
  });

  it('is the campaign before a plan for the whole shop, and that plan before nothing', async () => {
    const made = await world.product({ brandId });
    const { id } = await enrol(made);
    expect(await outcome(made, named, id)).toEqual(['CAMPAIGN', 1500, 'SHOP_TARGETED OUTRANKED']);
    expect(await outcome(made, named, null)).toEqual(['SHOP_TARGETED', 2500]);
  });

  it('is an EXCLUSIVE plan for those it names, and for nobody else; a campaign that is over is told so', async () => {
    const made = await world.product({ brandId });
    const { id, campaignId } = await enrol(made);
    await world.plan(made, { kind: 'EXCLUSIVE', creatorIds: [named], commissionBp: 700 });
    const outranked = ['CAMPAIGN OUTRANKED', 'SHOP_TARGETED OUTRANKED'];
    expect(await outcome(made, named, id)).toEqual(['EXCLUSIVE', 700, ...outranked]);
    const notNamed = ['EXCLUSIVE NOT_NAMED', 'SHOP_TARGETED NOT_NAMED'];
    expect(await outcome(made, other, id)).toEqual(['CAMPAIGN', 1500, ...notNamed]);

    const closeAt = (at: Date) =>
      alliance.database.rows(sql`update recruiting_campaign set closes_at = ${at} where id = ${campaignId}`);
    await closeAt(after(1));
    expect(await outcome(made, other, id)).toEqual(['CAMPAIGN', 1500, ...notNamed]);
    await closeAt(after(0));
    const [exclusive, shop] = notNamed;
    expect(await outcome(made, other, id)).toEqual([
      undefined,
      undefined,
      exclusive,
      'CAMPAIGN NOT_IN_FORCE',
      shop,
    ]);
  });

  it('pays a second-level agency out of the fee of the first, each with its own technical fee', async () => {
    const [creator, first, second] = [await world.creator(), await world.agency(), await world.agency()];
    const made = await world.product({ brandId });
    const parent = await world.enrolment(made, first, { commissionBp: 2000, serviceFeeBp: 300 });
    const child = await world.enrolment(made, second, { commissionBp: 2000, serviceFeeBp: 100 }, parent.id);
    const { waterfall } = await line({ linkCode: await world.link(creator, made, child.id) }, made);
    const rows = waterfall.nodes.map(({ role, rate, estimatedGross, estimatedNet }: Json) => [
      role,
      rate,
      estimatedGross.minorUnits,
      estimatedNet.minorUnits,
    ]);
    expect(rows).toEqual([
      ['CREATOR', 2000, '2000', '1800'],
      ['TECHNICAL_FEE', 1000, '200', '200'],
      ['RECRUITER', 300, '300', '170'],
      ['TECHNICAL_FEE', 1000, '30', '30'],
      ['SECOND_RECRUITER', 100, '100', '90'],
      ['TECHNICAL_FEE', 1000, '10', '10'],
    ]);
  });
});
