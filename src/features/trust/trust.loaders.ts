import { sql } from 'kysely';
import { type Key, keyColumns, manyByKey, oneByKey, type ReadScope } from '../../graphql/loaders.ts';
import { rowById } from '../../graphql/table-loaders.ts';
import type { ProtectionKind } from '../product/index.ts';
import { type LineProtectionValue, protectionsOf } from './line-protections.ts';
import type { MembershipState } from './membership-state.ts';
import { readCovers } from './read-cover.ts';
import { componentsOf, type ScoreComponentValue, type ScoredKind, type ScoreFigures } from './score.ts';
import {
  TRUST_POLICY_COLUMNS,
  type TrustPolicyRow,
  trustPolicies,
  trustPolicyAt,
  trustRulesAt,
} from './trust-policy.ts';
import { type Applicant, admissionRules, cardRules, type TrustRuleValue } from './trust-rule.ts';

export const trustPolicyById = rowById<TrustPolicyRow>({
  name: 'trustPolicyById',
  table: 'trust_policy',
  columns: TRUST_POLICY_COLUMNS,
});

/** What covers a product now. */
export interface ProductTrustRow {
  readonly productId: string;
  readonly trustBuy: boolean;
  readonly protections: readonly ProtectionKind[];
}

export const trustOfProduct = oneByKey<ProductTrustRow>({
  name: 'trustOfProduct',
  columns: ['trustBuy', 'protections'],
  read: (ids, { sql: db }) =>
    db.rows(sql<ProductTrustRow>`
      select product_id as "productId", trust_buy as "trustBuy", kinds as protections from product_cover
      where product_id = any(${ids}::uuid[])`),
  keyOf: ({ productId }) => productId,
});

/** Whether a brand is in Trust Buy, and since when. */
export interface BrandTrustRow {
  readonly brandId: string;
  readonly trustBuy: boolean;
  readonly since: Date | null;
}

export const trustOfBrand = oneByKey<BrandTrustRow>({
  name: 'trustOfBrand',
  columns: ['trustBuy', 'since'],
  read: (ids, { sql: db }) =>
    db.rows(sql<BrandTrustRow>`
      select b.id as "brandId", m.id is not null as "trustBuy", m.member_from as since
      from brand b left join trust_membership m on m.brand_id = b.id and m.state = 'MEMBER'
      where b.id = any(${ids}::uuid[])`),
  keyOf: ({ brandId }) => brandId,
});

/** The last membership of a brand, if there ever was one, with the rules of admission held against it. */
export interface MembershipRow extends Applicant {
  readonly brandId: string;
  readonly state: MembershipState;
  readonly appliedAt: Date;
  readonly memberFrom: Date | null;
  readonly endedAt: Date | null;
  readonly reason: string | null;
  readonly rules: readonly TrustRuleValue[];
}

export const membershipOfBrand = oneByKey<MembershipRow>({
  name: 'trustMembershipOfBrand',
  columns: ['state', 'appliedAt', 'memberFrom', 'endedAt', 'reason', 'rules'],
  read: async (ids, { sql: db, now }) => {
    const rows = await db.rows(sql<Omit<MembershipRow, 'rules'>>`
      select distinct on (t.brand_id) t.brand_id as "brandId", t.state, t.applied_at as "appliedAt",
        t.member_from as "memberFrom", t.ended_at as "endedAt", t.reason, s.score, s.received, b.restricted,
        (select max(x.ended_at) from trust_membership x
          where x.brand_id = t.brand_id and x.state = 'EXPELLED') as "expelledAt"
      from trust_membership t join brand b on b.id = t.brand_id left join trust_score s on s.party_id = t.brand_id
      where t.brand_id = any(${ids}::uuid[]) order by t.brand_id, t.id desc`);
    const policy = await trustRulesAt(db, now);
    return rows.map((row) => ({ ...row, rules: admissionRules(row, policy, now) }));
  },
  keyOf: ({ brandId }) => brandId,
});

