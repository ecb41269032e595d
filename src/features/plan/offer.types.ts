import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { BasisPointsScalar, Computed } from '../../graphql/money.ts';
import { toGlobalId } from '../../kernel/ids.ts';
import type { RateSource } from './rate-of.ts';
import type { LostOffer as Lost, LostBecause, OfferKind, Offer as OfferValue } from './resolve-terms.ts';

export const OfferKindEnum = declareEnum<OfferKind>(
  'OfferKind',
  'What can offer a commission, strongest first.',
  {
    EXCLUSIVE: 'An EXCLUSIVE plan.',
    TARGETED: 'A TARGETED plan.',
    CAMPAIGN: 'The recruiting campaign that the creator picked the product from.',
    SHOP_TARGETED: 'A SHOP_TARGETED plan.',
    OPEN: 'An OPEN plan.',
  },
);

const RateSourceEnum = declareEnum<RateSource>('RateSource', 'What made a commission rate the one it is.', {
  BASE: "The version's own rate.",
  TIER: 'A tier, reached by settled lines.',
  BOOST: 'The rate for orders won by a boost.',
  LINK: "The creator's part of a spread campaign, fixed on the link.",
});

const LostBecauseEnum = declareEnum<LostBecause>('LostBecause', 'Why an offer does not apply.', {
  NOT_IN_FORCE: 'It was not in force at the moment.',
  NOT_NAMED: 'It names other creators.',
  NOT_PICKED: 'The creator has neither picked the product from this campaign nor a link of it.',
  BLOCKED: 'The brand has blocked the creator.',
  OUTRANKED: 'A stronger kind of offer reaches the creator.',
  NOT_HIGHER: 'Beside a rate lock, it pays no more than what applies.',
});

@Access(withParent)
@ObjectType({ description: 'One version of an offer of a commission.' })
export class Offer {
  @Field(() => OfferKindEnum, { description: 'What offers it.' })
  kind!: OfferKind;

  @Computed<OfferValue>(({ kind, offerId }) =>
    toGlobalId(kind === 'CAMPAIGN' ? 'Enrolment' : 'Plan', offerId),
  )
  @Field(() => ID, { description: 'The plan or the enrolment, for `node`.' })
  offerId!: string;

  @Computed<OfferValue>(({ commissionBp }) => commissionBp)
  @Field(() => BasisPointsScalar, { description: "The creator's commission." })
  commissionRate!: number;

  @Computed<OfferValue>(({ serviceFeeBp }) => serviceFeeBp)
  @Field(() => BasisPointsScalar, { description: 'What the brand pays the recruiting agency beside it.' })
  serviceFeeRate!: number;

  @Computed<OfferValue>(({ rateSource }) => rateSource ?? 'BASE')
  @Field(() => RateSourceEnum, { description: 'What made the commission this one.' })
  rateSource!: RateSource;

  @Computed<OfferValue>(({ settledLines }) => settledLines ?? 0)
  @Field(() => Int, {
    description: "How many of the creator's lines had been settled, where the plan has tiers; else 0.",
  })
  settledLines!: number;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: "Until when the creator's rate lock keeps it, if it is no longer in force by itself.",
  })
  lockedUntil?: Date | null;

  @Field(() => GraphQLDateTimeISO, { description: 'From when this version holds.' })
  validFrom!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'Until when, if that is fixed.' })
  validTo?: Date | null;
}

@Access(withParent)
@ObjectType({ description: 'An offer that does not apply, and why.' })
export class LostOffer {
  @Field(() => Offer, { description: 'The offer.' })
  offer!: Lost['offer'];

  @Field(() => LostBecauseEnum, { description: 'Why it does not apply.' })
  because!: LostBecause;
}

@Access(withParent)
@ObjectType({
  description: 'Which terms apply to a creator, a product and a moment, and why not the others.',
})
export class TermsResolution {
  @Field(() => Offer, { nullable: true, description: 'The offer that applies; null when none does.' })
  winner?: OfferValue | null;

  @Field(() => [LostOffer], {
    description: 'The offers that do not apply, as far as the caller may know of them.',
  })
  losers!: Lost[];
}
