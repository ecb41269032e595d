import { type RawBuilder, sql } from 'kysely';
import type { AgencyService } from './agency.entity.ts';

/** How an agency stands with its certificates at a moment: worked out from their dates, kept nowhere. */
export type Certification = 'NOT_CERTIFIED' | 'CERTIFIED' | 'EXPIRED' | 'SUSPENDED';

/**
 * SQL: how the certificates of the agency `agencyId` stand at a moment, as one row with `certification`,
 * `certifiedUntil` (the latest end, also one that is over) and `certifiedFor` (services certified now). With a service,
 * as they stand for that service alone.
 */
export const standingOf = (agencyId: RawBuilder<unknown>, now: Date, service?: string) => sql<Standing>`
  select
    case when max(c.valid_to) is null then 'NOT_CERTIFIED'
      when not bool_or(tstzrange(c.valid_from, c.valid_to) @> ${now}::timestamptz) then 'EXPIRED'
      when ${isSuspended(agencyId, now)} then 'SUSPENDED'
      else 'CERTIFIED' end as certification,
    max(c.valid_to) as "certifiedUntil",
    coalesce(array_agg(c.service order by c.service)
      filter (where tstzrange(c.valid_from, c.valid_to) @> ${now}::timestamptz), '{}') as "certifiedFor"
  from agency_certificate c
  where c.agency_id = ${agencyId} and ${service === undefined ? sql`true` : sql`c.service = ${service}`}`;

/** One agency's standing. */
export interface Standing {
  readonly certification: Certification;
  readonly certifiedUntil: Date | null;
  readonly certifiedFor: AgencyService[];
}

/** SQL: whether a suspension of the agency is running at the moment. */
const isSuspended = (agencyId: RawBuilder<unknown>, now: Date) => sql<boolean>`exists (
  select from agency_suspension s where s.agency_id = ${agencyId}
    and tstzrange(s.suspended_at, least(s.ends_at, s.reinstated_at)) @> ${now}::timestamptz)`;