/** A score with what it consists of. */
export interface ScoreRow extends ScoreFigures {
  readonly partyId: string;
  readonly kind: ScoredKind;
  readonly score: number;
  readonly windowDays: number;
  readonly countedAt: Date;
  readonly components: readonly ScoreComponentValue[];
}

export const scoreOfParty = oneByKey<ScoreRow>({
  name: 'trustScoreOfParty',
  columns: ['score', 'windowDays', 'placed', 'countedAt', 'components'],
  read: async (ids, { sql: db }) => {
    const rows = await db.rows(sql<Omit<ScoreRow, 'components'>>`
      select t.party_id as "partyId", p.kind, t.score, t.window_days as "windowDays", t.placed, t.received, t.upheld,
        t.returned, t.cancelled, t.counted_at as "countedAt"
      from trust_score t join party p on p.id = t.party_id where t.party_id = any(${ids}::uuid[])`);
    return rows.map((row) => ({ ...row, components: componentsOf(row.kind, row) }));
  },
  keyOf: ({ partyId }) => partyId,
});

const linesOf = (keys: readonly Key[]) => {
  const [brands = [], lines = []] = keyColumns(keys, 2);
  return sql`unnest(${brands}::uuid[], ${lines}::uuid[])`;
};

type LineProtectionRow = LineProtectionValue & { readonly brandId: string; readonly lineId: string };

/** The protections of lines, by the rules that each was placed under. */
export const protectionsOfLine = manyByKey<LineProtectionRow>({
  name: 'protectionsOfLine',
  columns: ['kind', 'by', 'days', 'claimableUntil'],
  read: async (keys, { sql: db }) => {
    const covers = await readCovers(db, linesOf(keys));
    const policies = await trustPolicies(db);
    return covers.flatMap((cover) =>
      protectionsOf(cover, trustPolicyAt(policies, cover.placedAt)).map((protection) => ({
        ...protection,
        brandId: cover.brandId,
        lineId: cover.lineId,
      })),
    );
  },
  keyOf: ({ brandId, lineId }) => [brandId, lineId],
});

/** The Trust Card of a line's buyer: whether it was held when the line was placed, and how it stands now. */
export interface CardRow {
  readonly brandId: string;
  readonly lineId: string;
  readonly heldWhenPlaced: boolean;
  readonly heldSince: Date | null;
  readonly extraDays: number;
  readonly rules: readonly TrustRuleValue[];
}

export const cardOfLine = oneByKey<CardRow>({
  name: 'trustCardOfLine',
  columns: ['heldWhenPlaced', 'heldSince', 'extraDays', 'rules'],
  read: async (keys: readonly Key[], { sql: db, now }: ReadScope) => {
    const rows = await db.rows(sql<Omit<CardRow, 'rules' | 'extraDays'> & Figures>`
      select l.brand_id as "brandId", l.id as "lineId", c.valid_from as "heldSince",
        coalesce(b.completed, 0) as completed, coalesce(b.dismissed, 0) as dismissed,
        exists (select from trust_card x where x.reporter_id = s.reporter_id and x.buyer_ref = l.buyer_ref
          and x.valid_from <= l.placed_at and (x.valid_to is null or x.valid_to > l.placed_at)) as "heldWhenPlaced"
      from ${linesOf(keys)} k (brand_id, line_id)
      join order_line l on l.brand_id = k.brand_id and l.id = k.line_id
      join order_source s on s.id = l.source_id
      left join trust_card c on c.reporter_id = s.reporter_id and c.buyer_ref = l.buyer_ref and c.valid_to is null
      left join trust_buyer b on b.reporter_id = s.reporter_id and b.buyer_ref = l.buyer_ref`);
    const policy = await trustRulesAt(db, now);
    return rows.map((row) => ({ ...row, extraDays: policy.cardExtraDays, rules: cardRules(row, policy) }));
  },
  keyOf: ({ brandId, lineId }) => [brandId, lineId],
});

interface Figures {
  readonly completed: number;
  readonly dismissed: number;
}
