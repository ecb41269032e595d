import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { BasisPointsScalar } from '../../graphql/money.ts';
import type { CampaignAccess, CampaignPays } from './campaign.entity.ts';
import { CampaignAccessEnum, CampaignPaysEnum } from './campaign.types.ts';

@InputType({ description: 'A category to call for.' })
export class CampaignCategoryInput {
  @Field(() => ID, { description: 'The category, of any level.' })
  categoryId!: string;

  @Field(() => BasisPointsScalar, {
    description: 'The lowest commission, or for SPREAD the lowest rate in all, 1 to 9000.',
  })
  minCommissionRate!: number;
}

@InputType({ description: 'A recruiting campaign to open.' })
export class CampaignOpenInput {
  @Field(() => ID, { description: 'The agency, certified for RECRUITING.' })
  agencyId!: string;

  @Field(() => String, { description: 'Its title, 1 to 100 characters.' })
  title!: string;

  @Field(() => String, { description: 'What the agency says of it, at most 2,000 characters.' })
  about!: string;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'From when it is open; now when left out.',
  })
  opensAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Until when; until it is closed when left out.',
  })
  closesAt?: Date | null;

  @Field(() => [CampaignCategoryInput], { description: 'The categories that it calls for, 1 to 50.' })
  categories!: CampaignCategoryInput[];

  @Field(() => CampaignPaysEnum, { defaultValue: 'SERVICE_FEE', description: 'What a brand pays in it.' })
  pays!: CampaignPays;

  @Field(() => BasisPointsScalar, {
    defaultValue: 0,
    description: 'The lowest service fee that it takes, 0 to 4000; 0 for SPREAD.',
  })
  minServiceFeeRate!: number;

  @Field(() => CampaignAccessEnum, { defaultValue: 'ALL', description: 'Whom it is open to.' })
  access!: CampaignAccess;

  @Field(() => [ID], {
    defaultValue: [],
    description: 'The brands or creators that it names, at most 1,000; none for ALL.',
  })
  partyIds!: string[];

  @Field(() => Int, {
    nullable: true,
    description: 'How many products it takes; without a bound when left out.',
  })
  places?: number | null;

  @Field(() => Int, {
    defaultValue: 0,
    description: 'For how many days a brand is bound once its product is approved, 0 to 365.',
  })
  commitmentDays!: number;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether other agencies may take its products into campaigns of theirs.',
  })
  secondLevelOpen!: boolean;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'What of a campaign is to change, in favour of those who are in it.' })
export class CampaignChangeInput {
  @Field(() => ID, { description: 'The campaign.' })
  campaignId!: string;

  @Field(() => String, { nullable: true, description: 'A new title, 1 to 100 characters.' })
  title?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What the agency says of it now, at most 2,000 characters.',
  })
  about?: string | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'A later end of its window.' })
  closesAt?: Date | null;

  @Field(() => Int, { nullable: true, description: 'More places than before.' })
  places?: number | null;

  @Field(() => [ID], { defaultValue: [], description: 'Further brands or creators that it names.' })
  addPartyIds!: string[];

  @Field(() => [CampaignCategoryInput], {
    defaultValue: [],
    description: 'Further categories, and those whose minimum is lowered.',
  })
  categories!: CampaignCategoryInput[];

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A campaign to close.' })
export class CampaignCloseInput {
  @Field(() => ID, { description: 'The campaign.' })
  campaignId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}
