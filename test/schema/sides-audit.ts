import { sql } from 'kysely';
import { createApiKey, findAlliance } from '../../src/features/account/index.ts';
import { writeAuditEntries } from '../../src/graphql/audit.ts';
import { fromGlobalId, toGlobalId } from '../../src/kernel/ids.ts';
import { EARLY, type World } from '../kit/world.ts';
import type { Objects } from './sides.ts';

/** What a clerk and a key of the brand did, and what an operator did to what belongs to the creator. */
export async function makeAudit(
  world: World,
  { brandId, creatorId }: { readonly brandId: string; readonly creatorId: string },
  keyId: string,
): Promise<Objects> {
  const { database } = world;
  const allianceId = (await findAlliance(database))?.id ?? '';
  const [clerk] = await database.rows(sql<{ userId: string }>`
    select user_id as "userId" from membership where party_id = ${brandId} limit 1`);
  const entry = { at: EARLY, address: '192.0.2.1', outcome: 'DONE' } as const;
  const write = async (
    operation: string,
    concerned: string[],
    actor: { userId?: string; apiKeyId?: string },
  ) => {
    const [partyId] = concerned;
    await writeAuditEntries(database, [{ ...entry, operation, partyId, concerned, actor }]);
    const [row] = await database.rows(sql<{ id: string }>`
      select id from audit_entry where operation = ${operation} order by id desc limit 1`);
    return toGlobalId('AuditEntry', row?.id ?? '');
  };
  await replaceKey(world, brandId, fromGlobalId(keyId)?.id ?? '');
  return {
    'AuditEntry, of a clerk of the brand': await write('byClerk', [brandId], clerk ?? {}),
    'AuditEntry, of a key of the brand': await write('byKey', [brandId], {
      apiKeyId: fromGlobalId(keyId)?.id,
    }),
    'AuditEntry, of an operator': await write('byOperator', [allianceId, creatorId], {}),
  };
}

/** Has the key take the place of an older one. */
async function replaceKey(world: World, partyId: string, id: string): Promise<void> {
  const older = { partyId, name: 'Shop', scopes: ['read'] };
  const { row } = await world.tx((tx) => createApiKey(tx, older, 'test', EARLY));
  await world.database.rows(sql`update api_key set replaces_id = ${row.id} where id = ${id}`);
}
