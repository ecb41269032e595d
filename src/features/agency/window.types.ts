import { GraphQLDate, GraphQLDateTimeISO } from 'graphql-scalars';
import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { PageArgs } from '../../graphql/connection.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import type { AgencyService } from './agency.entity.ts';
import { AgencyServiceEnum } from './agency-enums.ts';
import { type ReadWindow, windowById } from './certification.loaders.ts';
import type { WindowState } from './window-state.ts';

const WindowStateEnum = declareEnum(
  'CertificationWindowState',
  'How far a certification window is at this moment.',
  {
    PLANNED: 'It opens later.',
    OPEN: 'Agencies may apply now.',
    CLOSED: 'It is over.',
  },
);

@Access(signedIn)
@ObjectType({
  implements: Node,
  description: 'A window in which agencies may apply for a certificate, with what is asked of them.',
})
export class CertificationWindow
  extends Node
  implements Pick<ReadWindow, 'title' | 'about' | 'services' | 'state' | 'opensAt' | 'closesAt'>
{
  @Field(() => String, { description: 'Its title.' })
  title!: string;

  @Field(() => String, { description: 'What else is asked of the agencies, in words.' })
  about!: string;

  @Field(() => [AgencyServiceEnum], { description: 'The services that certificates of this window are for.' })
  services!: AgencyService[];

  @Field(() => WindowStateEnum, { description: 'How far it is.' })
  state!: WindowState;

  @Field(() => GraphQLDateTimeISO, { description: 'From when agencies may apply.' })
  opensAt!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'Until when agencies may apply.' })
  closesAt!: Date;

  @Field(() => Int, { description: 'The least number of people that work for the agency.' })
  minStaff!: number;

  @Field(() => Int, { description: 'The least number of cases that the agency has finished.' })
  minFinishedCases!: number;

  @Field(() => GraphQLDate, {
    nullable: true,
    description: 'The day before which the agency was founded, where that is asked for.',
  })
  foundedBefore?: string | null;

  @Field(() => Boolean, { description: 'Whether the agency needs an office.' })
  officeNeeded!: boolean;

  @Field(() => Int, {
    description:
      'How many months a certificate holds, to the end of its last day in the time zone of the alliance.',
  })
  certificateMonths!: number;
}

@ArgsType()
export class CertificationWindowArgs extends PageArgs {
  @Field(() => WindowStateEnum, { nullable: true, description: 'Only windows that are so far now.' })
  state?: WindowState | null;
}

@InputType({ description: 'A window to open for applications.' })
export class CertificationWindowOpenInput {
  @Field(() => String, { description: 'Its title, 1 to 200 characters.' })
  title!: string;

  @Field(() => String, { description: 'What else is asked of the agencies, at most 5,000 characters.' })
  about!: string;

  @Field(() => [AgencyServiceEnum], { description: 'The services that certificates are for, each once.' })
  services!: AgencyService[];

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'From when; at once when left out.' })
  opensAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, { description: 'Until when, at most two years from now.' })
  closesAt!: Date;

  @Field(() => Int, { description: 'The least number of people, 0 to 1,000,000.' })
  minStaff!: number;

  @Field(() => Int, { description: 'The least number of finished cases, 0 to 1,000,000.' })
  minFinishedCases!: number;

  @Field(() => GraphQLDate, {
    nullable: true,
    description: 'The day before which the agency must have been founded; any when left out.',
  })
  foundedBefore?: Date | null;

  @Field(() => Boolean, { description: 'Whether the agency needs an office.' })
  officeNeeded!: boolean;

  @Field(() => Int, { description: 'How many months a certificate holds, 1 to 120.' })
  certificateMonths!: number;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A window to close before its time.' })
export class CertificationWindowCloseInput {
  @Field(() => ID, { description: 'The window.' })
  windowId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

nodeType(CertificationWindow, windowById);
