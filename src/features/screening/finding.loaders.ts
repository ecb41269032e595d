import { sql } from 'kysely';
import { keyset, limitOf, type Page } from '../../graphql/connection.ts';
import { select } from '../../graphql/loaders.ts';
import { newestOf, rowById } from '../../graphql/table-loaders.ts';
import type { Severity } from './claim-rule.ts';
import type { FindingState } from './finding-state.ts';
import { RULE_SET_COLUMNS, type RuleSetRow } from './rule-set.ts';
import type { FieldHit } from './screen-text.ts';

/** What was found in a text, or reported of it. Of the three ids one is set: what the text stands in. */
export interface FindingRow {
  readonly id: string;
  readonly productId: string | null;
  readonly livePlanId: string | null;
  readonly liveSessionId: string | null;
  readonly partyId: string;
  readonly state: FindingState;
  readonly severity: Severity;
  readonly rulesVersion: number | null;
  readonly hits: readonly FieldHit[];
  readonly foundAt: Date;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
}

const COLUMNS = [
  'id',
  'productId',
  'livePlanId',
  'liveSessionId',
  'partyId',
  'state',
  'severity',
  'rulesVersion',
  'hits',
  'foundAt',
  'decidedAt',
  'reason',
] as const;

const FINDINGS = { table: 'claim_finding', columns: COLUMNS } as const;
export const findingById = rowById<FindingRow>({ name: 'claimFindingById', ...FINDINGS });
export const findingsOfParty = newestOf<FindingRow>({
  name: 'claimFindingsOfParty',
  key: 'partyId',
  ...FINDINGS,
});
export const findingsOfProduct = newestOf<FindingRow>({
  name: 'claimFindingsOfProduct',
  key: 'productId',
  ...FINDINGS,
});

/** SQL: a page of the findings that wait for a decision, the oldest first. */
export function openFindings(page: Page) {
  const { where, order } = keyset([{ sql: sql`t.id`, type: 'uuid' }], 'asc', page);
  return sql<FindingRow>`
    select ${select('t', COLUMNS)} from claim_finding t where t.state = 'OPEN' and ${where}
    order by ${order} ${limitOf(page)}`;
}

export const ruleSetById = rowById<RuleSetRow>({
  name: 'claimRuleSetById',
  table: 'claim_rules',
  columns: RULE_SET_COLUMNS,
});
