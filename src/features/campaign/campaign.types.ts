import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Access, rule } from '../../graphql/access.ts';
import { isMember, isOperator, isSignedIn } from '../../graphql/actor.ts';
import { BasisPointsScalar, Computed } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import type { CampaignAccess } from './campaign.entity.ts';
import { campaignById, enrolmentById, type ReadCampaign, type ReadEnrolment } from './campaign.loaders.ts';
import type { EnrolmentState } from './enrolment-state.ts';

export const CampaignAccessEnum: Record<CampaignAccess, CampaignAccess> = {
  ALL: 'ALL',
  NAMED_SHOPS: 'NAMED_SHOPS',
  NAMED_CREATORS: 'NAMED_CREATORS',
};
registerEnumType(CampaignAccessEnum, {
  name: 'CampaignAccess',
  description: 'Whom a recruiting campaign is open to.',
  valuesConfig: {
    ALL: { description: 'All brands and creators.' },
    NAMED_SHOPS: { description: 'The brands that it names may enrol products.' },
    NAMED_CREATORS: { description: 'The creators that it names may pick from it.' },
  },
});

export const EnrolmentStateEnum: Record<EnrolmentState, EnrolmentState> = {
  PENDING: 'PENDING',
  APPROVED: 'APPROVED',
  REJECTED: 'REJECTED',
  REJECTED_FOR_GOOD: 'REJECTED_FOR_GOOD',
  WITHDRAWN: 'WITHDRAWN',
  ENDED: 'ENDED',
};
registerEnumType(EnrolmentStateEnum, {
  name: 'EnrolmentState',
  description: 'How far the enrolment of a product is.',
  valuesConfig: {
    PENDING: { description: 'Waiting for the agency.' },
    APPROVED: { description: 'In the campaign.' },
    REJECTED: { description: 'Refused, with a note that says why; it may be enrolled again.' },
    REJECTED_FOR_GOOD: { description: 'Refused, and it cannot be enrolled in the campaign again.' },
    WITHDRAWN: { description: 'Taken back by the brand before it was decided.' },
    ENDED: { description: 'No longer in the campaign.' },
  },
});

const visibleCampaign = rule<ReadCampaign>(
  'members for campaigns open to all; those named, the agency and operators for the others',
  (actor, campaign) =>
    (campaign.access === 'ALL' && isSignedIn(actor)) ||
    campaign.namesViewer ||
    isMember(actor, campaign.agencyId) ||
    isOperator(actor),
);

@Access(visibleCampaign)
@ObjectType({
  implements: Node,
  description: "A recruiting campaign 招商活动: an agency's call for products.",
})
export class RecruitingCampaign
  extends Node
  implements Pick<ReadCampaign, 'title' | 'about' | 'access' | 'opensAt'>
{
  @Field(() => String, { description: 'Its title.' })
  title!: string;

  @Field(() => String, { description: 'What the agency says of it.' })
  about!: string;

  @Field(() => CampaignAccessEnum, { description: 'Whom it is open to.' })
  access!: CampaignAccess;

  @Computed<ReadCampaign>(({ minServiceFeeBp }) => minServiceFeeBp)
  @Field(() => BasisPointsScalar, { description: 'The lowest service fee that it takes.' })
  minServiceFeeRate!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'From when it is open.' })
  opensAt!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'Until when, if that is fixed.' })
  closesAt?: Date | null;
}

const visibleEnrolment = rule<ReadEnrolment>(
  'the brand, the agency and operators; members once it is approved, in a campaign that is open to them',
  (actor, { brandId, agencyId, state, open }) =>
    isMember(actor, brandId) ||
    isMember(actor, agencyId) ||
    isOperator(actor) ||
    (state === 'APPROVED' && open && isSignedIn(actor)),
);

const sides = rule<ReadEnrolment>(
  'the brand, the agency and operators',
  (actor, { brandId, agencyId }) =>
    isMember(actor, brandId) || isMember(actor, agencyId) || isOperator(actor),
);

@Access(visibleEnrolment)
@ObjectType({
  implements: Node,
  description: 'A product in a recruiting campaign, with a service fee for the agency.',
})
export class Enrolment extends Node implements Pick<ReadEnrolment, 'state'> {
  @Field(() => EnrolmentStateEnum, { description: 'How far it is.' })
  state!: EnrolmentState;

  @Computed<ReadEnrolment>(({ commissionBp }) => commissionBp)
  @Field(() => BasisPointsScalar, { nullable: true, description: "The creator's commission in force now." })
  commissionRate?: number | null;

  @Computed<ReadEnrolment>(({ serviceFeeBp }) => serviceFeeBp)
  @Field(() => BasisPointsScalar, {
    nullable: true,
    description: 'What the brand pays the agency beside it, now.',
  })
  serviceFeeRate?: number | null;

  @Access(sides)
  @Field(() => String, {
    nullable: true,
    description: 'What the agency said with its decision; for the two sides.',
  })
  note?: string | null;
}

nodeType(RecruitingCampaign, campaignById);
nodeType(Enrolment, enrolmentById);
