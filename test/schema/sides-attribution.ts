import { openAttributionClaim } from '../../src/features/attribution/index.ts';
import { newId, toGlobalId } from '../../src/kernel/ids.ts';
import { EARLY, event, type MadeProduct, placed, type World } from '../kit/world.ts';

interface Sides {
  readonly creatorId: string;
  readonly listed: MadeProduct;
}

/** A creator's claim on an order that is credited to nobody. */
export async function makeAttributionClaim(world: World, { creatorId, listed }: Sides): Promise<string> {
  const { brandId, code } = listed;
  const orderNo = newId();
  await world.ingest(brandId, [
    event(brandId, 'PLACED', orderNo, { occurredAt: EARLY, placed: placed(code) }),
  ]);
  const said = { statement: 'From my video.', evidenceUrls: [] };
  const id = await world.tx((tx) =>
    openAttributionClaim(tx, { creatorId, brandId, orderNo, lineNo: 1, ...said }, EARLY),
  );
  return toGlobalId('AttributionClaim', id);
}

/** A claim of the creator on an order of the brand, by the field that names it. */
export async function attributionIds(
  world: World,
  brandId: string,
  creatorId: string,
): Promise<Record<string, string>> {
  const listed = await world.product({ brandId });
  await world.plan(listed);
  return { attributionClaimId: await makeAttributionClaim(world, { creatorId, listed }) };
}
