import { sql } from 'kysely';
import { allotDay } from '../../src/features/traffic/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import type { World } from '../kit/world.ts';

/** The exposure of a day is allotted, by the rules that all go by. */
export async function makeTraffic({ database }: World) {
  await allotDay(database, new Date('2026-08-21T12:00:00Z'));
  const [policy] = await database.rows(
    sql<{ id: string }>`select id from traffic_policy where valid_to is null`,
  );
  return { TrafficPolicy: toGlobalId('TrafficPolicy', policy?.id ?? '') };
}
