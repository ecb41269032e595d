import { sql } from 'kysely';
import { Field, ObjectType } from 'type-graphql';
import type { Sql } from '../../db/database.ts';
import { Access, withParent } from '../../graphql/access.ts';
import { Refusal, UserError } from '../../graphql/user-errors.ts';
import type { AgencyService } from './agency.entity.ts';
import { AgencyServiceEnum, CertificationEnum } from './agency-enums.ts';
import { type Certification, type Standing, standingOf } from './certification-standing.ts';

@Access(withParent)
@ObjectType({
  implements: UserError,
  description: 'The agency is not certified for the service now, so that it begins nothing new in it.',
})
export class AgencyNotCertified extends UserError {
  @Field(() => CertificationEnum, {
    description: 'How the agency stands with a certificate for that service.',
  })
  certification!: Certification;

  @Field(() => AgencyServiceEnum, { description: 'The service that needs the certificate.' })
  service!: AgencyService;
}

const MESSAGES: Readonly<Record<Exclude<Certification, 'CERTIFIED'>, string>> = {
  NOT_CERTIFIED: 'has no certificate for this service. Apply for one in an open window.',
  EXPIRED: 'has no certificate for this service any more. Apply for a new one in an open window.',
  SUSPENDED: 'is suspended: what runs goes on, nothing new is begun.',
};

/**
 * Refuses to begin anything new with an agency that is not certified for the service at the moment, or is suspended;
 * what runs goes on. A mutation that calls it names `AgencyNotCertified` among its errors. One statement.
 */
export async function refuseUncertified(
  db: Sql,
  agencyId: string,
  service: AgencyService,
  now: Date,
  path: readonly string[],
): Promise<void> {
  const [row] = await db.rows(sql<Standing & { name: string }>`
    select p.name, s.* from party p cross join lateral (${standingOf(sql`p.id`, now, service)}) s where p.id = ${agencyId}`);
  if (row?.certification === 'CERTIFIED') return;
  const certification = row?.certification ?? 'NOT_CERTIFIED';
  const message = `${row?.name ?? 'The agency'} ${MESSAGES[certification]}`;
  throw new Refusal([{ __typename: 'AgencyNotCertified', message, path, certification, service }]);
}
