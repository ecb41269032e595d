import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access } from '../../graphql/access.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import type { AgencyService } from './agency.entity.ts';
import { AgencyServiceEnum } from './agency-enums.ts';
import { ofOwnAgency } from './certification.access.ts';
import {
  certificateById,
  type ShownCertificate,
  type ShownSuspension,
  suspensionById,
} from './certification.loaders.ts';

@Access(ofOwnAgency)
@ObjectType({
  implements: Node,
  description:
    'That an agency is certified for a service over a time. A renewal is a certificate that follows.',
})
export class AgencyCertificate
  extends Node
  implements Pick<ShownCertificate, 'service' | 'validFrom' | 'validTo'>
{
  @Field(() => AgencyServiceEnum, { description: 'The service that it is for.' })
  service!: AgencyService;

  @Field(() => GraphQLDateTimeISO, { description: 'From when it holds.' })
  validFrom!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'The first moment at which it no longer holds.' })
  validTo!: Date;
}

@Access(ofOwnAgency)
@ObjectType({
  implements: Node,
  description: 'That an agency begins nothing new over a time, whatever its certificates say.',
})
export class AgencySuspension extends Node implements Pick<ShownSuspension, 'reason' | 'suspendedAt'> {
  @Field(() => String, { description: 'Why.' })
  reason!: string;

  @Field(() => GraphQLDateTimeISO, { description: 'From when.' })
  suspendedAt!: Date;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it ends by itself; null when it does not.',
  })
  endsAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When an operator lifted it, if one has.' })
  reinstatedAt?: Date | null;
}

@InputType({ description: 'An agency to suspend.' })
export class AgencySuspendInput {
  @Field(() => ID, { description: 'The agency.' })
  agencyId!: string;

  @Field(() => String, { description: 'Why, 1 to 500 characters. The agency reads it.' })
  reason!: string;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it ends by itself, at most ten years from now; open-ended when left out.',
  })
  endsAt?: Date | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'An agency whose suspension to lift.' })
export class AgencyReinstateInput {
  @Field(() => ID, { description: 'The agency.' })
  agencyId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

nodeType(AgencyCertificate, certificateById);
nodeType(AgencySuspension, suspensionById);
