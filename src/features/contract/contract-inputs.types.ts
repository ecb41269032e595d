import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType } from 'type-graphql';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { BasisPointsScalar } from '../../graphql/money.ts';
import type { ContractVisibility } from '../creator/index.ts';
import { ContractVisibilityEnum } from './contract.types.ts';

@InputType({ description: 'An invitation of a creator into a contract with a managing agency.' })
export class ContractInviteInput {
  @Field(() => ID, { description: 'The agency, certified for CREATOR_MANAGEMENT.' })
  agencyId!: string;

  @Field(() => ID, { description: 'The creator.' })
  creatorId!: string;

  @Field(() => BasisPointsScalar, {
    description: "What the agency is to get of the creator's commission after the technical fee.",
  })
  shareRate!: number;

  @Field(() => [ContractVisibilityEnum], { description: 'What the agency asks to see; may be nothing.' })
  visibility!: ContractVisibility[];

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'From when, now or later; from the moment of acceptance when left out.',
  })
  startsAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'Until when; open-ended when left out.' })
  endsAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'A word to the creator, at most 1,000 characters.' })
  message?: string | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'The terms of a running contract as they are to be from acceptance on.' })
export class ContractProposeChangeInput {
  @Field(() => ID, { description: 'The contract.' })
  contractId!: string;

  @Field(() => BasisPointsScalar, {
    description: "What the agency is to get of the creator's commission after the technical fee.",
  })
  shareRate!: number;

  @Field(() => [ContractVisibilityEnum], { description: 'All that the agency is to see; may be nothing.' })
  visibility!: ContractVisibility[];

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'Until when; open-ended when left out.' })
  endsAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'A word to the other side, at most 1,000 characters.' })
  message?: string | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A proposal to agree to, or to take back.' })
export class ContractProposalInput {
  @Field(() => ID, { description: 'The proposal.' })
  proposalId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A proposal to refuse.' })
export class ContractDeclineInput {
  @Field(() => ID, { description: 'The proposal.' })
  proposalId!: string;

  @Field(() => String, { nullable: true, description: 'Why, 1 to 500 characters.' })
  reason?: string | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A contract to end.' })
export class ContractEndInput {
  @Field(() => ID, { description: 'The contract.' })
  contractId!: string;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When, now or later. It ends seven days from now at the latest, also when this is left out.',
  })
  endsAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'Why, 1 to 500 characters.' })
  reason?: string | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'Consent that a creator takes back in part.' })
export class ContractNarrowVisibilityInput {
  @Field(() => ID, { description: 'The contract.' })
  contractId!: string;

  @Field(() => [ContractVisibilityEnum], {
    description: 'What the agency may still see: fewer parts than now, none of them new.',
  })
  visibility!: ContractVisibility[];

  @IdempotencyKey()
  idempotencyKey!: string;
}
