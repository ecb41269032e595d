import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { invalid, Refusal } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { PolicyRow } from './account.entity.ts';
import { policyAt, policyVersions } from './alliance-policy.ts';
import { FIRST_MONEY_RULES, POLICY_PRESETS, type PolicyPreset, type PolicyValues } from './policy-presets.ts';

/** The `preset` of a version whose values the operator has set by hand. */
export const OWN_VALUES = 'custom';

/** What is to hold from now: a preset, single values over it, or single values over what holds now. */
export type PolicyChange = Partial<PolicyValues> & { readonly preset?: PolicyPreset };

/**
 * Puts a new version of the alliance's policy in force from now and closes the one before it. What is placed is divided
 * by the version that was in force then. Refused when nothing would change. Gives the id of the version.
 */
export async function changePolicy(tx: Tx, change: PolicyChange, now: Date): Promise<string> {
  // One row is the newest whatever happens; who waits for it reads the versions as they are after that.
  await tx.rows(sql`select from alliance for no key update`);
  const versions = await policyVersions(tx);
  const last = versions.at(-1);
  // Of two processes one may be a moment behind: its version begins where the last one did.
  const from = last !== undefined && last.validFrom > now ? last.validFrom : now;
  const current = policyAt(versions, from);
  const { preset, ...values } = change;
  const next = { ...valuesOf(current), ...(preset && POLICY_PRESETS[preset]), ...values };
  if (isSame(next, current)) {
    throw new Refusal([invalid(['input'], 'The policy in force has these values already.')]);
  }
  const isPreset = preset !== undefined && isSame(next, { ...next, ...POLICY_PRESETS[preset] });
  await tx.rows(sql`update alliance_policy set valid_to = ${from} where id = ${current.id}`);
  const row = tx.em.create(PolicyRow, {
    id: newId(),
    version: Math.max(...versions.map(({ version }) => version)) + 1,
    preset: isPreset ? preset : OWN_VALUES,
    ...next,
    validFrom: from,
    validTo: null,
  });
  await tx.em.flush();
  return row.id;
}

const VALUES = Object.keys({ ...POLICY_PRESETS.kuaishou, ...FIRST_MONEY_RULES }) as (keyof PolicyValues)[];

const valuesOf = (policy: PolicyValues): PolicyValues =>
  Object.fromEntries(VALUES.map((name) => [name, policy[name]])) as unknown as PolicyValues;

const isSame = (one: PolicyValues, other: PolicyValues): boolean =>
  VALUES.every((name) => one[name] === other[name]);
