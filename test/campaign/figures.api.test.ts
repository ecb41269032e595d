import { afterAll, beforeAll, expect, it } from 'vitest';
import { fromGlobalId } from '../../src/kernel/ids.ts';
import { act } from '../api/act.ts';
import type { Caller } from '../kit/alliance.ts';
import { event, placed } from '../kit/world.ts';
import { enrol, enrolled, makeScene, opened, read, review, type Scene } from './scene.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await makeScene();
});

afterAll(() => scene.alliance.close());

it('counts a line won on the second level for both agencies, each with what it keeps, and leaves the unpaid out', async () => {
  const product = await scene.world.product({ brandId: scene.brandId });
  const first = await opened(scene, { secondLevelOpen: true });
  const above = enrolled(await enrol(scene, first, [product]));
  await review(scene, first, [above]);
  const secondId = await scene.world.agency();
  const second: Caller = await scene.alliance.memberOf(secondId);
  const campaignId = await opened({ ...scene, agency: second, agencyId: secondId });
  const input = { enrolmentId: above, campaignId, serviceFeeRate: 100 };
  const { result } = await act(second, 'enrolmentReenrol', input, 'id');
  const creatorId = await scene.world.creator();
  const below = await scene.world.link(creatorId, product, fromGlobalId(result.id)?.id);
  const direct = await scene.world.link(creatorId, product, fromGlobalId(above)?.id);
  const occurredAt = new Date('2026-06-16T03:00:00Z');
  scene.clock.set('2026-06-16T04:00:00Z');
  const order = (orderNo: string, linkCode: string) =>
    event(scene.brandId, 'PLACED', orderNo, { occurredAt, placed: placed(product.code, { linkCode }) });
  const paid = (orderNo: string) => event(scene.brandId, 'PAID', orderNo, { occurredAt });
  const events = [order('A', below), paid('A'), order('B', direct), paid('B'), order('C', below)];
  await scene.world.ingest(scene.brandId, events, scene.clock.now());
  const figures =
    'figures { links creators sales { orderLines gmv { minorUnits } estimatedFee { minorUnits } } }';
  const sold = (orderLines: number, gmv: string, fee: string) => [
    { orderLines, gmv: { minorUnits: gmv }, estimatedFee: { minorUnits: fee } },
  ];
  // 300 of 100.00 less the technical fee of a tenth: 270, of which 100 are passed on for the line of the second level.
  expect(await read(scene.agency, first, figures)).toEqual({
    figures: { links: 1, creators: 1, sales: sold(2, '20000', '440') },
  });
  expect(await read(second, campaignId, figures)).toEqual({
    figures: { links: 1, creators: 1, sales: sold(1, '10000', '90') },
  });
});
