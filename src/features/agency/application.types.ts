import { GraphQLDate, GraphQLDateTimeISO } from 'graphql-scalars';
import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { PageArgs } from '../../graphql/connection.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { UserError } from '../../graphql/user-errors.ts';
import type { AgencyService } from './agency.entity.ts';
import { AgencyServiceEnum } from './agency-enums.ts';
import type { ApplicationState } from './application-state.ts';
import { ofOwnAgency } from './certification.access.ts';
import type { CertificationApplicationRow } from './certification.entity.ts';
import { applicationById } from './certification.loaders.ts';
import type { Requirement, UnmetRequirement as Unmet } from './unmet-requirements.ts';

const ApplicationStateEnum = declareEnum(
  'CertificationApplicationState',
  'What became of an application for a certificate.',
  {
    APPLIED: 'Handed in, not decided.',
    APPROVED: 'The agency is certified by it.',
    REJECTED: 'Refused, with reasons.',
    WITHDRAWN: 'Taken back by the agency.',
  },
);

@Access(ofOwnAgency)
@ObjectType({
  implements: Node,
  description: 'What an agency says of itself to be certified, and what the operator decided.',
})
export class CertificationApplication
  extends Node
  implements Pick<CertificationApplicationRow, 'services' | 'staff' | 'statement' | 'state' | 'reasons'>
{
  @Field(() => [AgencyServiceEnum], { description: 'The services that it is for.' })
  services!: AgencyService[];

  @Field(() => Int, { description: 'How many people work for the agency.' })
  staff!: number;

  @Field(() => Int, { description: 'How many cases the agency has finished.' })
  finishedCases!: number;

  @Field(() => GraphQLDate, { description: 'The day on which the agency was founded.' })
  foundedOn!: string;

  @Field(() => String, { nullable: true, description: 'Where its office is, if it has one.' })
  officeAddress?: string | null;

  @Field(() => String, { description: 'What the agency says beside.' })
  statement!: string;

  @Field(() => ApplicationStateEnum, { description: 'What became of it.' })
  state!: ApplicationState;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was handed in.' })
  appliedAt!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was decided or withdrawn.' })
  decidedAt?: Date | null;

  @Field(() => [String], { description: 'Why it was rejected; empty otherwise.' })
  reasons!: string[];
}

@ArgsType()
export class CertificationApplicationArgs extends PageArgs {
  @Field(() => ApplicationStateEnum, { nullable: true, description: 'Only applications in this state.' })
  state?: ApplicationState | null;
}

const RequirementEnum = declareEnum(
  'CertificationRequirement',
  'What a certification window may ask of an agency.',
  {
    STAFF: 'Enough people.',
    FINISHED_CASES: 'Enough finished cases.',
    FOUNDED_BEFORE: 'Founded before a day.',
    OFFICE: 'An office.',
  },
);

@Access(withParent)
@ObjectType({ description: 'A requirement of a window that the agency does not meet.' })
export class UnmetRequirement implements Unmet {
  @Field(() => RequirementEnum, { description: 'Which one.' })
  requirement!: Requirement;

  @Field(() => String, { description: 'What is asked for.' })
  asked!: string;

  @Field(() => String, { description: 'What the agency has.' })
  given!: string;
}

@Access(withParent)
@ObjectType({
  implements: UserError,
  description: 'The agency does not meet every requirement of the window; all that are not met are listed.',
})
export class RequirementsNotMet extends UserError {
  @Field(() => [UnmetRequirement], { description: 'What is not met.' })
  unmet!: UnmetRequirement[];
}

@InputType({ description: 'An application for a certificate.' })
export class CertificationApplyInput {
  @Field(() => ID, { description: 'The window, open now.' })
  windowId!: string;

  @Field(() => ID, { description: 'The agency.' })
  agencyId!: string;

  @Field(() => [AgencyServiceEnum], {
    description: 'The services to be certified for: such that the window is for and the agency offers.',
  })
  services!: AgencyService[];

  @Field(() => Int, { description: 'How many people work for the agency, 0 to 1,000,000.' })
  staff!: number;

  @Field(() => Int, { description: 'How many cases the agency has finished, 0 to 1,000,000.' })
  finishedCases!: number;

  @Field(() => GraphQLDate, { description: 'The day on which the agency was founded.' })
  foundedOn!: Date;

  @Field(() => String, {
    nullable: true,
    description: 'Where its office is, at most 500 characters. Only the agency and operators see it.',
  })
  officeAddress?: string | null;

  @Field(() => String, { description: 'What the agency wants to say beside, at most 5,000 characters.' })
  statement!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A decision on an application for a certificate.' })
export class CertificationReviewInput {
  @Field(() => ID, { description: 'The application.' })
  applicationId!: string;

  @Field(() => Boolean, { description: 'True to certify the agency, false to reject the application.' })
  approve!: boolean;

  @Field(() => [String], {
    nullable: true,
    description: 'Why it is rejected: 1 to 20 reasons of 1 to 500 characters each; none when approving.',
  })
  reasons?: string[] | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'An application to take back.' })
export class CertificationWithdrawInput {
  @Field(() => ID, { description: 'The application.' })
  applicationId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

nodeType(CertificationApplication, applicationById);
