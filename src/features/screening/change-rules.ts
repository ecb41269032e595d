import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { invalid, Refusal } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { checkRules } from './check-rules.ts';
import type { ClaimRule } from './claim-rule.ts';
import type { RuleSetRow } from './rule-set.ts';

/**
 * Puts rules in force from now, in place of all before. Texts that were saved before are screened by them when they are saved
 * again. Refused when nothing would change. Gives the id of the version.
 */
export async function changeClaimRules(tx: Sql, rules: readonly ClaimRule[], now: Date): Promise<string> {
  checkRules(new Checks(), rules).done();
  await requireCategories(tx, rules);
  await tx.rows(sql`select from alliance for no key update`);
  const text = JSON.stringify(rules);
  const [current] = await tx.rows(sql<Pick<RuleSetRow, 'id' | 'version' | 'validFrom'> & { same: boolean }>`
    select id, version, valid_from as "validFrom", rules = ${text}::jsonb as same
    from claim_rules where valid_to is null`);
  if (current === undefined) throw new Error('No rules of the screening are in force.');
  if (current.same) throw new Refusal([invalid(['input', 'rules'], 'These rules are in force already.')]);
  // Of two processes one may be a moment behind: its version begins where the last one did.
  const from = current.validFrom > now ? current.validFrom : now;
  const id = newId();
  await tx.rows(sql`update claim_rules set valid_to = ${from} where id = ${current.id}`);
  await tx.rows(sql`
    insert into claim_rules (id, version, rules, valid_from)
    values (${id}, ${current.version + 1}, ${text}::jsonb, ${from})`);
  return id;
}

async function requireCategories(tx: Sql, rules: readonly ClaimRule[]): Promise<void> {
  const named = rules.map(({ onlyCategoryIds, exceptCategoryIds }) => ({
    onlyCategoryIds,
    exceptCategoryIds,
  }));
  const ids = named.flatMap((it) => [...it.onlyCategoryIds, ...it.exceptCategoryIds]);
  const rows = await tx.rows(sql<{ id: string }>`select id from category where id = any(${ids}::uuid[])`);
  const known = new Set(rows.map(({ id }) => id));
  const wrong = named.flatMap((rule, i) =>
    (['onlyCategoryIds', 'exceptCategoryIds'] as const)
      .filter((list) => rule[list].some((id) => !known.has(id)))
      .map((list) => ['input', 'rules', String(i), list]),
  );
  if (wrong.length === 0) return;
  const message = 'No category was found under one of these ids.';
  throw new Refusal(wrong.map((path) => ({ __typename: 'NotFoundError', message, path })));
}
