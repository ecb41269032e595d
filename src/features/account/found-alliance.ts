import { sql } from 'kysely';
import type { Sql, Tx } from '../../db/database.ts';
import { newId } from '../../kernel/ids.ts';
import { AllianceRow, PartyRow, PolicyRow } from './account.entity.ts';
import { FIRST_MONEY_RULES, POLICY_PRESETS, type PolicyPreset } from './policy-presets.ts';

export interface AllianceOptions {
  readonly name: string;
  /** An IANA time zone: its midnights are those at which cuts of a rate take effect. */
  readonly timeZone: string;
  /** ISO 4217, three letters. */
  readonly currency: string;
  readonly preset?: PolicyPreset;
  readonly id?: string;
}

/** From here on the first policy is in force: before any order that could be replayed. */
const FIRST_POLICY_FROM = new Date('1970-01-01T00:00:00Z');

/** The id of the alliance, or undefined when the database has none yet. */
export async function findAlliance(
  db: Sql,
): Promise<{ id: string; name: string; timeZone: string; currency: string } | undefined> {
  const [row] = await db.rows(sql<{ id: string; name: string; timeZone: string; currency: string }>`
    select a.id, p.name, a.time_zone as "timeZone", a.currency from alliance a join party p using (id)`);
  return row;
}

/** Founds the alliance with its first policy, unless that has been done; gives its id. */
export async function foundAlliance(tx: Tx, options: AllianceOptions, now: Date): Promise<string> {
  const existing = await findAlliance(tx);
  if (existing !== undefined) return existing.id;
  const id = options.id ?? newId();
  const preset = options.preset ?? 'kuaishou';
  tx.em.create(PartyRow, { id, kind: 'ALLIANCE', name: options.name, createdAt: now });
  await tx.em.flush();
  tx.em.create(AllianceRow, { id, timeZone: options.timeZone, currency: options.currency, createdAt: now });
  tx.em.create(PolicyRow, {
    id: newId(),
    version: 1,
    preset,
    ...POLICY_PRESETS[preset],
    ...FIRST_MONEY_RULES,
    validFrom: FIRST_POLICY_FROM,
    validTo: null,
  });
  await tx.em.flush();
  return id;
}
