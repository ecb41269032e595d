import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { newId } from '../../kernel/ids.ts';
import { findAlliance, type SavedText, screensTexts } from '../account/index.ts';
import type { ClaimHit, Severity } from './claim-rule.ts';
import { findClaims } from './find-claims.ts';
import type { FindingState } from './finding-state.ts';
import { rulesInForce, type VersionOfRules } from './rule-set.ts';
import { columnOf, readText, type ScreenedText, type TextPart } from './screened-text.ts';
import { tellReporters } from './tell-reporters.ts';

/** A hit in one part of a text, with what the rule says is wrong with it. */
export interface FieldHit extends ClaimHit {
  readonly field: string;
  readonly reason: string;
}

/** So many hits are kept of one text, and of each so much of it: the places tell the rest. */
const MOST_HITS = 100;
const MOST_CHARACTERS = 200;

/** What the rules find in the parts of a text, in its order: where it is more than is kept, what is grave before the rest. Pure. */
export function hitsIn(
  rules: VersionOfRules['ready'],
  parts: readonly TextPart[],
  categoryPath: readonly string[],
): FieldHit[] {
  const reasons = new Map(rules.map(({ code, reason }) => [code, reason]));
  const all = parts.flatMap(({ field, text }) =>
    findClaims(rules, text, categoryPath).map((hit) => ({ field, hit })),
  );
  const isGrave = ({ hit }: (typeof all)[number]) => hit.severity === 'BLOCK';
  const kept = new Set([...all.filter(isGrave), ...all.filter((it) => !isGrave(it))].slice(0, MOST_HITS));
  return all
    .filter((it) => kept.has(it))
    .map(({ field, hit }) => ({ field, ...shortened(hit), reason: reasons.get(hit.code) ?? '' }));
}

/** A hit without the middle of what is disguised by very much between its characters. */
const shortened = (hit: ClaimHit): ClaimHit => ({ ...hit, text: cut(hit.text) });

/** Not in the midst of a character that takes two units. */
const cut = (text: string): string => {
  const short = text.slice(0, MOST_CHARACTERS);
  return short.isWellFormed() ? short : short.slice(0, -1);
};

interface Before {
  readonly id: string;
  readonly state: FindingState;
  readonly isSame: boolean;
  readonly rulesVersion: number | null;
}

/**
 * Screens a text that was just saved, in the same transaction. What is found waits for an operator; the save goes through.
 * Findings of an older text that nobody has decided on are SUPERSEDED. What was decided on this very text by these
 * rules stays decided. Three statements where nothing is found and nothing was.
 */
export async function screenText(tx: Sql, saved: SavedText, now: Date): Promise<void> {
  const text = await readText(tx, saved);
  const { version, ready } = await rulesInForce(tx, now);
  const hits = hitsIn(ready, text.parts, text.categoryPath);
  const before = await findingsBefore(tx, text);
  await supersede(
    tx,
    before.filter(({ state, isSame }) => state === 'OPEN' && !isSame),
    text.partyId,
    now,
  );
  if (hits.length === 0) return;
  const same = before.filter(({ isSame }) => isSame);
  if (same.some(({ state, rulesVersion }) => state !== 'SUPERSEDED' && rulesVersion === version)) return;
  const open = same.find(({ state }) => state === 'OPEN');
  if (open === undefined) await openFinding(tx, text, { hits, version }, now);
  else await addHits(tx, open.id, { hits, version });
}

screensTexts(screenText);

/** What is open on the text of the subject, and what there was on this very text. */
const findingsBefore = (tx: Sql, { type, id, hash }: ScreenedText): Promise<Before[]> =>
  tx.rows(sql<Before>`
    select id, state, text_hash = ${hash} as "isSame", rules_version as "rulesVersion" from claim_finding
    where ${columnOf(type)} = ${id} and (state = 'OPEN' or text_hash = ${hash}) order by id for update`);

async function supersede(tx: Sql, old: readonly Before[], partyId: string, now: Date): Promise<void> {
  if (old.length === 0) return;
  const ids = old.map(({ id }) => id);
  await tx.rows(sql`
    update claim_finding set state = 'SUPERSEDED', decided_at = greatest(${now}::timestamptz, found_at)
    where id = any(${ids}::uuid[])`);
  const data = { state: 'SUPERSEDED' };
  const news = ids.map((id) => ({
    ...{ kind: 'SCREENING_DECIDED' as const, data, to: [partyId] },
    subject: { type: 'ClaimFinding', id },
  }));
  await announce(tx, news, now);
  await tellReporters(tx, ids, 'SUPERSEDED', now);
}

interface Found {
  readonly id?: string;
  readonly hits: readonly FieldHit[];
  /** The version of the rules that has found them; null for what a member reports. */
  readonly version: number | null;
}

/** Opens a finding on a text that has none open, and tells whose text it is, and the operators. Gives its id. */
export async function openFinding(
  tx: Sql,
  text: ScreenedText,
  { id = newId(), hits, version }: Found,
  now: Date,
): Promise<string> {
  await tx.rows(sql`
    insert into claim_finding (id, ${columnOf(text.type)}, party_id, text_hash, state, severity, rules_version, hits, found_at)
    values (${id}, ${text.id}, ${text.partyId}, ${text.hash}, 'OPEN', ${severityOf(hits)}, ${version},
      ${JSON.stringify(hits)}::jsonb, ${now})`);
  const to = [text.partyId, (await findAlliance(tx))?.id].flatMap((party) => party ?? []);
  await announce(tx, [{ kind: 'SCREENING_FOUND', subject: { type: 'ClaimFinding', id }, to }], now);
  return id;
}

/** What rules that are newer find in a text on which something is open already. */
const addHits = (tx: Sql, id: string, { hits, version }: Found) =>
  tx.rows(sql`
    update claim_finding set hits = ${JSON.stringify(hits)}::jsonb, severity = ${severityOf(hits)}, rules_version = ${version}
    where id = ${id}`);

const severityOf = (hits: readonly FieldHit[]): Severity =>
  hits.some(({ severity }) => severity === 'BLOCK') ? 'BLOCK' : 'REVIEW';
