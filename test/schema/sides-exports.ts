import { startExport } from '../../src/features/bulk/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { buildAllianceSchema } from '../../src/server/schema.ts';
import type { World } from '../kit/world.ts';

/** An export of a brand and one of a creator, both of whom anybody of theirs may have asked for. */
export async function makeSideExports(
  world: World,
  { brandId, creatorId }: { readonly brandId: string; readonly creatorId: string },
): Promise<Record<string, string>> {
  const actor = {
    kind: 'USER',
    issuer: 'urn:elsewhere',
    subject: `clerk-${brandId}`,
    name: 'Clerk',
    seats: [],
    scopes: new Set<never>(),
  } as const;
  const query = '{ viewer { brand { orderLines { nodes { id } } } } }';
  const start = (partyId: string) =>
    world.tx((tx) => startExport(tx, actor, { partyId, query }, buildAllianceSchema(), new Date()));
  return {
    'BulkExport, of the brand': toGlobalId('BulkExport', await start(brandId)),
    'BulkExport, of the creator': toGlobalId('BulkExport', await start(creatorId)),
  };
}
