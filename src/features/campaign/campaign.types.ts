import { GraphQLDateTimeISO } from 'graphql-scalars';
import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { PageArgs } from '../../graphql/connection.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { BasisPointsScalar, Computed, EstimatedMoney, MoneyField } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { visibleCampaign } from './campaign.access.ts';
import type { CampaignAccess, CampaignCategoryRow, CampaignPays } from './campaign.entity.ts';
import { campaignById, type ReadCampaign } from './campaign.loaders.ts';
import type { CampaignFigures as Figures, CampaignSales as Sales } from './figures.loaders.ts';

export const CampaignAccessEnum = declareEnum<CampaignAccess>(
  'CampaignAccess',
  'Whom a recruiting campaign is open to.',
  {
    ALL: 'All brands and creators.',
    NAMED_SHOPS: 'The brands that it names may enrol products.',
    NAMED_CREATORS: 'The creators that it names may pick from it; every brand may enrol.',
  },
);

export const CampaignPaysEnum = declareEnum<CampaignPays>(
  'CampaignPays',
  'What a brand pays for a product in a recruiting campaign.',
  {
    SERVICE_FEE: 'A commission for the creator, and a service fee for the agency beside it.',
    SPREAD: 'One rate for all; the agency fixes the part of the creator on each link that it makes.',
  },
);

@Access(visibleCampaign)
@ObjectType({
  implements: Node,
  description: "A recruiting campaign 招商活动: an agency's call for products.",
})
export class RecruitingCampaign
  extends Node
  implements
    Pick<
      ReadCampaign,
      'title' | 'about' | 'access' | 'pays' | 'opensAt' | 'commitmentDays' | 'placesTaken' | 'secondLevelOpen'
    >
{
  @Field(() => String, { description: 'Its title.' })
  title!: string;

  @Field(() => String, { description: 'What the agency says of it.' })
  about!: string;

  @Field(() => CampaignAccessEnum, { description: 'Whom it is open to.' })
  access!: CampaignAccess;

  @Computed<ReadCampaign>(({ namesViewer }) => namesViewer)
  @Field(() => Boolean, { description: 'Whether it names the caller.' })
  namesMe!: boolean;

  @Field(() => CampaignPaysEnum, { description: 'What a brand pays in it.' })
  pays!: CampaignPays;

  @Computed<ReadCampaign>(({ minServiceFeeBp }) => minServiceFeeBp)
  @Field(() => BasisPointsScalar, { description: 'The lowest service fee that it takes; 0 for SPREAD.' })
  minServiceFeeRate!: number;

  @Field(() => Int, {
    description:
      'For how many days a brand is bound once its product is approved, until the start of that day.',
  })
  commitmentDays!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'How many products it takes at most, if that is bounded.',
  })
  places?: number | null;

  @Field(() => Int, { description: 'How many products are in it now.' })
  placesTaken!: number;

  @Field(() => Boolean, {
    description: 'Whether other agencies may take its products into campaigns of theirs.',
  })
  secondLevelOpen!: boolean;

  @Field(() => Boolean, {
    description: 'Whether products can be enrolled in it now, as far as its window goes.',
  })
  takesProducts!: boolean;

  @Field(() => GraphQLDateTimeISO, { description: 'From when it is open.' })
  opensAt!: Date;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description:
      'Until when, if that is fixed. Products whose brands are bound for longer stay in it until then.',
  })
  closesAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When the agency closed it, if it did: since then it takes no more products.',
  })
  closedAt?: Date | null;
}

@Access(withParent)
@ObjectType({ description: 'A category that a campaign calls for.' })
export class CampaignCategory {
  @Computed<CampaignCategoryRow>(({ minCommissionBp }) => minCommissionBp)
  @Field(() => BasisPointsScalar, {
    description:
      'The lowest commission, or for SPREAD the lowest rate in all. The deepest category of a product counts.',
  })
  minCommissionRate!: number;
}

@Access(withParent)
@ObjectType({ description: 'What was sold through a campaign in one currency, on the estimated track.' })
export class CampaignSales implements Pick<Sales, 'orderLines'> {
  @Field(() => Int, { description: 'The paid order lines that were not cancelled.' })
  orderLines!: number;

  @MoneyField('gmvMinor', {
    description: 'What buyers paid for the goods of these lines, refunds not taken off.',
  })
  gmv!: unknown;

  @MoneyField('feeMinor', {
    type: EstimatedMoney,
    description: 'What the agency keeps of these lines by now, net of what it passes on.',
  })
  estimatedFee!: unknown;
}

@Access(withParent)
@ObjectType({ description: 'What has become of a campaign so far.' })
export class CampaignFigures implements Omit<Figures, 'id'> {
  @Field(() => Int, { description: 'How many enrolments were made, in whatever state they are now.' })
  enrolled!: number;

  @Field(() => Int, { description: 'How many wait for the agency.' })
  pending!: number;

  @Field(() => Int, { description: 'How many are in the campaign now.' })
  approved!: number;

  @Field(() => Int, { description: 'How many were rejected, for good or not.' })
  rejected!: number;

  @Field(() => Int, { description: 'How many of those that wait or are in it do not fit it now.' })
  invalid!: number;

  @Field(() => Int, { description: 'How many promotion links were made from it.' })
  links!: number;

  @Field(() => Int, { description: 'How many creators have picked from it or have a link.' })
  creators!: number;

  @Field(() => [CampaignSales], { description: 'What was sold, by currency.' })
  sales!: Sales[];
}

@InputType({ description: 'What narrows the list of campaigns.' })
export class CampaignFilterInput {
  @Field(() => ID, {
    nullable: true,
    description: 'A category: campaigns that call for it, for one above it, or for one below it.',
  })
  categoryId?: string | null;

  @Field(() => CampaignPaysEnum, { nullable: true, description: 'What a brand pays in it.' })
  pays?: CampaignPays | null;
}

@ArgsType()
export class CampaignsArgs extends PageArgs {
  @Field(() => CampaignFilterInput, { nullable: true, description: 'What narrows the list.' })
  filter?: CampaignFilterInput | null;
}

nodeType(RecruitingCampaign, campaignById);
