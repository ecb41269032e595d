import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, InputType, ObjectType } from 'type-graphql';
import { Access, rule } from '../../graphql/access.ts';
import { isSignedIn } from '../../graphql/actor.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import type { AgencyService } from './agency.entity.ts';
import { agencyById, type NamedAgency } from './agency.loaders.ts';
import { AgencyServiceEnum, CertificationEnum } from './agency-enums.ts';
import type { Certification } from './certification-standing.ts';

const certifiedOrSignedIn = rule<NamedAgency>(
  'everybody while the certificate holds, members always',
  (actor, agency) => agency.certification === 'CERTIFIED' || isSignedIn(actor),
);

@Access(certifiedOrSignedIn)
@ObjectType({
  implements: Node,
  description: 'An agency 服务商: it connects brands and creators for a share.',
})
export class Agency
  extends Node
  implements Pick<NamedAgency, 'name' | 'services' | 'certification' | 'city' | 'about'>
{
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => [AgencyServiceEnum], { description: 'What it does.' })
  services!: AgencyService[];

  @Field(() => CertificationEnum, { description: 'How it stands with its certificates now.' })
  certification!: Certification;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When the last of its certificates ends or has ended; null when it has had none.',
  })
  certifiedUntil?: Date | null;

  @Field(() => [AgencyServiceEnum], { description: 'The services for which a certificate holds now.' })
  certifiedFor!: AgencyService[];

  @Field(() => String, { description: 'The city that it works from.' })
  city!: string;

  @Field(() => String, { description: 'What it says about itself.' })
  about!: string;
}

@InputType({ description: 'What to enter as a new agency.' })
export class AgencyRegisterInput {
  @Field(() => String, { description: 'Its name, 1 to 200 characters.' })
  name!: string;

  @Field(() => [AgencyServiceEnum], { description: 'What it does.' })
  services!: AgencyService[];

  @Field(() => String, { description: 'The city that it works from, 1 to 100 characters.' })
  city!: string;

  @Field(() => String, { description: 'What it says about itself, at most 2,000 characters.' })
  about!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

nodeType(Agency, agencyById);
